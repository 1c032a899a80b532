import { Text } from '@mantine/core';
import type { VerificationJson } from '@openvob/results';
import type { ReactNode } from 'react';
import { useTimeZone } from '../session/session';
import { moment, money } from '../words/format';
import { Section } from './Section';

/** What the last round changed, in dollars. */
export function Changes({ verification: { changes } }: { verification: VerificationJson }): ReactNode {
  const timeZone = useTimeZone();
  if (!changes) return null;
  return (
    <Section title={`What has changed since ${moment(changes.since, timeZone)}`}>
      {changes.items.length === 0 ? (
        <Text className="quiet">Nothing: the payer said the same again.</Text>
      ) : (
        <ul className="changes">
          {changes.items.map(({ code, text, differenceCents }) => (
            <li key={`${code} ${text}`}>
              <span>{text}</span>
              {differenceCents !== undefined && differenceCents !== 0 && (
                <strong className="figures" data-more={differenceCents > 0}>
                  {differenceCents > 0 ? `${money(differenceCents)} more` : `${money(-differenceCents)} less`}
                </strong>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
