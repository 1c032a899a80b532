import { Badge, Group, Text } from '@mantine/core';
import type { VerificationJson } from '@openvob/results';
import type { ReactNode } from 'react';
import { useTimeZone } from '../session/session';
import { word } from '../words/codes';
import { dateIn, day, money } from '../words/format';
import { AuthorizationForm } from './AuthorizationForm';
import { Section } from './Section';

/** Program days against the days that the payer approved, with what is at risk behind them. */
export function AuthorizationLine({ verification }: { verification: VerificationJson }): ReactNode {
  const { authorization, estimate, decision, id } = verification;
  const today = dateIn(useTimeZone(), new Date());
  if (!authorization && decision?.authorization !== 'yes') return null;
  const days = (estimate?.days ?? []).filter(({ lines }) => lines.some(({ kind }) => kind === 'iop_day'));
  const approved = authorization?.approvedDays ?? 0;
  const atRisk = estimate?.atRiskCents ?? 0;
  return (
    <Section
      title="Approval by the payer"
      aside={
        authorization && (
          <Badge color={authorization.status === 'denied' ? 'red' : 'teal'}>
            {word('authorization', authorization.status)}
          </Badge>
        )
      }
    >
      {authorization ? (
        <Text>
          {authorization.approvedDays === undefined
            ? 'The payer has not decided yet.'
            : `${approved} of ${authorization.programDays} program days approved${authorization.lastApprovedDay ? `, the last on ${day(authorization.lastApprovedDay)}` : ''}.`}
          {authorization.number ? ` Number ${authorization.number}.` : ''}
        </Text>
      ) : (
        <Text>The payer wants to approve the program before it begins. Nothing is recorded yet.</Text>
      )}
      {days.length > 0 && (
        <ol className="approval" aria-label={`${approved} of ${days.length} program days approved`}>
          {days.map(({ date }, index) => (
            <li
              key={date}
              data-approved={index < approved}
              data-past={date < today}
              title={`${day(date)}: ${index < approved ? 'approved' : 'not approved yet'}`}
            />
          ))}
        </ol>
      )}
      {authorization?.packetDueOn && (
        <Text size="sm" fw={600}>
          Send the packet for more days by {day(authorization.packetDueOn)}.
        </Text>
      )}
      {atRisk > 0 && (
        <Text size="sm">If no more days are approved, {money(atRisk)} of the program is not paid by the plan.</Text>
      )}
      <Group mt="sm">
        <AuthorizationForm id={id} />
      </Group>
    </Section>
  );
}
