import { Autocomplete, Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import type { RateJson } from '@openvob/results';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { call } from '../api/client';
import { queries } from '../api/queries';
import { centsOf } from '../call/answer-value';
import { fieldOrSentence } from '../session/LinkPage';
import { Refused } from './use-list';

interface RateFormProps {
  /** The price to change; none for a new one. */
  readonly rate: RateJson | undefined;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}

const networks = [
  { value: 'in', label: 'In network' },
  { value: 'out', label: 'Out of network' },
  { value: 'self_pay', label: 'Self-pay' },
];

const dollars = (cents: number | undefined): string => (cents === undefined ? '' : (cents / 100).toFixed(2));

/** One price. What it is of and since when it holds make it the same one; the rest is changed. */
export function RateForm({ rate, onClose, onSaved }: RateFormProps): ReactNode {
  const [form, setForm] = useState({
    payer: rate?.payer?.name ?? '',
    network: rate?.network ?? 'in',
    code: rate?.code ?? '',
    allowed: dollars(rate?.allowedCents),
    charge: dollars(rate?.chargeCents),
    includedIn: rate?.includedIn ?? '',
    from: rate?.from ?? '',
    to: rate?.to ?? '',
    source: rate?.source ?? '',
  });
  const [error, setError] = useState<string | undefined>();
  const { data } = useQuery({ ...queries.payers(form.payer.trim()), placeholderData: (before) => before });
  const text = (
    key: keyof typeof form,
    label: string,
    more: { description?: string; type?: string } = {},
  ): ReactNode => (
    <TextInput
      label={label}
      value={form[key]}
      readOnly={rate !== undefined && ['code', 'from'].includes(key)}
      {...more}
      onChange={(event) => setForm({ ...form, [key]: event.currentTarget.value })}
    />
  );
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    try {
      await call('POST', '/v1/rates', { items: [entryOf(form, rate)] });
      onSaved();
    } catch (refused) {
      setError(fieldOrSentence(refused));
    }
  };
  return (
    <Modal opened onClose={onClose} title={rate ? 'Change a price' : 'Enter a price'}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          <Refused>{error}</Refused>
          <Autocomplete
            label="Payer"
            description="Empty for the facility’s own price."
            readOnly={rate !== undefined}
            value={form.payer}
            data={[...new Set(data?.items.map(({ name }) => name))]}
            filter={({ options }) => options}
            onChange={(payer) => setForm({ ...form, payer })}
          />
          <Group grow align="flex-start">
            <NativeSelect
              label="Network"
              value={form.network}
              disabled={rate !== undefined}
              data={networks}
              onChange={(event) => setForm({ ...form, network: event.currentTarget.value as RateJson['network'] })}
            />
            {text('code', 'Code')}
          </Group>
          <Group grow align="flex-start">
            {text('allowed', 'Allowed, $')}
            {text('charge', 'Charge, $')}
          </Group>
          {text('includedIn', 'Bundled into the code', {
            description: 'Billed with it on the same day, at no price of its own.',
          })}
          <Group grow align="flex-start">
            {text('from', 'Holds from', { type: 'date' })}
            {text('to', 'Until', { type: 'date' })}
          </Group>
          {text('source', 'Where it is from', { description: 'For example: your contract, amendment of March 2026.' })}
          <Button type="submit">Keep it</Button>
        </Stack>
      </form>
    </Modal>
  );
}

type Form = Readonly<
  Record<'payer' | 'code' | 'allowed' | 'charge' | 'includedIn' | 'from' | 'to' | 'source', string>
> & {
  readonly network: string;
};

/** As the API takes it; an amount that cannot be read is sent as it is, to be refused by name. */
function entryOf({ payer, allowed, charge, ...form }: Form, rate: RateJson | undefined): Record<string, unknown> {
  const entry = {
    ...form,
    payer: rate?.payer?.id ?? payer,
    allowedCents: centsOf(allowed) ?? allowed,
    chargeCents: centsOf(charge) ?? charge,
  };
  return Object.fromEntries(
    Object.entries(entry).filter(([, value]) => typeof value !== 'string' || value.trim() !== ''),
  );
}
