import { addDays, type CivilDate } from '@openvob/benefits';
import type { CaseFlag, RecordFlagCode } from '../flags/case-flag';
import type { AttendanceDay, AttendanceSummary } from './attendance';
import type { AuthorizationRecord } from './authorization-record';
import type { AuthorizedDays } from './authorized-days';

/** An authorization over the days of the program: what is used, what is left, when the next packet is due. */
export interface AuthorizationTimeline {
  readonly required: 'yes' | 'no';
  readonly status: AuthorizedDays['status'];
  readonly number?: string;
  readonly programDays: number;
  /** Program days that an approval covers; left out while nothing is decided. */
  readonly approvedDays?: number;
  /** Of them before today and not missed. */
  readonly usedDays?: number;
  readonly leftDays?: number;
  readonly lastApprovedDay?: CivilDate;
  /** Told where the approvals end before the program does. */
  readonly packetDueOn?: CivilDate;
}

export interface TimelineContext {
  readonly programDays: readonly CivilDate[];
  readonly today: CivilDate;
  /** Days before the last approved one on which the payer wants the packet, where it said so. */
  readonly leadDays?: number;
}

/** A packet is due some days before the last approved one. Source: reference/peers.md 15.10 (3 to 5 days). */
const USUAL_LEAD_DAYS = 5;

/** Joins the approvals with the days of the program. */
export function authorizationTimeline(
  authorized: AuthorizedDays,
  { programDays, today, leadDays = USUAL_LEAD_DAYS }: TimelineContext,
): AuthorizationTimeline {
  const { required, status, number, covered, approvedDays, nextReviewOn } = authorized;
  const base = { required, status, ...(number ? { number } : {}), programDays: programDays.length };
  if (required === 'no' || approvedDays === undefined) return base;
  const last = covered.at(-1);
  const usedDays = covered.filter((date) => date < today).length;
  const runsOut = covered.length < programDays.length && last !== undefined;
  const due = nextReviewOn ?? (runsOut && last ? addDays(last, -leadDays) : undefined);
  return {
    ...base,
    approvedDays: covered.length,
    usedDays,
    leftDays: covered.length - usedDays,
    ...(last ? { lastApprovedDay: last } : {}),
    ...(due ? { packetDueOn: due } : {}),
  };
}

const AUTHORIZATION_RECORDS = { title: 'The authorizations that were recorded' };
const ATTENDANCE_RECORDS = { title: 'The attendance that was recorded' };

/** What somebody has to see to: an authorization that is pending, refused or runs out, days that were attended without one. */
export function authorizationFlags(
  timeline: AuthorizationTimeline,
  { covered, required }: AuthorizedDays,
  { attendance, coverage }: { readonly attendance: readonly AttendanceDay[]; readonly coverage: number },
): CaseFlag[] {
  const flag = (code: RecordFlagCode, text: string): CaseFlag => ({
    code,
    text,
    source: AUTHORIZATION_RECORDS,
    coverage,
  });
  const { status, lastApprovedDay, packetDueOn, programDays, approvedDays } = timeline;
  const without = attendance
    .filter(({ attended, date }) => attended && !covered.includes(date))
    .map(({ date }) => date);
  return [
    ...(status === 'requested'
      ? [flag('authorization_pending', 'An authorization was asked for and is not decided yet.')]
      : []),
    ...(status === 'denied'
      ? [
          flag(
            'authorization_denied',
            'The payer’s last word on an authorization was no: days beyond those approved are at risk.',
          ),
        ]
      : []),
    ...(lastApprovedDay && approvedDays !== undefined && approvedDays < programDays
      ? [
          flag(
            'authorization_runs_out',
            `The authorization runs out on ${lastApprovedDay}: ${approvedDays} of ${programDays} program days are approved.`,
          ),
        ]
      : []),
    ...(packetDueOn ? [flag('review_packet_due', `The packet for the next review is due on ${packetDueOn}.`)] : []),
    ...(required === 'yes' && without.length > 0
      ? [flag('attended_without_authorization', `Attended without an authorization: ${without.join(', ')}.`)]
      : []),
  ];
}

/** Authorizations that were recorded while the coverage was another payer's. */
export function setAsideFlags(
  records: readonly AuthorizationRecord[],
  coverageAt: (position: number) => number,
): CaseFlag[] {
  return records.map(({ coverage: position, number }) => {
    const which = number ? `The authorization ${number}` : 'An authorization';
    const coverage = coverageAt(position);
    return {
      code: 'authorization_of_other_payer',
      text: `${which} was recorded for the payer that this coverage had before, and counts for nothing now: ask the payer of today for its own.`,
      source: AUTHORIZATION_RECORDS,
      ...(coverage < 0 ? {} : { coverage }),
    };
  });
}

/** Days that went by without anybody writing down whether the patient was there, once attendance is kept. */
export function attendanceFlags({ notRecorded, attended, missed }: AttendanceSummary): CaseFlag[] {
  if (notRecorded.length === 0 || attended + missed === 0) return [];
  const text = `Attendance is not recorded for ${notRecorded.length === 1 ? 'one program day' : `${notRecorded.length} program days`}: ${notRecorded.slice(0, 10).join(', ')}${notRecorded.length > 10 ? ' …' : ''}.`;
  return [{ code: 'attendance_not_recorded', text, source: ATTENDANCE_RECORDS }];
}
