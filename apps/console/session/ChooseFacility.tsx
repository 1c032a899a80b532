import { Alert, Button, Stack, Text, Title } from '@mantine/core';
import type { SessionJson } from '@openvob/results';
import { type ReactNode, useState } from 'react';
import { sentenceOf } from '../api/problem';
import { Brand } from '../app/Brand';
import { word } from '../words/codes';
import { words } from '../words/words';

interface ChooseFacilityProps {
  readonly session: SessionJson;
  readonly goTo: (id: string) => Promise<void>;
}

/** For people of several facilities, before anything is shown. */
export function ChooseFacility({ session, goTo }: ChooseFacilityProps): ReactNode {
  const [error, setError] = useState<string | undefined>();
  return (
    <main className="narrow">
      <Brand />
      <Title order={1} size="h2" mt="lg">
        {words.session.chooseTitle}
      </Title>
      <Text className="quiet" mb="lg">
        {words.session.choose}
      </Text>
      {error && (
        <Alert color="red" role="alert" mb="md">
          {error}
        </Alert>
      )}
      <Stack gap="xs">
        {session.facilities.map(({ id, name, role }) => (
          <Button
            key={id}
            variant="default"
            size="lg"
            justify="space-between"
            rightSection={
              <Text size="sm" className="quiet">
                {word('role', role)}
              </Text>
            }
            onClick={() => void goTo(id).catch((refused: unknown) => setError(sentenceOf(refused)))}
          >
            {name}
          </Button>
        ))}
      </Stack>
    </main>
  );
}
