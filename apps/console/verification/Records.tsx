import { Button, Code, Tabs, Text, Timeline } from '@mantine/core';
import type { AnswerJson, VerificationJson } from '@openvob/results';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, Suspense, useState } from 'react';
import { queries } from '../api/queries';
import { Explained } from '../app/Explained';
import { part } from '../app/part';
import { Failure, Loading } from '../app/States';
import { useMay, useTimeZone } from '../session/session';
import { worded } from '../words/codes';
import { moment, money } from '../words/format';
import { Calls } from './Calls';
import { nameOf } from './people-names';
import { Section } from './Section';

/** Everything that was asked, said and done: read when it is opened. */
export function Records({ verification }: { verification: VerificationJson }): ReactNode {
  const { id, needs = [] } = verification;
  const isReviewed = needs.some(({ kind }) => kind === 'approval' || kind === 'sent_back');
  const [tab, setTab] = useState<string | null>(isReviewed ? 'calls' : null);
  const mayReadHistory = useMay('coordinator', 'supervisor', 'auditor', 'admin');
  return (
    <Section title="Records" anchor="records">
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

function Answers({ id }: { id: string }): ReactNode {
  const { data, error, refetch } = useQuery(queries.answers(id));
  if (error && !data) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (data.items.length === 0) return <Text className="quiet">No payer has been asked yet.</Text>;
  return (
    <ul className="records">
      {data.items.map((one) => (
        <AnswerLine key={`${one.inquiryId} ${one.askedAt}`} id={id} one={one} />
      ))}
    </ul>
  );
}

const RawAnswer = part(() => import('./RawAnswer').then(({ RawAnswer }) => RawAnswer));

function AnswerLine({ id, one }: { id: string; one: AnswerJson }): ReactNode {
  const timeZone = useTimeZone();
  const mayReadRaw = useMay('supervisor', 'biller', 'admin');
  const [isRaw, setRaw] = useState(false);
  const { payer, askedAt, serviceType, costCents, round, reused, answer, variation } = one;
  const outcome = answer && 'outcome' in answer ? answer.outcome : 'waiting';
  return (
    <li>
      <Text fw={600}>
        {payer}: <Explained table="outcome" code={outcome} />
      </Text>
      <Text size="sm" className="quiet">
        {moment(askedAt, timeZone)}, about <Explained table="serviceType" code={serviceType} />, round {round}
        {costCents ? `, ${money(costCents)}` : ''}
        {variation?.split('+').map((one) => (
          <span key={one}>
            , <Explained table="variation" code={one} />
          </span>
        ))}
        {reused ? `, answer of ${moment(reused.answeredAt, timeZone)} used again` : ''}
      </Text>
      <details>
        <summary>As it was read</summary>
        <Code block className="raw" tabIndex={0}>
          {JSON.stringify(answer, undefined, 2)}
        </Code>
      </details>
      {mayReadRaw && (
        <Button size="compact-sm" variant="default" mt={6} onClick={() => setRaw(true)}>
          Word for word
        </Button>
      )}
      {isRaw && (
        <Suspense>
          <RawAnswer id={id} inquiryId={one.inquiryId} onClose={() => setRaw(false)} />
        </Suspense>
      )}
    </li>
  );
}

const said: Readonly<Record<string, string>> = {
  'verification.requested': 'asked for it',
  'verification.moved': 'moved it',
  'verification.read': 'looked at it',
  'verification.amended': 'changed how it is filed, or how soon it is needed',
  'verification.assigned': 'handed it over',
  'request.read': 'read the request',
  'answers.read': 'read the answers',
  'raw_answer.read': 'read an answer word for word',
  'call.recorded': 'recorded a call',
  'call_review.recorded': 'reviewed a call',
  'note.written': 'wrote a note',
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
  if (error && !data) return <Failure error={error} onRetry={() => void refetch()} />;
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
