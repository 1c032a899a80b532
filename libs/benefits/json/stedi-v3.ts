import { given } from '../given';
import type {
  StatedAnswer,
  StatedDelivery,
  StatedEntity,
  StatedPerson,
  StatedReference,
  StatedRejection,
  StatedRow,
} from '../statement';
import { type AnswerHead, answersAbout } from './answers-about';
import {
  BENEFIT_CODES,
  codeOfName,
  DELIVERY_UNIT_CODES,
  LEVEL_CODES,
  NETWORK_CODES,
  PERIOD_CODES,
  QUANTITY_CODES,
  ROLE_CODES,
} from './code-names';
import { dateInMeta, statedDateFields } from './date-fields';
import type { JsonNode } from './json-node';
import { statedJsonRejection } from './json-rejections';
import { statedMessage } from './stated-message';

/** Members that no answer of another kind has, beside payer and subscriber. */
const SIGNS = ['planInformation', 'planDateInformation', 'subscriberTraceNumbers', 'eligibilitySearchId'];

/** True for an answer of `/change/medicalnetwork/eligibility/v3`, a rejection or a refusal with reject reasons included. */
export function isStediV3(root: JsonNode): boolean {
  if (Array.isArray(root.get('benefitsInformation').value) || root.list('planStatus').length > 0) return true;
  const holders = [root.get('payer'), root.get('provider'), root.get('subscriber'), ...root.list('dependents')];
  if (holders.some((holder) => holder.list('aaaErrors').length > 0)) return true;
  if (root.list('errors').some((entry) => statedJsonRejection(entry).length > 0)) return true;
  return root.get('payer').exists && root.get('subscriber').exists && SIGNS.some((key) => root.get(key).exists);
}

/**
 * Who is answered in one v3 answer: the dependent, else the subscriber; the subscriber too when rejected beside a dependent.
 * Source: Stedi, OpenAPI of healthcare 2024-04-01; Change Healthcare sends the same shape.
 */
export function statedStediV3(root: JsonNode): StatedAnswer[] {
  const [dependent] = root.list('dependents');
  return answersAbout({
    head: headOf(root),
    ...given({ dependent: dependent && statedPerson(dependent) }),
    rejections: rejectionsOf(root),
    rows: rowsOf(root),
  });
}

function headOf(root: JsonNode): AnswerHead {
  const dates = root.get('planDateInformation');
  const service = dates.text('service');
  const checkedOn = dateInMeta(root.get('meta'));
  const subscriber = statedPerson(root.get('subscriber'));
  const references = [...subscriber.references, ...statedReferences(root.get('planInformation'))];
  return {
    ...given({ payer: payerOf(root.get('payer')), provider: providerOf(root.get('provider')) }),
    subscriber: { ...subscriber, references, dates: statedDateFields(dates) },
    traces: root.list('subscriberTraceNumbers').flatMap((trace) => trace.text('referenceIdentification') ?? []),
    source: root.source,
    ...given({ serviceDate: service, transactionDate: checkedOn }),
  };
}

/** Whichever the payer goes by; an answer has one of them. */
const PAYER_IDS = [
  'payorIdentification',
  'centersForMedicareAndMedicaidPlanId',
  'naic',
  'etin',
  'npi',
  'federalTaxpayersIdNumber',
  'employersId',
];

function payerOf(payer: JsonNode): StatedEntity | undefined {
  if (!payer.exists) return undefined;
  const id = PAYER_IDS.map((key) => payer.text(key)).find((text) => text !== undefined);
  const person = [payer.text('firstName'), payer.text('lastName')].filter((part) => part !== undefined).join(' ');
  return { role: 'PR', ...given({ name: payer.text('name') ?? (person || undefined), id }), source: payer.source };
}

function providerOf(provider: JsonNode): StatedEntity | undefined {
  if (!provider.exists) return undefined;
  const last = provider.text('providerName') ?? provider.text('providerOrgName') ?? provider.text('providerLastName');
  const name = [provider.text('providerFirstName'), last].filter((part) => part !== undefined).join(' ');
  const npi = provider.text('npi');
  return {
    role: '1P',
    ...given({ name: name || undefined, id: npi, idQualifier: npi === undefined ? undefined : 'XX' }),
    source: provider.source,
  };
}

function statedPerson(person: JsonNode): StatedPerson {
  const birthDate = person.text('dateOfBirth');
  const insured = person.text('insuredIndicator');
  return {
    ...given({
      firstName: person.text('firstName'),
      lastName: person.text('lastName'),
      memberId: person.text('memberId'),
      relationship: person.text('relationToSubscriberCode'),
    }),
    ...(birthDate === undefined ? {} : { birthDate: { text: birthDate, source: person.get('dateOfBirth').source } }),
    ...(insured === 'Y' || insured === 'N' ? { insured: insured === 'Y' } : {}),
    references: statedReferences(person),
    dates: [],
  };
}

/** Numbers of group, policy and member, wherever they stand. */
function statedReferences(node: JsonNode): StatedReference[] {
  const qualifiers = { groupNumber: '6P', policyNumber: '1L', memberId: '1W' };
  return Object.entries(qualifiers).flatMap(([key, qualifier]) => {
    const value = node.text(key);
    return value === undefined ? [] : [{ qualifier, value }];
  });
}

/** Errors stand under the object that they are about, and all of them once more at the top. */
function rejectionsOf(root: JsonNode): StatedRejection[] {
  const under = (node: JsonNode, level: StatedRejection['level']) =>
    node.list('aaaErrors').flatMap((entry) => statedJsonRejection(entry, level));
  return [
    ...under(root.get('payer'), 'payer'),
    ...under(root.get('provider'), 'provider'),
    ...under(root.get('subscriber'), 'subscriber'),
    ...root.list('dependents').flatMap((dependent) => under(dependent, 'dependent')),
    ...root.list('errors').flatMap((entry) => statedJsonRejection(entry)),
  ];
}

/** Rows of `benefitsInformation`; of the older `planStatus` where that is all there is. */
function rowsOf(root: JsonNode): StatedRow[] {
  const rows = root.list('benefitsInformation').map(statedRow);
  return rows.length > 0 ? rows : root.list('planStatus').map(statedStatus);
}

function statedRow(row: JsonNode): StatedRow {
  const coded = (code: string, name: string, table: Parameters<typeof codeOfName>[1]) =>
    row.text(code) ?? codeOfName(row.text(name), table);
  return {
    source: row.source,
    code: coded('code', 'name', BENEFIT_CODES) ?? '',
    serviceTypes: row.list('serviceTypeCodes').flatMap((code) => code.asText() ?? []),
    ...given({
      level: coded('coverageLevelCode', 'coverageLevel', LEVEL_CODES),
      product: row.text('insuranceTypeCode'),
      plan: row.text('planCoverage'),
      period: coded('timeQualifierCode', 'timeQualifier', PERIOD_CODES),
      amount: row.text('benefitAmount'),
      percent: row.text('benefitPercent'),
      quantityKind: coded('quantityQualifierCode', 'quantityQualifier', QUANTITY_CODES),
      quantity: row.text('benefitQuantity'),
      authorization: row.text('authOrCertIndicator'),
      network: coded('inPlanNetworkIndicatorCode', 'inPlanNetworkIndicator', NETWORK_CODES),
      procedure: row.get('compositeMedicalProcedureIdentifier').text('procedureCode'),
    }),
    deliveries: row.list('benefitsServiceDelivery').map(statedDelivery),
    dates: statedDateFields(row.get('benefitsDateInformation')),
    messages: row.list('additionalInformation').flatMap((entry) => statedMessage(entry.get('description'))),
    placesOfService: placesOf(row),
    references: statedReferences(row.get('benefitsAdditionalInformation')),
    entities: entitiesOf(row),
  };
}

function statedStatus(status: JsonNode): StatedRow {
  return {
    source: status.source,
    code: status.text('statusCode') ?? codeOfName(status.text('status'), BENEFIT_CODES) ?? '',
    serviceTypes: status.list('serviceTypeCodes').flatMap((code) => code.asText() ?? []),
    ...given({ plan: status.text('planDetails') }),
    deliveries: [],
    dates: [],
    messages: [],
    placesOfService: [],
    references: [],
    entities: [],
  };
}

function statedDelivery(delivery: JsonNode): StatedDelivery {
  const coded = (code: string, name: string, table: Parameters<typeof codeOfName>[1]) =>
    delivery.text(code) ?? codeOfName(delivery.text(name), table);
  return {
    ...given({
      quantityKind: coded('quantityQualifierCode', 'quantityQualifier', QUANTITY_CODES),
      quantity: delivery.text('quantity'),
      per: coded('unitForMeasurementQualifierCode', 'unitForMeasurementQualifier', DELIVERY_UNIT_CODES),
      perCount: delivery.text('sampleSelectionModulus'),
      period: coded('timePeriodQualifierCode', 'timePeriodQualifier', PERIOD_CODES),
      periodCount: delivery.text('numOfPeriods'),
    }),
    source: delivery.source,
  };
}

function placesOf(row: JsonNode): string[] {
  const several = row.list('eligibilityAdditionalInformationList');
  const places = several.length > 0 ? several : [row.get('eligibilityAdditionalInformation')];
  return places.flatMap((place) =>
    place.text('codeListQualifierCode') === 'ZZ' ? (place.text('industryCode') ?? []) : [],
  );
}

function entitiesOf(row: JsonNode): StatedEntity[] {
  const several = row.list('benefitsRelatedEntities');
  const entities = several.length > 0 ? several : [row.get('benefitsRelatedEntity')].filter((node) => node.exists);
  return entities.map(statedEntity);
}

function statedEntity(entity: JsonNode): StatedEntity {
  const isPerson = entity.text('entityType') === 'Person';
  const first = isPerson ? entity.text('entityFirstname') : undefined;
  const name = [first, entity.text('entityName')].filter((part) => part !== undefined).join(' ');
  const role = entity.text('entityIdentifier');
  const contacts = entity.get('contactInformation').list('contacts');
  const contact = (pattern: RegExp) =>
    contacts.find((each) => pattern.test(each.text('communicationMode') ?? ''))?.text('communicationNumber');
  return {
    role: codeOfName(role, ROLE_CODES) ?? role ?? 'unknown',
    ...(isPerson ? { isPerson } : {}),
    ...given({
      name: name || undefined,
      idQualifier: entity.text('entityIdentification'),
      id: entity.text('entityIdentificationValue'),
      phone: contact(/^(?:TE|WP|Telephone|Work Phone Number)$/i),
      url: contact(/^(?:UR|Uniform Resource Locator.*)$/i),
    }),
    source: entity.source,
  };
}
