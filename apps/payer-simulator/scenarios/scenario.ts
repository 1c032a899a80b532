import type { CivilDate } from '@openvob/benefits';
import type { AnswerContent, RejectionContent } from '../content';
import type { FaultSpec } from '../faults/fault';

/** One way in which a simulated payer answers a member id. */
export interface Scenario {
  /** Three digits behind the payer's prefix in the member id. */
  readonly number: string;
  readonly id: string;
  readonly title: string;
  readonly content: AnswerContent;
  /** What is done to every answer. */
  readonly fault?: FaultSpec;
  /** What the first answers for one member id are instead. */
  readonly atFirst?: { readonly times: number; readonly content?: AnswerContent; readonly fault?: FaultSpec };
  /** A rejection of every inquiry that says otherwise than the payer has it. */
  readonly rejection?: { readonly unless: Unless; readonly content: RejectionContent };
}

/** What an inquiry must say: facts on file, or a date that is not in the future. */
export interface Unless {
  readonly lastName?: string;
  readonly birthDate?: CivilDate;
  readonly npi?: string;
  readonly notInFuture?: true;
}
