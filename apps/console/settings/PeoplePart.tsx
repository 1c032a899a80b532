import { Badge, Button, Group, Menu, Modal, NativeSelect, Paper, Stack, Table, TextInput } from '@mantine/core';
import type { MemberJson } from '@openvob/results';
import { type FormEvent, type ReactNode, useState } from 'react';
import { call } from '../api/client';
import { queries } from '../api/queries';
import { fieldOrSentence } from '../session/LinkPage';
import { useMay } from '../session/session';
import { codes, word } from '../words/codes';
import { Refused, useList } from './use-list';

const roles = Object.keys(codes.role).map((role) => ({ value: role, label: word('role', role) }));

/** Who works here; administrators invite, change and let go. */
export function PeoplePart(): ReactNode {
  const mayChange = useMay('admin');
  const { data, standIn, refusal, reread, act } = useList(queries.people());
  const [isOpen, setOpen] = useState(false);
  if (!data) return standIn;
  return (
    <Stack maw={900}>
      {refusal}
      <Paper>
        <Table.ScrollContainer minWidth={560}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Name</Table.Th>
                <Table.Th>Role</Table.Th>
                <Table.Th>State</Table.Th>
                <Table.Th>
                  <span className="sr-only">Change</span>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.items.map((one) => (
                <Table.Tr key={one.id}>
                  <Table.Td>
                    {one.name}
                    {one.email ? <div className="quiet">{one.email}</div> : null}
                  </Table.Td>
                  <Table.Td>{word('role', one.role)}</Table.Td>
                  <Table.Td>
                    {one.status === 'invited' && <Badge color="orange">invited</Badge>}
                    {one.hasSecondFactor === false && one.status === 'active' && (
                      <Badge color="gray">no second factor</Badge>
                    )}
                  </Table.Td>
                  <Table.Td ta="right">{mayChange && <PersonActions one={one} act={act} />}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Paper>
      {mayChange && (
        <Group>
          <Button onClick={() => setOpen(true)}>Invite somebody</Button>
        </Group>
      )}
      {isOpen && (
        <Invitation
          onClose={() => {
            setOpen(false);
            void reread();
          }}
        />
      )}
    </Stack>
  );
}

interface PersonActionsProps {
  readonly one: MemberJson;
  readonly act: (work: () => Promise<unknown>) => Promise<unknown>;
}

function PersonActions({ one, act }: PersonActionsProps): ReactNode {
  const place = `/v1/people/${one.id}`;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" size="compact-sm" aria-label={`Change ${one.name}`}>
          …
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Role</Menu.Label>
        {roles
          .filter(({ value }) => value !== one.role)
          .map(({ value, label }) => (
            <Menu.Item key={value} onClick={() => void act(() => call('PATCH', place, { role: value }))}>
              {label}
            </Menu.Item>
          ))}
        <Menu.Divider />
        {one.status === 'invited' && (
          <Menu.Item onClick={() => void act(() => call('POST', `${place}/invitation`))}>Invite again</Menu.Item>
        )}
        <Menu.Item onClick={() => void act(() => call('DELETE', `${place}/sessions`))}>End all sessions</Menu.Item>
        {one.hasSecondFactor && (
          <Menu.Item onClick={() => void act(() => call('DELETE', `${place}/second-factor`))}>
            Remove the second factor
          </Menu.Item>
        )}
        <Menu.Item color="red" onClick={() => void act(() => call('DELETE', place))}>
          Let go
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Invitation({ onClose }: { onClose: () => void }): ReactNode {
  const [form, setForm] = useState({ name: '', email: '', role: 'coordinator' });
  const [error, setError] = useState<string | undefined>();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    try {
      await call('POST', '/v1/people', form);
      onClose();
    } catch (refused) {
      setError(fieldOrSentence(refused));
    }
  };
  return (
    <Modal opened onClose={onClose} title="Invite somebody">
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          <Refused>{error}</Refused>
          <TextInput
            label="Name"
            value={form.name}
            onChange={(event) => setForm({ ...form, name: event.currentTarget.value })}
          />
          <TextInput
            label="E-mail"
            type="email"
            value={form.email}
            onChange={(event) => setForm({ ...form, email: event.currentTarget.value })}
          />
          <NativeSelect
            label="Role"
            value={form.role}
            data={roles}
            onChange={(event) => setForm({ ...form, role: event.currentTarget.value })}
          />
          <Button type="submit">Send the invitation</Button>
        </Stack>
      </form>
    </Modal>
  );
}
