import { type Disagreement, disagreementsIn } from './amounts';
import type {
  CostShareRule,
  EstimateCase,
  NobodyStated,
  OneOf,
  PendingClaims,
  SettledAuthorization,
} from './estimate-case';
import { type Side, sidesOf } from './side';

interface Answers {
  /** Stable for the case. */
  readonly id: string;
  /** How many answers there are; the first is the likely one. */
  readonly answers: number;
}

/** Something that nobody stated and that has several answers, each a hypothesis. */
export type Unknown =
  | (Answers & { readonly code: 'network'; readonly coverage: number })
  | (Answers & { readonly code: 'cost_share'; readonly side: Side; readonly rule: OpenRule })
  | (Answers & { readonly code: 'accumulator_conflict'; readonly disagreements: readonly Disagreement[] })
  | (Answers & { readonly code: 'pending_claims'; readonly pendingClaims: PendingClaims })
  | (Answers & { readonly code: 'authorization'; readonly side: Side; readonly authorization: SettledAuthorization });

/** A rule with more than one hypothesis. */
export type OpenRule = CostShareRule & (OneOf | NobodyStated);

/**
 * All unknowns of a case in the order in which they are taken into the combinations, with or without effect on it.
 *
 * Source: estimate contract, "Unknowns" and the table of questions.
 */
export function unknownsOf(estimateCase: EstimateCase): Unknown[] {
  const sides = estimateCase.coverages.flatMap(sidesOf);
  return [
    ...networkUnknowns(estimateCase),
    ...sides.flatMap(costShareUnknowns),
    ...accumulatorConflict(sides),
    ...pendingClaimsUnknown(estimateCase),
    ...sides.flatMap(authorizationUnknown),
  ];
}

/** Id of the unknown that a rule of a side may be, e.g. `cost_share:0:o1`. */
export function costShareId({ coverage, kind }: Side, rule: number): string {
  return `cost_share:${coverage}:${kind === 'own' ? '' : 'o'}${rule}`;
}

/** Id of the unknown that a side's authorization may be, e.g. `authorization:0:o`. */
export function authorizationId({ coverage, kind }: Side): string {
  return `authorization:${coverage}${kind === 'own' ? '' : ':o'}`;
}

/** Id of the unknown that a coverage's network may be. */
export function networkId(coverage: number): string {
  return `network:${coverage}`;
}

export const ACCUMULATOR_CONFLICT_ID = 'accumulator_conflict';
export const PENDING_CLAIMS_ID = 'pending_claims';

function networkUnknowns({ coverages }: EstimateCase): Unknown[] {
  return coverages.flatMap(({ network }, coverage) =>
    network === 'unknown' ? [{ id: networkId(coverage), answers: 2, code: 'network', coverage }] : [],
  );
}

function costShareUnknowns(side: Side): Unknown[] {
  return side.benefits.costShares.flatMap((rule, index) => {
    if (!isOpenRule(rule)) return [];
    return [{ id: costShareId(side, index), answers: answersOf(rule), code: 'cost_share' as const, side, rule }];
  });
}

/** True when a rule has more than one hypothesis. Source: estimate contract, table of questions. */
export function isOpenRule(rule: CostShareRule): rule is OpenRule {
  return answersOf(rule) > 1;
}

/** Everything or nothing where nobody stated the share; else as many as are listed. */
function answersOf(rule: CostShareRule): number {
  if ('notCovered' in rule) return 1;
  if ('unknown' in rule) return 2;
  return 'oneOf' in rule ? rule.oneOf.length : 1;
}

/** All disagreements together are one unknown. */
function accumulatorConflict(sides: readonly Side[]): Unknown[] {
  const disagreements = sides.flatMap(({ benefits }) => benefits.periods.flatMap(disagreementsIn));
  if (disagreements.length === 0) return [];
  return [{ id: ACCUMULATOR_CONFLICT_ID, answers: 2, code: 'accumulator_conflict', disagreements }];
}

function pendingClaimsUnknown({ pendingClaims, coverages }: EstimateCase): Unknown[] {
  if (!pendingClaims || coverages.length === 0) return [];
  return [{ id: PENDING_CLAIMS_ID, answers: 2, code: 'pending_claims', pendingClaims }];
}

function authorizationUnknown(side: Side): Unknown[] {
  const { authorization } = side.benefits;
  if (!authorization || !isOpenAuthorization(authorization)) return [];
  return [{ id: authorizationId(side), answers: 2, code: 'authorization', side, authorization }];
}

/** True when an authorization has two answers. Source: estimate contract, table of questions. */
export function isOpenAuthorization(authorization: SettledAuthorization): boolean {
  const { required, approvedDays, noAuthorizationPenaltyPercent, extension } = authorization;
  if (required === 'no' || extension === 'refused') return false;
  return approvedDays !== undefined || (required === 'unknown' && noAuthorizationPenaltyPercent !== undefined);
}
