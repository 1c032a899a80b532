import type { Cents, CivilDate } from '@openvob/benefits';

export interface RequestPatient {
  firstName?: string;
  middleName?: string;
  lastName?: string;
  birthDate?: CivilDate;
  sex?: 'female' | 'male' | 'unknown';
  relationship?: 'self' | 'spouse' | 'child' | 'other';
  phone?: string;
  email?: string;
}

export interface RequestSubscriber {
  firstName?: string;
  lastName?: string;
  birthDate?: CivilDate;
}

export interface RequestCoverage {
  order?: 'primary' | 'secondary' | 'tertiary';
  payer?: { id?: string; name?: string };
  memberId?: string;
  groupNumber?: string;
  planName?: string;
}

export interface RequestAdmission {
  startDate?: CivilDate;
  track?: 'sud' | 'mh' | 'dual';
  network?: 'in' | 'out' | 'unknown';
  steppingDownFrom?: 'detox' | 'residential' | 'inpatient' | 'php';
  pendingClaims?: { deductibleCents?: Cents; outOfPocketCents?: Cents };
  screening?: { withdrawalRisk?: boolean; needs24HourCare?: boolean; unsafeHome?: boolean };
}

export interface Part2Consent {
  signedOn: CivilDate;
  expiresOn?: CivilDate;
  scope: 'treatment_payment_operations' | 'this_payer';
  /** What may be disclosed, in words. */
  information?: string;
  /** To whom, in words, where the form names them. */
  recipient?: string;
  purpose?: string;
  signedHow?: 'paper' | 'electronic';
  signedBy?: 'patient' | 'parent_or_guardian' | 'personal_representative';
}

export type Priority = 'caller_waiting' | 'today' | 'routine';

/** Where a round is worked: in the lane of its priority, or in `bulk` when nobody waits for it (batches, scheduled checks). */
export type Lane = Priority | 'bulk';

/** Something that a caller sent and that cannot be used; kept so that a person can read it. */
export interface Fault {
  /** JSON Pointer from the body's root. */
  pointer: string;
  code: string;
  /** What would be right; never holds the value. */
  detail: string;
}

/**
 * A request for a verification as it is kept: whatever was usable. From the API it is complete in shape; from an intake
 * website any part may be missing, and what could not be used stands in `unusable`.
 */
export interface AdmissionRequest {
  patient: RequestPatient;
  subscriber?: RequestSubscriber;
  /** Primary first. */
  coverages: RequestCoverage[];
  /** Which index each of `coverages` had as it was sent, where that was another one. */
  sentAs?: readonly number[];
  program?: { id: string };
  admission: RequestAdmission;
  consent?: Part2Consent;
  priority?: Priority;
  neededBy?: string;
  reference?: string;
  unusable: (Fault & { value: unknown })[];
}

/** Index of a coverage in the request as it was sent: what pointers name. */
export function sentIndex({ sentAs }: Pick<AdmissionRequest, 'sentAs'>, position: number): number {
  return sentAs?.[position] ?? position;
}
