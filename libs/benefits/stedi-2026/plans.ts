import type { Findings } from '../findings';
import { BENEFIT_CODES, codeOfName } from '../json/code-names';
import type { JsonNode } from '../json/json-node';
import { elementsOf, objectOf, textOf } from '../json/shape';
import type { StatedRow } from '../statement';
import { statedEntry } from './entry';
import { KINDS } from './kinds';
import { reportUnknown } from './members';

/**
 * All benefits of all plans in file order; entries that the clearinghouse set apart as invalid are read like the others.
 * The name of the plan stands on the statuses, and on the rest where there are several plans to be told apart.
 */
export function rowsOfPlans(root: JsonNode, findings: Findings): StatedRow[] {
  const plans = elementsOf(root, 'plans', findings);
  return plans.flatMap((plan) => {
    reportUnknown(plan, 'plan', findings);
    const benefits = objectOf(plan, 'benefits', findings);
    const name = textOf(plan, 'name', findings);
    return benefits === undefined ? [] : rowsOfPlan(benefits, { name, isOneOfMany: plans.length > 1 }, findings);
  });
}

interface Plan {
  readonly name: string | undefined;
  readonly isOneOfMany: boolean;
}

function rowsOfPlan(benefits: JsonNode, plan: Plan, findings: Findings): StatedRow[] {
  reportUnknown(benefits, 'benefits', findings);
  return benefits.keys().flatMap((list) => {
    if (list === 'statuses') return statusRows(benefits, plan.name, findings);
    if (list !== 'invalidEntries') return rowsOfList(benefits, list, plan, findings);
    const invalid = objectOf(benefits, list, findings);
    if (invalid === undefined) return [];
    reportUnknown(invalid, 'benefits', findings);
    return invalid.keys().flatMap((kind) => rowsOfList(invalid, kind, plan, findings));
  });
}

function statusRows(benefits: JsonNode, plan: string | undefined, findings: Findings): StatedRow[] {
  return elementsOf(benefits, 'statuses', findings).flatMap((entry) => {
    const code = codeOfName(entry.text('status'), BENEFIT_CODES) ?? '';
    return statedEntry(entry, { code, plan: plan ?? entry.text('planCoverageDescription') }, findings);
  });
}

function rowsOfList(lists: JsonNode, list: string, { name, isOneOfMany }: Plan, findings: Findings): StatedRow[] {
  const code = KINDS[list];
  if (code === undefined) return [];
  return elementsOf(lists, list, findings).flatMap((entry) => {
    const plan = entry.text('planCoverageDescription') ?? (isOneOfMany ? name : undefined);
    return statedEntry(entry, { code, plan }, findings);
  });
}
