import { codeTable } from '../code-table';
import { given } from '../given';
import type {
  StatedAnswer,
  StatedDelivery,
  StatedEntity,
  StatedPerson,
  StatedReference,
  StatedRow,
} from '../statement';
import { type AnswerHead, answersAbout } from './answers-about';
import {
  AUTHORIZATION_CODES,
  BENEFIT_CODES,
  codeOfName,
  DELIVERY_UNIT_CODES,
  LEVEL_CODES,
  NETWORK_CODES,
  PERIOD_CODES,
  PRODUCT_CODES,
  QUANTITY_CODES,
  RELATIONSHIP_CODES,
  ROLE_CODES,
} from './code-names';
import { dateInMeta, statedDateRanges } from './date-fields';
import type { JsonNode } from './json-node';
import { statedJsonRejection } from './json-rejections';
import { statedMessage } from './stedi-v3';

/** Kinds of benefits of a plan, by the name of their list, as the codes of an EB segment; `statuses` tell theirs themselves. */
const KINDS = codeTable<string>({
  coInsurance: 'A',
  coPayment: 'B',
  deductible: 'C',
  outOfPocket: 'G',
  costContainment: 'J',
  spendDown: 'Y',
  limitations: 'F',
  coverageBasis: 'CB',
  benefitDescription: 'D',
  exclusions: 'E',
  unlimited: 'H',
  nonCovered: 'I',
  reserve: 'K',
  primaryCareProvider: 'L',
  preExistingCondition: 'M',
  managedCareCoordinator: 'MC',
  servicesRestrictedToFollowingProvider: 'N',
  notDeemedMedicalNecessity: 'O',
  benefitDisclaimer: 'P',
  secondSurgicalOpinionRequired: 'Q',
  otherOrAdditionalPayer: 'R',
  priorYearsHistory: 'S',
  cardReportedStolen: 'T',
  contactFollowingEntityForInformation: 'U',
  cannotProcess: 'V',
  otherSourceOfData: 'W',
  healthCareFacility: 'X',
});

/** Identifiers of a party in order of usefulness, with their qualifiers (NM108). */
const IDENTIFIERS: readonly (readonly [string, string])[] = [
  ['memberId', 'MI'],
  ['npi', 'XX'],
  ['payerId', 'PI'],
  ['naicId', 'NI'],
  ['etin', '46'],
  ['facilityId', 'FA'],
  ['serviceProviderNumber', 'SV'],
  ['pharmacyProcessorNumber', 'PP'],
];

/** True for an answer of `/2026-06-01/eligibility-check`, whose benefits are grouped by plan and within it by kind. */
export function isStedi2026(root: JsonNode): boolean {
  const groups = root.list('plans').filter((plan) => plan.get('benefits').keys().length > 0);
  if (groups.length > 0) return true;
  if (!isRedesigned(root)) return false;
  const isRejected = root.list('errors').some((entry) => statedJsonRejection(entry).length > 0);
  return isRejected || Array.isArray(root.get('plans').value);
}

/** The v3 shape has neither. */
function isRedesigned(root: JsonNode): boolean {
  const names = ['payer', 'provider', 'subscriber'].map((key) => root.at(key, 'name'));
  const isStructured = names.some((name) => name.text('organization') !== undefined || name.get('person').exists);
  return isStructured || root.text('payerId') !== undefined;
}

/**
 * Who is answered: the dependent, else the subscriber; the subscriber too when rejected beside a dependent. Source: Stedi,
 * real-time eligibility check 2026-06-01.
 */
export function statedStedi2026(root: JsonNode): StatedAnswer[] {
  const dependent = root.get('dependent');
  const head = headOf(root);
  return answersAbout({
    head: { ...head, ...given({ serviceDate: dependent.at('dates', 'service').text('start') ?? head.serviceDate }) },
    ...given({ dependent: dependent.exists ? statedPerson(dependent) : undefined }),
    rejections: root.list('errors').flatMap((entry) => statedJsonRejection(entry)),
    rows: rowsOf(root),
  });
}

function headOf(root: JsonNode): AnswerHead {
  const subscriber = root.get('subscriber');
  const meta = root.get('meta');
  return {
    ...given({ payer: payerOf(root), provider: providerOf(root.get('provider')) }),
    subscriber: statedPerson(subscriber),
    traces: meta.list('subscriberTraceNumbers').flatMap((trace) => trace.text('referenceIdentification') ?? []),
    source: root.source,
    ...given({ serviceDate: subscriber.at('dates', 'service').text('start'), transactionDate: dateInMeta(meta) }),
  };
}

function payerOf(root: JsonNode): StatedEntity | undefined {
  const payer = root.get('payer');
  const id = payer.text('identification') ?? root.text('payerId') ?? payer.text('naicId');
  const name = nameOf(payer);
  if (id === undefined && name === undefined) return undefined;
  return { role: 'PR', ...given({ name, id }), source: payer.source };
}

function providerOf(provider: JsonNode): StatedEntity | undefined {
  if (!provider.exists) return undefined;
  const npi = provider.text('npi');
  const qualifier = npi === undefined ? undefined : 'XX';
  return { role: '1P', ...given({ name: nameOf(provider), id: npi, idQualifier: qualifier }), source: provider.source };
}

function nameOf(party: JsonNode): string | undefined {
  const person = party.at('name', 'person');
  const parts = [person.text('firstName'), person.text('lastName')].filter((part) => part !== undefined);
  return party.get('name').text('organization') ?? (parts.join(' ') || undefined);
}

function statedPerson(person: JsonNode): StatedPerson {
  const name = person.at('name', 'person');
  const birthDate = person.text('dateOfBirth');
  return {
    ...given({
      firstName: name.text('firstName'),
      lastName: name.text('lastName') ?? person.get('name').text('organization'),
      memberId: person.text('memberId') ?? person.get('additionalInformation').text('memberId'),
      relationship: codeOfName(person.text('relationToSubscriber'), RELATIONSHIP_CODES),
    }),
    ...(birthDate === undefined ? {} : { birthDate: { text: birthDate, source: person.get('dateOfBirth').source } }),
    references: statedReferences(person.get('additionalInformation')),
    dates: statedDateRanges(person.get('dates')),
  };
}

function statedReferences(information: JsonNode): StatedReference[] {
  const group = information.get('group').text('number');
  const policy = information.text('groupOrPolicyNumber');
  return [
    ...(group === undefined ? [] : [{ qualifier: '6P', value: group }]),
    ...(policy === undefined ? [] : [{ qualifier: '1L', value: policy }]),
  ];
}

/** All benefits of all plans; entries that the clearinghouse set apart as invalid are read like the others. */
function rowsOf(root: JsonNode): StatedRow[] {
  const plans = root.list('plans');
  return plans.flatMap((plan) => {
    const name = plan.text('name');
    const benefits = plan.get('benefits');
    const statuses = benefits
      .list('statuses')
      .map((row) => statedRow(row, codeOfName(row.text('status'), BENEFIT_CODES), name));
    const others = [benefits, benefits.get('invalidEntries')].flatMap((lists) =>
      lists.keys().flatMap((kind) => {
        const code = KINDS[kind];
        return code === undefined
          ? []
          : lists.list(kind).map((row) => statedRow(row, code, plans.length > 1 ? name : undefined));
      }),
    );
    return [...statuses, ...others];
  });
}

function statedRow(row: JsonNode, code: string | undefined, planName: string | undefined): StatedRow {
  const service = row.get('service');
  const value = service.text('value');
  const isServiceType = service.text('system') === 'STC' || service.text('system') === undefined;
  const quantity = row.get('quantity');
  return {
    source: row.source,
    code: code ?? '',
    serviceTypes: isServiceType && value !== undefined ? [value] : [],
    ...given({
      level: codeOfName(row.text('coverageLevel'), LEVEL_CODES),
      product: codeOfName(row.text('insuranceType'), PRODUCT_CODES),
      plan: row.text('planCoverageDescription') ?? planName,
      period: codeOfName(row.text('timePeriod'), PERIOD_CODES),
      amount: row.text('amount'),
      percent: row.text('percent'),
      quantityKind: codeOfName(quantity.text('qualifier'), QUANTITY_CODES),
      quantity: quantity.text('value'),
      authorization: codeOfName(row.text('priorAuthIndicator'), AUTHORIZATION_CODES),
      network: codeOfName(row.get('network').text('indicator'), NETWORK_CODES),
      procedure: isServiceType ? undefined : value,
    }),
    deliveries: row.list('serviceLimits').flatMap((limit) => statedDelivery(limit.get('delivery'))),
    dates: statedDateRanges(row.get('dates')),
    messages: row.list('messages').flatMap(statedMessage),
    placesOfService: row.list('placesOfService').flatMap((place) => place.text('code') ?? []),
    references: statedReferences(row.get('additionalInformation')),
    entities: row.list('relatedEntities').map(statedEntity),
  };
}

function statedDelivery(delivery: JsonNode): StatedDelivery[] {
  if (!delivery.exists) return [];
  const [quantity, period, frequency] = ['quantity', 'period', 'frequency'].map((key) => delivery.get(key));
  return [
    {
      ...given({
        quantityKind: codeOfName(quantity?.text('qualifier'), QUANTITY_CODES),
        quantity: quantity?.text('value'),
        per: codeOfName(frequency?.text('qualifier'), DELIVERY_UNIT_CODES),
        perCount: frequency?.text('value'),
        period: codeOfName(period?.text('qualifier'), PERIOD_CODES),
        periodCount: period?.text('value'),
      }),
      source: delivery.source,
    },
  ];
}

function statedEntity(entity: JsonNode): StatedEntity {
  const role = entity.text('type');
  const [idKey, idQualifier] = IDENTIFIERS.find(([key]) => entity.text(key) !== undefined) ?? [];
  const contacts = entity.list('contacts');
  const contact = (key: string) => contacts.flatMap((each) => each.list(key)).map((node) => node.asText())[0];
  const isPerson = entity.at('name', 'person').exists;
  return {
    role: codeOfName(role, ROLE_CODES) ?? role ?? 'unknown',
    ...(isPerson ? { isPerson } : {}),
    ...given({
      name: nameOf(entity),
      idQualifier,
      id: idKey === undefined ? undefined : entity.text(idKey),
      phone: contact('phoneNumbers'),
      url: contact('urls'),
    }),
    source: entity.source,
  };
}
