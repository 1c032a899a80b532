import { codeTable } from '../code-table';
import { given } from '../given';
import type { Source } from '../snapshot';
import type {
  StatedAnswer,
  StatedDate,
  StatedEntity,
  StatedPerson,
  StatedReference,
  StatedRejection,
} from '../statement';
import { dateOfInstant } from './date-fields';
import { codingOf, FhirResources } from './fhir-resources';
import { statedInforce, statedItem } from './fhir-rows';
import type { JsonNode } from './json-node';

const RESPONSE = 'CoverageEligibilityResponse';
const NPI_SYSTEM = 'http://hl7.org/fhir/sid/us-npi';

/** The eligibility responses of a FHIR document: itself, or those of a Bundle. */
export function fhirResponses(root: JsonNode): JsonNode[] {
  if (root.text('resourceType') === RESPONSE) return [root];
  if (root.text('resourceType') !== 'Bundle') return [];
  const resources = root.list('entry').map((entry) => entry.get('resource'));
  return resources.filter((resource) => resource.text('resourceType') === RESPONSE);
}

/** R5 where anything is there that R4 does not have, else R4. */
export function fhirRelease(root: JsonNode): 'fhir-r4' | 'fhir-r5' {
  const responses = fhirResponses(root);
  const contained = responses.flatMap((response) => response.list('contained'));
  const beside = root.list('entry').map((entry) => entry.get('resource'));
  const coverages = [...contained, ...beside].filter((resource) => resource.text('resourceType') === 'Coverage');
  const isR5 =
    responses.some(
      (each) =>
        each.list('event').length > 0 || each.list('error').some((error) => error.list('expression').length > 0),
    ) ||
    coverages.some(
      (each) =>
        ['kind', 'insurer', 'paymentBy'].some((key) => each.get(key).exists) ||
        Array.isArray(each.get('subscriberId').value),
    ) ||
    [root, ...responses].some((each) =>
      each
        .get('meta')
        .list('profile')
        .some((profile) => /\/5\.0|\bR5\b/i.test(profile.asText() ?? '')),
    );
  return isR5 ? 'fhir-r5' : 'fhir-r4';
}

/**
 * One answer for each eligibility response, about its patient. R4 and R5 are read alike: what differs (the shape of
 * `Coverage`) is looked for in both places. Source: HL7 FHIR R4 and R5, CoverageEligibilityResponse.
 */
export function statedFhir(root: JsonNode): StatedAnswer[] {
  const bundle = root.text('resourceType') === 'Bundle' ? root : undefined;
  return fhirResponses(root).map((response) => statedResponse(response, new FhirResources(bundle)));
}

function statedResponse(response: JsonNode, resources: FhirResources): StatedAnswer {
  const covered = response.list('insurance').map((insurance) => ({
    insurance,
    ...given({ coverage: resources.resolve(insurance.get('coverage'), response) }),
  }));
  return {
    ...given({
      payer: partyOf(response.get('insurer'), 'PR', response, resources),
      provider: partyOf(response.get('requestor'), '1P', response, resources),
    }),
    ...peopleOf(response, covered[0]?.coverage, resources),
    rejections: response.list('error').flatMap(statedError),
    rows: covered.flatMap(({ insurance, coverage }) => [
      ...statedInforce(insurance, given({ plan: classOf(coverage, 'plan') })),
      ...insurance.list('item').flatMap((item) => statedItem(item, insurance)),
    ]),
    traces: [],
    source: response.source,
    ...given({
      serviceDate: dateOfInstant(response.text('servicedDate') ?? response.get('servicedPeriod').text('start')),
      transactionDate: dateOfInstant(response.text('created')),
    }),
  };
}

/** Codes of other lists than X12's: the request was at fault. */
function statedError(error: JsonNode): StatedRejection[] {
  const code = codingOf(error.get('code')).code ?? error.get('code').text('text');
  return code === undefined ? [] : [{ level: 'payer', code, isForeign: true, source: error.source }];
}

function partyOf(
  reference: JsonNode,
  role: string,
  response: JsonNode,
  resources: FhirResources,
): StatedEntity | undefined {
  if (!reference.exists) return undefined;
  const resource = resources.resolve(reference, response);
  const identifiers = [...(resource?.list('identifier') ?? []), reference.get('identifier')];
  const npi = identifiers.find((identifier) => identifier.text('system') === NPI_SYSTEM)?.text('value');
  const id =
    npi ??
    identifiers.map((identifier) => identifier.text('value') ?? identifier.asText()).find((text) => text !== undefined);
  const name = resource?.text('name') ?? personName(resource) ?? reference.text('display');
  const idQualifier = npi === undefined ? undefined : 'XX';
  return { role, ...given({ name, id, idQualifier }), source: (resource ?? reference).source };
}

function personName(resource: JsonNode | undefined): string | undefined {
  const [name] = resource?.list('name') ?? [];
  const parts = [...(name?.list('given') ?? []).map((each) => each.asText()).slice(0, 1), name?.text('family')];
  return parts.filter((part) => part !== undefined).join(' ') || name?.text('text');
}

/** The patient is the subscriber unless the coverage says another relationship, or names another subscriber. */
function peopleOf(
  response: JsonNode,
  coverage: JsonNode | undefined,
  resources: FhirResources,
): Pick<StatedAnswer, 'subscriber' | 'dependent'> {
  const patient = resources.resolve(response.get('patient'), response);
  const relationship = codingOf(coverage?.get('relationship') ?? response.get('none')).code;
  const subscriber = coverage?.get('subscriber');
  const isOther = relationship === undefined ? isAnother(subscriber, response.get('patient')) : relationship !== 'self';
  const member = given({ memberId: memberIdOf(coverage) });
  const references = referencesOf(coverage);
  const dates = datesOf(coverage);
  if (!isOther) return { subscriber: { ...statedPatient(patient), ...member, references, dates } };
  const insured = subscriber && resources.resolve(subscriber, response);
  return {
    subscriber: { ...statedPatient(insured), ...member, references, dates },
    dependent: { ...statedPatient(patient), ...given({ relationship: RELATIONSHIPS[relationship ?? ''] }) },
  };
}

const RELATIONSHIPS = codeTable<string>({ spouse: '01', child: '19' });

function isAnother(subscriber: JsonNode | undefined, patient: JsonNode): boolean {
  const named = subscriber?.text('reference');
  return named !== undefined && patient.text('reference') !== undefined && named !== patient.text('reference');
}

function statedPatient(patient: JsonNode | undefined): StatedPerson {
  const [name] = patient?.list('name') ?? [];
  const birthDate = patient?.text('birthDate');
  const source: Source = patient?.get('birthDate').source ?? {};
  return {
    ...given({ firstName: name?.list('given')[0]?.asText(), lastName: name?.text('family') }),
    ...(birthDate === undefined ? {} : { birthDate: { text: birthDate, source } }),
    references: [],
    dates: [],
  };
}

/** `subscriberId` is text in R4 and a list of identifiers in R5. */
function memberIdOf(coverage: JsonNode | undefined): string | undefined {
  return coverage?.text('subscriberId') ?? coverage?.list('subscriberId')[0]?.text('value');
}

/** Name or value of a coverage class (`plan`, `group`); the value is text in R4 and an identifier in R5. */
function classOf(coverage: JsonNode | undefined, kind: string, prefer: 'name' | 'value' = 'name'): string | undefined {
  const found = coverage?.list('class').find((each) => codingOf(each.get('type')).code === kind);
  const value = found?.text('value') ?? found?.get('value').text('value');
  return prefer === 'name' ? (found?.text('name') ?? value) : value;
}

function referencesOf(coverage: JsonNode | undefined): StatedReference[] {
  const group = classOf(coverage, 'group', 'value');
  return group === undefined ? [] : [{ qualifier: '6P', value: group }];
}

/** When the coverage holds. */
function datesOf(coverage: JsonNode | undefined): StatedDate[] {
  const period = coverage?.get('period');
  const [start, end] = [period?.text('start')?.slice(0, 10), period?.text('end')?.slice(0, 10)];
  const source = period?.source ?? {};
  if (start !== undefined && end !== undefined) return [{ qualifier: '291', value: `${start}-${end}`, source }];
  if (start !== undefined) return [{ qualifier: '346', value: start, source }];
  return end === undefined ? [] : [{ qualifier: '347', value: end, source }];
}
