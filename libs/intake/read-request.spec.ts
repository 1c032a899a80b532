import fc from 'fast-check';
import { readRequest } from './read-request';

const today = '2026-11-20';
const body = {
  patient: { firstName: 'Robin', lastName: "O'Vale-Núñez", birthDate: '1991-02-03', relationship: 'self' },
  coverages: [{ payer: { id: 'pay_x' }, memberId: 'M-1' }],
  program: { id: 'prg_x' },
};
interface Draft extends Record<string, unknown> {
  patient: Record<string, unknown>;
  coverages: unknown[];
}
type Change = (draft: Draft) => unknown;
const changed = (change: Change): unknown => {
  const draft: Draft = structuredClone(body);
  change(draft);
  return draft;
};
const faults = (value: unknown): string[] => {
  const { missing, unusable } = readRequest(value, today);
  return [...missing, ...unusable].map(({ pointer, code }) => `${pointer} ${code}`);
};

describe('a request body', () => {
  test('is read whole when it is right', () => {
    const { request, missing, unusable } = readRequest(body, today);
    expect([missing, unusable]).toEqual([[], []]);
    expect(request).toMatchObject({
      patient: body.patient,
      program: { id: 'prg_x' },
      coverages: [{ order: 'primary', memberId: 'M-1' }],
      unusable: [],
    });
  });

  test.each<[string, Change, string]>([
    ['a missing patient', (draft) => Reflect.deleteProperty(draft, 'patient'), '/patient required'],
    ['a missing name', (draft) => delete draft.patient.lastName, '/patient/lastName required'],
    ['a blank name', (draft) => (draft.patient.lastName = '   '), '/patient/lastName too_short'],
    ['a name that is a number', (draft) => (draft.patient.firstName = 7), '/patient/firstName wrong_type'],
    ['a null where text belongs', (draft) => (draft.patient.middleName = null), '/patient/middleName wrong_type'],
    [
      'a name with an X12 delimiter',
      (draft) => (draft.patient.lastName = 'Vale*Smith'),
      '/patient/lastName character_not_allowed',
    ],
    [
      'a name with a line break',
      (draft) => (draft.patient.lastName = 'Vale\nSmith'),
      '/patient/lastName character_not_allowed',
    ],
    ['a name of a megabyte', (draft) => (draft.patient.lastName = 'x'.repeat(1e6)), '/patient/lastName too_long'],
    ['30 February', (draft) => (draft.patient.birthDate = '1991-02-30'), '/patient/birthDate no_such_date'],
    [
      'a birth date in the future',
      (draft) => (draft.patient.birthDate = '2026-11-21'),
      '/patient/birthDate in_the_future',
    ],
    [
      'a birth date before 1890',
      (draft) => (draft.patient.birthDate = '1066-10-14'),
      '/patient/birthDate out_of_range',
    ],
    [
      'an unknown relationship',
      (draft) => (draft.patient.relationship = 'friend'),
      '/patient/relationship unknown_value',
    ],
    ['a dependent without a subscriber', (draft) => (draft.patient.relationship = 'child'), '/subscriber required'],
    ['an unknown field', (draft) => (draft.patient.nickname = 'Rob'), '/patient/nickname unknown_field'],
    ['an unknown field at the root', (draft) => (draft.urgent = true), '/urgent unknown_field'],
    ['no coverage', (draft) => (draft.coverages = []), '/coverages too_few'],
    [
      'four coverages',
      (draft) => (draft.coverages = ['primary', 'secondary', 'tertiary', undefined].map(() => body.coverages[0])),
      '/coverages too_many',
    ],
    ['a coverage that is text', (draft) => (draft.coverages = ['Blue']), '/coverages wrong_type'],
    ['a payer without id and name', (draft) => (draft.coverages = [{ payer: {} }]), '/coverages/0/payer required'],
    [
      'two primary coverages',
      (draft) => draft.coverages.push({ payer: { id: 'pay_y' }, order: 'primary' }),
      '/coverages/1/order duplicate',
    ],
    ['a program that is text', (draft) => (draft.program = 'prg_x'), '/program wrong_type'],
    [
      'a consent from the future',
      (draft) => (draft.consent = { part2: { signedOn: '2027-01-01', scope: 'this_payer' } }),
      '/consent/part2/signedOn in_the_future',
    ],
    [
      'a consent that ends before it begins',
      (draft) => (draft.consent = { part2: { signedOn: '2026-05-02', expiresOn: '2026-05-01', scope: 'this_payer' } }),
      '/consent/part2/expiresOn out_of_range',
    ],
    [
      'cents with a fraction',
      (draft) => (draft.admission = { pendingClaims: { deductibleCents: 1.5 } }),
      '/admission/pendingClaims/deductibleCents wrong_type',
    ],
    [
      'negative cents',
      (draft) => (draft.admission = { pendingClaims: { deductibleCents: -1 } }),
      '/admission/pendingClaims/deductibleCents out_of_range',
    ],
    ['a time that is none', (draft) => (draft.neededBy = 'soon'), '/neededBy malformed'],
  ])('with %s names the place', (_name, change, fault) => {
    expect(faults(changed(change))).toContain(fault);
  });

  test('that is no object is refused as a whole', () => {
    for (const value of [null, 'text', 7, [], undefined]) expect(faults(value)).toEqual([' wrong_type']);
  });

  test('nested ten thousand deep is refused without exhausting the stack', () => {
    let deep: unknown = {};
    for (let depth = 0; depth < 10_000; depth += 1) deep = { deep };
    expect(faults({ ...body, deep })).toEqual([' wrong_type']);
  });

  test('never puts a value into what it says about a fault', () => {
    const secret = 'Qwertz-Secret';
    const bad = changed((draft) =>
      Object.assign(draft.patient, {
        birthDate: secret,
        relationship: secret,
        sex: secret,
        email: secret,
        phone: secret,
      }),
    );
    const { missing, unusable } = readRequest(bad, today);
    expect(unusable.length).toBe(5);
    expect(JSON.stringify([missing, unusable])).not.toContain(secret);
  });

  test('keeps what it can use and what it cannot apart, whatever is sent', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.constantFrom('/patient', '/coverages', '/program', '/admission', '/consent', '/neededBy'),
        (value, place) => {
          const draft = { ...structuredClone(body), [place.slice(1)]: value };
          const { request, unusable } = readRequest(draft, today);
          expect(request.unusable.map((fault) => fault.pointer)).toEqual(unusable.map((fault) => fault.pointer));
        },
      ),
      { numRuns: 300 },
    );
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});
