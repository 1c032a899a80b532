import type { Snapshot } from '@openvob/benefits';

/** Insurance types (code list 1336, EB04) of Original Medicare: Part A, Part B, Medicare as the primary. */
const ORIGINAL_MEDICARE = ['MA', 'MB', 'MP'];
const PART_B = 'MB';
const MEDICARE_ADVANTAGE = 'HN';
const MEDICAID = 'MC';

/** True where Medicare itself pays for outpatient care: Part B, and no Medicare Advantage plan in its place. */
export function isOriginalMedicare(snapshot: Snapshot): boolean {
  const products = productsOf(snapshot);
  return products.has(PART_B) && !products.has(MEDICARE_ADVANTAGE);
}

/** True where a plan is Medicaid's. */
export function isMedicaid(snapshot: Snapshot): boolean {
  return productsOf(snapshot).has(MEDICAID);
}

/** True where the rules for private plans (limits on what is owed, parity) do not hold as they stand. */
export function isGovernmentPlan(snapshot: Snapshot): boolean {
  const products = productsOf(snapshot);
  return [...ORIGINAL_MEDICARE, MEDICARE_ADVANTAGE, MEDICAID].some((product) => products.has(product));
}

/** Of the plans of this answer that have not ended; what it says of other payers does not count. */
function productsOf({ plans }: Snapshot): ReadonlySet<string> {
  return new Set(plans.filter(({ status }) => status !== 'inactive').flatMap(({ product }) => product ?? []));
}
