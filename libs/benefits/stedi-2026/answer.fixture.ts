import { jsonFormatOf, snapshotsOfJson } from '../json/json-formats';
import type { Issue, Snapshot } from '../snapshot';

const ANSWER = {
  id: 'ec_example',
  eligibilitySearchId: 'es_example',
  meta: {
    traceId: '01EXAMPLE',
    subscriberTraceNumbers: [
      { type: 'REFERENCED_TRANSACTION', referenceIdentification: 'T1' },
      { type: 'CURRENT_TRANSACTION', referenceIdentification: 'T2' },
    ],
  },
  payerId: 'EXMPL',
  payer: { type: 'PAYER', identification: '99001', name: { organization: 'EXAMPLE HEALTH PLAN' } },
  provider: { type: 'PROVIDER', name: { organization: 'EXAMPLE RECOVERY CENTER' }, npi: '1234567893' },
  subscriber: {
    memberId: 'W100',
    name: { person: { firstName: 'AVERY', lastName: 'EXAMPLE' } },
    dateOfBirth: '1990-01-01',
    additionalInformation: { group: { number: 'GRP7' } },
    dates: { plan: { start: '2026-01-01', end: '2026-12-31' }, service: { start: '2026-03-10' } },
  },
};

/** Mental health, as a service. */
export const MENTAL_HEALTH = { system: 'STC', value: 'MH' };
/** The plan as a whole, as a service. */
export const HEALTH_PLAN = { system: 'STC', value: '30' };

/** An invented answer about a subscriber, whatever is given in place of its members. */
export function answered(others: object = {}): object {
  return { ...ANSWER, ...others };
}

/** The invented answer with one plan of these benefits. */
export function answer(benefits: unknown, others: object = {}): object {
  return answered({ plans: [{ name: 'EXAMPLE PPO', benefits }], ...others });
}

/** All that a document says; it must be recognised. */
export function readAnswer(document: object): { snapshots: Snapshot[]; issues: Issue[] } {
  expect(jsonFormatOf(document)).toBe('stedi-2026-06-01');
  return snapshotsOfJson(document, 'stedi-2026-06-01');
}

/** The first snapshot of a document. */
export function snapshotOf(document: object): Snapshot {
  const [snapshot] = readAnswer(document).snapshots;
  if (snapshot === undefined) throw new Error('the invented answer has no snapshot');
  return snapshot;
}

/** The issues of a document, each as `code place`. */
export function issuesOf(document: object): string[] {
  return readAnswer(document).issues.map(({ code, at }) => `${code} ${at}`);
}
