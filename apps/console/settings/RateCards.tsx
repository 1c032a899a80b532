import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { RateJson } from '@openvob/results';
import type { ReactNode } from 'react';
import { Explained } from '../app/Explained';
import { money } from '../words/format';
import { RateActions, type RateChanges } from './RateActions';
import { holds, ratesByPayer } from './rate-words';

interface RateCardsProps extends RateChanges {
  readonly rates: readonly RateJson[];
}

/** Prices on a narrow screen: payer by payer, one under another. */
export function RateCards({ rates, onChange, onRemove }: RateCardsProps): ReactNode {
  return (
    <Stack gap="md">
      {ratesByPayer(rates).map(([name, own]) => (
        <Paper key={name} p="md" component="section" aria-label={name}>
          <Title order={2} size="h5" mb="xs">
            {name}
          </Title>
          <ul className="rate-cards">
            {own.map((rate) => (
              <li key={rate.id}>
                <Group justify="space-between" gap="2px 12px" align="baseline">
                  <Text fw={550} component="span">
                    <Explained table="procedure" code={rate.code} />
                    {rate.includedIn ? ` in ${rate.includedIn}` : ''}
                  </Text>
                  <Text fw={600} component="span" className="figures">
                    {money(rate.allowedCents)}
                  </Text>
                </Group>
                <Text size="sm" className="quiet" component="div">
                  <Explained table="rateNetwork" code={rate.network} />
                  {rate.chargeCents === undefined ? '' : `, charge ${money(rate.chargeCents)}`}, {holds(rate)}
                </Text>
                <Text size="sm" className="quiet">
                  {rate.source}
                </Text>
                {onChange && onRemove && (
                  <Group gap="xs" mt={4}>
                    <RateActions rate={rate} onChange={onChange} onRemove={onRemove} />
                  </Group>
                )}
              </li>
            ))}
          </ul>
        </Paper>
      ))}
    </Stack>
  );
}
