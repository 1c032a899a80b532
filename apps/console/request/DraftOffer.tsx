import { Alert, Button, Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTimeZone } from '../session/session';
import { moment } from '../words/format';
import type { Draft } from './use-draft';

interface DraftOfferProps {
  readonly draft: Draft;
  readonly title: string;
  readonly onTake: (content: unknown) => void;
  readonly onThrow: () => void;
}

/** What was begun before, to go on with or not. */
export function DraftOffer({ draft, title, onTake, onThrow }: DraftOfferProps): ReactNode {
  const timeZone = useTimeZone();
  const { found } = draft;
  if (!found || found === 'none') return null;
  return (
    <Alert mb="md" title={title}>
      <Group justify="space-between">
        <Text size="sm">{found.savedAt ? `Kept at ${moment(found.savedAt, timeZone)}.` : ''}</Text>
        <Group gap="xs">
          <Button
            size="xs"
            onClick={() => {
              onTake(found.content);
              draft.settle();
            }}
          >
            Go on with it
          </Button>
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              draft.settle();
              onThrow();
            }}
          >
            Throw it away
          </Button>
        </Group>
      </Group>
    </Alert>
  );
}

const words = {
  saved: 'Kept. You can close this and go on later.',
  saving: 'Keeping …',
  not_saved: 'Not kept yet: no connection. It is kept as soon as there is one.',
  untouched: '',
} as const;

/** Whether what is typed would survive a closed tab. */
export function DraftState({ state }: Pick<Draft, 'state'>): ReactNode {
  return (
    <Text size="sm" className="quiet" role="status">
      {words[state]}
    </Text>
  );
}
