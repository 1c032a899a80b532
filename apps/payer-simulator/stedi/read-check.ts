import { parseCivilDate } from '@openvob/benefits';
import { type AskedInquiry, type AskedPerson, given } from '../inquiry';
import { list, object, type ShapeFault, shapeFaults, text } from './shape';

/**
 * The vendor's side of an eligibility check, read from its API descriptions and as strictly: v3 by the OpenAPI of healthcare
 * 2024-04-01, the redesigned one by the types of the vendor's SDK. It shares nothing with the adapter.
 */
export type ReadCheck =
  | { readonly kind: 'check'; readonly inquiry: AskedInquiry }
  | { readonly kind: 'faults'; readonly faults: readonly ShapeFault[] }
  | { readonly kind: 'no_json' };

export type Endpoint = 'v3' | '2026-06-01';

const date8 = text(/^\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/);
const date10 = text(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);
const memberId = text(/^[A-Za-z0-9- ]{2,80}$/);
const npi = text(/^\d{10}$/);
const firstName = text(/^.{1,35}$/);
const lastName = text(/^.{1,60}$/);
const middleName = text(/^.{1,25}$/);
const suffix = text(/^.{1,10}$/);
const externalPatientId = text(/^.{0,36}$/);
const serviceType = text(/^[A-Z0-9]{1,2}$/);

const v3Person = { firstName, lastName, middleName, suffix, dateOfBirth: date8, gender: text(/^[MF]$/) };
const v3 = object(
  {
    tradingPartnerServiceId: text(/^.{1,80}$/),
    tradingPartnerName: text(/^.{1,60}$/),
    externalPatientId,
    controlNumber: text(/^.{9}$/),
    portalUsername: text(/^.{1,50}$/),
    portalPassword: text(/^.{1,50}$/),
    provider: object({ organizationName: lastName, firstName, lastName, npi, taxId: text(/^\d{9}$/) }),
    subscriber: object({ ...v3Person, memberId, groupNumber: text(/^.{1,50}$/) }),
    dependents: list(object({ ...v3Person, individualRelationshipCode: text(/^(?:01|19|34)$/) }), 1),
    encounter: object({
      serviceTypeCodes: list(serviceType, 99),
      dateOfService: date8,
      beginningDateOfService: date8,
      endDateOfService: date8,
    }),
  },
  'tradingPartnerServiceId',
  'provider',
  'subscriber',
);

const person = { firstName, lastName, middleName, suffix };
const redesigned = object(
  {
    payerId: text(/^.{1,80}$/),
    payerName: text(/^.{1,60}$/),
    externalPatientId,
    provider: object(
      { name: object({ organization: lastName, person: object(person, 'lastName') }), npi, tin: text(/^\d{9}$/) },
      'name',
    ),
    subscriber: object({
      name: object({ person: object(person), organization: lastName }),
      memberId,
      dateOfBirth: date10,
      gender: text(/^(?:FEMALE|MALE)$/),
    }),
    dependent: object(
      {
        name: object({ person: object(person, 'firstName', 'lastName') }, 'person'),
        dateOfBirth: date10,
        gender: text(/^(?:FEMALE|MALE)$/),
        relationToSubscriber: text(/^(?:SPOUSE|CHILD|OTHER_ADULT)$/),
      },
      'name',
    ),
    encounter: object({
      services: list(object({ system: text(/^STC$/), value: serviceType }, 'system', 'value'), 99),
      dates: object({ service: object({ start: date10, end: date10 }) }),
    }),
  },
  'payerId',
  'provider',
  'subscriber',
);

const shapes = { v3, '2026-06-01': redesigned } as const;

/** Reads the body of a check. */
export function readCheck(body: string, endpoint: Endpoint): ReadCheck {
  const document = parse(body);
  if (document === undefined) return { kind: 'no_json' };
  const faults = shapeFaults(document, shapes[endpoint]);
  if (faults.length > 0) return { kind: 'faults', faults };
  const inquiry = (endpoint === 'v3' ? fromV3 : fromRedesigned)(document as Node);
  const more = ruleFaults(inquiry);
  return more.length > 0 ? { kind: 'faults', faults: more } : { kind: 'check', inquiry };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** A body whose shape has been checked: members are objects, lists and texts where they are there at all. */
interface Node {
  readonly [name: string]: Node | undefined;
}

function fromV3(root: Node): AskedInquiry {
  const [dependent] = listOf(root.dependents);
  const { encounter } = root;
  return {
    ...inquiryFor({ payerId: root.tradingPartnerServiceId, name: root.provider?.organizationName, npi: root.provider }),
    subscriber: v3PersonOf(root.subscriber),
    ...(dependent === undefined ? {} : { dependent: v3PersonOf(dependent) }),
    serviceTypes: servicesOr30(listOf(encounter?.serviceTypeCodes)),
    ...given(
      'serviceDate',
      parseCivilDate(textOf(encounter?.dateOfService) ?? textOf(encounter?.beginningDateOfService)),
    ),
  };
}

function fromRedesigned(root: Node): AskedInquiry {
  const { encounter, dependent } = root;
  const services = listOf(encounter?.services).map(({ value }) => value);
  return {
    ...inquiryFor({ payerId: root.payerId, name: root.provider?.name?.organization, npi: root.provider }),
    subscriber: redesignedPersonOf(root.subscriber),
    ...(dependent === undefined ? {} : { dependent: redesignedPersonOf(dependent) }),
    serviceTypes: servicesOr30(services),
    ...given('serviceDate', parseCivilDate(textOf(encounter?.dates?.service?.start)?.replaceAll('-', ''))),
  };
}

function inquiryFor(asked: { payerId: Node | undefined; name: Node | undefined; npi: Node | undefined }) {
  const npiText = textOf(asked.npi?.npi) ?? '';
  return {
    payer: given('id', textOf(asked.payerId)),
    provider: ['1P', '2', textOf(asked.name) ?? '', '', '', '', '', 'XX', npiText],
    people: 1,
  };
}

function v3PersonOf(person: Node | undefined): AskedPerson {
  const sex = textOf(person?.gender);
  return {
    ...namesOf(person),
    ...given('memberId', textOf(person?.memberId)),
    ...given('birthDate', parseCivilDate(textOf(person?.dateOfBirth))),
    ...given('sex', sex),
    ...given('relationship', textOf(person?.individualRelationshipCode)),
  };
}

const relationships: Readonly<Record<string, string>> = { SPOUSE: '01', CHILD: '19', OTHER_ADULT: '34' };

function redesignedPersonOf(person: Node | undefined): AskedPerson {
  return {
    ...namesOf(person?.name?.person),
    ...given('memberId', textOf(person?.memberId)),
    ...given('birthDate', parseCivilDate(textOf(person?.dateOfBirth)?.replaceAll('-', ''))),
    ...given('sex', textOf(person?.gender)?.slice(0, 1)),
    ...given('relationship', relationships[textOf(person?.relationToSubscriber) ?? '']),
  };
}

function namesOf(person: Node | undefined): AskedPerson {
  return {
    ...given('firstName', textOf(person?.firstName)),
    ...given('lastName', textOf(person?.lastName)),
    ...given('middleName', textOf(person?.middleName)),
    ...given('suffix', textOf(person?.suffix)),
  };
}

/** A check that names no service asks for the plan as a whole. */
function servicesOr30(codes: readonly (Node | undefined)[]): string[] {
  const given_ = codes.flatMap((code) => textOf(code) ?? []);
  return given_.length > 0 ? given_ : ['30'];
}

/** What no single field shows: who asks, and about whom. */
function ruleFaults({ provider, subscriber }: AskedInquiry): ShapeFault[] {
  const faults: ShapeFault[] = [];
  if (provider[2] === '') faults.push({ path: '/provider', message: 'needs a name' });
  if (provider[8] === '') faults.push({ path: '/provider', message: 'needs an identifier' });
  const { memberId: id, birthDate, lastName: last } = subscriber;
  if (id === undefined && birthDate === undefined && last === undefined) {
    faults.push({ path: '/subscriber', message: 'needs memberId, dateOfBirth or lastName' });
  }
  return faults;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function listOf(value: unknown): readonly Node[] {
  return Array.isArray(value) ? (value as readonly Node[]) : [];
}
