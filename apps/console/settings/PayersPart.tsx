import { Badge, Button, Group, Paper, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { PayerHealthJson, PayerJson } from '@openvob/results';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { call, read } from '../api/client';
import { sentenceOf } from '../api/problem';
import { queries } from '../api/queries';
import { Empty, Failure, Loading } from '../app/States';
import { useMay } from '../session/session';
import { word } from '../words/codes';
import { Connections } from './Connections';

const pauseMs = 200;

/** The payer directory, and how each payer does just now. */
export function PayersPart(): ReactNode {
  const [search, setSearch] = useState('');
  const [settled] = useDebouncedValue(search, pauseMs);
  const { data, error, refetch } = useQuery({ ...queries.payers(settled.trim()), placeholderData: (before) => before });
  return (
    <>
      <TextInput
        maw={420}
        mb="md"
        type="search"
        label="Find a payer"
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.items.length === 0 && <Empty title="Not in the directory" />}
      {data && data.items.length > 0 && (
        <Paper>
          <Table.ScrollContainer minWidth={620}>
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Payer</Table.Th>
                  <Table.Th>How it is asked</Table.Th>
                  <Table.Th>Member ids begin with</Table.Th>
                  <Table.Th>Now</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {data.items.map((payer) => (
                  <PayerLine key={payer.id} payer={payer} />
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        </Paper>
      )}
    </>
  );
}

const states = {
  up: ['answers', 'green'],
  down: ['does not answer', 'red'],
  paused: ['paused', 'orange'],
  unknown: ['not asked lately', 'gray'],
  by_phone: ['by phone', 'gray'],
} as const;

/** One payer; whether it answers is looked up when somebody asks. */
function PayerLine({ payer }: { payer: PayerJson }): ReactNode {
  const mayOperate = useMay('ops');
  const maySeeWays = useMay('ops', 'auditor');
  const [isOpen, setOpen] = useState(false);
  const [health, setHealth] = useState<PayerHealthJson | undefined>();
  const [error, setError] = useState<string | undefined>();
  const attempt = async (work: () => Promise<PayerHealthJson>): Promise<void> => {
    try {
      setHealth(await work());
      setError(undefined);
    } catch (refused) {
      setError(sentenceOf(refused));
    }
  };
  const place = `/v1/payers/${payer.id}`;
  const [text, color] = health ? states[health.state] : [undefined, undefined];
  return (
    <Table.Tr>
      <Table.Td>
        <Text fw={550}>{payer.name}</Text>
        <Text size="xs" className="quiet">
          {[payer.states.join(', '), payer.aliases.slice(0, 3).join(', ')].filter(Boolean).join(' · ')}
        </Text>
      </Table.Td>
      <Table.Td>
        {payer.via[0] ? word('via', payer.via[0]) : `by phone${payer.phone ? ` (${payer.phone})` : ''}`}
      </Table.Td>
      <Table.Td>{payer.memberIdPrefixes.join(', ')}</Table.Td>
      <Table.Td>
        <Group gap="xs">
          {text && <Badge color={color}>{text}</Badge>}
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => void attempt(() => read<PayerHealthJson>(`${place}/health`))}
          >
            Look
          </Button>
          {mayOperate && health && health.state !== 'by_phone' && (
            <Button
              size="compact-xs"
              variant="default"
              onClick={() =>
                void attempt(() =>
                  call<PayerHealthJson>('POST', `${place}/${health.state === 'paused' ? 'resume' : 'pause'}`),
                )
              }
            >
              {health.state === 'paused' ? 'Ask it again' : 'Pause it'}
            </Button>
          )}
          {maySeeWays && (
            <Button
              size="compact-xs"
              variant="default"
              aria-label={`Connections of ${payer.name}`}
              onClick={() => setOpen(true)}
            >
              Connections
            </Button>
          )}
          {isOpen && <Connections payer={payer} onClose={() => setOpen(false)} />}
          {error && (
            <Text size="xs" role="alert">
              {error}
            </Text>
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
