import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { type CodeTable, worded } from '../words/codes';

/** A code in words; what it means is told on hover, on focus and to screen readers. */
export function Explained({ table, code }: { table: CodeTable; code: string }): ReactNode {
  const { text, means } = worded(table, code);
  return means ? <Hint means={means}>{text}</Hint> : <span>{text}</span>;
}

/** Words with an explanation on hover and focus. */
export function Hint({ means, children }: { means: string; children: ReactNode }): ReactNode {
  return (
    <Tooltip label={means}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: an explanation has to be reachable by keyboard (WCAG 1.4.13) */}
      <span className="explained" tabIndex={0}>
        {children}
      </span>
    </Tooltip>
  );
}
