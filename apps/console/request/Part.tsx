import { Paper, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

/** What parts of the form are given. */
export interface PartProps {
  readonly faultOf: (pointer: string) => string | undefined;
  readonly onBlur: () => void;
}

/** A group of fields under its name. */
export function Part({ title, children }: { title: string; children: ReactNode }): ReactNode {
  const id = useId();
  return (
    <Paper p="lg" role="group" aria-labelledby={id}>
      <Title order={2} size="h5" mb="sm" id={id}>
        {title}
      </Title>
      {children}
    </Paper>
  );
}
