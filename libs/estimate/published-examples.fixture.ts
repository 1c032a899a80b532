/** Dollars, as published; coinsurance a fraction. */
export interface PublishedPlan {
  readonly deductible?: number;
  readonly deductible_met?: boolean;
  readonly deductible_remaining?: number;
  readonly individual_deductible?: number;
  readonly individual_remaining?: number;
  readonly family_deductible?: number;
  readonly family_remaining?: number;
  readonly family_deductible_remaining?: number;
  readonly coinsurance?: number;
  readonly copay?: number;
  readonly copay_per_day?: number;
  readonly copay_after_deductible?: boolean;
  readonly pcp_copay?: number;
  readonly oop_max?: number;
  readonly individual_stop_loss?: number;
  readonly individual_oop_max?: number;
  readonly network?: 'in' | 'out';
}

export interface PublishedClaim {
  readonly service?: string;
  readonly allowed: number;
}

export interface Published {
  readonly id: string;
  readonly source: string;
  readonly plan: PublishedPlan;
  readonly claims: readonly PublishedClaim[];
  readonly expected: Readonly<Record<string, unknown>>;
}

/** What is published of them can be worked out whole: a plan in figures, priced claims, what the patient owes of each. */
export const WHOLE = [
  'W01',
  'W06',
  'W07',
  'W08',
  'W14a',
  'W14b',
  'W15b',
  'W17',
  'W18',
  'W22',
  'W27',
  'W28',
  'W29',
  'W30',
  'S08',
  'S10',
  'E01',
  'E02',
  'E04',
];
/** They say how much coinsurance fills the out-of-pocket maximum. */
export const THRESHOLDS = ['W03', 'W23'];
/** They say whose deductible is met when, in a family where each member has one within the family's. */
export const FAMILIES = ['W36', 'W38', 'W39'];
/** Their plan is a payer's answer. */
export const FROM_ANSWER = ['S01', 'S02', 'S05', 'S06'];
/** Each has a test of its own. */
export const EACH_ITS_OWN = ['W02', 'W12', 'W20', 'W32', 'W33', 'W42', 'W44', 'B01', 'S07'];
/** Why an example is no case. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  B03: 'the price of the care is not published, nor which of its parts has which share',
  B05: 'the total is published, not its parts: a deductible of 2,300 of 3,800 cannot be told from copays',
  B06: 'the price of the care is not published',
  B08: 'the price of the care is not published',
  B10: 'neither the price of the care nor the deductible is published',
  B11: 'neither the price of the care nor the deductible is published',
};

/** Published dollars. */
export function toCents(dollars: unknown): number {
  return Math.round(Number(dollars) * 100);
}

/** A published list of dollars, one for each claim. */
export function centsOf({ expected }: Pick<Published, 'expected'>, key: string): number[] {
  const dollars = expected[key];
  return Array.isArray(dollars) ? dollars.map(toCents) : [];
}
