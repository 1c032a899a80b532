import { Alert, Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { call } from '../api/client';
import { refreshVerification } from '../api/queries';
import { fieldOrSentence } from '../session/LinkPage';
import { useMay } from '../session/session';

const empty = { status: 'approved', approved: '', number: '', decidedOn: '', by: '' };

/** Records what the payer decided; a correction is a further record. */
export function AuthorizationForm({ id }: { id: string }): ReactNode {
  const client = useQueryClient();
  const mayRecord = useMay('coordinator', 'supervisor', 'biller', 'admin');
  const [isOpen, setOpen] = useState(false);
  const [form, setForm] = useState(empty);
  const [error, setError] = useState<string | undefined>();
  if (!mayRecord) return null;
  const change = (part: Partial<typeof empty>): void => setForm({ ...form, ...part });
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { status, approved, number, decidedOn, by } = form;
    const body = {
      status,
      ...(status === 'approved' && approved ? { approved: Number(approved), unit: 'days' } : {}),
      ...(number ? { number } : {}),
      ...(decidedOn ? { decidedOn } : {}),
      ...(by ? { by } : {}),
    };
    try {
      await call('POST', `/v1/verifications/${id}/authorizations`, body);
      await refreshVerification(client, id);
      setForm(empty);
      setOpen(false);
    } catch (refused) {
      setError(fieldOrSentence(refused));
    }
  };
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        Record a decision
      </Button>
      <Modal opened={isOpen} onClose={() => setOpen(false)} title="What the payer decided">
        <form onSubmit={(event) => void submit(event)} noValidate>
          <Stack gap="sm">
            {error && (
              <Alert color="red" role="alert">
                {error}
              </Alert>
            )}
            <NativeSelect
              label="Decision"
              value={form.status}
              data={[
                { value: 'approved', label: 'Approved' },
                { value: 'requested', label: 'Asked for, not decided yet' },
                { value: 'denied', label: 'Denied' },
                { value: 'not_required', label: 'Not needed' },
              ]}
              onChange={(event) => change({ status: event.currentTarget.value })}
            />
            {form.status === 'approved' && (
              <TextInput
                label="Program days approved"
                inputMode="numeric"
                value={form.approved}
                onChange={(event) => change({ approved: event.currentTarget.value.replace(/\D/g, '') })}
              />
            )}
            <TextInput
              label="Approval number"
              value={form.number}
              onChange={(event) => change({ number: event.currentTarget.value })}
            />
            <TextInput
              label="Decided on"
              type="date"
              value={form.decidedOn}
              onChange={(event) => change({ decidedOn: event.currentTarget.value })}
            />
            <TextInput
              label="By whom"
              value={form.by}
              onChange={(event) => change({ by: event.currentTarget.value })}
            />
            <Group justify="flex-end">
              <Button type="submit">Record</Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
