import { statusOfCode } from './benefit-codes';
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
  for (const { stated } of rows) {
    const status = statusOfCode(stated.code);
    if (status === undefined || !isPlanLevel(stated.serviceTypes)) continue;
    const key = JSON.stringify([stated.plan, stated.product]);
    const known = plans.get(key);
    if (known !== undefined) known.status = stronger(known.status, status);
    else plans.set(key, planOf({ stated, status, group: groupOf(stated.references, answer) }));
  }
  return [...plans.values()].filter(({ name, group, product }) => (name ?? group ?? product) !== undefined);
}

function planOf({
  stated,
  status,
  group,
}: {
  stated: ReadRow['stated'];
  status: string;
  group: string | undefined;
}): Plan {
  return {
    ...(stated.plan === undefined ? {} : { name: stated.plan }),
    ...(group === undefined ? {} : { group }),
    ...(stated.product === undefined ? {} : { product: stated.product }),
    status,
    source: stated.source,
  };
}

function groupOf(own: readonly StatedReference[], { dependent, subscriber }: StatedAnswer): string | undefined {
  const places = [own, dependent?.references ?? [], subscriber.references];
  return ['6P', '1L']
    .flatMap((qualifier) => places.map((place) => referenceOf(place, qualifier)))
    .find((each) => each !== undefined);
}

function stronger(a: string, b: string): string {
  return STRENGTH.indexOf(a) <= STRENGTH.indexOf(b) ? a : b;
}
