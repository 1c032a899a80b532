import type { IdName, ListedJson } from '@openvob/results';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useNow } from '../app/use-now';
import { useMay, useTimeZone } from '../session/session';
import { Row } from './Row';

const tall = { wide: 64, narrow: 124 };
const narrowQuery = '(max-width: 700px)';
/** The next page is asked for so many lines before the end. */
const ahead = 40;

interface RowsProps {
  readonly items: readonly ListedJson[];
  readonly people: readonly IdName[];
  /** Of the line that keys act on. */
  readonly active: number;
  readonly onActive: (index: number) => void;
  readonly onAssign: (id: string, assignee: string | null) => void;
  readonly onEnd: () => void;
}

/** Lines that are on the screen, out of thousands. */
export function Rows({ items, people, active, onActive, onAssign, onEnd }: RowsProps): ReactNode {
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  const isNarrow = useNarrow();
  const now = useNow();
  const timeZone = useTimeZone();
  const mayAssign = useMay('coordinator', 'supervisor', 'admin');
  useLayoutEffect(() => setTop(list.current?.offsetTop ?? 0), []);
  const height = isNarrow ? tall.narrow : tall.wide;
  // Kept while nothing changes: else the place of every line is worked out anew at each look.
  const keyOf = useCallback((index: number) => items[index]?.id ?? index, [items]);
  const heightOf = useCallback(() => height, [height]);
  const virtual = useWindowVirtualizer({
    count: items.length,
    estimateSize: heightOf,
    overscan: 8,
    scrollMargin: top,
    getItemKey: keyOf,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the virtualizer keeps sizes until it is told that they changed
  useEffect(() => virtual.measure(), [height]);
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (items.length > 0 && last >= items.length - ahead) onEnd();
  }, [last, items.length, onEnd]);
  useEffect(() => {
    if (active < 0) return;
    virtual.scrollToIndex(active, { align: 'auto' });
    requestAnimationFrame(() => focusLine(list.current, active));
  }, [active, virtual]);
  return (
    <ul ref={list} className="rows" style={{ height: virtual.getTotalSize() }}>
      {shown.map(({ index, key, start }) => {
        const one = items[index];
        if (!one) return null;
        return (
          <li
            key={key}
            className="row"
            data-index={index}
            data-active={index === active || undefined}
            aria-setsize={items.length}
            aria-posinset={index + 1}
            style={{ height, transform: `translateY(${start - top}px)` }}
            onFocus={() => onActive(index)}
          >
            <Row {...{ one, now, timeZone, people, mayAssign }} onAssign={(assignee) => onAssign(one.id, assignee)} />
          </li>
        );
      })}
    </ul>
  );
}

/** The line that keys move to is the one that Enter opens and that is read out. */
function focusLine(list: HTMLElement | null, index: number): void {
  const line = list?.querySelector<HTMLElement>(`[data-index="${index}"]`);
  if (line && !line.contains(document.activeElement)) line.querySelector('a')?.focus({ preventScroll: true });
}

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
