/**
 * Rules of conflict resolution by their ids in reference/benefits.md 1.10, where they stand in order of precedence.
 * `Chosen.rule` names the one that decided; an alternative's `why` begins with the one that put it behind.
 * Where the reader's contract differs (rules 3 and 15) the contract wins.
 */
export const RULES = {
  /** Right person, right plan, dates that hold on the service date. */
  person: '1.10.1',
  /** A statement on a more specific service beats one on a broader. */
  coverage: '1.10.2',
  /** How near the row is to an intensive outpatient program: procedure, message, facility type, specialty, plan. */
  scope: '1.10.3',
  /** In network: Y before W before unsaid, never N; out of network the reverse. */
  network: '1.10.4',
  /** Place of service that fits before none; one that does not fit never. */
  place: '1.10.5',
  /** Figures of a tier or a vendor's program come behind those for everybody. */
  tier: '1.10.6',
  /** Of two shares of one service the one that is said to hold first. */
  order: '1.10.7',
  /** Remaining before base and used before base alone. */
  money: '1.10.8',
  /** An individual amount of 0 beside a family amount means "not applicable". */
  individualZero: '1.10.9',
  /** Still tied: both are kept, the one that costs the patient more is taken. */
  tie: '1.10.11',
} as const;

export type RuleId = (typeof RULES)[keyof typeof RULES];

/** Why a row was not chosen, by the rule that put it behind. */
export const WHY: Readonly<Record<RuleId, string>> = {
  '1.10.1': '1.10.1: not said of this person at this level',
  '1.10.2': '1.10.2: said of a broader service',
  '1.10.3': '1.10.3: a service farther from an intensive outpatient program',
  '1.10.4': '1.10.4: not said of this network alone',
  '1.10.5': '1.10.5: a place of service that fits less well',
  '1.10.6': "1.10.6: holds for a tier, a vendor's program or other care",
  '1.10.7': '1.10.7: holds only after a number of visits or days',
  '1.10.8': '1.10.8: tells less about what remains, or is not believed',
  '1.10.9': '1.10.9: an individual 0 beside a family amount means "not applicable"',
  '1.10.11': '1.10.11: tied with the chosen row',
};
