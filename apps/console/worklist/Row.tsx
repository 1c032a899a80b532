import type { IdName, ListedJson } from '@openvob/results';
import { type MouseEvent, memo, type ReactNode } from 'react';
import { OnDemand } from '../app/OnDemand';
import { part } from '../app/part';
import { word } from '../words/codes';
import { day, duration } from '../words/format';
import { DueClock } from './DueClock';
import { OwnerButton } from './OwnerButton';
import { text } from './words';

const loadMenu = () => import('./OwnerMenu');
const OwnerMenu = part(() => loadMenu().then(({ OwnerMenu }) => OwnerMenu));

const open = new Set(['needs_information', 'needs_consent', 'needs_call', 'not_found', 'failed']);
const underWay = new Set(['received', 'queued', 'asking_payer', 'waiting_for_payer']);

interface RowProps {
  readonly one: ListedJson;
  readonly now: number;
  readonly timeZone: string | undefined;
  readonly people: readonly IdName[];
  readonly mayAssign: boolean;
  readonly onAssign: (id: string, assignee: string | null) => void;
  /** Follows the link within the page; its `data-id` says where to. */
  readonly onOpen: (event: MouseEvent<HTMLAnchorElement>) => void;
}

/**
 * One verification of the worklist: by when, who, what to do, whose. Dozens are drawn at each look: plain elements, since links of the router and
 * buttons of the kit take most of the time.
 */
export const Row = memo(({ one, now, timeZone, people, mayAssign, onAssign, onOpen }: RowProps): ReactNode => {
  const { id, status, payer, program, startDate, dueAt, createdAt, lastNote } = one;
  const owner = people.find((person) => person.id === one.assignee)?.name ?? one.assignee;
  return (
    <>
      <div className="row-due">
        <DueClock {...{ dueAt, now, timeZone }} isOpen={open.has(status) || underWay.has(status)} />
        {one.priority === 'caller_waiting' && open.has(status) && <span className="row-caller">Caller waiting</span>}
      </div>
      <div className="row-who">
        <a href={`/verifications/${id}`} data-id={id} className="row-link" onClick={onOpen}>
          {patientName(one)}
        </a>
        <span className="quiet row-cut">{[payer?.name, program?.name].filter(Boolean).join(' · ')}</span>
      </div>
      <div className="row-what">
        <span className="row-state" data-status={tone(status)}>
          {todo(one)}
        </span>
        <span className="quiet row-cut">
          {lastNote ? `“${lastNote.text}” · ` : ''}
          {detail(one) ?? text.came(duration(now - Date.parse(createdAt)))}
          {startDate ? ` · starts ${day(startDate)}` : ''}
        </span>
      </div>
      <div className="row-owner">
        {mayAssign ? (
          <OnDemand load={loadMenu} button={(open) => <OwnerButton owner={owner} onClick={open} />}>
            <OwnerMenu
              owner={owner}
              isAssigned={one.assignee !== undefined}
              people={people}
              onAssign={(to) => onAssign(id, to)}
            />
          </OnDemand>
        ) : (
          <span className="quiet row-cut">{owner ?? ''}</span>
        )}
      </div>
    </>
  );
});

/** The patient's name; for those who may not see it, the reference of the verification. */
export function patientName({ patient, id }: Pick<ListedJson, 'patient' | 'id'>): string {
  if (patient === undefined) return id;
  return [patient.lastName, patient.firstName].filter(Boolean).join(', ') || text.unnamed;
}

/** What is to be done, in two or three words; where nothing is, how it stands. */
export function todo({ status, needs }: Pick<ListedJson, 'status' | 'needs'>): string {
  const [first] = needs ?? [];
  return first && (open.has(status) || isReview(first.kind)) ? word('need', first.kind) : word('status', status);
}

/** A call that waits for approval or was sent back is to be seen to, however the verification stands. */
function isReview(kind: string): boolean {
  return kind === 'approval' || kind === 'sent_back';
}

/** What it is about: the questions of a call, the fields that are missing, or why it stands where it stands. */
function detail({ needs, reason, status }: ListedJson): string | undefined {
  const [first] = needs ?? [];
  const questions = first?.questions?.length;
  if (first?.kind === 'call' && underWay.has(status))
    return text.meanwhile(reason ? word('reason', reason) : undefined);
  if (first?.kind === 'call' && questions) return questions === 1 ? '1 question' : `${questions} questions`;
  if (first?.candidates?.length) return 'Which payer?';
  if (first?.kind === 'consent') return 'Nothing is sent before it';
  if (first?.fields?.length) return `Look at: ${first.fields.slice(0, 2).map(fieldName).join(', ')}`;
  return reason && status !== 'verified' ? word('reason', reason) : undefined;
}

/** The last word of a JSON Pointer as people say it. */
export function fieldName(pointer: string): string {
  const last =
    pointer
      .split('/')
      .filter((part) => !/^\d*$/.test(part))
      .at(-1) ?? '';
  return last.replace(/([A-Z])/g, ' $1').toLowerCase();
}

function tone(status: string): string {
  if (status === 'verified') return 'fine';
  if (underWay.has(status) || status === 'cancelled') return 'quiet';
  return status === 'failed' || status === 'inactive' ? 'late' : 'soon';
}
