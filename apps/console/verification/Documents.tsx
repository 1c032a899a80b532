import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Section } from './Section';

/** Where the papers for the chart and for the family are. */
export function Documents(): ReactNode {
  return (
    <Section title="Documents">
      <Text size="sm" className="quiet">
        Print this page for the chart: it prints without menus.
      </Text>
    </Section>
  );
}
