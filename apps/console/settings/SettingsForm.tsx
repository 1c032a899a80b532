import { Alert, Button, Group, Paper, Stack, Title } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { call } from '../api/client';
import { fieldOrSentence } from '../session/LinkPage';

interface Saving {
  readonly said: { readonly error?: string; readonly isSaved?: boolean };
  save(body: object): Promise<void>;
}

/** Sends settings, and says what came of it. */
export function useSaving(path: string, onSaved: () => void, method: 'PATCH' | 'PUT' = 'PATCH'): Saving {
  const [said, setSaid] = useState<Saving['said']>({});
  return {
    said,
    save: async (body) => {
      try {
        await call(method, path, body);
        setSaid({ isSaved: true });
        onSaved();
      } catch (refused) {
        setSaid({ error: fieldOrSentence(refused) });
      }
    },
  };
}

interface SettingsFormProps {
  readonly title: string;
  readonly said: Saving['said'];
  readonly isOpen: boolean;
  readonly onSave: () => Promise<void>;
  readonly children: ReactNode;
}

/** Settings that are saved together. */
export function SettingsForm({ title, said, isOpen, onSave, children }: SettingsFormProps): ReactNode {
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void onSave();
  };
  return (
    <Paper p="lg" component="section">
      <Title order={2} size="h4" mb="sm">
        {title}
      </Title>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          {said.error && (
            <Alert color="red" role="alert">
              {said.error}
            </Alert>
          )}
          {said.isSaved && <Alert role="status">Saved. It counts from now on.</Alert>}
          {children}
          {isOpen && (
            <Group>
              <Button type="submit">Save</Button>
            </Group>
          )}
        </Stack>
      </form>
    </Paper>
  );
}
