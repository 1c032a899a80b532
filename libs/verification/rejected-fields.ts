import type { Rejection } from '@openvob/benefits';

/** Where a request speaks of a coverage and of its people. */
export interface RequestPlaces {
  /** Index of the coverage in the request as it was sent. */
  readonly coverage: number;
  /** The patient is not the subscriber. */
  readonly isDependent: boolean;
}

type Whose = 'patient' | 'subscriber';

/** What a code speaks of: facts of a person, and fields of the request beside them. */
interface Told {
  /** Whom its words name; without a name the one at whose level it came. */
  readonly whose?: Whose;
  readonly person?: readonly Fact[];
  readonly coverage?: readonly ('memberId' | 'groupNumber' | 'payer')[];
  readonly others?: readonly string[];
}

type Fact = 'name' | 'birthDate' | 'sex';

const start = { others: ['/admission/startDate'] };
const anything: Told = { coverage: ['memberId'], person: ['name', 'birthDate'] };

/** By reject reason (AAA03), as the advice to each puts it. Source: reference/benefits.md 1.11. */
const toldBy: Readonly<Record<string, Told>> = {
  '56': start,
  '57': start,
  '58': { person: ['birthDate'] },
  '60': { person: ['birthDate'], ...start },
  '61': { whose: 'patient', person: ['name', 'birthDate'], ...start },
  '62': start,
  '63': start,
  '64': { coverage: ['memberId'] },
  '65': { whose: 'patient', person: ['name'] },
  '66': { whose: 'patient', person: ['sex'] },
  '67': { whose: 'patient', ...anything },
  '68': { whose: 'patient', ...anything },
  '69': { whose: 'patient', person: ['birthDate'] },
  '70': { whose: 'patient', person: ['sex'] },
  '71': { person: ['birthDate'] },
  '72': { coverage: ['memberId'] },
  '73': { whose: 'subscriber', person: ['name'] },
  '74': { whose: 'subscriber', person: ['sex'] },
  '75': { whose: 'subscriber', person: ['name', 'birthDate'], coverage: ['memberId', 'payer'] },
  '76': { whose: 'subscriber', ...anything },
  '77': { whose: 'patient', person: ['name', 'birthDate'], others: ['/patient/relationship'] },
  '78': { coverage: ['groupNumber'] },
};

/**
 * Which fields of the request a rejection speaks of: all that its advice names, of whoever it came about. A code that names the one person and comes at
 * the other's level, as the guide does not have it, leaves open whom it means: both.
 */
export function fieldsToCheck(
  rejection: Pick<Rejection, 'code' | 'level'> | undefined,
  { coverage, isDependent }: RequestPlaces,
): string[] {
  const { whose, person = [], ...told } = toldBy[rejection?.code ?? ''] ?? anything;
  const people = isDependent ? meant(rejection?.level, whose) : (['patient'] as const);
  return [
    ...(told.coverage ?? []).map((field) => `/coverages/${coverage}/${field}`),
    ...people.flatMap((one) => person.flatMap((fact) => pointersTo(one, fact))),
    ...(told.others ?? []),
  ];
}

function meant(level: Rejection['level'] | undefined, named: Whose | undefined): readonly Whose[] {
  const leveled = level === 'subscriber' ? 'subscriber' : level === 'dependent' ? 'patient' : undefined;
  const first = leveled ?? named ?? 'patient';
  return named === undefined || named === first ? [first] : [first, named];
}

function pointersTo(one: Whose, fact: Fact): string[] {
  switch (fact) {
    case 'name':
      return [`/${one}/firstName`, `/${one}/lastName`];
    case 'birthDate':
      return [`/${one}/birthDate`];
    case 'sex':
      // A request holds no sex of a subscriber who is somebody else: then it is that person who has to be looked at.
      return [one === 'patient' ? '/patient/sex' : '/subscriber'];
  }
}
