/** The parts of a call, in the order in which they are gone through. */
export type BankSection =
  | 'opening'
  | 'carve_out'
  | 'plan'
  | 'network'
  | 'program'
  | 'share'
  | 'accumulators'
  | 'limits'
  | 'authorization'
  | 'conditions'
  | 'out_of_network'
  | 'other_coverage'
  | 'payment'
  | 'closing';

/** One of the answers that a question has. */
export interface Option {
  readonly value: string;
  readonly text: string;
}

/**
 * What a question is answered with. `unknown` ("would not say") is an outcome of every question, never 0.
 *
 * - `money`: whole cents. - `percent`: 0 to 100. - `amounts`: what is known of a limit, of what is used and of what is left, in cents, or
 *   `none` where there is no such amount. - `share`: a cost share of the estimate, the index of one of the options, or `not_covered`.
 * - `days`: one of the options, or how many days in all.
 */
export type ValueKind =
  | { readonly kind: 'yes_no' }
  | { readonly kind: 'money'; readonly orNone?: true }
  | { readonly kind: 'percent' }
  | { readonly kind: 'date'; readonly orNone?: true }
  | { readonly kind: 'number'; readonly of: string }
  | { readonly kind: 'choice'; readonly options: readonly Option[] }
  | { readonly kind: 'text' }
  | { readonly kind: 'amounts' }
  | { readonly kind: 'share'; readonly options: readonly Option[] }
  | { readonly kind: 'days'; readonly options: readonly Option[] };

/** A question of the bank. Where it stands in the reference is its `source`. */
export interface BankQuestion<Code extends string = string> {
  readonly code: Code;
  readonly section: BankSection;
  /** In the coordinator's words; `{program}` stands for the service with its codes, `{start}` for the first day. */
  readonly ask: string;
  readonly value: ValueKind;
  /** Number of the row in the reference, section 1. */
  readonly source: number;
  /** Asked for substance use and for mental health apart where a program treats both: plans split them. */
  readonly isApart?: true;
  /** Asked again for out of network. */
  readonly isOfSide?: true;
  /** Asked where this holds of the case alone. */
  readonly where?: 'virtual_days' | 'other_services' | 'out_of_network';
  /** Unfolded by an answer to another question of the same coverage, side and track. */
  readonly onlyIf?: { readonly code: Code; readonly is: readonly string[] };
  /** The unknown of a decision that it settles. */
  readonly settles?: readonly string[];
}
