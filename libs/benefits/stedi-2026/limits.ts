import type { Findings } from '../findings';
import { given } from '../given';
import { DELIVERY_UNIT_CODES, PERIOD_CODES, QUANTITY_CODES } from '../json/code-names';
import type { JsonNode } from '../json/json-node';
import { objectOf, reportUnread, textOf } from '../json/shape';
import type { StatedDelivery, StatedRow } from '../statement';
import { reportUnknown } from './members';
import { isUnlisted, spelled } from './spelled';

/** A count with what it counts; nothing when that is on no list. */
export function statedQuantity(quantity: JsonNode, findings: Findings): Pick<StatedRow, 'quantity' | 'quantityKind'> {
  reportUnknown(quantity, 'quantity', findings);
  const kind = spelled(quantity.get('qualifier'), QUANTITY_CODES, findings);
  if (isUnlisted(quantity.get('qualifier'), QUANTITY_CODES)) return {};
  return given({ quantityKind: kind, quantity: textOf(quantity, 'value', findings) });
}

/** How often a service may be used; ages are reported, for no figure tells whom it is for. */
export function statedDelivery(limit: JsonNode, findings: Findings): StatedDelivery[] {
  reportUnknown(limit, 'serviceLimit', findings);
  for (const age of ['ageMaximum', 'ageMinimum'].map((key) => limit.get(key))) {
    if (age.exists) reportUnread(age, 'The entry is for some ages.', findings);
  }
  const delivery = objectOf(limit, 'delivery', findings);
  if (delivery === undefined) return [];
  reportUnknown(delivery, 'delivery', findings);
  const parts = partsOf(delivery, findings);
  return parts === undefined ? [] : [{ ...parts, source: delivery.source }];
}

/** Nothing when any part is on no list: without it the others would say something else. */
function partsOf(delivery: JsonNode, findings: Findings): Omit<StatedDelivery, 'source'> | undefined {
  const part = (key: string, names: Parameters<typeof spelled>[1]) => {
    const node = objectOf(delivery, key, findings);
    const qualifier = node?.get('qualifier');
    return {
      value: node && textOf(node, 'value', findings),
      code: qualifier && spelled(qualifier, names, findings),
      isUnlisted: qualifier !== undefined && isUnlisted(qualifier, names),
    };
  };
  const quantity = part('quantity', QUANTITY_CODES);
  const frequency = part('frequency', DELIVERY_UNIT_CODES);
  const period = part('period', PERIOD_CODES);
  if ([quantity, frequency, period].some(({ isUnlisted: isOff }) => isOff)) return undefined;
  return given({
    quantityKind: quantity.code,
    quantity: quantity.value,
    per: frequency.code,
    perCount: frequency.value,
    period: period.code,
    periodCount: period.value,
  });
}
