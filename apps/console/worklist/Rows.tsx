import type { IdName, ListedJson } from '@openvob/results';
import { useNavigate } from '@tanstack/react-router';
import {
  type CSSProperties,
  type MouseEvent,
  memo,
  type ReactNode,
  useCallback,
  useEffect,
  useMemo,
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
  const [active, choose] = useActive({ items, list, reveal, open, onAssign: mayAssign ? onAssign : undefined });
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
          onFocus={choose}
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

type ChooseLine = (index: number, id: string) => void;

interface Chosen {
  readonly id: string;
  /** Where it stood when it was chosen. */
  readonly index: number;
}

/** Lines come and go above: keys act on the one that was chosen, wherever it stands now. @returns -1 when it is no longer there */
function placeOf(chosen: Chosen | undefined, items: readonly ListedJson[]): number {
  if (!chosen) return -1;
  return items[chosen.index]?.id === chosen.id ? chosen.index : items.findIndex(({ id }) => id === chosen.id);
}

/** The line that keys act on: the one that Enter opens and that is read out. */
function useActive({ items, list, reveal, open, onAssign }: ActiveOptions): [number, ChooseLine] {
  const me = useSession().person.id;
  const [chosen, setChosen] = useState<Chosen | undefined>();
  const wanted = useRef<number | undefined>(undefined);
  const at = useMemo(() => placeOf(chosen, items), [chosen, items]);
  const one = items[at];
  const choose = useCallback(
    (index: number, id: string) =>
      setChosen((before) => (before?.id === id && before.index === index ? before : { index, id })),
    [],
  );
  const move = (by: number): void => {
    // From where the line was, if it has gone meanwhile.
    const from = at < 0 ? (chosen?.index ?? -1) : at;
    const next = Math.max(0, Math.min(items.length - 1, from + by));
    const line = items[next];
    if (!line) return;
    wanted.current = next;
    choose(next, line.id);
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
  return [at, choose];
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
  readonly onFocus: ChooseLine;
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
      onFocus={() => onFocus(index, row.one.id)}
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
