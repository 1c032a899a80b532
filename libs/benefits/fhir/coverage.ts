import type { Findings } from '../findings';
import { given } from '../given';
import type { JsonNode } from '../json/json-node';
import type { StatedDate, StatedReference } from '../statement';
import { rawCode } from './concepts';
import { BENEFIT_DATES, PLAN_DATES, statedPeriod } from './dates';

/** Canvas Medical puts the plan's name here. Source: docs.canvasmedical.com, CoverageEligibilityResponse. */
const PLAN_NAME_EXTENSION =
  'http://schemas.canvasmedical.com/fhir/extensions/active-health-benefit-plan-coverage-description';

/** What one `insurance` entry says beside its items, from the entry itself and from its Coverage if that is at hand. */
export interface Insured {
  readonly insurance: JsonNode;
  readonly coverage?: JsonNode;
  readonly plan?: string;
  readonly references: readonly StatedReference[];
  /** When the coverage holds. */
  readonly planDates: readonly StatedDate[];
  /** When its benefits hold as they are described. */
  readonly benefitDates: readonly StatedDate[];
}

/** Reads plan, group and dates of an insurance. The value of a class is text in R4 and an identifier in R5. */
export function readInsured(insurance: JsonNode, coverage: JsonNode | undefined, findings: Findings): Insured {
  const [plan, group] = [classOf(coverage, 'plan'), classOf(coverage, 'group')];
  const extension = insurance.list('extension').find((each) => each.text('url') === PLAN_NAME_EXTENSION);
  const number = group && classValue(group);
  return {
    insurance,
    ...given({ coverage, plan: plan?.text('name') ?? (plan && classValue(plan)) ?? extension?.text('valueString') }),
    references: number === undefined ? [] : [{ qualifier: '6P', value: number }],
    planDates: coverage === undefined ? [] : statedPeriod(coverage.get('period'), PLAN_DATES, findings),
    benefitDates: statedPeriod(insurance.get('benefitPeriod'), BENEFIT_DATES, findings),
  };
}

/** The id that the insurer gave the subscriber: text in R4, identifiers in R5. */
export function subscriberIdOf(coverage: JsonNode | undefined): string | undefined {
  return coverage?.text('subscriberId') ?? coverage?.list('subscriberId')[0]?.text('value');
}

function classOf(coverage: JsonNode | undefined, kind: string): JsonNode | undefined {
  return coverage?.list('class').find((each) => rawCode(each.get('type'))?.toLowerCase() === kind);
}

function classValue(entry: JsonNode): string | undefined {
  return entry.text('value') ?? entry.get('value').text('value');
}
