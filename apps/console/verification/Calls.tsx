import { Alert, Badge, Button, Group, Text, Textarea } from '@mantine/core';
import type { CallJson, VerificationJson } from '@openvob/results';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { call as ask } from '../api/client';
import { queries } from '../api/queries';
import { Failure, Loading } from '../app/States';
import { useMay, useSession, useTimeZone } from '../session/session';
import { duration, moment, money } from '../words/format';
import { answerText } from './answer-text';
import { useActions } from './Header';
import { rangeOf } from './headline';
import { nameOf } from './people-names';

/** The calls about a verification, each with where its approval stands; a supervisor decides here. */
export function Calls({ id }: { id: string }): ReactNode {
  const { data, error, refetch } = useQuery(queries.calls(id));
  if (error && !data) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (data.items.length === 0) return <Text className="quiet">No call is recorded.</Text>;
  return (
    <ul className="records">
      {data.items.map((one) => (
        <OneCall key={one.id} id={id} one={one} />
      ))}
    </ul>
  );
}

const colors = { awaiting: 'orange', approved: 'green', sent_back: 'red' } as const;
const states = { awaiting: 'awaiting approval', approved: 'approved', sent_back: 'sent back' } as const;

function OneCall({ id, one }: { id: string; one: CallJson }): ReactNode {
  const { representative, referenceNumber, startedAt, endedAt, answers, amendedBy, recordedBy, review } = one;
  const navigate = useNavigate();
  const timeZone = useTimeZone();
  const { person } = useSession();
  const people = useQuery(queries.people()).data?.items ?? [];
  const mayDecide = useMay('supervisor', 'admin');
  const mayCall = useMay('coordinator', 'supervisor', 'admin');
  const isOpen = amendedBy === undefined;
  const isOwn = recordedBy === `person:${person.id}`;
  return (
    <li data-amended={amendedBy !== undefined}>
      <Group gap="xs">
        <Text fw={600}>
          {representative}, reference {referenceNumber}
        </Text>
        {review && isOpen && <Badge color={colors[review.state]}>{states[review.state]}</Badge>}
      </Group>
      <Text size="sm" className="quiet">
        {nameOf(recordedBy, people)}, {moment(startedAt, timeZone)},{' '}
        {duration(Date.parse(endedAt) - Date.parse(startedAt))}
        {amendedBy ? '. Amended by a later record.' : ''}
      </Text>
      {review?.by && review.at && (
        <Text size="sm">
          {review.state === 'approved' ? 'Approved' : 'Sent back'} by {nameOf(review.by, people)},{' '}
          {moment(review.at, timeZone)}
          {review.reason ? `: “${review.reason}”` : ''}
        </Text>
      )}
      <ul>
        {answers.map((answer) => (
          <li key={answer.questionId}>
            <span className="quiet">{answer.ask ?? answer.questionId.replaceAll(/[:_]/g, ' ')}</span>{' '}
            <strong>{answerText(answer)}</strong>
            {answer.words ? ` (“${answer.words}”)` : ''}
          </li>
        ))}
      </ul>
      {isOpen && review?.state === 'awaiting' && mayDecide && !isOwn && <Decision id={id} callId={one.id} />}
      {isOpen && review?.state === 'awaiting' && isOwn && (
        <Text size="sm" className="quiet">
          Somebody else approves a call that you recorded.
        </Text>
      )}
      {isOpen && mayCall && review?.state !== 'approved' && (
        <Button
          onClick={() => void navigate({ to: '/verifications/$id/call', params: { id }, search: { amends: one.id } })}
          size="compact-sm"
          variant="default"
          mt={6}
        >
          Amend this record
        </Button>
      )}
    </li>
  );
}

const longestReason = 1000;

/** Approve it, or send it back with a reason; what approving comes to is shown beforehand. */
function Decision({ id, callId }: { id: string; callId: string }): ReactNode {
  const place = `/v1/verifications/${id}/calls/${callId}/review`;
  const { error, act } = useActions(id);
  const [reason, setReason] = useState('');
  const [isBack, setBack] = useState(false);
  const [isSending, setSending] = useState(false);
  const { data } = useQuery({
    queryKey: ['call-review', id, callId],
    queryFn: ({ signal }) =>
      ask<VerificationJson>('POST', `${place}?dryRun=true`, { verdict: 'approved' }, { signal, background: true }),
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
  const decide = async (body: object): Promise<void> => {
    setSending(true);
    await act(() => ask('POST', place, body));
    setSending(false);
  };
  return (
    <div>
      {error && (
        <Alert color="red" role="alert" my="xs">
          {error}
        </Alert>
      )}
      {data && (
        <Text size="sm" mt={6}>
          When you approve it: {approved(data)}
        </Text>
      )}
      {isBack && (
        <Textarea
          mt={6}
          label="Why is it sent back?"
          description="Whoever made the call reads this and amends the record."
          value={reason}
          maxLength={longestReason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <Group gap="xs" mt={6}>
        {!isBack && (
          <Button size="compact-sm" loading={isSending} onClick={() => void decide({ verdict: 'approved' })}>
            Approve the call
          </Button>
        )}
        <Button
          size="compact-sm"
          variant={isBack ? 'filled' : 'default'}
          loading={isSending}
          disabled={isBack && reason.trim() === ''}
          onClick={() => (isBack ? void decide({ verdict: 'sent_back', reason }) : setBack(true))}
        >
          Send it back
        </Button>
        {isBack && (
          <Button size="compact-sm" variant="subtle" onClick={() => setBack(false)}>
            Leave it
          </Button>
        )}
      </Group>
    </div>
  );
}

function approved({ status, estimate }: VerificationJson): string {
  const total = estimate?.total;
  const cost = total
    ? `${total.likelyCents === undefined ? rangeOf(total) : money(total.likelyCents)} for the whole program`
    : 'no estimate yet';
  return status === 'verified' ? `verified, ${cost}.` : `${cost}; something stays open.`;
}
