import { type RefObject, useCallback, useLayoutEffect, useState } from 'react';

/** Lines are drawn so many at a time, and as many beyond the screen: most scrolling draws nothing anew. */
const step = 4;
/** Until the screen was looked at. */
const firstScreen: Lines = { from: 0, to: 20 };
/** What lies over the top of the page: the bar, and some air. */
const covered = 72;

export interface Lines {
  readonly from: number;
  /** The first one that is no longer drawn. */
  readonly to: number;
}

export interface ShownLines extends Lines {
  /** Scrolls as little as is needed for a line to be seen whole. */
  reveal(index: number): void;
}

/**
 * Which lines of a list are on the screen, and some beyond. All are equally high, so that thousands cost no more than a few.
 *
 * @param height of a line, in pixels
 */
export function useShownLines(list: RefObject<HTMLElement | null>, height: number): ShownLines {
  const [lines, setLines] = useState(firstScreen);
  const look = useCallback(() => {
    const top = topOf(list);
    const from = Math.max(0, (Math.floor(-top / height / step) - 1) * step);
    const to = Math.max(0, (Math.ceil((window.innerHeight - top) / height / step) + 1) * step);
    setLines((before) => (before.from === from && before.to === to ? before : { from, to }));
  }, [list, height]);
  useLayoutEffect(() => {
    look();
    window.addEventListener('scroll', look, { passive: true });
    window.addEventListener('resize', look);
    // What stands above the list comes and goes.
    const moved = new ResizeObserver(look);
    moved.observe(document.body);
    return () => {
      window.removeEventListener('scroll', look);
      window.removeEventListener('resize', look);
      moved.disconnect();
    };
  }, [look]);
  const reveal = useCallback(
    (index: number) => {
      const top = topOf(list) + index * height;
      if (top < covered) window.scrollBy({ top: top - covered, behavior: 'instant' });
      const below = top + height - window.innerHeight;
      if (below > 0) window.scrollBy({ top: below, behavior: 'instant' });
      look();
    },
    [list, height, look],
  );
  return { ...lines, reveal };
}

function topOf(list: RefObject<HTMLElement | null>): number {
  return list.current?.getBoundingClientRect().top ?? 0;
}
