import { Alert, Badge, Button, Group, Modal, Paper, PasswordInput, Stack, Table, Text, Title } from '@mantine/core';
import type { PageJson, SessionLineJson } from '@openvob/results';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { call, read } from '../api/client';
import { queries } from '../api/queries';
import { Failure, Loading } from '../app/States';
import { moment } from '../words/format';
import { words } from '../words/words';
import { fieldOrSentence } from './LinkPage';
import { SecondFactorSteps } from './SecondFactorSetup';
import { useSession, useTimeZone } from './session';

/** One's own password, second factor and sessions. */
export function AccountPage(): ReactNode {
  return (
    <Stack maw={760}>
      <Title order={1} size="h2">
        {words.nav.account}
      </Title>
      <PasswordPart />
      <SecondFactorPart />
      <SessionsPart />
    </Stack>
  );
}

function PasswordPart(): ReactNode {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [outcome, setOutcome] = useState<{ error?: string; isDone?: boolean }>({});
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    try {
      await call('POST', '/v1/session/password', { currentPassword: current, newPassword: next });
      setOutcome({ isDone: true });
      setCurrent('');
      setNext('');
    } catch (error) {
      setOutcome({ error: fieldOrSentence(error) });
    }
  };
  return (
    <Paper p="lg" component="section">
      <Title order={2} size="h4" mb="sm">
        Password
      </Title>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm" maw={380}>
          {outcome.error && (
            <Alert color="red" role="alert">
              {outcome.error}
            </Alert>
          )}
          {outcome.isDone && <Alert role="status">Changed. All your other sessions have ended.</Alert>}
          <PasswordInput
            label="Present password"
            autoComplete="current-password"
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
          />
          <PasswordInput
            label={words.session.newPassword}
            description={words.session.passwordHelp}
            autoComplete="new-password"
            value={next}
            onChange={(event) => setNext(event.currentTarget.value)}
          />
          <Button type="submit" disabled={!current || !next}>
            Change the password
          </Button>
        </Stack>
      </form>
    </Paper>
  );
}

function SecondFactorPart(): ReactNode {
  const { hasSecondFactor, person } = useSession();
  const client = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const done = (): void => {
    setOpen(false);
    void client.invalidateQueries({ queryKey: queries.session().queryKey });
  };
  return (
    <Paper p="lg" component="section">
      <Group justify="space-between">
        <div>
          <Title order={2} size="h4">
            Second factor
          </Title>
          <Text className="quiet">
            {hasSecondFactor
              ? 'A code of your app is asked for at every sign-in.'
              : 'Not set up: only your password protects you.'}
          </Text>
        </div>
        <Button variant="default" onClick={() => setOpen(true)}>
          {hasSecondFactor ? 'Set up anew' : 'Set up'}
        </Button>
      </Group>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title={words.session.factorTitle}>
        <SecondFactorSteps email={person.email} onDone={done} />
      </Modal>
    </Paper>
  );
}

function SessionsPart(): ReactNode {
  const timeZone = useTimeZone();
  const { data, error, refetch } = useQuery({
    queryKey: ['sessions'],
    queryFn: () => read<PageJson<SessionLineJson>>('/v1/sessions'),
  });
  const end = async (path: string): Promise<void> => {
    await call('DELETE', path);
    await refetch();
  };
  return (
    <Paper p="lg" component="section">
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h4">
          Where you are signed in
        </Title>
        {(data?.items.length ?? 0) > 1 && (
          <Button variant="default" size="xs" onClick={() => void end('/v1/sessions')}>
            End all others
          </Button>
        )}
      </Group>
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && (
        <Table.ScrollContainer minWidth={280}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Device</Table.Th>
                <Table.Th>Address</Table.Th>
                <Table.Th>Last used</Table.Th>
                <Table.Th>
                  <span className="sr-only">End</span>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.items.map((line) => (
                <Table.Tr key={line.id}>
                  <Table.Td>
                    {line.device} {line.isThis && <Badge>this one</Badge>}
                  </Table.Td>
                  <Table.Td>{line.address}</Table.Td>
                  <Table.Td>{moment(line.lastSeenAt, timeZone)}</Table.Td>
                  <Table.Td>
                    {!line.isThis && (
                      <Button
                        variant="subtle"
                        size="compact-sm"
                        aria-label={`End the session on ${line.device}`}
                        onClick={() => void end(`/v1/sessions/${line.id}`)}
                      >
                        End
                      </Button>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Paper>
  );
}
