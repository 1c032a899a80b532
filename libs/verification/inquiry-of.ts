import type { CivilDate } from '@openvob/benefits';
import type { AdmissionRequest } from '@openvob/intake';
import type { Inquiry } from '@openvob/payers';
import type { DirectoryPayer, Facility, PayerConnection } from './ports';
import { peopleFor, type Variation } from './variation';

/** What one inquiry is about. */
export interface InquirySubject {
  request: Pick<AdmissionRequest, 'patient' | 'subscriber'>;
  facility: Pick<Facility, 'name' | 'npi' | 'secondNpi' | 'taxonomyCode' | 'inquiresAs'>;
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
  return {
    id: row.id,
    trace: row.trace,
    payer: { name: payer.name, id: connection.payerReference },
    provider: providerOf(facility, variation),
    subscriber: self
      ? { ...person, ...policy }
      : { ...pick(subscriber ?? {}, 'firstName', 'lastName', 'birthDate'), ...policy },
    ...(self ? {} : { dependent: { ...person, relationship } }),
    serviceTypes: [subject.serviceType],
    serviceDate: subject.serviceDate,
  };
}

/** A name and a taxonomy can tell what is treated there: a facility may be asked for under neutral ones. */
function providerOf(facility: InquirySubject['facility'], { secondNpi }: Variation): Inquiry['provider'] {
  if (facility.inquiresAs) return { ...facility.inquiresAs };
  const npi = secondNpi ? (facility.secondNpi ?? facility.npi) : facility.npi;
  return { name: facility.name, npi, ...pick(facility, 'taxonomyCode') };
}

function pick<T extends object, K extends keyof T>(record: T, ...keys: K[]): Pick<T, K> {
  return Object.fromEntries(keys.filter((key) => record[key] !== undefined).map((key) => [key, record[key]])) as Pick<
    T,
    K
  >;
}
