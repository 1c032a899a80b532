import type { CivilDate } from '../civil-date';
import { jsonFormatOf, snapshotsOfJson } from '../json/json-formats';
import type { Issue, Snapshot } from '../snapshot';

type Parts = Readonly<Record<string, unknown>>;

const HL7 = 'http://terminology.hl7.org/CodeSystem';

/** A CodeableConcept of one coding of an HL7 list. */
export function coded(list: string, code: string): object {
  return { coding: [{ system: `${HL7}/${list}`, code }] };
}

/** An invented person of the document. */
export const AVERY = {
  resourceType: 'Patient',
  id: 'avery',
  name: [{ family: 'EXAMPLE', given: ['AVERY', 'B'] }],
  birthDate: '1990-01-01',
};

/** An invented child of hers. */
export const RILEY = { resourceType: 'Patient', id: 'riley', name: [{ family: 'EXAMPLE', given: ['RILEY'] }] };

/** An invented coverage that says that the patient is the subscriber. */
export const COVERAGE = {
  resourceType: 'Coverage',
  id: 'coverage',
  status: 'active',
  subscriberId: 'W100',
  subscriber: { reference: '#avery' },
  beneficiary: { reference: '#avery' },
  relationship: coded('subscriber-relationship', 'self'),
  period: { start: '2026-01-01', end: '2026-12-31' },
  payor: [{ display: 'EXAMPLE HEALTH PLAN' }],
  class: [
    { type: coded('coverage-class', 'group'), value: 'GRP7' },
    { type: coded('coverage-class', 'plan'), value: 'P1', name: 'EXAMPLE PPO' },
  ],
};

/** An invented response about Avery Example, with whatever else a test says. */
export function response(parts: Parts = {}): object {
  return {
    resourceType: 'CoverageEligibilityResponse',
    id: 'response',
    contained: [AVERY, COVERAGE],
    status: 'active',
    purpose: ['benefits'],
    patient: { reference: '#avery' },
    servicedDate: '2026-03-10',
    created: '2026-03-09T18:00:00-05:00',
    request: { reference: 'CoverageEligibilityRequest/1' },
    outcome: 'complete',
    insurer: { identifier: { system: 'https://payers.example', value: '99001' }, display: 'EXAMPLE HEALTH PLAN' },
    insurance: [{ coverage: { reference: '#coverage' }, inforce: true }],
    ...parts,
  };
}

/** A response with items of one insurance in force. */
export function responseWith(...item: unknown[]): object {
  return response({ insurance: [{ coverage: { reference: '#coverage' }, inforce: true, item }] });
}

/** An item on a service type, in network, with benefits. */
export function item(serviceType: string, benefit: readonly unknown[], parts: Parts = {}): object {
  return {
    category: coded('ex-benefitcategory', serviceType),
    network: coded('benefit-network', 'in'),
    benefit,
    ...parts,
  };
}

/** A benefit of an HL7 type. */
export function benefit(type: string, figures: Parts): object {
  return { type: coded('benefit-type', type), ...figures };
}

/** US dollars. */
export function usd(value: number): object {
  return { value, currency: 'USD' };
}

/** Everything that a FHIR document says. */
export function readFhir(document: unknown, on?: CivilDate): { snapshots: Snapshot[]; issues: Issue[] } {
  const format = jsonFormatOf(document);
  if (format !== 'fhir-r4' && format !== 'fhir-r5') throw new Error('the document is not recognised as FHIR');
  return snapshotsOfJson(document, format, on === undefined ? {} : { on });
}

/** The one snapshot of a document. */
export function snapshotOf(document: unknown, on?: CivilDate): Snapshot {
  const [snapshot, more] = readFhir(document, on).snapshots;
  if (snapshot === undefined || more !== undefined) throw new Error('the document does not have one answer');
  return snapshot;
}

/** Issues as `code at`. */
export function issuesOf(document: unknown): string[] {
  return readFhir(document).issues.map(({ code, at }) => `${code} ${at}`);
}
