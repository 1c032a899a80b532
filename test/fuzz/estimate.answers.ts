import type { Benefits, CostShareRule, Coverage, EstimateCase, Question } from '@openvob/estimate';
import { mapCoverages } from './estimate.changes';

/**
 * The cases that a question's answers make, each with the unknown gone. Of accumulator conflicts and pending claims none: their
 * answers are other figures.
 */
export function answered(given: EstimateCase, { id, code }: Question): EstimateCase[] {
  const [, coverage = '', rule = ''] = id.split(':');
  const index = Number(coverage);
  switch (code) {
    case 'network':
      return (['in', 'out'] as const).map((network) => change(given, index, (old) => ({ ...old, network })));
    case 'cost_share':
      return answeredRules(ruleAt(given, index, rule)).map((known) => withRule(given, index, { rule, known }));
    case 'authorization':
      return [change(given, index, (old) => withoutAuthorization(old, rule === 'o'))];
    case 'accumulator_conflict':
      return [];
    case 'pending_claims':
      return [withoutPendingClaims(given)];
  }
}

function change(given: EstimateCase, index: number, map: (coverage: Coverage) => Coverage): EstimateCase {
  return mapCoverages(given, (coverage, at) => (at === index ? map(coverage) : coverage));
}

function withoutPendingClaims({ pendingClaims: _, ...given }: EstimateCase): EstimateCase {
  return given;
}

/** None is required, or an extension has come: as in the likely hypothesis. */
function withoutAuthorization(coverage: Coverage, isOut: boolean): Coverage {
  const { authorization: _, ...own } = coverage;
  if (!isOut || !coverage.outOfNetwork) return own;
  const { authorization: __, ...outOfNetwork } = coverage.outOfNetwork;
  return { ...coverage, outOfNetwork };
}

function ruleAt(given: EstimateCase, index: number, rule: string): CostShareRule | undefined {
  return sideAt(given.coverages[index], rule)?.costShares[ruleNumber(rule)];
}

function sideAt(coverage: Coverage | undefined, rule: string): Benefits | undefined {
  return rule.startsWith('o') ? coverage?.outOfNetwork : coverage;
}

function ruleNumber(rule: string): number {
  return Number(rule.replace('o', ''));
}

function answeredRules(rule: CostShareRule | undefined): CostShareRule[] {
  if (!rule) return [];
  const about = { appliesTo: rule.appliesTo, ...(rule.setting ? { setting: rule.setting } : {}) };
  if ('oneOf' in rule) return rule.oneOf.map((share) => ({ ...about, ...share }));
  return [
    { ...about, order: 'copay_then_coinsurance', copayCents: 0, coinsurancePercent: 100 },
    { ...about, order: 'copay', copayCents: 0 },
  ];
}

function withRule(
  given: EstimateCase,
  index: number,
  { rule, known }: { rule: string; known: CostShareRule },
): EstimateCase {
  const replaced = ({ costShares }: Benefits) => costShares.map((old, at) => (at === ruleNumber(rule) ? known : old));
  return change(given, index, (coverage) => {
    if (!rule.startsWith('o')) return { ...coverage, costShares: replaced(coverage) };
    const { outOfNetwork } = coverage;
    return outOfNetwork
      ? { ...coverage, outOfNetwork: { ...outOfNetwork, costShares: replaced(outOfNetwork) } }
      : coverage;
  });
}
