import { Button, Group, NativeSelect, Paper, Stack, Table, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { PageJson, RateJson } from '@openvob/results';
import { type ReactNode, useState } from 'react';
import { call, read } from '../api/client';
import { Explained } from '../app/Explained';
import { Empty } from '../app/States';
import { useMay } from '../session/session';
import { money } from '../words/format';
import { RateActions, type RateChanges } from './RateActions';
import { RateCards } from './RateCards';
import { RateForm } from './RateForm';
import { RatePaste } from './RatePaste';
import { holds } from './rate-words';
import { useList } from './use-list';

const ownPrices = 'own';

/** What the facility's services cost: each payer's contract, and the facility's own prices. */
export function RatesPart(): ReactNode {
  const mayChange = useMay('biller', 'admin');
  const isNarrow = useMediaQuery('(max-width: 700px)', window.matchMedia('(max-width: 700px)').matches);
  const { data, standIn, refusal, reread, act } = useList({
    queryKey: ['rates'],
    queryFn: () => read<PageJson<RateJson>>('/v1/rates'),
  });
  const [payer, setPayer] = useState('');
  const [open, setOpen] = useState<'paste' | { rate: RateJson | undefined } | undefined>();
  if (!data) return standIn;
  const payers = [
    ...new Map(data.items.flatMap((one) => (one.payer ? [[one.payer.id, one.payer.name] as const] : []))),
  ];
  const shown = data.items.filter((one) => payer === '' || (one.payer?.id ?? ownPrices) === payer);
  const change = mayChange ? (rate: RateJson): void => setOpen({ rate }) : undefined;
  const remove = mayChange
    ? (rate: RateJson): void => void act(() => call('DELETE', `/v1/rates/${rate.id ?? ''}`))
    : undefined;
  const saved = (): void => {
    setOpen(undefined);
    void reread();
  };
  return (
    <Stack maw={1080}>
      <Text className="quiet" maw={680}>
        An estimate uses the prices that hold on each program day: those of the payer’s contract where there are any,
        else the facility’s own. What was estimated before stands as it was.
      </Text>
      {refusal}
      <Group align="end">
        <NativeSelect
          label="Whose"
          value={payer}
          data={[
            { value: '', label: 'All prices' },
            { value: ownPrices, label: 'The facility’s own' },
            ...payers.map(([value, label]) => ({ value, label })),
          ]}
          onChange={(event) => setPayer(event.currentTarget.value)}
        />
        {mayChange && (
          <>
            <Button onClick={() => setOpen({ rate: undefined })}>Enter a price</Button>
            <Button variant="default" onClick={() => setOpen('paste')}>
              Paste a list
            </Button>
          </>
        )}
      </Group>
      {shown.length === 0 && (
        <Empty title="No prices yet">Without prices no estimate can be made: paste the contract’s fee schedule.</Empty>
      )}
      {shown.length > 0 && isNarrow && <RateCards rates={shown} onChange={change} onRemove={remove} />}
      {shown.length > 0 && !isNarrow && (
        <Paper>
          <Table.ScrollContainer minWidth={760}>
            <RateTable rates={shown} onChange={change} onRemove={remove} />
          </Table.ScrollContainer>
        </Paper>
      )}
      {open === 'paste' && <RatePaste onClose={() => setOpen(undefined)} onSaved={saved} />}
      {typeof open === 'object' && <RateForm rate={open.rate} onClose={() => setOpen(undefined)} onSaved={saved} />}
    </Stack>
  );
}

interface RateTableProps extends RateChanges {
  readonly rates: readonly RateJson[];
}

function RateTable({ rates, onChange, onRemove }: RateTableProps): ReactNode {
  return (
    <Table>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Whose</Table.Th>
          <Table.Th>Network</Table.Th>
          <Table.Th>Code</Table.Th>
          <Table.Th ta="right">Allowed</Table.Th>
          <Table.Th ta="right">Charge</Table.Th>
          <Table.Th>Holds</Table.Th>
          <Table.Th>From where</Table.Th>
          <Table.Th>
            <span className="sr-only">Change</span>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rates.map((rate) => (
          <Table.Tr key={rate.id}>
            <Table.Td>{rate.payer?.name ?? 'own'}</Table.Td>
            <Table.Td>
              <Explained table="rateNetwork" code={rate.network} />
            </Table.Td>
            <Table.Td>
              <Explained table="procedure" code={rate.code} />
              {rate.includedIn ? <span className="quiet"> in {rate.includedIn}</span> : null}
            </Table.Td>
            <Table.Td ta="right" className="figures">
              {money(rate.allowedCents)}
            </Table.Td>
            <Table.Td ta="right" className="figures">
              {rate.chargeCents === undefined ? '' : money(rate.chargeCents)}
            </Table.Td>
            <Table.Td>{holds(rate)}</Table.Td>
            <Table.Td>{rate.source}</Table.Td>
            <Table.Td>
              {onChange && onRemove && (
                <Group gap="xs" wrap="nowrap" justify="flex-end">
                  <RateActions rate={rate} onChange={onChange} onRemove={onRemove} />
                </Group>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
