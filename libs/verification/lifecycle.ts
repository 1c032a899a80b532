import type { Status } from './status';

/** What can happen to a verification. */
export const events = [
  'enqueued',
  'claimed',
  'information_missing',
  'consent_missing',
  'no_electronic_way',
  'payer_unavailable',
  'deadline_passed',
  'benefits_complete',
  'benefits_incomplete',
  'coverage_inactive',
  'member_not_found',
  'correctable_rejection',
  'outage_suspected',
  'gave_up',
  'corrected',
  'consented',
  'consent_revoked',
  'reverified',
  'recorded',
  'record_settled',
  'record_left_open',
  'record_inactive',
  'cancelled',
] as const;

export type EventKind = (typeof events)[number];

/** A row of the table: in any of `from`, on `event`, move to `to`. */
export interface Move {
  from: readonly Status[];
  event: EventKind;
  to: Status;
}

const resting: readonly Status[] = [
  'needs_information',
  'needs_consent',
  'needs_call',
  'verified',
  'inactive',
  'not_found',
  'failed',
];
const asking: readonly Status[] = ['asking_payer'];
/** Where what people record (calls, authorizations, attendance) is taken into the conclusion at once; a run in progress takes it along itself. */
const recordable: readonly Status[] = [...resting, 'waiting_for_payer'];
/** Where a record may lead to another status. A missing consent is not made good by a call. */
const concludable: readonly Status[] = recordable.filter((status) => status !== 'needs_consent');

/**
 * Every legal move, and no other: the database holds the same pairs and refuses the rest.
 * `claimed` from `asking_payer` is a take-over from a worker that died.
 */
export const moves: readonly Move[] = [
  { from: ['received'], event: 'enqueued', to: 'queued' },
  { from: ['received', 'queued', 'waiting_for_payer', 'asking_payer'], event: 'claimed', to: 'asking_payer' },

  { from: asking, event: 'information_missing', to: 'needs_information' },
  { from: asking, event: 'consent_missing', to: 'needs_consent' },
  { from: asking, event: 'no_electronic_way', to: 'needs_call' },

  { from: asking, event: 'payer_unavailable', to: 'waiting_for_payer' },
  { from: asking, event: 'deadline_passed', to: 'needs_call' },

  { from: asking, event: 'benefits_complete', to: 'verified' },
  { from: asking, event: 'benefits_incomplete', to: 'needs_call' },
  { from: asking, event: 'coverage_inactive', to: 'inactive' },
  { from: asking, event: 'member_not_found', to: 'not_found' },
  { from: asking, event: 'correctable_rejection', to: 'needs_information' },
  { from: asking, event: 'gave_up', to: 'failed' },
  // turned away shortly before it was seen that the payer turns nearly everybody away
  { from: ['not_found', 'needs_information', 'failed'], event: 'outage_suspected', to: 'waiting_for_payer' },

  { from: resting, event: 'corrected', to: 'queued' },
  { from: ['needs_consent'], event: 'consented', to: 'queued' },
  { from: ['received', 'queued', 'asking_payer', 'waiting_for_payer'], event: 'consent_revoked', to: 'needs_consent' },
  { from: resting, event: 'reverified', to: 'queued' },

  ...recordable.map((status): Move => ({ from: [status], event: 'recorded', to: status })),
  { from: besides('verified'), event: 'record_settled', to: 'verified' },
  { from: besides('needs_call', 'waiting_for_payer'), event: 'record_left_open', to: 'needs_call' },
  { from: besides('inactive'), event: 'record_inactive', to: 'inactive' },

  {
    from: [...resting, 'received', 'queued', 'asking_payer', 'waiting_for_payer'],
    event: 'cancelled',
    to: 'cancelled',
  },
];

function besides(...others: readonly Status[]): readonly Status[] {
  return concludable.filter((status) => !others.includes(status));
}

/** The status after `event`, or undefined when the table has no such move. */
export function next(from: Status, event: EventKind): Status | undefined {
  return moves.find((move) => move.event === event && move.from.includes(from))?.to;
}

/** All pairs that the database allows, sorted. */
export function allowedPairs(): { from: Status; to: Status }[] {
  const pairs = new Map<string, { from: Status; to: Status }>();
  for (const move of moves) for (const from of move.from) pairs.set(`${from} ${move.to}`, { from, to: move.to });
  return [...pairs.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pair]) => pair);
}

/** The table as a Mermaid state diagram, for the README. */
export function diagram(): string {
  const lines = moves.flatMap((move) => move.from.map((from) => `    ${from} --> ${move.to}: ${move.event}`));
  return ['stateDiagram-v2', '    [*] --> received', ...lines, '    cancelled --> [*]'].join('\n');
}
