import { Button, Checkbox, Modal, Stack, TextInput } from '@mantine/core';
import type { WebhookEndpointJson } from '@openvob/results';
import { type FormEvent, type ReactNode, useState } from 'react';
import { call } from '../api/client';
import { fieldOrSentence } from '../session/LinkPage';
import { Refused } from './use-list';
import { webhookEvents } from './webhook-words';

interface WebhookFormProps {
  /** The one to change; none for a new one. */
  readonly one: WebhookEndpointJson | undefined;
  readonly onClose: () => void;
  readonly onSaved: (endpoint: WebhookEndpointJson) => void;
}

const usual = ['verification.completed', 'verification.needs_attention', 'verification.benefits_changed'];

/** Who is told, where, and of what. */
export function WebhookForm({ one, onClose, onSaved }: WebhookFormProps): ReactNode {
  const [form, setForm] = useState({ recipient: one?.recipient ?? '', url: one?.url ?? '' });
  const [events, setEvents] = useState<string[]>([...(one?.events ?? usual)]);
  const [error, setError] = useState<string | undefined>();
  const [isSending, setSending] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setSending(true);
    try {
      const body = { ...form, events };
      onSaved(
        await (one
          ? call<WebhookEndpointJson>('PATCH', `/v1/webhook-endpoints/${one.id}`, body)
          : call<WebhookEndpointJson>('POST', '/v1/webhook-endpoints', body)),
      );
    } catch (refused) {
      setError(fieldOrSentence(refused));
      setSending(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={one ? `Change ${one.recipient}` : 'Add a receiver'}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          <Refused>{error}</Refused>
          <TextInput
            label="Whose system is it?"
            description="Stands on the account of disclosures."
            maxLength={120}
            value={form.recipient}
            onChange={(event) => setForm({ ...form, recipient: event.currentTarget.value })}
          />
          <TextInput
            label="Address"
            description="Begins with https:// and is reached from outside."
            type="url"
            value={form.url}
            onChange={(event) => setForm({ ...form, url: event.currentTarget.value })}
          />
          <Checkbox.Group label="It is told when" value={events} onChange={setEvents}>
            <Stack gap={6} mt={6}>
              {Object.entries(webhookEvents).map(([value, label]) => (
                <Checkbox key={value} value={value} label={label} />
              ))}
            </Stack>
          </Checkbox.Group>
          <Button type="submit" loading={isSending}>
            {one ? 'Keep it so' : 'Add it'}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
