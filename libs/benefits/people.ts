import { parseCivilDate } from './civil-date';
import type { Findings } from './findings';
import { put } from './given';
import type { Person, Snapshot } from './snapshot';
import type { StatedAnswer, StatedEntity, StatedPerson, StatedReference } from './statement';

/** Subscriber and patient as the payer named them; nothing is copied from one to the other. */
export function peopleOf(stated: StatedAnswer, findings: Findings): Pick<Snapshot, 'subscriber' | 'patient'> {
  const subscriber = personOf(stated.subscriber, findings);
  if (stated.dependent) {
    const patient: Snapshot['patient'] = personOf(stated.dependent, findings);
    if (stated.isRelationshipUnsaid !== true) patient.isSubscriber = false;
    return { subscriber, patient };
  }
  const patient: Snapshot['patient'] = Object.assign({}, subscriber);
  if (isAnybody(subscriber)) patient.isSubscriber = stated.subscriber.insured ?? true;
  return { subscriber, patient };
}

function isAnybody(person: Person): boolean {
  for (const _ in person) return true;
  return false;
}

/** Payer name and id. */
export function payerOf(payer: StatedEntity | undefined): Snapshot['payer'] {
  const named: Snapshot['payer'] = {};
  put(named, 'name', payer?.name);
  put(named, 'id', payer?.id);
  return named;
}

/** Provider name, and the id when it is an NPI (qualifier XX). */
export function providerOf(provider: StatedEntity | undefined): Snapshot['provider'] {
  const named: Snapshot['provider'] = {};
  put(named, 'name', provider?.name);
  if (provider?.idQualifier === 'XX') put(named, 'npi', provider.id);
  return named;
}

/** The value of the first reference with a qualifier (REF01). */
export function referenceOf(references: readonly StatedReference[], qualifier: string): string | undefined {
  for (const reference of references) if (reference.qualifier === qualifier) return reference.value;
  return undefined;
}

function personOf(stated: StatedPerson, findings: Findings): Person {
  const person: Person = {};
  const { firstName, lastName, references } = stated;
  const memberId = stated.memberId ?? referenceOf(references, '1W');
  const birthDate = birthDateOf(stated, findings);
  const groupNumber = referenceOf(references, '6P');
  if (firstName !== undefined) person.firstName = firstName;
  if (lastName !== undefined) person.lastName = lastName;
  if (memberId !== undefined) person.memberId = memberId;
  if (birthDate !== undefined) person.birthDate = birthDate;
  if (groupNumber !== undefined) person.groupNumber = groupNumber;
  return person;
}

function birthDateOf({ birthDate }: StatedPerson, findings: Findings): string | undefined {
  if (birthDate === undefined) return undefined;
  const read = parseCivilDate(birthDate.text);
  if (read === undefined) {
    findings.report('warning', 'date_unreadable', birthDate.source, 'The date of birth is no date; it is left out.');
  }
  return read;
}
