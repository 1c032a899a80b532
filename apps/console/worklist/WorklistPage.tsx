import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { words } from '../words/words';

export function WorklistPage(): ReactNode {
  return (
    <Title order={1} size="h2">
      {words.nav.worklist}
    </Title>
  );
}
