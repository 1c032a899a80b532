import type { CivilDate } from '@openvob/benefits';
import type { AdmissionRequest } from '@openvob/intake';
import type { Inquiry } from '@openvob/payers';
import type { DirectoryPayer, Facility, PayerConnection } from './ports';
import { peopleFor, type Variation } from './variation';

/** What one inquiry is about. */
export interface InquirySubject {
  request: Pick<AdmissionRequest, 'patient' | 'subscriber'>;
  facility: Pick<Facility, 'name' | 'npi' | 'secondNpi' | 'taxonomyCode'>;
  /** The patient's id with this payer. */
  memberId: string | undefined;
  payer: Pick<DirectoryPayer, 'name'>;
  connection: Pick<PayerConnection, 'payerReference'>;
  serviceType: string;
  variation: Variation;
  /** The day asked about. */
  serviceDate: CivilDate;
}

/** Exactly what an inquiry needs, and nothing more of the request (minimum necessary). */
export function inquiryOf(subject: InquirySubject, row: { id: string; trace: string }): Inquiry {
  const { facility, payer, connection, variation, memberId } = subject;
  const { patient, subscriber } = peopleFor(variation, subject.request);
  const person = pick(patient, 'firstName', 'middleName', 'lastName', 'birthDate');
  const policy = memberId === undefined ? {} : { memberId };
  const self = patient.relationship === undefined || patient.relationship === 'self';
  const relationship =
    patient.relationship === 'spouse' || patient.relationship === 'child' ? patient.relationship : 'other';
  const npi = variation.secondNpi ? (facility.secondNpi ?? facility.npi) : facility.npi;
  return {
    id: row.id,
    trace: row.trace,
    payer: { name: payer.name, id: connection.payerReference },
    provider: { name: facility.name, npi, ...pick(facility, 'taxonomyCode') },
    subscriber: self
      ? { ...person, ...policy }
      : { ...pick(subscriber ?? {}, 'firstName', 'lastName', 'birthDate'), ...policy },
    ...(self ? {} : { dependent: { ...person, relationship } }),
    serviceTypes: [subject.serviceType],
    serviceDate: subject.serviceDate,
  };
}

function pick<T extends object, K extends keyof T>(record: T, ...keys: K[]): Pick<T, K> {
  return Object.fromEntries(keys.filter((key) => record[key] !== undefined).map((key) => [key, record[key]])) as Pick<
    T,
    K
  >;
}
