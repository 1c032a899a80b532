import type { IdName, ListedJson } from '@openvob/results';
import { useNavigate } from '@tanstack/react-router';
import {
  type CSSProperties,
  type MouseEvent,
  memo,
  type ReactNode,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useKeys } from '../app/use-keys';
import { useNow } from '../app/use-now';
import { useMay, useSession, useTimeZone } from '../session/session';
import { Row } from './Row';
import { useShownLines } from './use-shown-lines';

const tall = { wide: 64, narrow: 150 };
const narrowQuery = '(max-width: 700px)';
/** The next page is asked for so many lines before the end. */
const ahead = 30;
const restMs = 3000;

interface RowsProps {
  readonly items: readonly ListedJson[];
  readonly people: readonly IdName[];
  readonly onAssign: (id: string, assignee: string | null) => void;
  readonly onEnd: () => void;
}

/** Lines that are on the screen, out of thousands; keys go from one to the next. */
export function Rows({ items, people, onAssign, onEnd }: RowsProps): ReactNode {
  const list = useRef<HTMLUListElement>(null);
  const height = useNarrow() ? tall.narrow : tall.wide;
  const { from, to, reveal } = useShownLines(list, height);
  const now = useNow();
  const timeZone = useTimeZone();
  const mayAssign = useMay('coordinator', 'supervisor', 'admin');
  const open = useOpen();
  const [active, setActive] = useActive({ items, list, reveal, open, onAssign: mayAssign ? onAssign : undefined });
  useEffect(() => {
    if (items.length > 0 && to >= items.length - ahead) onEnd();
  }, [to, items.length, onEnd]);
  const follow = useCallback(
    (event: MouseEvent<HTMLAnchorElement>) => {
      const { id } = event.currentTarget.dataset;
      if (!id || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      open(id);
    },
    [open],
  );
  return (
    <ul ref={list} className="rows" style={{ height: items.length * height }}>
      {items.slice(from, to).map((one, at) => (
        <Line
          key={one.id}
          {...{ one, now, timeZone, people, mayAssign, height, onAssign }}
          onOpen={follow}
          onFocus={setActive}
          index={from + at}
          count={items.length}
          isActive={from + at === active}
        />
      ))}
    </ul>
  );
}

interface ActiveOptions extends Pick<RowsProps, 'items'> {
  readonly list: { readonly current: HTMLElement | null };
  readonly reveal: (index: number) => void;
  readonly open: (id: string) => void;
  /** Undefined for those who may not. */
  readonly onAssign: RowsProps['onAssign'] | undefined;
}

/** The line that keys act on: the one that Enter opens and that is read out. */
function useActive({ items, list, reveal, open, onAssign }: ActiveOptions): [number, (index: number) => void] {
  const me = useSession().person.id;
  const [active, setActive] = useState(-1);
  const wanted = useRef<number | undefined>(undefined);
  const one = items[active];
  const move = (by: number): void => {
    const next = Math.max(0, Math.min(items.length - 1, active + by));
    wanted.current = next;
    setActive(next);
    reveal(next);
  };
  useKeys({
    j: () => move(1),
    k: () => move(-1),
    o: () => one && open(one.id),
    a: () => one && onAssign?.(one.id, me),
  });
  // After each drawing, since a line far away is there only once it was scrolled to.
  useEffect(() => {
    const line = list.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"] a`);
    if (!line) return;
    wanted.current = undefined;
    line.focus({ preventScroll: true });
  });
  return [active, setActive];
}

/** Opens a verification; the page for it is loaded once this one rests. */
function useOpen(): (id: string) => void {
  const navigate = useNavigate();
  useEffect(() => {
    const timer = setTimeout(() => void import('../verification/VerificationPage').catch(() => undefined), restMs);
    return () => clearTimeout(timer);
  }, []);
  return useCallback((id: string) => void navigate({ to: '/verifications/$id', params: { id } }), [navigate]);
}

interface LineProps {
  readonly one: ListedJson;
  readonly now: number;
  readonly timeZone: string | undefined;
  readonly people: readonly IdName[];
  readonly mayAssign: boolean;
  readonly height: number;
  readonly index: number;
  readonly count: number;
  readonly isActive: boolean;
  readonly onAssign: RowsProps['onAssign'];
  readonly onOpen: (event: MouseEvent<HTMLAnchorElement>) => void;
  readonly onFocus: (index: number) => void;
}

/** One line in its place; drawn anew when something of it changes. */
const Line = memo(({ height, index, count, isActive, onFocus, ...row }: LineProps): ReactNode => {
  const style: CSSProperties = { height, transform: `translateY(${index * height}px)` };
  return (
    <li
      className="row"
      data-index={index}
      data-active={isActive || undefined}
      aria-setsize={count}
      aria-posinset={index + 1}
      style={style}
      onFocus={() => onFocus(index)}
    >
      <Row {...row} />
    </li>
  );
});

function useNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(() => window.matchMedia(narrowQuery).matches);
  useEffect(() => {
    const query = window.matchMedia(narrowQuery);
    const changed = (): void => setNarrow(query.matches);
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, []);
  return isNarrow;
}
