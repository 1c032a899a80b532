import { writeDate, writeTime } from './date';
import { DEFAULT_DELIMITERS } from './delimiters';
import { ElementFields } from './element-fields';
import { GUIDE_270 } from './guide';
import { PROVIDER_CODES, SERVICE_TYPES } from './guide/code-sets';
import { codes } from './guide/rule';
import type { Inquiry270, Person270 } from './inquiry-270';
import { writeInterchange } from './write-interchange';
import type { SegmentContent, WriteFault, Written } from './write-segment';

const SERVICE_TYPE_CODES = codes(SERVICE_TYPES);
const PROVIDER_ROLES = codes(PROVIDER_CODES);
const PAYER_ID_QUALIFIERS = codes('24 46 FI NI PI XV XX');
const SEXES = { female: 'F', male: 'M', unknown: undefined } as const;
/** INS02 in the inquiry: spouse, child, other adult. */
const RELATIONSHIPS = { spouse: '01', child: '19', other: '34' } as const;
const MOST_SERVICE_TYPES = 99;

/**
 * Writes an eligibility inquiry, 005010X279A1, from ISA to IEA. The same inquiry always gives the same text.
 *
 * Names are normalised by the table in `character-set.ts`, identifiers are not; what cannot be said in X12 is refused with
 * the field named (`/subscriber/lastName`), all such fields at once.
 * Source: TR3 005010X279A1.
 */
export function write270(inquiry: Inquiry270): Written {
  const fields = new ElementFields(inquiry.envelope.delimiters ?? DEFAULT_DELIMITERS);
  const segments = [
    ...header(inquiry, fields),
    ...source(inquiry, fields),
    ...receiver(inquiry, fields),
    ...subscriber(inquiry, fields),
    ...dependent(inquiry, fields),
  ];
  const { transactionControl, ...envelope } = inquiry.envelope;
  const control = transactionControl === undefined ? {} : { control: transactionControl };
  const written = writeInterchange({
    ...envelope,
    functionalCode: GUIDE_270.functionalCode,
    version: GUIDE_270.version,
    transactions: [{ kind: GUIDE_270.kind, ...control, segments }],
  });
  const faults = [...fields.faults, ...(written.ok ? [] : written.faults.map(inEnvelope))];
  return faults.length > 0 ? { ok: false, faults } : written;
}

/** Elements are checked field by field, so what the envelope still has against a text is the envelope's own. */
function inEnvelope(fault: WriteFault): WriteFault {
  const field = fault.field === '/transactions/0/control' ? '/transactionControl' : fault.field;
  return { ...fault, field: `/envelope${field}` };
}

function header(inquiry: Inquiry270, fields: ElementFields): SegmentContent[] {
  const reference = fields.id('/trace', inquiry.trace, 127);
  const { writtenOn, writtenAt } = inquiry.envelope;
  return [['BHT', '0022', '13', reference, writeDate(writtenOn), writeTime(writtenAt)]];
}

function source(inquiry: Inquiry270, fields: ElementFields): SegmentContent[] {
  const { payer } = inquiry;
  const name = fields.name('/payer/name', payer.name, 1035);
  const id = fields.id('/payer/id', payer.id, 67);
  const qualifier = fields.code('/payer/idQualifier', payer.idQualifier ?? 'PI', PAYER_ID_QUALIFIERS);
  fields.require('/payer/name', name);
  fields.require('/payer/id', id);
  return [
    ['HL', '1', '', '20', '1'],
    ['NM1', 'PR', '2', name, '', '', '', '', qualifier, id],
  ];
}

function receiver(inquiry: Inquiry270, fields: ElementFields): SegmentContent[] {
  const { provider } = inquiry;
  const name = fields.name('/provider/name', provider.name, 1035);
  const npi = fields.npi('/provider/npi', provider.npi);
  fields.require('/provider/name', name);
  const taxonomy = fields.id('/provider/taxonomyCode', provider.taxonomyCode, 127);
  const role = fields.code('/provider/role', provider.role ?? 'BI', PROVIDER_ROLES);
  return [
    ['HL', '2', '1', '21', '1'],
    ['NM1', '1P', '2', name, '', '', '', '', 'XX', npi],
    ...optional(taxonomy, ['PRV', role, 'PXC', taxonomy]),
  ];
}

function subscriber(inquiry: Inquiry270, fields: ElementFields): SegmentContent[] {
  const person = inquiry.subscriber;
  const isPatient = inquiry.dependent === undefined;
  const memberId = fields.id('/subscriber/memberId', person.memberId, 67);
  const group = fields.id('/subscriber/groupNumber', person.groupNumber, 127);
  const names = personNames('/subscriber', person, fields);
  requireIdentity(inquiry, { memberId, lastName: names[0] }, fields);
  return [
    ['HL', '3', '2', '22', isPatient ? '0' : '1'],
    ...(isPatient ? [trace(inquiry, fields)] : []),
    ['NM1', 'IL', '1', ...names, '', '', memberId === undefined ? '' : 'MI', memberId],
    ...optional(group, ['REF', '6P', group]),
    ...demographics('/subscriber', person, fields),
    ...(isPatient ? question(inquiry, fields) : []),
  ];
}

function dependent(inquiry: Inquiry270, fields: ElementFields): SegmentContent[] {
  const person = inquiry.dependent;
  if (person === undefined) return [];
  const names = personNames('/dependent', person, fields);
  if (names[0] === undefined && names[1] === undefined) fields.require('/dependent/lastName', undefined);
  return [
    ['HL', '4', '3', '23', '0'],
    trace(inquiry, fields),
    ['NM1', '03', '1', ...names],
    ...demographics('/dependent', person, fields),
    ['INS', 'N', RELATIONSHIPS[person.relationship]],
    ...question(inquiry, fields),
  ];
}

/** A payer finds nobody without a member id or a last name with a birth date. */
function requireIdentity(
  inquiry: Inquiry270,
  said: { memberId: string | undefined; lastName: string | undefined },
  fields: ElementFields,
): void {
  if (said.memberId !== undefined || fields.isFaulty('/subscriber/memberId')) return;
  if (said.lastName !== undefined && inquiry.subscriber.birthDate !== undefined) return;
  fields.require('/subscriber/memberId', undefined);
}

/** NM103, NM104, NM105. */
function personNames(field: string, person: Person270, fields: ElementFields): (string | undefined)[] {
  return [
    fields.name(`${field}/lastName`, person.lastName, 1035),
    fields.name(`${field}/firstName`, person.firstName, 1036),
    fields.name(`${field}/middleName`, person.middleName, 1037),
  ];
}

function demographics(field: string, person: Person270, fields: ElementFields): SegmentContent[] {
  const birthDate = fields.date(`${field}/birthDate`, person.birthDate);
  const sex = SEXES[person.sex ?? 'unknown'];
  return optional(birthDate ?? sex, ['DMG', birthDate === undefined ? '' : 'D8', birthDate, sex]);
}

function trace(inquiry: Inquiry270, fields: ElementFields): SegmentContent {
  const number = fields.id('/trace', inquiry.trace, 127);
  const originator = fields.id('/originator', inquiry.originator, 509);
  fields.require('/trace', number);
  fields.require('/originator', originator);
  return ['TRN', '1', number, originator, fields.id('/originatorDetail', inquiry.originatorDetail, 127)];
}

function question(inquiry: Inquiry270, fields: ElementFields): SegmentContent[] {
  const { serviceTypes } = inquiry;
  if (serviceTypes.length === 0) fields.fault('/serviceTypes', 'missing', 'must name a service type');
  if (serviceTypes.length > MOST_SERVICE_TYPES) fields.fault('/serviceTypes', 'length', 'may name 99 service types');
  const repetitions = serviceTypes.map((code, at) => fields.code(`/serviceTypes/${at}`, code, SERVICE_TYPE_CODES));
  return [serviceDate(inquiry, fields), ['EQ', { repetitions }]];
}

function serviceDate({ serviceDate: when }: Inquiry270, fields: ElementFields): SegmentContent {
  if (typeof when === 'string') return ['DTP', '291', 'D8', fields.date('/serviceDate', when)];
  const from = fields.date('/serviceDate/from', when.from);
  const to = fields.date('/serviceDate/to', when.to);
  if (from !== undefined && to !== undefined && to < from) {
    fields.fault('/serviceDate/to', 'date', 'must not be before the first day');
  }
  return ['DTP', '291', 'RD8', `${from}-${to}`];
}

function optional(value: string | undefined, segment: SegmentContent): SegmentContent[] {
  return value === undefined ? [] : [segment];
}
