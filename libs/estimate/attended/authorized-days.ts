import type { CivilDate } from '@openvob/benefits';
import type { AuthorizationRecord } from './authorization-record';

/** What the records of a coverage's authorizations come to over the days of the program. */
export interface AuthorizedDays {
  /** `unknown` while nothing but a request is recorded. */
  readonly required: 'yes' | 'no';
  /** The last word of the payer. */
  readonly status: AuthorizationRecord['status'];
  /** Program days that an approval covers, in order. */
  readonly covered: readonly CivilDate[];
  /** Counted from the start to the last covered day; left out while nothing is decided. */
  readonly approvedDays?: number;
  /** Program days before the last covered one that no approval covers, counted from the start: 0 is the first. */
  readonly gaps: readonly number[];
  /** No extension comes: the payer's last word was no. */
  readonly isRefused: boolean;
  /** The last date for which an approval holds, where one names it. */
  readonly to?: CivilDate;
  readonly nextReviewOn?: CivilDate;
  readonly number?: string;
}

/** Hours of a program day where nobody said how long it is: at least so many are billed by the day. */
const HOURS_A_DAY = 3;

/**
 * Lays the approvals on the days of the program: each covers as many of its days as it says, from its first date or from where the one before
 * ended, up to its last date. A visit and a billed unit are a program day each; hours make days of three.
 *
 * @param programDays in order, without those that the patient missed: an absence uses nothing up
 */
export function authorizedDays(
  records: readonly AuthorizationRecord[],
  programDays: readonly CivilDate[],
): AuthorizedDays | undefined {
  const decided = inOrder(records);
  const last = decided.at(-1);
  if (!last) return undefined;
  if (last.status === 'not_required')
    return { required: 'no', status: last.status, covered: [], gaps: [], isRefused: false };
  const covered = coveredDays(decided, programDays);
  const approvedDays = programDays.indexOf(covered.at(-1) ?? '') + 1;
  const isDecided = decided.some(({ status }) => status === 'approved' || status === 'denied');
  const decision = decided.findLast(({ status }) => status !== 'requested');
  const to = latest(decided.flatMap((record) => (record.status === 'approved' ? (record.to ?? []) : [])));
  const { nextReviewOn } = decided.findLast((record) => record.nextReviewOn !== undefined) ?? {};
  const { number } = decided.findLast((record) => record.number !== undefined) ?? {};
  return {
    required: 'yes',
    status: last.status,
    covered,
    ...(isDecided ? { approvedDays } : {}),
    gaps: programDays.slice(0, approvedDays).flatMap((date, at) => (covered.includes(date) ? [] : [at])),
    isRefused: decision?.status === 'denied',
    ...(to ? { to } : {}),
    ...(nextReviewOn ? { nextReviewOn } : {}),
    ...(number ? { number } : {}),
  };
}

function inOrder(records: readonly AuthorizationRecord[]): AuthorizationRecord[] {
  const day = ({ decidedOn, recordedOn }: AuthorizationRecord) => decidedOn ?? recordedOn;
  return [...records].sort((a, b) => day(a).localeCompare(day(b)) || a.id.localeCompare(b.id));
}

function coveredDays(records: readonly AuthorizationRecord[], programDays: readonly CivilDate[]): CivilDate[] {
  const covered = new Set<CivilDate>();
  for (const record of byStart(records.filter(({ status }) => status === 'approved'))) {
    const { from, to } = record;
    const open = programDays.filter(
      (date) => !covered.has(date) && (from === undefined || date >= from) && (to === undefined || date <= to),
    );
    for (const date of open.slice(0, daysOf(record))) covered.add(date);
  }
  return programDays.filter((date) => covered.has(date));
}

/** Those without a first date go on where the others leave off. */
function byStart(records: readonly AuthorizationRecord[]): AuthorizationRecord[] {
  return [...records].sort((a, b) => (a.from ?? '9999-12-31').localeCompare(b.from ?? '9999-12-31'));
}

function daysOf({ approved, unit }: AuthorizationRecord): number {
  if (approved === undefined) return Number.POSITIVE_INFINITY;
  return unit === 'hours' ? Math.floor(approved / HOURS_A_DAY) : approved;
}

function latest(dates: readonly CivilDate[]): CivilDate | undefined {
  return [...dates].sort().at(-1);
}
