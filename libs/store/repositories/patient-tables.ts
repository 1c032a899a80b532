import type { PatientRecord, PatientVerification } from './patients';

/** Where a table's contents are told to a patient who asks for everything that is kept; or why they are not. */
export type Told = { readonly in: keyof PatientVerification | keyof PatientRecord } | { readonly not: string };

const ofNoPatient = { not: 'of the facility, not of a patient' } as const;

/**
 * Of every table that is encrypted under a facility's keys, whether a patient's export tells it (45 CFR 164.524). A test compares it with the
 * list of encrypted columns: a new table needs a decision.
 */
export const toldToPatients: Readonly<Record<string, Told>> = {
  verification: { in: 'view' },
  result: { in: 'view' },
  admission_request: { in: 'request' },
  coverage: { in: 'request' },
  consent: { in: 'consents' },
  answer: { in: 'answers' },
  call_record: { in: 'calls' },
  call_review: { in: 'calls' },
  authorization_record: { in: 'authorizations' },
  attendance_record: { in: 'attendance' },
  remittance_record: { in: 'remittances' },
  verification_note: { in: 'notes' },
  attachment: { in: 'attachments' },
  patient_request: { in: 'requests' },
  disclosure: { in: 'disclosures' },
  ground: { not: 'answers, records and rates once more, as a conclusion was drawn from them' },
  idempotency_record: { not: 'a response once more, for a day' },
  batch_row: { not: 'the line of a file that became the request' },
  draft: { not: 'what somebody types, gone within days' },
  legal_hold: { not: 'kept for a legal proceeding (45 CFR 164.524(a)(1)(ii))' },
  emergency_access: { not: 'why somebody of the facility took more rights; names no patient' },
  webhook_delivery: { not: 'what a receiver answered to an id' },
  webhook_endpoint: ofNoPatient,
  facility_letterhead: ofNoPatient,
  intake_source: ofNoPatient,
  identity_provider: ofNoPatient,
};
