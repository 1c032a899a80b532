import { given } from '../given';
import type { JsonNode } from '../json/json-node';
import type { StatedAnswer, StatedPerson } from '../statement';
import { readConcept } from './concepts';
import { type Insured, subscriberIdOf } from './coverage';
import { type Answering, endOf, resolve, targetOf } from './document';
import { RELATIONSHIPS } from './terminology';

type People = Pick<StatedAnswer, 'subscriber' | 'dependent' | 'isRelationshipUnsaid'>;
type Relationship = 'self' | 'other' | '01' | '19';

/**
 * Subscriber and patient. Where a Coverage is at hand the patient is the subscriber unless it names another relationship or
 * another subscriber; without one nobody says which they are.
 */
export function peopleOf(answering: Answering, insured: readonly Insured[]): People {
  const [coverage] = insured.flatMap((each) => each.coverage ?? []);
  const held = {
    references: insured.flatMap(({ references }) => references),
    dates: insured.flatMap(({ planDates, benefitDates }) => [...planDates, ...benefitDates]),
  };
  const { response } = answering;
  if (coverage === undefined) {
    const patient = personAt([response.get('patient')], answering);
    return { subscriber: nobody(), dependent: { ...patient, ...held }, isRelationshipUnsaid: true };
  }
  const looking = { ...answering, holder: coverage };
  const patients = [response.get('patient'), coverage.get('beneficiary')];
  const subscribers = [coverage.get('subscriber')];
  const relationship = relationshipOf(coverage, looking);
  const memberId = memberNumberOf(coverage);
  const subscriberId = given({ memberId: subscriberIdOf(coverage) });
  if (relationship === 'self') {
    const person = personAt([...patients, ...subscribers], looking);
    return { subscriber: { ...given({ memberId }), ...person, ...subscriberId, ...held } };
  }
  return {
    subscriber: { ...personAt(subscribers, looking), ...subscriberId },
    dependent: { ...personAt(patients, looking), ...given({ memberId, relationship: codeOf(relationship) }), ...held },
  };
}

/** True when a coverage is said to be of another person than the one whom the response is about. */
export function isOfAnother(coverage: JsonNode, answering: Answering): boolean {
  const looking = { ...answering, holder: coverage };
  const [patient, beneficiary] = [answering.response.get('patient'), coverage.get('beneficiary')];
  const isContained = (reference: JsonNode) => targetOf(reference)?.startsWith('#') === true;
  // A contained person may be the same as one elsewhere: that is not known.
  return isContained(patient) === isContained(beneficiary) && isAnother(patient, beneficiary, looking);
}

function relationshipOf(coverage: JsonNode, looking: Answering): Relationship {
  const said = readConcept(coverage.get('relationship'), RELATIONSHIPS);
  if (said !== undefined) return said;
  return isAnother(looking.response.get('patient'), coverage.get('subscriber'), looking) ? 'other' : 'self';
}

/** Two references that are both there and lead to different persons. */
function isAnother(one: JsonNode, other: JsonNode, looking: Answering): boolean {
  const [a, b] = [one, other].map((reference) => identityOf(reference, looking));
  return a !== undefined && b !== undefined && a !== b;
}

function codeOf(relationship: Relationship): string | undefined {
  return relationship === 'self' || relationship === 'other' ? undefined : relationship;
}

/** Where the person stands in the document, else type and id of whom the reference names. */
function identityOf(reference: JsonNode, looking: Answering): string | undefined {
  const target = targetOf(reference);
  return resolve(reference, looking, 'Patient', 'RelatedPerson')?.pointer ?? endOf(target) ?? target;
}

/** The person to whom the first of some references leads that leads anywhere. */
function personAt(references: readonly JsonNode[], answering: Answering): StatedPerson {
  const found = references.map((reference) => resolve(reference, answering, 'Patient', 'RelatedPerson'));
  const person = found.find((each) => each !== undefined);
  const logical = memberNumberIn(references.map((reference) => reference.get('identifier')));
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
