import type { AdmissionRequest } from '@openvob/intake';
import type { PersonVariation } from '@openvob/payers';
import type { EstimateBasis } from './ports';

/** How an inquiry differs from what the request and the facility say. */
export interface Variation {
  readonly person: 'as_given' | PersonVariation;
  /** Asked with the facility's second NPI. */
  readonly secondNpi: boolean;
  /** Asked for today in the place of an admission in the future. */
  readonly forToday: boolean;
}

/** Everything as the request says. */
export const asGiven: Variation = { person: 'as_given', secondNpi: false, forToday: false };

/** The variation in one word, by which its inquiry is kept: `as_given`, or its differences joined by `+`. */
export function variationKey({ person, secondNpi, forToday }: Variation): string {
  const differences = [
    ...(person === 'as_given' ? [] : [person]),
    ...(secondNpi ? ['second_npi'] : []),
    ...(forToday ? ['today'] : []),
  ];
  return differences.join('+') || 'as_given';
}

/** The variation that a kept word stands for. */
export function variationOf(key: string): Variation {
  const words = key.split('+');
  const person = (['without_middle_name', 'dependent_as_subscriber', 'id_and_birth_date'] as const).find((each) =>
    words.includes(each),
  );
  return { person: person ?? 'as_given', secondNpi: words.includes('second_npi'), forToday: words.includes('today') };
}

type People = Pick<AdmissionRequest, 'patient' | 'subscriber'>;

/** Generations behind a last name, as cards write them. */
const suffix = /[\s,]{1,9}(?:JR|SR|II|III|IV|V|ESQ|MD|PHD)\.?$/i;

/** Patient and subscriber as an inquiry of this variation names them. */
export function peopleFor({ person }: Variation, { patient, subscriber }: People): People {
  switch (person) {
    case 'as_given':
      return { patient, ...(subscriber ? { subscriber } : {}) };
    case 'without_middle_name':
      return { patient: plainName(patient), ...(subscriber ? { subscriber: plainName(subscriber) } : {}) };
    case 'dependent_as_subscriber':
      return { patient: { ...patient, relationship: 'self' } };
    case 'id_and_birth_date': {
      const { birthDate } = patient;
      return { patient: { relationship: 'self', ...(birthDate ? { birthDate } : {}) } };
    }
  }
}

function plainName<T extends { lastName?: string; middleName?: string }>(person: T): T {
  const { middleName: _, ...rest } = person;
  const lastName = person.lastName?.replace(suffix, '').trim();
  return { ...rest, ...(lastName ? { lastName } : {}) } as T;
}

/** What is told of an answer that came to a variation, for whoever relies on it. */
export function assumptionsOf(
  variation: Variation,
  about: { position: number; payerName: string; recheckOn?: string | undefined },
): EstimateBasis['assumptions'] {
  const { position, payerName, recheckOn } = about;
  const path = `/coverages/${position}`;
  const person = variation.person === 'as_given' ? undefined : foundBy[variation.person];
  const again = recheckOn ? ` It is to be asked again on ${recheckOn}.` : '';
  return [
    ...(person ? [{ code: 'found_with_variation', text: `${payerName} ${person}`, path }] : []),
    ...(variation.secondNpi
      ? [
          {
            code: 'asked_with_second_npi',
            text: `${payerName} answered to the facility's second NPI, not to its first.`,
            path,
          },
        ]
      : []),
    ...(variation.forToday
      ? [
          {
            code: 'asked_for_today',
            text: `${payerName} does not speak of days to come: what it says is of today.${again}`,
            path,
          },
        ]
      : []),
  ];
}

const foundBy: Readonly<Record<PersonVariation, string>> = {
  without_middle_name: 'found the patient without the middle name or suffix that the request gives.',
  dependent_as_subscriber: 'found the patient as a subscriber of their own, not as a dependent.',
  id_and_birth_date:
    'found the patient by member id and birth date alone: see to it that the name it gives is the right one.',
};
