import { Group, Paper, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

interface SectionProps {
  readonly title: string;
  /** Where links on the page lead to. */
  readonly anchor?: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** A part of the page under a heading. */
export function Section({ title, anchor, aside, children }: SectionProps): ReactNode {
  const id = useId();
  return (
    <Paper component="section" p="lg" id={anchor} aria-labelledby={id}>
      <Group justify="space-between" mb="sm" gap="xs">
        <Title order={2} size="h4" id={id}>
          {title}
        </Title>
        {aside}
      </Group>
      {children}
    </Paper>
  );
}
