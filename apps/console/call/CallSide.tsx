import { Paper, Text } from '@mantine/core';
import type { CallSheetJson, VerificationJson } from '@openvob/results';
import type { ReactNode } from 'react';
import { useNow } from '../app/use-now';
import { rangeOf } from '../verification/headline';
import { money } from '../words/format';

/** What the program would cost by the answers so far. */
export function Moving({
  verification,
  preview,
}: {
  verification: VerificationJson;
  preview: VerificationJson | undefined;
}): ReactNode {
  const before = verification.estimate?.total;
  const after = preview?.estimate?.total;
  const shown = after ?? before;
  return (
    <Paper p="md" aria-live="polite">
      <Text size="sm" className="quiet">
        Whole program
      </Text>
      <Text fz={28} fw={650} className="figures">
        {shown ? (shown.likelyCents === undefined ? rangeOf(shown) : money(shown.likelyCents)) : 'Not known yet'}
      </Text>
      {shown?.likelyCents !== undefined && shown.lowCents !== shown.highCents && (
        <Text size="sm" className="quiet">
          between {money(shown.lowCents)} and {money(shown.highCents)}
        </Text>
      )}
      {after && before && (
        <Text size="sm">
          Before the call: {before.likelyCents === undefined ? rangeOf(before) : money(before.likelyCents)}
        </Text>
      )}
      {preview?.status === 'verified' && (
        <Text size="sm" fw={600} c="green">
          Enough to be verified
        </Text>
      )}
    </Paper>
  );
}

/** How long the call has taken. */
export function Timer({ startedAt }: { startedAt: Date }): ReactNode {
  const seconds = Math.max(0, Math.floor((useNow(1000) - startedAt.getTime()) / 1000));
  const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return (
    <Text className="figures timer" role="timer" aria-label="Time of the call">
      {text}
    </Text>
  );
}

/** Whom to ring, and what to have at hand. */
export function Contacts({ sheet: { contacts, haveReady } }: { sheet: CallSheetJson }): ReactNode {
  return (
    <Paper p="md">
      {contacts.map(({ payer, phones, hours, portal }) => (
        <div key={payer.id}>
          <Text fw={600}>{payer.name}</Text>
          {phones.length === 0 && <Text size="sm">The number on the card</Text>}
          {phones.map(({ label, number }) => (
            <Text key={number} size="sm">
              {label}: <a href={`tel:${number}`}>{number}</a>
            </Text>
          ))}
          {hours && <Text size="sm">{hours}</Text>}
          {portal && <Text size="sm">{portal}</Text>}
        </div>
      ))}
      <Text size="sm" mt="xs" className="quiet">
        Have ready: {haveReady.join(', ')}.
      </Text>
    </Paper>
  );
}
