import { Alert, Badge, Button, Drawer, Group, Paper, Stack, Text } from '@mantine/core';
import type { ConnectionJson, ConnectionTrialJson, IdName, PageJson } from '@openvob/results';
import { type ReactNode, useState } from 'react';
import { call, read } from '../api/client';
import { sentenceOf } from '../api/problem';
import { Empty } from '../app/States';
import { useMay } from '../session/session';
import { word } from '../words/codes';
import { money } from '../words/format';
import { Refused, useList } from './use-list';

/** The ways to a payer; operations try each with a question about nobody. */
export function Connections({ payer, onClose }: { payer: IdName; onClose: () => void }): ReactNode {
  const place = `/v1/payers/${payer.id}/connections`;
  const { data, standIn } = useList({
    queryKey: ['connections', payer.id],
    queryFn: () => read<PageJson<ConnectionJson>>(place),
  });
  return (
    <Drawer opened onClose={onClose} position="right" size="md" title={`How ${payer.name} is reached`}>
      {!data && standIn}
      {data?.items.length === 0 && <Empty title="By phone alone">No connection is set up.</Empty>}
      <Stack>
        {data?.items.map((one) => (
          <OneConnection key={one.id} one={one} place={place} />
        ))}
      </Stack>
    </Drawer>
  );
}

const colors = { yes: 'green', no: 'red', unknown: 'orange' } as const;

function OneConnection({ one, place }: { one: ConnectionJson; place: string }): ReactNode {
  const mayTry = useMay('ops') && !one.disabledAt;
  const [trial, setTrial] = useState<ConnectionTrialJson | undefined>();
  const [error, setError] = useState<string | undefined>();
  const [isAsking, setAsking] = useState(false);
  const costs = one.costCents ? ` (${money(one.costCents)})` : '';
  const test = async (): Promise<void> => {
    setAsking(true);
    setTrial(undefined);
    try {
      setTrial(await call('POST', `${place}/${one.id}/test`, costs ? { acceptCost: true } : {}));
      setError(undefined);
    } catch (refused) {
      setError(sentenceOf(refused));
    } finally {
      setAsking(false);
    }
  };
  return (
    <Paper p="md" component="section" aria-label={one.endpointUrl}>
      <Group gap="xs">
        <Text fw={600}>{word('via', one.adapter)}</Text>
        {one.disabledAt && <Badge color="gray">out of use</Badge>}
        {one.pausedAt && <Badge color="orange">paused</Badge>}
      </Group>
      <Text size="sm" className="connection-address">
        {one.endpointUrl}
      </Text>
      <Text size="sm" className="quiet">
        Known there as {one.payerReference}
      </Text>
      {mayTry && (
        <Group mt="sm">
          <Button size="compact-md" variant="default" loading={isAsking} onClick={() => void test()}>
            Try it{costs}
          </Button>
        </Group>
      )}
      {mayTry && (
        <Text size="xs" className="quiet" mt={4}>
          Asks about an invented person: no patient’s data is sent.
        </Text>
      )}
      <Refused>{error}</Refused>
      {trial && (
        <Alert mt="sm" role="status" color={colors[trial.works]}>
          {trial.words}
          <Text size="xs" className="quiet">
            {trial.came.replaceAll('_', ' ')}
            {trial.codes?.length ? ` ${trial.codes.join(', ')}` : ''}, {(trial.tookMs / 1000).toFixed(1)} s
          </Text>
        </Alert>
      )}
    </Paper>
  );
}
