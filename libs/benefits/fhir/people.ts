import { given } from '../given';
import type { JsonNode } from '../json/json-node';
import type { StatedAnswer, StatedPerson } from '../statement';
import { readConcept } from './concepts';
import { type Insured, subscriberIdOf } from './coverage';
import { type Answering, resolve, targetOf } from './document';
import { RELATIONSHIPS } from './terminology';

type People = Pick<StatedAnswer, 'subscriber' | 'dependent' | 'isRelationshipUnsaid'>;
type Relationship = 'self' | 'other' | '01' | '19';

/**
 * Subscriber and patient. Where a Coverage is at hand the patient is the subscriber unless it names another relationship or
 * another subscriber; without one nobody says which they are.
 */
export function peopleOf(answering: Answering, insured: readonly Insured[]): People {
  const [coverage] = insured.flatMap((each) => each.coverage ?? []);
  const patient = personAt(answering.response.get('patient'), answering);
  const held = {
    references: insured.flatMap(({ references }) => references),
    dates: insured.flatMap(({ planDates, benefitDates }) => [...planDates, ...benefitDates]),
  };
  if (coverage === undefined) {
    return { subscriber: nobody(), dependent: { ...patient, ...held }, isRelationshipUnsaid: true };
  }
  const relationship = relationshipOf(coverage, answering);
  const memberId = memberNumberOf(coverage);
  const subscriberId = given({ memberId: subscriberIdOf(coverage) });
  if (relationship === 'self') {
    return { subscriber: { ...given({ memberId }), ...patient, ...subscriberId, ...held } };
  }
  return {
    subscriber: { ...personAt(coverage.get('subscriber'), answering), ...subscriberId },
    dependent: { ...patient, ...given({ memberId, relationship: codeOf(relationship) }), ...held },
  };
}

function relationshipOf(coverage: JsonNode, answering: Answering): Relationship {
  const said = readConcept(coverage.get('relationship'), RELATIONSHIPS);
  if (said !== undefined) return said;
  const patient = identityOf(answering.response.get('patient'), answering);
  const subscriber = identityOf(coverage.get('subscriber'), answering);
  return patient !== undefined && subscriber !== undefined && patient !== subscriber ? 'other' : 'self';
}

function codeOf(relationship: Relationship): string | undefined {
  return relationship === 'self' || relationship === 'other' ? undefined : relationship;
}

/** Where the person stands in the document, else what the reference points at. */
function identityOf(reference: JsonNode, answering: Answering): string | undefined {
  return resolve(reference, answering, 'Patient', 'RelatedPerson')?.pointer ?? targetOf(reference);
}

function personAt(reference: JsonNode, answering: Answering): StatedPerson {
  const person = resolve(reference, answering, 'Patient', 'RelatedPerson');
  const logical = memberNumberIn([reference.get('identifier')]);
  if (person === undefined) return { ...nobody(), ...given({ memberId: logical }) };
  const name = nameIn(person);
  const birthDate = person.text('birthDate');
  return {
    ...given({
      firstName: name?.list('given')[0]?.asText(),
      lastName: name?.text('family'),
      memberId: memberNumberOf(person) ?? logical,
    }),
    ...(birthDate === undefined ? {} : { birthDate: { text: birthDate, source: person.get('birthDate').source } }),
    references: [],
    dates: [],
  };
}

/** The official name, else the usual one, else the first that is not an old one. */
function nameIn(person: JsonNode): JsonNode | undefined {
  const names = person.list('name');
  const ofUse = (use: string) => names.find((name) => name.text('use') === use);
  return ofUse('official') ?? ofUse('usual') ?? names.find((name) => name.text('use') !== 'old');
}

function memberNumberOf(resource: JsonNode): string | undefined {
  return memberNumberIn(resource.list('identifier'));
}

/** The identifier of type "member number" (v2-0203 MB); other identifiers are not known to be one. */
function memberNumberIn(identifiers: readonly JsonNode[]): string | undefined {
  const isMemberNumber = (identifier: JsonNode) =>
    identifier
      .get('type')
      .list('coding')
      .some((coding) => coding.text('code') === 'MB');
  return identifiers.find(isMemberNumber)?.text('value');
}

function nobody(): StatedPerson {
  return { references: [], dates: [] };
}
