import { put } from './given';
import { referenceOf } from './people';
import type { ReadRow } from './rows';
import { isPlanLevel } from './service-types';
import type { Snapshot } from './snapshot';
import type { StatedAnswer, StatedReference } from './statement';

type Plan = Snapshot['plans'][number];

const STRENGTH = ['active', 'pending', 'inactive'];

/**
 * One plan for each name (EB05) and product (EB04) of coverage rows on the plan as a whole; the group is the row's own,
 * the person's or the subscriber's (REF 6P, else 1L). A plan of which nothing is said but its status is none.
 */
export function plansOf(rows: readonly ReadRow[], answer: StatedAnswer): Plan[] {
  const plans = new Map<string, Plan>();
  for (const { stated, status } of rows) {
    if (status === undefined || !isPlanLevel(stated.serviceTypes)) continue;
    const key = `${stated.product?.length} ${stated.product} ${stated.plan}`;
    const known = plans.get(key);
    if (known !== undefined) known.status = stronger(known.status, status);
    else plans.set(key, planOf(stated, status, groupOf(stated.references, answer)));
  }
  return [...plans.values()].filter(({ name, group, product }) => (name ?? group ?? product) !== undefined);
}

function planOf(stated: ReadRow['stated'], status: string, group: string | undefined): Plan {
  const plan: Plan = { status, source: stated.source };
  put(plan, 'name', stated.plan);
  put(plan, 'group', group);
  put(plan, 'product', stated.product);
  return plan;
}

function groupOf(own: readonly StatedReference[], { dependent, subscriber }: StatedAnswer): string | undefined {
  for (const qualifier of ['6P', '1L']) {
    for (const place of [own, dependent?.references, subscriber.references]) {
      const group = place === undefined ? undefined : referenceOf(place, qualifier);
      if (group !== undefined) return group;
    }
  }
  return undefined;
}

function stronger(a: string, b: string): string {
  return STRENGTH.indexOf(a) <= STRENGTH.indexOf(b) ? a : b;
}
