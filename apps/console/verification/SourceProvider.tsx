import { UnstyledButton } from '@mantine/core';
import type { Source } from '@openvob/results';
import { createContext, type ReactNode, Suspense, use, useState } from 'react';
import { part } from '../app/part';

const SourceDrawer = part(() => import('./SourceDrawer').then(({ SourceDrawer }) => SourceDrawer));

export interface ShownSource {
  readonly title: string;
  readonly sources: readonly Source[];
  /** What else was said, and why it was not taken. */
  readonly alternatives?: readonly {
    readonly value: unknown;
    readonly source: readonly Source[];
    readonly why: string;
  }[];
}

const SourceContext = createContext<(shown: ShownSource) => void>(() => undefined);

/** Every figure inside opens where it came from. */
export function SourceProvider({ children }: { children: ReactNode }): ReactNode {
  const [shown, setShown] = useState<ShownSource | undefined>();
  return (
    <SourceContext value={setShown}>
      {children}
      {shown && (
        <Suspense>
          <SourceDrawer shown={shown} onClose={() => setShown(undefined)} />
        </Suspense>
      )}
    </SourceContext>
  );
}

/** A figure that opens its source. */
export function Sourced({ shown, children }: { shown: ShownSource; children: ReactNode }): ReactNode {
  const open = use(SourceContext);
  if (shown.sources.length === 0) return <span>{children}</span>;
  return (
    <UnstyledButton className="sourced" onClick={() => open(shown)}>
      {children}
      <span className="sr-only">, {shown.title}: where this comes from</span>
    </UnstyledButton>
  );
}
