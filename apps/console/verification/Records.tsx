import { Code, Tabs, Text, Timeline } from '@mantine/core';
import type { AnswerJson, MemberJson } from '@openvob/results';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { queries } from '../api/queries';
import { Failure, Loading } from '../app/States';
import { useMay, useTimeZone } from '../session/session';
import { worded } from '../words/codes';
import { duration, moment, money } from '../words/format';
import { Section } from './Section';

/** Everything that was asked, said and done: read when it is opened. */
export function Records({ id }: { id: string }): ReactNode {
  const [tab, setTab] = useState<string | null>(null);
  const mayReadHistory = useMay('coordinator', 'supervisor', 'auditor', 'admin');
  return (
    <Section title="Records">
      <Tabs value={tab} onChange={setTab} variant="outline" allowTabDeactivation keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="calls">Calls</Tabs.Tab>
          <Tabs.Tab value="answers">Payer’s answers</Tabs.Tab>
          {mayReadHistory && <Tabs.Tab value="history">History</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="calls" pt="md">
          <Calls id={id} />
        </Tabs.Panel>
        <Tabs.Panel value="answers" pt="md">
          <Answers id={id} />
        </Tabs.Panel>
        {mayReadHistory && (
          <Tabs.Panel value="history" pt="md">
            <History id={id} />
          </Tabs.Panel>
        )}
      </Tabs>
    </Section>
  );
}

function Calls({ id }: { id: string }): ReactNode {
  const { data, error, refetch } = useQuery(queries.calls(id));
  const timeZone = useTimeZone();
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (data.items.length === 0) return <Text className="quiet">No call is recorded.</Text>;
  return (
    <ul className="records">
      {data.items.map(({ id: call, representative, referenceNumber, startedAt, endedAt, answers, amendedBy }) => (
        <li key={call} data-amended={amendedBy !== undefined}>
          <Text fw={600}>
            {representative}, reference {referenceNumber}
          </Text>
          <Text size="sm" className="quiet">
            {moment(startedAt, timeZone)}, {duration(Date.parse(endedAt) - Date.parse(startedAt))}
            {amendedBy ? '. Amended by a later record.' : ''}
          </Text>
          <ul>
            {answers.map(({ questionId, value, words }) => (
              <li key={questionId}>
                <Code>{questionId}</Code> {typeof value === 'object' ? JSON.stringify(value) : String(value)}
                {words ? ` (“${words}”)` : ''}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

function Answers({ id }: { id: string }): ReactNode {
  const { data, error, refetch } = useQuery(queries.answers(id));
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (data.items.length === 0) return <Text className="quiet">No payer has been asked yet.</Text>;
  return (
    <ul className="records">
      {data.items.map((one) => (
        <AnswerLine key={one.inquiryId} one={one} />
      ))}
    </ul>
  );
}

function AnswerLine({ one }: { one: AnswerJson }): ReactNode {
  const timeZone = useTimeZone();
  const { payer, askedAt, serviceType, costCents, round, reused, answer, variation } = one;
  const outcome = answer && 'outcome' in answer ? answer.outcome : 'waiting';
  return (
    <li>
      <Text fw={600}>
        {payer}: {outcome.replaceAll('_', ' ')}
      </Text>
      <Text size="sm" className="quiet">
        {moment(askedAt, timeZone)}, service type {serviceType}, round {round}
        {costCents ? `, ${money(costCents)}` : ''}
        {variation ? `, ${variation.replaceAll('_', ' ')}` : ''}
        {reused ? `, answer of ${moment(reused.answeredAt, timeZone)} used again` : ''}
      </Text>
      <details>
        <summary>As it was read</summary>
        <Code block className="raw">
          {JSON.stringify(answer, undefined, 2)}
        </Code>
      </details>
    </li>
  );
}

const said: Readonly<Record<string, string>> = {
  'verification.requested': 'asked for it',
  'verification.moved': 'moved it',
  'verification.read': 'looked at it',
  'verification.assigned': 'handed it over',
  'request.read': 'read the request',
  'answers.read': 'read the answers',
  'call.recorded': 'recorded a call',
  'authorization.recorded': 'recorded an approval',
  'attendance.recorded': 'recorded attendance',
  'attachment.added': 'attached a file',
  'attachment.read': 'looked at a file',
  'attachment.removed': 'removed a file',
  'estimate.tried': 'tried a what-if',
  'case.read': 'tried a what-if',
};

function History({ id }: { id: string }): ReactNode {
  const { data, error, refetch } = useQuery(queries.history(id));
  const people = useQuery(queries.people());
  const timeZone = useTimeZone();
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  const lines = data.items.filter(({ what }) => !what.endsWith('.read'));
  return (
    <Timeline bulletSize={12} lineWidth={2} active={lines.length}>
      {lines.map(({ at, who, what, detail }) => (
        <Timeline.Item key={`${at} ${who} ${what} ${String(detail.to ?? '')}`}>
          <Text size="sm">
            {nameOf(who, people.data?.items ?? [])} {said[what] ?? what.replaceAll(/[._]/g, ' ')}
            {typeof detail.to === 'string' ? `: ${worded('status', detail.to).text.toLowerCase()}` : ''}
          </Text>
          <Text size="xs" className="quiet">
            {moment(at, timeZone)}
          </Text>
        </Timeline.Item>
      ))}
    </Timeline>
  );
}

/** `person:per_1` is a name; machines are what they are. */
export function nameOf(who: string, people: readonly Pick<MemberJson, 'id' | 'name'>[]): string {
  const [kind = '', id = ''] = who.split(':');
  if (kind === 'person') return people.find((one) => one.id === id)?.name ?? 'Somebody who has left';
  const kinds: Readonly<Record<string, string>> = {
    worker: 'OpenVOB',
    api_key: 'Another system',
    intake_source: 'The intake website',
    command: 'A command at the server',
  };
  return kinds[kind] ?? who;
}
