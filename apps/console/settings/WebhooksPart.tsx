import { Alert, Badge, Button, Code, Group, Menu, Paper, Stack, Text } from '@mantine/core';
import type { PageJson, WebhookEndpointJson } from '@openvob/results';
import { type ReactNode, useState } from 'react';
import { call, read } from '../api/client';
import { Empty } from '../app/States';
import { useMay, useTimeZone } from '../session/session';
import { moment } from '../words/format';
import { useList } from './use-list';
import { WebhookDeliveries } from './WebhookDeliveries';
import { WebhookForm } from './WebhookForm';
import { WebhookRemoval, WebhookSecret } from './WebhookSteps';
import { endpointState, eventText } from './webhook-words';

type Open = 'add' | { readonly what: 'change' | 'deliveries' | 'secret' | 'remove'; readonly one: WebhookEndpointJson };

/** Who is told of what happens to verifications: other systems, signed, without patient data. */
export function WebhooksPart(): ReactNode {
  const mayChange = useMay('ops', 'admin');
  const { data, standIn, refusal, reread, act } = useList({
    queryKey: ['webhook-endpoints'],
    queryFn: () => read<PageJson<WebhookEndpointJson>>('/v1/webhook-endpoints'),
  });
  const [open, setOpen] = useState<Open | undefined>();
  const [shown, setShown] = useState<WebhookEndpointJson | undefined>();
  const saved = (endpoint?: WebhookEndpointJson): void => {
    setOpen(undefined);
    if (endpoint?.secret) setShown(endpoint);
    void reread();
  };
  if (!data) return standIn;
  const close = (): void => setOpen(undefined);
  const { what, one } = typeof open === 'object' ? open : {};
  return (
    <Stack maw={820}>
      <Text className="quiet" maw={680}>
        Records, billing and other systems are told by signed messages when something happens. They hold ids, status and
        links, never patient data.
      </Text>
      {refusal}
      {shown && <Secret of={shown} onClose={() => setShown(undefined)} />}
      {data.items.length === 0 && <Empty title="Nobody is told yet" />}
      {data.items.map((item) => (
        <Endpoint
          key={item.id}
          one={item}
          mayChange={mayChange}
          onOpen={(next) => setOpen({ what: next, one: item })}
          act={act}
        />
      ))}
      {mayChange && (
        <Group>
          <Button onClick={() => setOpen('add')}>Add a receiver</Button>
        </Group>
      )}
      {(open === 'add' || what === 'change') && <WebhookForm one={one} onClose={close} onSaved={saved} />}
      {one && what === 'deliveries' && <WebhookDeliveries one={one} mayReplay={mayChange} onClose={close} />}
      {one && what === 'secret' && <WebhookSecret one={one} onClose={close} onSaved={saved} />}
      {one && what === 'remove' && <WebhookRemoval one={one} onClose={close} onRemoved={saved} />}
    </Stack>
  );
}

function Secret({ of: { recipient, secret }, onClose }: { of: WebhookEndpointJson; onClose: () => void }): ReactNode {
  return (
    <Alert
      role="status"
      title={`The secret for ${recipient}. It is not shown again.`}
      withCloseButton
      closeButtonLabel="Close"
      onClose={onClose}
    >
      <Text size="sm" mb={6}>
        Give it to whoever runs the receiver: it proves that messages come from here.
      </Text>
      <Code block className="code-wrapped">
        {secret}
      </Code>
    </Alert>
  );
}

interface EndpointProps {
  readonly one: WebhookEndpointJson;
  readonly mayChange: boolean;
  readonly onOpen: (what: 'change' | 'deliveries' | 'secret' | 'remove') => void;
  readonly act: (work: () => Promise<unknown>) => Promise<unknown>;
}

function Endpoint({ one, mayChange, onOpen, act }: EndpointProps): ReactNode {
  const timeZone = useTimeZone();
  const { recipient, url, events, enabled, disabled, failingSince, formerSecretUntil } = one;
  const [state, color] = endpointState(one);
  const since = disabled?.at ?? failingSince;
  const place = `/v1/webhook-endpoints/${one.id}`;
  return (
    <Paper p="md" component="section" aria-label={recipient}>
      <Group gap="xs">
        <Text fw={600}>{recipient}</Text>
        <Badge color={color} className="badge-wraps">
          {state}
          {since ? ` since ${moment(since, timeZone)}` : ''}
        </Badge>
      </Group>
      <Text size="sm" className="connection-address">
        {url}
      </Text>
      <Text size="sm" className="quiet">
        {events.map(eventText).join(' · ')}
      </Text>
      {formerSecretUntil && (
        <Text size="sm">The former secret signs too until {moment(formerSecretUntil, timeZone)}.</Text>
      )}
      <Group gap="xs" mt="sm">
        <Button size="compact-sm" variant="default" onClick={() => onOpen('deliveries')}>
          What was sent
        </Button>
        {mayChange && (
          <>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => void act(() => call('PATCH', place, { enabled: !enabled }))}
            >
              {enabled ? 'Pause' : 'Go on'}
            </Button>
            <Menu position="bottom-start">
              <Menu.Target>
                <Button size="compact-sm" variant="default" aria-label={`More for ${recipient}`}>
                  …
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => onOpen('change')}>Change</Menu.Item>
                <Menu.Item onClick={() => onOpen('secret')}>New secret</Menu.Item>
                <Menu.Divider />
                <Menu.Item color="red" onClick={() => onOpen('remove')}>
                  Remove
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </>
        )}
      </Group>
    </Paper>
  );
}
