import { given } from '../given';
import type { JsonNode } from '../json/json-node';
import type { StatedEntity } from '../statement';
import { type Answering, resolve, typeOf } from './document';

const NPI_SYSTEM = /^http:\/\/hl7\.org\/fhir\/sid\/us-npi$/;
/** Types of identifiers (v2-0203) that are no payer ids: provider identifiers, tax ids. */
const NO_PAYER_IDS = new Set(['NPI', 'TAX', 'EN']);

/** Who answers: `insurer`, else who issued the coverage (`payor` in R4, `insurer` in R5). */
export function payerOf(answering: Answering, coverage: JsonNode | undefined): StatedEntity | undefined {
  const author = payerAt(answering.response.get('insurer'), answering);
  if (author !== undefined || coverage === undefined) return author;
  const issuers = [coverage.get('insurer'), ...coverage.list('payor')];
  const payers = issuers.map((reference) => payerAt(reference, { ...answering, holder: coverage }));
  return payers.find((payer) => payer !== undefined);
}

/** Who asked: an organization, a practitioner, or a practitioner in a role. Only an NPI is taken for an id. */
export function providerOf(answering: Answering): StatedEntity | undefined {
  const reference = answering.response.get('requestor');
  if (!reference.exists) return undefined;
  const named = resolve(reference, answering, 'Organization', 'Practitioner', 'PractitionerRole');
  const resource = named && typeOf(named) === 'PractitionerRole' ? behindRole(named, answering) : named;
  const identifiers = [...(resource?.list('identifier') ?? []), reference.get('identifier')];
  const npi = identifiers.find(isNpi)?.text('value');
  const name = nameOf(resource) ?? reference.text('display');
  return {
    role: '1P',
    ...given({ name, id: npi, idQualifier: npi === undefined ? undefined : 'XX' }),
    source: (resource ?? reference).source,
  };
}

function payerAt(reference: JsonNode, answering: Answering): StatedEntity | undefined {
  const resource = resolve(reference, answering, 'Organization');
  if (resource !== undefined && typeOf(resource) !== 'Organization') return undefined;
  const identifiers = [...(resource?.list('identifier') ?? []), reference.get('identifier')];
  // An identifier written as bare text is sent by Canvas Medical.
  const ids = identifiers.map((each) => (isPayerId(each) ? (each.text('value') ?? each.asText()) : undefined));
  const id = ids.find((each) => each !== undefined);
  const display = reference.text('display');
  const isLabel = id !== undefined && display?.includes(id) === true;
  const name = nameOf(resource) ?? (isLabel ? undefined : display);
  if (id === undefined && name === undefined) return undefined;
  return { role: 'PR', ...given({ name, id }), source: (resource ?? reference).source };
}

function behindRole(role: JsonNode, answering: Answering): JsonNode | undefined {
  return (
    resolve(role.get('practitioner'), answering, 'Practitioner') ??
    resolve(role.get('organization'), answering, 'Organization')
  );
}

/** An organization's name is text, a person's a list of parts. */
function nameOf(resource: JsonNode | undefined): string | undefined {
  const [name] = resource?.list('name') ?? [];
  const parts = [name?.list('given')[0]?.asText(), name?.text('family')].filter((part) => part !== undefined);
  return resource?.text('name') ?? (parts.join(' ') || name?.text('text'));
}

function isNpi(identifier: JsonNode): boolean {
  return NPI_SYSTEM.test(identifier.text('system') ?? '') || typesOf(identifier).includes('NPI');
}

function isPayerId(identifier: JsonNode): boolean {
  return !isNpi(identifier) && !typesOf(identifier).some((type) => NO_PAYER_IDS.has(type));
}

function typesOf(identifier: JsonNode): string[] {
  return identifier
    .get('type')
    .list('coding')
    .flatMap((coding) => coding.text('code') ?? []);
}
