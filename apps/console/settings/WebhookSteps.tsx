import { Button, Group, Modal, NativeSelect, Stack, Text } from '@mantine/core';
import type { WebhookEndpointJson } from '@openvob/results';
import { type ReactNode, useState } from 'react';
import { call } from '../api/client';
import { sentenceOf } from '../api/problem';
import { Refused } from './use-list';

interface StepProps {
  readonly one: WebhookEndpointJson;
  readonly onClose: () => void;
}

const overlaps = [
  { value: '24', label: 'a day' },
  { value: '168', label: 'a week' },
  { value: '0', label: 'no longer: it has leaked' },
];

/** Another secret in place of the one that is there. */
export function WebhookSecret({
  one,
  onClose,
  onSaved,
}: StepProps & { onSaved: (endpoint: WebhookEndpointJson) => void }): ReactNode {
  const [hours, setHours] = useState('24');
  const { error, isSending, attempt } = useAttempt();
  const replace = (): Promise<void> =>
    attempt(async () => {
      const place = `/v1/webhook-endpoints/${one.id}/rotate`;
      onSaved(await call<WebhookEndpointJson>('POST', place, { overlapHours: Number(hours) }));
    });
  return (
    <Modal opened onClose={onClose} title={`New secret for ${one.recipient}`}>
      <Stack gap="sm">
        <Refused>{error}</Refused>
        <NativeSelect
          label="For how long does the former one sign too?"
          description="So long the receiver has time to take the new one."
          value={hours}
          data={overlaps}
          onChange={(event) => setHours(event.currentTarget.value)}
        />
        <Button loading={isSending} onClick={() => void replace()}>
          Make the new secret
        </Button>
      </Stack>
    </Modal>
  );
}

/** Nobody gets the address and the secret back: asked once more. */
export function WebhookRemoval({ one, onClose, onRemoved }: StepProps & { onRemoved: () => void }): ReactNode {
  const { error, isSending, attempt } = useAttempt();
  const remove = (): Promise<void> =>
    attempt(async () => {
      await call('DELETE', `/v1/webhook-endpoints/${one.id}`);
      onRemoved();
    });
  return (
    <Modal opened onClose={onClose} title={`Remove ${one.recipient}?`}>
      <Stack gap="sm">
        <Refused>{error}</Refused>
        <Text>It is told no more. Address and secret are gone, and what waits is not sent.</Text>
        <Group>
          <Button color="red" loading={isSending} onClick={() => void remove()}>
            Remove it
          </Button>
          <Button variant="subtle" onClick={onClose}>
            Leave it
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** Does one thing at a time; a refusal is said, and the form stays. */
function useAttempt(): {
  error: string | undefined;
  isSending: boolean;
  attempt: (work: () => Promise<void>) => Promise<void>;
} {
  const [error, setError] = useState<string | undefined>();
  const [isSending, setSending] = useState(false);
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setSending(true);
    try {
      await work();
    } catch (refused) {
      setError(sentenceOf(refused));
      setSending(false);
    }
  };
  return { error, isSending, attempt };
}
