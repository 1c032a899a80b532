import type { CivilDate } from '@openvob/benefits';
import type { Rate } from '@openvob/estimate';
import type { AdmissionRequest } from '@openvob/intake';
import { type Clock, Problem } from '@openvob/platform';
import type { Facility, Ground, Program } from '@openvob/verification';
import type { KeptAnswer } from '../kept-answer';
import type { VerificationView } from '../verification-view';
import type { PrivacyFacts } from './build/privacy';
import type { Letterhead } from './letterhead';

/** A call as it is on record. */
export interface CallOnRecord {
  readonly id: string;
  readonly amends?: string;
  readonly representative: string;
  readonly referenceNumber: string;
  readonly startedAt: string;
  readonly answers: readonly { readonly questionId: string; readonly value: unknown; readonly words?: string }[];
}

/** Everything that is known of a verification and that a document may tell. */
export interface Dossier {
  readonly facility: Facility;
  readonly letterhead?: Letterhead;
  readonly now: ReturnType<Clock['now']>;
  readonly today: CivilDate;
  readonly view: VerificationView;
  readonly request: AdmissionRequest;
  readonly consent?: NonNullable<PrivacyFacts['consent']> & { readonly id: string };
  readonly program?: Program;
  /** What the payers answered, one merged answer a coverage. */
  readonly ground?: Ground;
  readonly answers: readonly KeptAnswer[];
  readonly calls: readonly CallOnRecord[];
  readonly selfPayRates: readonly Rate[];
  /** Who asked for the verification: a person's name, or what kind of caller it was. */
  readonly requestedBy: string;
}

/** The name as it was given; undefined where none was. */
export function patientNameOf({ request: { patient } }: Dossier): string | undefined {
  const name = [patient.firstName, patient.middleName, patient.lastName].filter(Boolean).join(' ');
  return name === '' ? undefined : name;
}

/** Whose records they are: those of the admission's track, else of the program's; unsaid is treated as substance use, which is protected most. */
export function privacyOf({ request, program, consent }: Dossier): PrivacyFacts {
  const track = request.admission.track ?? program?.plan.track ?? 'sud';
  return { track, ...(consent ? { consent } : {}) };
}

/** There is nothing to write on it yet, and what is missing. */
export function notYet(detail: string): Problem {
  return new Problem('wrong_state', { detail });
}
