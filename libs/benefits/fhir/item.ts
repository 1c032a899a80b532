import type { Findings } from '../findings';
import { given } from '../given';
import type { JsonNode } from '../json/json-node';
import { booleanOf, elementsOf, reportUnread } from '../json/shape';
import { messageFacts } from '../message-facts';
import type { StatedDate, StatedRow, StatedText } from '../statement';
import { type ItemHead, statedBenefits } from './benefit';
import { type CodeList, conceptText, rawCode, readConcept } from './concepts';
import { isModified } from './modifier';
import { serviceTypeNamed } from './service-type-names';
import { NETWORKS, SERVICE_TYPES, TERMS, UNITS } from './terminology';
import { statedText, textAt } from './texts';

/** What an insurance says of all its items. */
export interface OfInsurance {
  readonly inforce: boolean | undefined;
  readonly dates: readonly StatedDate[];
  /** Name of the plan, where rows of several plans have to be told apart. */
  readonly plan?: string;
}

export interface StatedItem {
  readonly rows: readonly StatedRow[];
  /** The payer's words about the item, each once. */
  readonly texts: readonly StatedText[];
}

/** Elements that narrow an item in ways that are not read. */
const UNREAD: readonly (readonly [string, string])[] = [
  ['modifier', 'The item holds for a modified service.'],
  ['provider', 'The item names one provider.'],
  ['authorizationUrl', 'There is an address with requirements of the authorization.'],
];

/**
 * One `insurance.item` as rows: what it excludes, its benefits, whether it needs authorization; and that its service is
 * included in coverage in force, where the item says so or says nothing else. Source: FHIR R4 and R5,
 * CoverageEligibilityResponse.insurance.item.
 */
export function statedItem(item: JsonNode, ofInsurance: OfInsurance, findings: Findings): StatedItem {
  const services = servicesOf(item);
  if (isModified(item, findings)) return { rows: [], texts: [] };
  if (services === undefined) {
    reportUnread(item, 'The service of this item is named in no list that is known.', findings);
    return { rows: [], texts: [] };
  }
  for (const [key, why] of UNREAD) if (item.get(key).exists) reportUnread(item.get(key), why, findings);
  const texts = textsOf(item, services.serviceTypes);
  const head = headOf(item, { services, texts, ofInsurance, findings });
  const benefits = elementsOf(item, 'benefit', findings);
  if (booleanOf(item, 'excluded', findings) === true) {
    return { rows: [exclusionOf(item, benefits, head, findings)], texts };
  }
  const rows = [...statedBenefits(item, benefits, head, findings), ...authorizationOf(item, head, findings)];
  return { rows: [...rows, ...inclusionOf(item, rows, head, ofInsurance)], texts: [...texts, ...wordsOf(rows, texts)] };
}

type Services = Pick<StatedRow, 'serviceTypes' | 'procedure'>;

/**
 * The service types and the procedure that an item is about, none for the plan as a whole. `undefined` when it is about
 * something that is in no known list: it must not be taken for the plan.
 */
function servicesOf(item: JsonNode): Services | undefined {
  const [category, product] = [item.get('category'), item.get('productOrService')];
  const ofProduct = readConcept(product, SERVICE_TYPES);
  const procedure = ofProduct === undefined ? rawCode(product) : undefined;
  const named = serviceTypeNamed(item.text('name'));
  const found = category.exists ? readConcept(category, SERVICE_TYPES) : (ofProduct ?? named);
  if (found !== undefined) return { serviceTypes: [found], ...given({ procedure }) };
  const isOfPlan = !category.exists && (procedure !== undefined || !item.get('name').exists);
  return isOfPlan ? { serviceTypes: [], ...given({ procedure }) } : undefined;
}

function headOf(
  item: JsonNode,
  of: { services: Services; texts: readonly StatedText[]; ofInsurance: OfInsurance; findings: Findings },
): ItemHead {
  const coded = (key: string, list: CodeList<string>) => codedOf(item.get(key), list, of.findings);
  const { plan, dates } = of.ofInsurance;
  return {
    row: {
      ...of.services,
      ...given({ plan, network: coded('network', NETWORKS), level: coded('unit', UNITS) }),
      dates,
      messages: of.texts,
      deliveries: [],
      placesOfService: [],
      references: [],
      entities: [],
    },
    ...given({ term: coded('term', TERMS) }),
  };
}

function codedOf(concept: JsonNode, list: CodeList<string>, findings: Findings): string | undefined {
  const code = readConcept(concept, list);
  if (code === undefined && concept.exists) reportUnread(concept, 'This code is in no list that is known.', findings);
  return code;
}

/** Name and description, without a name that only repeats the service or what the description says. */
function textsOf(item: JsonNode, serviceTypes: readonly string[]): StatedText[] {
  const [name, description] = [item.text('name'), item.text('description')];
  const said = [description, conceptText(item.get('category'))].map((text) => text?.toLowerCase() ?? '');
  const repeats =
    said.some((text) => text.includes(name?.toLowerCase() ?? '')) ||
    serviceTypes.includes(serviceTypeNamed(name) ?? '');
  return [...(repeats ? [] : textAt(item.get('name'))), ...textAt(item.get('description'))];
}

/** An exclusion is of the service as coded; a text narrows it only when it names a kind of care. */
function exclusionOf(item: JsonNode, benefits: readonly JsonNode[], { row }: ItemHead, findings: Findings): StatedRow {
  const excluded = item.get('excluded');
  if (benefits.length > 0) {
    const message = 'The service is excluded and has benefits all the same; its benefits are left unread.';
    findings.report('warning', 'conflict', excluded.source, message);
  }
  const messages = row.messages.filter(({ text }) => messageFacts(text).length > 0);
  return { ...row, messages, source: excluded.source, code: 'E' };
}

function authorizationOf(item: JsonNode, { row }: ItemHead, findings: Findings): StatedRow[] {
  const required = booleanOf(item, 'authorizationRequired', findings);
  if (required === undefined) return [];
  const comments = item.list('authorizationSupporting').flatMap((concept) => {
    const text = conceptText(concept);
    return text === undefined ? [] : [statedText(text, concept)];
  });
  const authorization = required ? 'Y' : 'N';
  const { source } = item.get('authorizationRequired');
  return [{ ...row, messages: [...row.messages, ...comments], authorization, source, code: 'D' }];
}

/** A service that is not excluded is included in the coverage; that the coverage is in force is said elsewhere. */
function inclusionOf(
  item: JsonNode,
  rows: readonly StatedRow[],
  { row }: ItemHead,
  { inforce }: OfInsurance,
): StatedRow[] {
  const excluded = item.get('excluded');
  const isSaid = excluded.value === false || (rows.length === 0 && item.list('benefit').length === 0);
  const isOfService = row.serviceTypes.length > 0 || row.procedure !== undefined;
  if (inforce !== true || !isSaid || !isOfService) return [];
  return [{ ...row, source: excluded.exists ? excluded.source : item.source, code: '1' }];
}

/** Words that stand on rows beside those of the item itself. */
function wordsOf(rows: readonly StatedRow[], texts: readonly StatedText[]): StatedText[] {
  return [...new Set(rows.flatMap(({ messages }) => messages))].filter((message) => !texts.includes(message));
}
