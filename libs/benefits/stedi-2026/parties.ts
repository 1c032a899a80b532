import type { Findings } from '../findings';
import { given } from '../given';
import { codeOfName, RELATIONSHIP_CODES, ROLE_CODES } from '../json/code-names';
import { statedDateRanges } from '../json/date-fields';
import type { JsonNode } from '../json/json-node';
import type { StatedEntity, StatedPerson, StatedReference } from '../statement';
import { reportUnknownDates } from './members';

/** Identifiers of a party beside a benefit in order of usefulness, with their qualifiers (NM108). */
const IDENTIFIERS: readonly (readonly [string, string])[] = [
  ['memberId', 'MI'],
  ['npi', 'XX'],
  ['payerId', 'PI'],
  ['naicId', 'NI'],
  ['etin', '46'],
  ['facilityId', 'FA'],
  ['serviceProviderNumber', 'SV'],
  ['pharmacyProcessorNumber', 'PP'],
  ['tin', 'FI'],
  ['ein', '24'],
];

/** What the payer itself may be identified by; the id under which the clearinghouse knows it comes last. */
const PAYER_IDENTIFIERS = ['identification', 'naicId', 'etin', 'tin', 'ein'];

/** The payer. */
export function payerOf(root: JsonNode): StatedEntity | undefined {
  const payer = root.get('payer');
  const own = PAYER_IDENTIFIERS.map((key) => payer.text(key)).find((text) => text !== undefined);
  const id = own ?? root.text('payerId');
  const name = nameOf(payer);
  if (id === undefined && name === undefined) return undefined;
  return { role: 'PR', ...given({ name, id }), source: payer.source };
}

/** The provider who asked. */
export function providerOf(provider: JsonNode): StatedEntity | undefined {
  if (!provider.exists) return undefined;
  const npi = provider.text('npi');
  const idQualifier = npi === undefined ? undefined : 'XX';
  return { role: '1P', ...given({ name: nameOf(provider), id: npi, idQualifier }), source: provider.source };
}

/** The subscriber or dependent. */
export function statedPerson(person: JsonNode, findings: Findings): StatedPerson {
  const name = person.at('name', 'person');
  const birthDate = person.text('dateOfBirth');
  const dates = person.get('dates');
  reportUnknownDates(dates, findings);
  return {
    ...given({
      firstName: name.text('firstName'),
      lastName: name.text('lastName') ?? person.get('name').text('organization'),
      memberId: person.text('memberId') ?? person.get('additionalInformation').text('memberId'),
      relationship: codeOfName(person.text('relationToSubscriber'), RELATIONSHIP_CODES),
    }),
    ...(birthDate === undefined ? {} : { birthDate: { text: birthDate, source: person.get('dateOfBirth').source } }),
    references: statedReferences(person.get('additionalInformation')),
    dates: statedDateRanges(dates),
  };
}

/** Group number, and the number of which nobody knows whether it is the group's or the policy's. */
export function statedReferences(information: JsonNode): StatedReference[] {
  const group = information.get('group').text('number');
  const policy = information.text('groupOrPolicyNumber');
  return [
    ...(group === undefined ? [] : [{ qualifier: '6P', value: group }]),
    ...(policy === undefined ? [] : [{ qualifier: '1L', value: policy }]),
  ];
}

/** A party named beside a benefit. */
export function statedEntity(entity: JsonNode): StatedEntity {
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

function nameOf(party: JsonNode): string | undefined {
  const person = party.at('name', 'person');
  const parts = [person.text('firstName'), person.text('lastName')].filter((part) => part !== undefined);
  return party.get('name').text('organization') ?? (parts.join(' ') || undefined);
}
