import {
  Alert,
  Badge,
  Button,
  Checkbox,
  Code,
  Group,
  Modal,
  Paper,
  Stack,
  Table,
  Text,
  TextInput,
} from '@mantine/core';
import type { KeyJson, PageJson } from '@openvob/results';
import { type FormEvent, type ReactNode, useState } from 'react';
import { call, read } from '../api/client';
import { Empty } from '../app/States';
import { fieldOrSentence } from '../session/LinkPage';
import { useMay, useTimeZone } from '../session/session';
import { moment } from '../words/format';
import { Refused, useList } from './use-list';

const scopes: Readonly<Record<string, string>> = {
  'verifications:read': 'Read verifications',
  'verifications:write': 'Ask for and change verifications',
  'payers:read': 'Read payers',
  'programs:read': 'Read programs',
  'webhook-endpoints:read': 'See receivers of webhooks and their deliveries',
  'webhook-endpoints:write': 'Add and change receivers of webhooks',
};
const overlapHours = 24;

/** Keys by which other systems ask. A key is shown once, when it is made. */
export function KeysPart(): ReactNode {
  const mayChange = useMay('admin');
  const timeZone = useTimeZone();
  const { data, standIn, refusal, reread, act } = useList({
    queryKey: ['keys'],
    queryFn: () => read<PageJson<KeyJson>>('/v1/keys'),
  });
  const [shown, setShown] = useState<string | undefined>();
  const [isOpen, setOpen] = useState(false);
  const rotate = async (id: string): Promise<void> => {
    const made = await act(() => call<KeyJson>('POST', `/v1/keys/${id}/rotate`, { overlapHours }));
    if (made) setShown(made.key);
  };
  if (!data) return standIn;
  return (
    <Stack maw={960}>
      {refusal}
      {shown && (
        <Alert
          title="The new key. It is not shown again."
          withCloseButton
          closeButtonLabel="Close"
          onClose={() => setShown(undefined)}
        >
          <Code block>{shown}</Code>
        </Alert>
      )}
      {data.items.length === 0 && <Empty title="No keys" />}
      {data.items.length > 0 && (
        <Paper>
          <Table.ScrollContainer minWidth={640}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Name</Table.Th>
                  <Table.Th>May</Table.Th>
                  <Table.Th>Until</Table.Th>
                  <Table.Th>Last used</Table.Th>
                  <Table.Th>
                    <span className="sr-only">Change</span>
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {data.items.map((one) => (
                  <Table.Tr key={one.id}>
                    <Table.Td>
                      {one.name} {one.state !== 'active' && <Badge color="gray">{one.state}</Badge>}
                    </Table.Td>
                    <Table.Td>
                      <Text size="sm">
                        {one.scopes?.map((scope) => scopes[scope] ?? scope).join(', ') ?? `all of ${one.role}`}
                      </Text>
                    </Table.Td>
                    <Table.Td>{one.expiresAt ? moment(one.expiresAt, timeZone) : 'no end'}</Table.Td>
                    <Table.Td>{one.lastUsedOn ?? 'never'}</Table.Td>
                    <Table.Td>
                      {mayChange && one.state === 'active' && (
                        <Group gap="xs" wrap="nowrap" justify="flex-end">
                          <Button size="compact-sm" variant="default" onClick={() => void rotate(one.id)}>
                            Replace
                          </Button>
                          <Button
                            size="compact-sm"
                            variant="default"
                            onClick={() => void act(() => call('DELETE', `/v1/keys/${one.id}`))}
                          >
                            Revoke
                          </Button>
                        </Group>
                      )}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Paper>
      )}
      {mayChange && (
        <Group>
          <Button onClick={() => setOpen(true)}>Make a key</Button>
        </Group>
      )}
      {isOpen && (
        <NewKey
          onClose={() => setOpen(false)}
          onMade={(key) => {
            setOpen(false);
            setShown(key);
            void reread();
          }}
        />
      )}
    </Stack>
  );
}

function NewKey({ onClose, onMade }: { onClose: () => void; onMade: (key: string | undefined) => void }): ReactNode {
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<string[]>(['verifications:read']);
  const [error, setError] = useState<string | undefined>();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    try {
      onMade((await call<KeyJson>('POST', '/v1/keys', { name, scopes: chosen })).key);
    } catch (refused) {
      setError(fieldOrSentence(refused));
    }
  };
  return (
    <Modal opened onClose={onClose} title="Make a key">
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          <Refused>{error}</Refused>
          <TextInput label="What is it for?" value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <Checkbox.Group label="It may" value={chosen} onChange={setChosen}>
            <Stack gap={6} mt={6}>
              {Object.entries(scopes).map(([value, label]) => (
                <Checkbox key={value} value={value} label={label} />
              ))}
            </Stack>
          </Checkbox.Group>
          <Button type="submit">Make it</Button>
        </Stack>
      </form>
    </Modal>
  );
}
