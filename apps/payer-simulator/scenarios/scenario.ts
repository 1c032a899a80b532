import type { AnswerContent } from '../content';
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
}
