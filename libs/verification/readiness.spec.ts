import type { AdmissionRequest } from '@openvob/intake';
import { hasLiveConsent, missingInformation, needsConsent } from './readiness';

const complete: AdmissionRequest = {
  patient: { firstName: 'Robin', lastName: 'Vale', birthDate: '1991-02-03', relationship: 'self' },
  coverages: [{ payer: { id: 'pay_x' }, memberId: 'M1' }],
  program: { id: 'prg_x' },
  admission: {},
  unusable: [],
};
const known = [{ payer: { id: 'pay_x', name: 'X Health' } }];

const fieldsOf = (
  request: AdmissionRequest,
  matches: Parameters<typeof missingInformation>[1] = known,
  program = true,
): string[] => missingInformation(request, matches, program).flatMap((need) => need.fields ?? []);

describe('a request is ready to be asked about', () => {
  test('when nothing is missing', () => {
    expect(missingInformation(complete, known, true)).toEqual([]);
  });

  test('not without the person, the policy and the program, each named', () => {
    expect(fieldsOf({ patient: {}, coverages: [], admission: {}, unusable: [] }, [], false)).toEqual([
      '/patient/firstName',
      '/patient/lastName',
      '/patient/birthDate',
      '/patient/relationship',
      '/coverages',
      '/program/id',
    ]);
    expect(fieldsOf({ ...complete, coverages: [{ payer: { id: 'pay_x' } }] })).toEqual(['/coverages/0/memberId']);
  });

  test('not without what its coverages lack, each named by the index that it was sent with', () => {
    const coverages = [{ payer: { id: 'pay_x' } }, { payer: { name: 'Nowhere' }, memberId: 'M2' }];
    const matches = [...known, { candidates: [] }];
    const fields = fieldsOf({ ...complete, coverages, sentAs: [1, 0] }, matches);
    expect(fields).toEqual(['/coverages/1/memberId', '/coverages/0/payer']);
  });

  test('not without the subscriber of a dependent', () => {
    const child: AdmissionRequest = { ...complete, patient: { ...complete.patient, relationship: 'child' } };
    expect(fieldsOf(child)).toEqual(['/subscriber/firstName', '/subscriber/lastName']);
  });

  test('not while a payer name fits several: they are offered', () => {
    const named = { ...complete, coverages: [{ payer: { name: 'Blue' }, memberId: 'M1' }] };
    const needs = missingInformation(
      named,
      [
        {
          candidates: [
            { id: 'pay_a', name: 'Blue A' },
            { id: 'pay_b', name: 'Blue B' },
          ],
        },
      ],
      true,
    );
    expect(needs).toMatchObject([{ fields: ['/coverages/0/payer'], candidates: [{ id: 'pay_a' }, { id: 'pay_b' }] }]);
  });

  test('not with a needed field that could not be used, but despite an unknown or optional one', () => {
    const fault = (pointer: string, code: string): AdmissionRequest['unusable'][number] => ({
      pointer,
      code,
      detail: 'x',
      value: 1,
    });
    expect(fieldsOf({ ...complete, unusable: [fault('/admission/startDate', 'no_such_date')] })).toEqual([
      '/admission/startDate',
    ]);
    expect(
      fieldsOf({ ...complete, unusable: [fault('/nickname', 'unknown_field'), fault('/patient/phone', 'malformed')] }),
    ).toEqual([]);
  });
});

describe('consent', () => {
  test.each([
    ['sud', true],
    ['dual', true],
    ['mh', false],
  ] as const)('is needed for track %s: %s', (track, needed) => {
    expect(needsConsent(track)).toBe(needed);
  });

  test.each([
    [{ signedOn: '2026-11-20', revoked: false }, true],
    [{ signedOn: '2026-11-21', revoked: false }, false],
    [{ signedOn: '2026-01-01', expiresOn: '2026-11-20', revoked: false }, true],
    [{ signedOn: '2026-01-01', expiresOn: '2026-11-19', revoked: false }, false],
    [{ signedOn: '2026-01-01', revoked: true }, false],
  ])('%j is live on 20 November: %s', (consent, live) => {
    expect(hasLiveConsent({ consents: [consent] }, '2026-11-20')).toBe(live);
  });
});
