import { Text } from '@mantine/core';
import type { VerificationJson } from '@openvob/results';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { queries } from '../api/queries';
import { useNow } from '../app/use-now';
import { useMay, useTimeZone } from '../session/session';
import { moment } from '../words/format';
import { DueClock } from '../worklist/DueClock';
import { todo } from '../worklist/Row';
import { nameOf } from './people-names';

const done = new Set(['verified', 'inactive', 'cancelled']);
const underWay = new Set(['received', 'queued', 'asking_payer', 'waiting_for_payer']);

/** What the next person has to know at a glance: whose it is, what comes next, by when, and what was said last. */
export function Standing({ verification }: { verification: VerificationJson }): ReactNode {
  const { id, status, assignee, dueAt, resultOf, needs = [] } = verification;
  const now = useNow();
  const timeZone = useTimeZone();
  const mayReadNotes = useMay('coordinator', 'supervisor', 'biller', 'admin');
  const people = useQuery(queries.people()).data?.items ?? [];
  const notes = useQuery({ ...queries.notes(id), enabled: mayReadNotes });
  const last = notes.data?.items.at(-1);
  const owner = assignee && (people.find((one) => one.id === assignee)?.name ?? assignee);
  const isOpen = !done.has(status) || needs.length > 0;
  return (
    <dl className="standing">
      <div>
        <dt>Looked after by</dt>
        <dd>{owner ?? 'nobody yet'}</dd>
      </div>
      {isOpen && (
        <div>
          <dt>{underWay.has(status) ? 'Now' : 'Next'}</dt>
          <dd>{todo(verification)}</dd>
        </div>
      )}
      {isOpen && dueAt && (
        <div>
          <dt>Needed</dt>
          <dd>
            <DueClock {...{ dueAt, now, timeZone }} isOpen />
          </dd>
        </div>
      )}
      {resultOf && (
        <div>
          <dt>Answer of</dt>
          <dd>{moment(resultOf.at, timeZone)}</dd>
        </div>
      )}
      {last && (
        <div className="standing-words">
          <dt>Last words</dt>
          <dd>
            “{last.text}”{' '}
            <Text span size="xs" className="quiet">
              {nameOf(last.writtenBy, people)}, {moment(last.writtenAt, timeZone)}
            </Text>
          </dd>
        </div>
      )}
    </dl>
  );
}
