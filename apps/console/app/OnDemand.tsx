import { type ReactNode, Suspense, useEffect, useState } from 'react';

interface OnDemandProps {
  /** Fetches the menu's code; the same each time. */
  readonly load: () => Promise<unknown>;
  /** What is there before: pressing it opens the menu. */
  readonly button: (open: () => void) => ReactNode;
  /** The menu, open, with a button like it. */
  readonly children: ReactNode;
}

const restMs = 3000;

/**
 * A menu whose code is no part of the first page: fetched when it is first wanted, or once the page rests, so that it opens as well when the server
 * is gone.
 */
export function OnDemand({ load, button, children }: OnDemandProps): ReactNode {
  const [isWanted, setWanted] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => void load().catch(() => undefined), restMs);
    return () => clearTimeout(timer);
  }, [load]);
  if (!isWanted) return button(() => setWanted(true));
  return <Suspense fallback={button(() => undefined)}>{children}</Suspense>;
}
