import { parseCivilDate } from './civil-date';
import type { Findings } from './findings';
import type { Person, Snapshot } from './snapshot';
import type { StatedAnswer, StatedEntity, StatedPerson, StatedReference } from './statement';

/** Subscriber and patient as the payer named them; nothing is copied from one to the other. */
export function peopleOf(stated: StatedAnswer, findings: Findings): Pick<Snapshot, 'subscriber' | 'patient'> {
  const subscriber = personOf(stated.subscriber, findings);
  if (stated.dependent) {
    const patient = personOf(stated.dependent, findings);
    return {
      subscriber,
      patient: stated.isRelationshipUnsaid === true ? patient : { ...patient, isSubscriber: false },
    };
  }
  const known = Object.keys(subscriber).length > 0;
  return { subscriber, patient: known ? { ...subscriber, isSubscriber: stated.subscriber.insured ?? true } : {} };
}

/** Payer name and id. */
export function payerOf(payer: StatedEntity | undefined): Snapshot['payer'] {
  return {
    ...(payer?.name === undefined ? {} : { name: payer.name }),
    ...(payer?.id === undefined ? {} : { id: payer.id }),
  };
}

/** Provider name, and the id when it is an NPI (qualifier XX). */
export function providerOf(provider: StatedEntity | undefined): Snapshot['provider'] {
  return {
    ...(provider?.name === undefined ? {} : { name: provider.name }),
    ...(provider?.id === undefined || provider.idQualifier !== 'XX' ? {} : { npi: provider.id }),
  };
}

/** The value of the first reference with a qualifier (REF01). */
export function referenceOf(references: readonly StatedReference[], qualifier: string): string | undefined {
  return references.find((reference) => reference.qualifier === qualifier)?.value;
}

function personOf(person: StatedPerson, findings: Findings): Person {
  const memberId = person.memberId ?? referenceOf(person.references, '1W');
  const birthDate = birthDateOf(person, findings);
  const groupNumber = referenceOf(person.references, '6P');
  return {
    ...(person.firstName === undefined ? {} : { firstName: person.firstName }),
    ...(person.lastName === undefined ? {} : { lastName: person.lastName }),
    ...(memberId === undefined ? {} : { memberId }),
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(groupNumber === undefined ? {} : { groupNumber }),
  };
}

function birthDateOf({ birthDate }: StatedPerson, findings: Findings): string | undefined {
  const read = parseCivilDate(birthDate?.text);
  if (birthDate !== undefined && read === undefined) {
    findings.report('warning', 'date_unreadable', birthDate.source, 'The date of birth is no date; it is left out.');
  }
  return read;
}
