import { isAnotherPerson } from './another-person';

const before = { firstName: 'Avery', lastName: 'Thistle-Wood', birthDate: '1991-05-02' };

describe('a correction', () => {
  test.each<[string, object]>([
    ['a last name that was mistyped', { lastName: 'Thistlewoode' }],
    ['another spelling of the same name', { lastName: 'THISTLEWOOD', birthDate: '1991-05-20' }],
    ['a birth date that was mistyped', { birthDate: '1991-02-05' }],
    ['a name after marriage', { firstName: 'Avery', lastName: 'Ashdown' }],
    ['what was missing', { lastName: undefined }],
  ])('of %s is about the same person', (_what, change) => {
    expect(isAnotherPerson(before, { ...before, ...change })).toBe(false);
  });

  test('of what was not said before is about the same person', () => {
    expect(isAnotherPerson({ firstName: 'Avery' }, { ...before, firstName: 'Robin' })).toBe(false);
  });

  test.each<[string, object]>([
    ['last name', { lastName: 'Ashdown', birthDate: '1960-01-01' }],
    ['first name, as siblings have', { firstName: 'Robin', birthDate: '1993-01-01' }],
  ])('of birth date and %s is about another', (_what, change) => {
    expect(isAnotherPerson(before, { ...before, ...change })).toBe(true);
  });
});
