import type { Findings } from '../findings';
import { given } from '../given';
import { AUTHORIZATION_CODES, LEVEL_CODES, NETWORK_CODES, PERIOD_CODES, PRODUCT_CODES } from '../json/code-names';
import { statedDateRanges } from '../json/date-fields';
import type { JsonNode } from '../json/json-node';
import { elementsOf, objectOf, reportUnread, textOf, textsOf } from '../json/shape';
import { statedMessage } from '../json/stated-message';
import type { StatedRow } from '../statement';
import { statedDelivery, statedQuantity } from './limits';
import { reportUnknown, reportUnknownDates } from './members';
import { statedEntity, statedReferences } from './parties';
import { type Service, serviceOf } from './service';
import { isUnlisted, spelled } from './spelled';

/** What the place of an entry says of it: kind of benefit (code list 1390) and plan. */
interface Place {
  readonly code: string;
  readonly plan: string | undefined;
}

/** One entry of a plan as a row; none when it cannot be told what the entry is for. */
export function statedEntry(entry: JsonNode, place: Place, findings: Findings): StatedRow[] {
  reportUnknown(entry, 'entry', findings);
  if (entry.get('diagnosis').exists) reportUnread(entry.get('diagnosis'), 'The entry is for some diagnoses.', findings);
  const service = serviceOf(entry, findings);
  return service === undefined ? [] : [statedRow(entry, place, service, findings)];
}

function statedRow(
  entry: JsonNode,
  { code, plan }: Place,
  { serviceTypes, procedure }: Service,
  findings: Findings,
): StatedRow {
  const network = objectOf(entry, 'network', findings);
  if (network !== undefined) reportUnknown(network, 'network', findings);
  const information = objectOf(entry, 'additionalInformation', findings);
  return {
    source: entry.source,
    code,
    serviceTypes,
    ...given({
      procedure,
      plan,
      level: spelled(entry.get('coverageLevel'), LEVEL_CODES, findings),
      product: spelled(entry.get('insuranceType'), PRODUCT_CODES, findings),
      period: spelled(entry.get('timePeriod'), PERIOD_CODES, findings),
      authorization: spelled(entry.get('priorAuthIndicator'), AUTHORIZATION_CODES, findings),
      network: network && spelled(network.get('indicator'), NETWORK_CODES, findings),
    }),
    ...figuresOf(entry, findings),
    dates: datesOf(entry, findings),
    messages: textsOf(entry, 'messages', findings).flatMap(statedMessage),
    placesOfService: placesOf(entry, findings),
    references: information === undefined ? [] : statedReferences(information),
    entities: elementsOf(entry, 'relatedEntities', findings).map(statedEntity),
  };
}

/** Figures of a period that is on no list would be taken for others than they are: what is used for what is allowed. */
function figuresOf(
  entry: JsonNode,
  findings: Findings,
): Pick<StatedRow, 'amount' | 'percent' | 'quantity' | 'quantityKind' | 'deliveries'> {
  if (isUnlisted(entry.get('timePeriod'), PERIOD_CODES)) {
    reportUnread(entry, 'The figures of this entry are for a period that is not on the list.', findings);
    return { deliveries: [] };
  }
  const quantity = objectOf(entry, 'quantity', findings);
  return {
    ...given({ amount: textOf(entry, 'amount', findings), percent: textOf(entry, 'percent', findings) }),
    ...(quantity === undefined ? {} : statedQuantity(quantity, findings)),
    deliveries: elementsOf(entry, 'serviceLimits', findings).flatMap((limit) => statedDelivery(limit, findings)),
  };
}

function datesOf(entry: JsonNode, findings: Findings): StatedRow['dates'] {
  const dates = objectOf(entry, 'dates', findings);
  if (dates === undefined) return [];
  reportUnknownDates(dates, findings);
  return statedDateRanges(dates);
}

function placesOf(entry: JsonNode, findings: Findings): string[] {
  return elementsOf(entry, 'placesOfService', findings).flatMap((place) => {
    const code = textOf(place, 'code', findings);
    if (code === undefined) reportUnread(place, 'The place of service has no code.', findings);
    return code ?? [];
  });
}
