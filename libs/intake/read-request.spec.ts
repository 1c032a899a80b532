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

  test('keeps a start that was accepted before, however long ago it is by now, and no other', () => {
    const old = changed((draft) => (draft.admission = { startDate: '2024-03-04' }));
    expect(readRequest(old, today, '2024-03-04')).toMatchObject({
      unusable: [],
      request: { admission: { startDate: '2024-03-04' } },
    });
    expect(readRequest(old, today, '2024-03-05').unusable).toMatchObject([{ pointer: '/admission/startDate' }]);
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
    ['a coverage that is text', (draft) => (draft.coverages = ['Blue']), '/coverages/0 wrong_type'],
    ['a text behind a coverage', (draft) => draft.coverages.push('Blue'), '/coverages/1 wrong_type'],
    ['a text before a coverage', (draft) => draft.coverages.unshift('Blue'), '/coverages/0 wrong_type'],
    ['nothing among the coverages', (draft) => draft.coverages.push(null), '/coverages/1 wrong_type'],
    ['a list among the coverages', (draft) => draft.coverages.push([]), '/coverages/1 wrong_type'],
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
    ['a week for a time', (draft) => (draft.neededBy = '2027-W01'), '/neededBy malformed'],
    ['a time without a zone', (draft) => (draft.neededBy = '2027-01-04T10:00:00'), '/neededBy malformed'],
    ['a number for a time', (draft) => (draft.neededBy = Number.POSITIVE_INFINITY), '/neededBy out_of_range'],
    ['half a character', (draft) => (draft.reference = 'a\ud800b'), '/reference malformed'],
    ['half a character in a name', (draft) => (draft.patient.lastName = '\udfff'), '/patient/lastName malformed'],
    ['half a character in an address', (draft) => (draft.patient.email = '\ud83d@x'), '/patient/email malformed'],
    ['a NUL in a reference', (draft) => (draft.reference = 'a\u0000b'), '/reference character_not_allowed'],
    [
      'a NUL at the end of an id',
      (draft) => (draft.program = { id: 'prg_x\u0000' }),
      '/program/id character_not_allowed',
    ],
    [
      'a NUL in a payer id',
      (draft) => (draft.coverages = [{ payer: { id: 'a\u0000' } }]),
      '/coverages/0/payer/id character_not_allowed',
    ],
    [
      'a control character in a payer name',
      (draft) => (draft.coverages = [{ payer: { name: 'North\u0007wind' } }]),
      '/coverages/0/payer/name character_not_allowed',
    ],
    [
      'an amount beyond all numbers',
      (draft) => (draft.admission = { pendingClaims: { deductibleCents: Number.POSITIVE_INFINITY } }),
      '/admission/pendingClaims/deductibleCents out_of_range',
    ],
    [
      'a start before the birth',
      (draft) => {
        draft.patient.birthDate = '2026-06-02';
        draft.admission = { startDate: '2026-06-01' };
      },
      '/admission/startDate out_of_range',
    ],
    [
      'a start more than 12 months back',
      (draft) => (draft.admission = { startDate: '2025-11-19' }),
      '/admission/startDate out_of_range',
    ],
    [
      'a start more than 18 months ahead',
      (draft) => (draft.admission = { startDate: '2028-05-21' }),
      '/admission/startDate out_of_range',
    ],
  ])('with %s names the place', (_name, change, fault) => {
    expect(faults(changed(change))).toContain(fault);
  });

  test.each(['2025-11-20', '2026-11-20', '2028-05-20'])('may start on %s', (startDate) => {
    expect(faults({ ...body, admission: { startDate } })).toEqual([]);
  });

  test.each(Object.getOwnPropertyNames(Object.prototype))('does not know a field %s, at any level', (name) => {
    const member = (within: object): object => JSON.parse(`${JSON.stringify(within).slice(0, -1)},"${name}":{"x":1}}`);
    const places: [unknown, string][] = [
      [member(body), `/${name}`],
      [{ ...body, patient: member(body.patient) }, `/patient/${name}`],
      [
        { ...body, coverages: [{ ...body.coverages[0], payer: member({ id: 'pay_x' }) }] },
        `/coverages/0/payer/${name}`,
      ],
    ];
    for (const [value, pointer] of places) {
      const { request, unusable } = readRequest(value, today);
      expect(unusable).toMatchObject([{ pointer, code: 'unknown_field' }]);
      expect(request).toMatchObject({ patient: body.patient, unusable: [{ pointer, value: { x: 1 } }] });
      expect(Object.getPrototypeOf(request.patient)).toBe(Object.prototype);
    }
    expect(Object.hasOwn(Object.prototype, 'x')).toBe(false);
  });

  test('has blanks of any kind at the ends of names and ids taken off before it is judged', () => {
    const draft = changed((given) => {
      Object.assign(given.patient, { firstName: '\tRobin ', lastName: "\nO'Vale\u00a0" });
      given.coverages = [{ payer: { name: ' Northwind\t' }, memberId: 'M-1\r\n' }];
    });
    const { request, missing, unusable } = readRequest(draft, today);
    expect([missing, unusable]).toEqual([[], []]);
    expect(request).toMatchObject({
      patient: { firstName: 'Robin', lastName: "O'Vale" },
      coverages: [{ payer: { name: 'Northwind' }, memberId: 'M-1' }],
    });
  });

  test.each([0, 1, 2])('with a text among its coverages at %i keeps the others, and the text', (at) => {
    const coverages: unknown[] = [{ payer: { id: 'pay_x' } }, { payer: { id: 'pay_y' }, memberId: 'M-2' }];
    coverages.splice(at, 0, 'Blue');
    const { request, missing, unusable } = readRequest({ ...body, coverages }, today);
    expect(missing).toEqual([]);
    expect(unusable).toMatchObject([{ pointer: `/coverages/${at}`, code: 'wrong_type' }]);
    expect(request).toMatchObject({
      coverages: [
        { payer: { id: 'pay_x' }, order: 'primary' },
        { payer: { id: 'pay_y' }, order: 'secondary' },
      ],
      unusable: [{ pointer: `/coverages/${at}`, value: 'Blue' }],
    });
  });

  test('with its coverages in another order keeps the primary first, and knows the place of each', () => {
    const coverages = [
      { order: 'secondary', payer: { id: 'pay_y' }, memberId: 7 },
      'Blue',
      { order: 'primary', payer: { id: 'pay_x' }, memberId: 'M-2' },
    ];
    const { request } = readRequest({ ...body, coverages }, today);
    expect(request).toMatchObject({
      coverages: [{ payer: { id: 'pay_x' } }, { payer: { id: 'pay_y' } }],
      sentAs: [2, 0],
      unusable: [{ pointer: '/coverages/1' }, { pointer: '/coverages/0/memberId' }],
    });
    expect(readRequest(body, today).request.sentAs).toBeUndefined();
  });

  test('names the character that no payer can be sent', () => {
    const draft = changed((given) => Object.assign(given.patient, { lastName: 'VALE*SMITH' }));
    const detail = 'has the character "*" at position 5, which separates the parts of a message';
    expect(readRequest(draft, today).unusable).toEqual([
      { pointer: '/patient/lastName', code: 'character_not_allowed', detail },
    ]);
  });

  test('with more faults than are told still keeps every one of them out of the request', () => {
    const many = Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`extra${index}`, index]));
    const { request, unusable } = readRequest({ ...many, ...body, patient: { ...body.patient, birthDate: 7 } }, today);
    expect(unusable).toHaveLength(50);
    expect(request.unusable).toHaveLength(81);
    expect(request.patient.birthDate).toBeUndefined();
  });

  test('that is no object is kept as it is', () => {
    expect(readRequest('call me', today).request.unusable).toMatchObject([{ pointer: '', value: 'call me' }]);
  });

  test('that is no object is refused as a whole', () => {
    for (const value of [null, 'text', 7, [], undefined]) expect(faults(value)).toEqual([' wrong_type']);
  });

  test('nested twenty thousand deep is refused without exhausting the stack', () => {
    let deep: unknown = {};
    for (let depth = 0; depth < 20_000; depth += 1) deep = { deep };
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
