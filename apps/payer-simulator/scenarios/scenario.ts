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
  /** What is said instead when one of these service types is asked for. */
  readonly forServiceTypes?: readonly { readonly types: readonly string[]; readonly content: AnswerContent }[];
}

/** What an inquiry must say: facts on file, a date that is not in the future, the person in one way and no other. */
export interface Unless {
  readonly lastName?: string;
  readonly birthDate?: CivilDate;
  readonly npi?: string;
  readonly notInFuture?: true;
  /** Without a middle name, and without a suffix behind the last name. */
  readonly hasPlainName?: true;
  /** The patient stands as the subscriber. */
  readonly isSubscriber?: true;
  readonly isNameless?: true;
}
