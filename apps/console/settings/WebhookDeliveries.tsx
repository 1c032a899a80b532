import { Alert, Anchor, Badge, Button, Code, Drawer, Group, NativeSelect, Stack, Text } from '@mantine/core';
import type { PageJson, WebhookDeliveryJson, WebhookEndpointJson } from '@openvob/results';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { call, read } from '../api/client';
import { sentenceOf } from '../api/problem';
import { Empty, Failure, Loading } from '../app/States';
import { useTimeZone } from '../session/session';
import { moment } from '../words/format';
import { attemptText, deliveryStates, eventText } from './webhook-words';

const lookEveryMs = 5_000;
const hourMs = 3_600_000;
const spans = [
  { value: '1', label: 'the last hour' },
  { value: '24', label: 'the last day' },
  { value: '168', label: 'the last week' },
];
const states = [
  { value: '', label: 'Everything' },
  { value: 'failed,withheld', label: 'What did not arrive' },
  { value: 'pending', label: 'What is on its way' },
  { value: 'delivered', label: 'What arrived' },
];

interface WebhookDeliveriesProps {
  readonly one: WebhookEndpointJson;
  readonly mayReplay: boolean;
  readonly onClose: () => void;
}

/** What was sent to a receiver and what came of it, newest first; trying it out, and sending again. */
export function WebhookDeliveries({ one, mayReplay, onClose }: WebhookDeliveriesProps): ReactNode {
  const place = `/v1/webhook-endpoints/${one.id}`;
  const [state, setState] = useState('');
  const [hours, setHours] = useState('24');
  const [said, setSaid] = useState<{ text: string; isRefusal: boolean } | undefined>();
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['webhook-deliveries', one.id, state],
    queryFn: ({ pageParam, signal }) =>
      read<PageJson<WebhookDeliveryJson>>(`${place}/deliveries?limit=50${state ? `&state=${state}` : ''}${pageParam}`, {
        signal,
        background: true,
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor && `&cursor=${encodeURIComponent(nextCursor)}`,
    refetchInterval: lookEveryMs,
  });
  const attempt = async (work: () => Promise<string>): Promise<void> => {
    try {
      setSaid({ text: await work(), isRefusal: false });
    } catch (refused) {
      setSaid({ text: sentenceOf(refused), isRefusal: true });
    }
    await refetch();
  };
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const tryOut = async (): Promise<string> => {
    await call('POST', `${place}/test`);
    return 'A trial is on its way. What comes of it stands below.';
  };
  const sendSince = async (): Promise<string> => {
    const since = new Date(Date.now() - Number(hours) * hourMs).toISOString();
    const { deliveries } = await call<{ deliveries: number }>('POST', `${place}/replay`, { since });
    return deliveries === 0 ? 'Everything of that time has arrived.' : `Sent again: ${deliveries}.`;
  };
  const sendAgain = async (id: string): Promise<string> => {
    await call('POST', `${place}/deliveries/${id}/replay`);
    return 'It is sent again, under the same id.';
  };
  return (
    <Drawer opened onClose={onClose} position="right" size="lg" title={`What was sent to ${one.recipient}`}>
      <Stack gap="md">
        {said && (
          <Alert color={said.isRefusal ? 'red' : 'teal'} role={said.isRefusal ? 'alert' : 'status'}>
            {said.text}
          </Alert>
        )}
        {mayReplay && (
          <Group align="end" gap="sm">
            <Button variant="default" onClick={() => void attempt(tryOut)}>
              Try it out
            </Button>
            <NativeSelect
              label="What did not arrive in"
              value={hours}
              data={spans}
              onChange={(event) => setHours(event.currentTarget.value)}
            />
            <Button variant="default" onClick={() => void attempt(sendSince)}>
              Send it again
            </Button>
          </Group>
        )}
        <NativeSelect
          label="Show"
          value={state}
          data={states}
          onChange={(event) => setState(event.currentTarget.value)}
        />
        {error && !data && <Failure error={error} onRetry={() => void refetch()} />}
        {!data && !error && <Loading />}
        {data && items.length === 0 && <Empty title="Nothing" />}
        <ul className="deliveries">
          {items.map((delivery) => (
            <Delivery
              key={delivery.id}
              delivery={delivery}
              onSend={mayReplay ? () => void attempt(() => sendAgain(delivery.id)) : undefined}
            />
          ))}
        </ul>
        {hasNextPage && (
          <Button variant="subtle" onClick={() => void fetchNextPage()}>
            Show more
          </Button>
        )}
      </Stack>
    </Drawer>
  );
}

interface DeliveryProps {
  readonly delivery: WebhookDeliveryJson;
  /** Undefined for those who may not. */
  readonly onSend: (() => void) | undefined;
}

function Delivery({ delivery, onSend }: DeliveryProps): ReactNode {
  const timeZone = useTimeZone();
  const { type, createdAt, state, attempts, response, nextTryAt, verificationId } = delivery;
  const last = attempts.at(-1);
  const [text, color] = deliveryStates[state];
  const tries = attempts.length === 1 ? '1 try' : `${attempts.length} tries`;
  return (
    <li>
      <Group gap="xs">
        <Text fw={550}>{eventText(type)}</Text>
        <Badge color={color}>{text}</Badge>
      </Group>
      <Text size="sm" className="quiet">
        {moment(createdAt, timeZone)}
        {last ? `, ${tries}, ${attemptText(last)}` : ''}
        {state === 'pending' && nextTryAt ? `, tried next ${moment(nextTryAt, timeZone)}` : ''}
      </Text>
      {response && (
        <Code block className="code-wrapped" mt={4}>
          {response}
        </Code>
      )}
      <Group gap="sm" mt={6}>
        {verificationId && (
          <Anchor component={Link} to={`/verifications/${verificationId}`} size="sm">
            The verification
          </Anchor>
        )}
        {onSend && state !== 'pending' && (
          <Button size="compact-sm" variant="default" onClick={onSend}>
            Send this again
          </Button>
        )}
      </Group>
    </li>
  );
}
