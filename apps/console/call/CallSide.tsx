import { Anchor, Paper, Text } from '@mantine/core';
import type { CallSheetJson, PhoneLineJson, VerificationJson } from '@openvob/results';
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

type Contact = CallSheetJson['contacts'][number];

/** Whom to ring for what, and what to have at hand. */
export function Contacts({ sheet: { contacts, haveReady } }: { sheet: CallSheetJson }): ReactNode {
  return (
    <Paper p="md" component="section" aria-label="Whom to call">
      {contacts.map((contact) => (
        <OneToCall key={contact.payer.id ?? contact.payer.name} contact={contact} />
      ))}
      <Text size="sm" mt="xs" className="quiet">
        Have ready: {haveReady.join(', ')}.
      </Text>
    </Paper>
  );
}

function OneToCall({ contact }: { contact: Contact }): ReactNode {
  const { payer, ringFor, phones, portal, notes } = contact;
  return (
    <div className="whom-to-call">
      <Text fw={600}>{payer.name}</Text>
      {ringFor && <Text size="sm">For {ringFor}</Text>}
      {phones.length === 0 && <Text size="sm">The number on the card</Text>}
      {phones.map((line) => (
        <Line key={line.number} line={line} />
      ))}
      <Hours of={contact} />
      {portal && (
        <Text size="sm">
          Portal:{' '}
          {/^https?:\/\//.test(portal) ? (
            <Anchor href={portal} target="_blank" rel="noreferrer">
              {portal}
            </Anchor>
          ) : (
            portal
          )}
        </Text>
      )}
      {notes && <Text size="sm">Notes: {notes}</Text>}
    </div>
  );
}

function Line({ line }: { line: PhoneLineJson }): ReactNode {
  const { label, number, source } = line;
  return (
    <div>
      <Text size="sm">
        {label}: <a href={`tel:${dialled(number)}`}>{number}</a>
      </Text>
      <Hours of={line} />
      {source && (
        <Text size="xs" className="quiet">
          from {source}
        </Text>
      )}
    </div>
  );
}

function Hours({ of: { hours, timeZone, isOpenNow } }: { of: Omit<PhoneLineJson, 'label' | 'number'> }): ReactNode {
  if (!hours) return null;
  return (
    <Text size="sm">
      {hours}
      {timeZone && ` (${timeZone})`}
      {isOpenNow !== undefined && (
        <Text span fw={600} {...(isOpenNow ? { c: 'green' } : {})}>
          {isOpenNow ? ', open now' : ', closed now'}
        </Text>
      )}
    </Text>
  );
}

/** As a phone takes it (RFC 3966). */
function dialled(number: string): string {
  return number.replace(/[^0-9+x]/g, '').replace('x', ';ext=');
}
