import { asGiven, assumptionsOf, peopleFor, type Variation, variationKey, variationOf } from './variation';

const patient = {
  firstName: 'Marlow',
  middleName: 'Quinn',
  lastName: 'Quillfeather, Jr.',
  birthDate: '2008-03-14',
  relationship: 'child' as const,
};
const subscriber = { firstName: 'Wren', lastName: 'Quillfeather III' };
const people = (person: Variation['person']) => peopleFor({ ...asGiven, person }, { patient, subscriber });

describe('a variation of an inquiry', () => {
  test.each<[Partial<Variation>, string]>([
    [{}, 'as_given'],
    [{ person: 'without_middle_name' }, 'without_middle_name'],
    [{ secondNpi: true, forToday: true }, 'second_npi+today'],
    [{ person: 'id_and_birth_date', secondNpi: true }, 'id_and_birth_date+second_npi'],
  ])('%j is kept as %s', (change, key) => {
    const variation = { ...asGiven, ...change };
    expect(variationKey(variation)).toBe(key);
    expect(variationOf(key)).toEqual(variation);
  });

  test('names the people as it says, and leaves the request as it is', () => {
    expect(people('as_given')).toEqual({ patient, subscriber });
    expect(people('without_middle_name')).toEqual({
      patient: { firstName: 'Marlow', lastName: 'Quillfeather', birthDate: '2008-03-14', relationship: 'child' },
      subscriber: { firstName: 'Wren', lastName: 'Quillfeather' },
    });
    expect(people('dependent_as_subscriber')).toEqual({ patient: { ...patient, relationship: 'self' } });
    expect(people('id_and_birth_date')).toEqual({ patient: { birthDate: '2008-03-14', relationship: 'self' } });
    expect(patient.middleName).toBe('Quinn');
  });

  test('is told to whoever relies on the answer', () => {
    const about = { position: 1, payerName: 'Northwind', recheckOn: '2026-12-01' };
    const all = assumptionsOf({ person: 'without_middle_name', secondNpi: true, forToday: true }, about);
    expect(all.map(({ code, path }) => [code, path])).toEqual([
      ['found_with_variation', '/coverages/1'],
      ['asked_with_second_npi', '/coverages/1'],
      ['asked_for_today', '/coverages/1'],
    ]);
    expect(all[2]?.text).toContain('2026-12-01');
    expect(assumptionsOf(asGiven, about)).toEqual([]);
  });
});
