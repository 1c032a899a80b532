import type { CivilDate } from '@openvob/benefits';
import type { AdmissionRequest } from '@openvob/intake';
import type { Inquiry } from '@openvob/payers';
import type { DirectoryPayer, Facility, PayerConnection } from './ports';

/** What one inquiry is about. */
export interface InquirySubject {
  request: AdmissionRequest;
  facility: Pick<Facility, 'name' | 'npi' | 'taxonomyCode'>;
  /** Index of the coverage in the request. */
  position: number;
  payer: Pick<DirectoryPayer, 'name'>;
  connection: Pick<PayerConnection, 'payerReference'>;
  serviceType: string;
  serviceDate: CivilDate;
}

/** Exactly what an inquiry needs, and nothing more of the request (minimum necessary). */
export function inquiryOf(subject: InquirySubject, row: { id: string; trace: string }): Inquiry {
  const { request, facility, position, payer, connection } = subject;
  const { patient, subscriber, coverages } = request;
  const coverage = coverages[position] ?? {};
  const person = { ...pick(patient, 'firstName', 'lastName', 'birthDate') };
  const policy = pick(coverage, 'memberId');
  const self = patient.relationship === undefined || patient.relationship === 'self';
  const relationship =
    patient.relationship === 'spouse' || patient.relationship === 'child' ? patient.relationship : 'other';
  return {
    id: row.id,
    trace: row.trace,
    payer: { name: payer.name, id: connection.payerReference },
    provider: { name: facility.name, npi: facility.npi, ...pick(facility, 'taxonomyCode') },
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
