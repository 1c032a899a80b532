import { Alert, Paper, Stack, Text } from '@mantine/core';
import type { SimilarJson } from '@openvob/results';
import type { ReactNode } from 'react';
import { useTimeZone } from '../session/session';
import { word } from '../words/codes';
import { moment, money } from '../words/format';
import { patientName } from '../worklist/Row';
import type { DryRunJson } from './use-checks';

const mostShown = 3;

interface SideProps {
  readonly plan: DryRunJson | undefined;
  readonly similar: readonly SimilarJson[];
  readonly children: ReactNode;
}

/** What is known before anything is sent: who was asked about already, and what sending would do. */
export function Side({ plan, similar, children }: SideProps): ReactNode {
  const timeZone = useTimeZone();
  return (
    <Stack gap="sm" className="side">
      <div aria-live="polite">
        {similar.length > 0 && (
          <Alert
            color="orange"
            title={similar.length === 1 ? 'Already asked about' : `Already asked about ${similar.length} times`}
            mb="sm"
          >
            <ul className="similar">
              {similar.slice(0, mostShown).map((one) => (
                <li key={one.id}>
                  <a href={`/verifications/${one.id}`} target="_blank" rel="noreferrer">
                    {patientName(one)}
                  </a>
                  <Text size="xs">
                    {word('status', one.status)}, {moment(one.createdAt, timeZone)}.{' '}
                    {one.because.includes('member_id') ? 'Same member id' : 'Same name and birth date'}.
                  </Text>
                </li>
              ))}
            </ul>
            {similar.length > mostShown && <Text size="xs">and {similar.length - mostShown} more</Text>}
          </Alert>
        )}
        {plan && (
          <Paper p="md">
            <Text fw={600}>{plan.payer?.name ?? 'The payer is not clear yet'}</Text>
            <Text size="sm" className="quiet">
              {planWords(plan)}
            </Text>
            {plan.missing.length > 0 && (
              <ul className="notes">
                {plan.missing.map(({ pointer, why }) => (
                  <li key={`${pointer} ${why}`}>{why}</li>
                ))}
              </ul>
            )}
          </Paper>
        )}
      </div>
      {children}
    </Stack>
  );
}

function planWords({ via, inquiries, costCents }: DryRunJson): string {
  if (!via || inquiries.length === 0) return 'Nothing is sent yet: it will wait for what is missing, or for a call.';
  const cost = costCents ? `, ${money(costCents)}` : '';
  return `Is asked ${word('via', via)}${cost}; an answer usually comes while you talk.`;
}
