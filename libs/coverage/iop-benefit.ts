import type { Cents, Limit, Snapshot, Source } from '@openvob/benefits';

/** A figure that was chosen, the rule that chose it (section 1.10 of the benefits reference) and what else was said. */
export interface Chosen {
  value: { amountCents?: Cents; percent?: number; limitCents?: Cents; remainingCents?: Cents; per?: string };
  rule: string;
  source: Source[];
  alternatives: { value: unknown; source: Source[]; why: string }[];
}

export type DecisionKind =
  | 'covered'
  | 'covered_with_conditions'
  | 'not_covered'
  | 'carved_out'
  | 'other_payer'
  | 'unknown';

/** What a snapshot says about an intensive outpatient program. */
export interface IopBenefit {
  decision: DecisionKind;
  conditions: string[];
  authorization: 'yes' | 'no' | 'unknown';
  copay?: Chosen;
  coinsurance?: Chosen;
  deductibleIndividual?: Chosen;
  deductibleFamily?: Chosen;
  outOfPocketIndividual?: Chosen;
  outOfPocketFamily?: Chosen;
  limits: Limit[];
  /** What the payer left unsaid that the estimate needs. */
  unknowns: string[];
}

/** What `vob read` prints for each person answered. */
export type ReadAnswer = Snapshot & { iop: IopBenefit };
