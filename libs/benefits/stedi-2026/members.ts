import type { Findings } from '../findings';
import { isNameOfDate } from '../json/date-fields';
import type { JsonNode } from '../json/json-node';
import { reportUnread } from '../json/shape';
import { KINDS } from './kinds';

/** Members by the object in which they stand, those that say nothing about benefits included. */
const MEMBERS = {
  response: names('id x12 meta payerId eligibilitySearchId warnings payer provider subscriber dependent plans errors'),
  plan: names('name benefits'),
  benefits: names(`statuses invalidEntries ${Object.keys(KINDS).join(' ')}`),
  entry: names(
    'status coverageLevel insuranceType network priorAuthIndicator service timePeriod amount percent quantity messages ' +
      'serviceLimits dates relatedEntities placesOfService additionalInformation planCoverageDescription diagnosis ' +
      'invalidReasons',
  ),
  service: names('value definition system range'),
  network: names('indicator id description'),
  quantity: names('value qualifier'),
  serviceLimit: names('delivery ageMaximum ageMinimum'),
  delivery: names('quantity period frequency delivery'),
};

/** Reports the members of an object that the format does not have. Source: the vendor's client, as named in the reader. */
export function reportUnknown(node: JsonNode, kind: keyof typeof MEMBERS, findings: Findings): void {
  const known = MEMBERS[kind];
  reportMembers(node, (name) => known.has(name), findings);
}

/** Reports dates of which nobody knows what they speak of. */
export function reportUnknownDates(dates: JsonNode, findings: Findings): void {
  reportMembers(dates, isNameOfDate, findings);
}

function reportMembers(node: JsonNode, isKnown: (name: string) => boolean, findings: Findings): void {
  for (const name of node.keys()) {
    if (isKnown(name) || !node.get(name).exists) continue;
    reportUnread(node.get(name), 'The format has no member of this name.', findings);
  }
}

function names(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
