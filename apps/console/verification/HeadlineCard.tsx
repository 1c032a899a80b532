import { Paper, Text } from '@mantine/core';
import type { VerificationJson } from '@openvob/results';
import type { ReactNode } from 'react';
import { useTimeZone } from '../session/session';
import { moment } from '../words/format';
import { words } from '../words/words';
import { headlineOf } from './headline';

/** The answer in words and three amounts. */
export function HeadlineCard({ verification }: { verification: VerificationJson }): ReactNode {
  const { tone, title, detail, figures, missing, goodUntil } = headlineOf(verification);
  const timeZone = useTimeZone();
  const { resultOf, round } = verification;
  const isOlder = resultOf !== undefined && resultOf.round !== round;
  return (
    <Paper component="section" className="headline" data-tone={tone} p="lg" aria-label="The answer" aria-live="polite">
      <Text component="h2" className="headline-title">
        {title}
      </Text>
      {detail && <Text className="headline-detail">{detail}</Text>}
      {isOlder && resultOf && (
        <Text size="sm" fw={600}>
          This is the answer of {moment(resultOf.at, timeZone)}. The payer is being asked again.
        </Text>
      )}
      {figures.length > 0 && (
        <dl className="headline-figures">
          {figures.map(({ name, value, note }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="figures">{value}</dd>
              {note && <dd className="headline-note">{note}</dd>}
            </div>
          ))}
        </dl>
      )}
      {missing && <Text mt="sm">{missing}</Text>}
      {(goodUntil || figures.length > 0) && (
        <Text mt="sm" size="sm" className="quiet">
          {[goodUntil, figures.length > 0 ? words.notPromise : undefined].filter(Boolean).join(' ')}
        </Text>
      )}
    </Paper>
  );
}
