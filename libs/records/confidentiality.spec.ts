import { part2ShortNotice } from '@openvob/results';
import { confidentiality } from './confidentiality';

const contacts = ['One', 'Other'].map((name) => ({ payer: { id: `pay_${name}`, name }, phones: [] }));
const consent = { signedOn: '2026-01-05', revoked: false, scope: 'treatment_payment_operations' } as const;
const known = (change: object = {}) => ({
  request: {
    patient: {},
    coverages: [],
    admission: { track: 'sud' as const, ...change },
    unusable: [],
    priority: 'routine' as const,
  },
  today: '2026-02-01',
});
const notice = `Say first: “${part2ShortNotice}”`;

describe('the beginning of a call', () => {
  test('is the notice where a consent is live', () => {
    expect(confidentiality({ ...known(), consents: [consent] }, contacts)).toEqual([notice]);
  });

  test('names each payer that no consent allows to be told', () => {
    const one = { ...consent, scope: 'this_payer' as const, payerId: 'pay_One' };
    expect(confidentiality({ ...known(), consents: [one] }, contacts)).toEqual([
      expect.stringMatching(/^Do not call Other yet/),
      notice,
    ]);
  });

  test('names a payer that is not in the directory unless the consent is for all', () => {
    const named = [{ payer: { name: 'Somebody Behavioral' }, phones: [] }];
    const one = { ...consent, scope: 'this_payer' as const, payerId: 'pay_One' };
    expect(confidentiality({ ...known(), consents: [one] }, named)).toEqual([
      expect.stringMatching(/^Do not call Somebody Behavioral yet/),
    ]);
    expect(confidentiality({ ...known(), consents: [consent] }, named)).toEqual([notice]);
  });

  test.each([
    ['expired', { ...consent, expiresOn: '2026-01-31' }],
    ['revoked', { ...consent, revoked: true }],
    ['not signed yet', { ...consent, signedOn: '2026-02-02' }],
  ])('is no notice where the consent is %s', (_how, one) => {
    const lines = confidentiality({ ...known(), consents: [one] }, contacts);
    expect(lines.map((line) => line.split(' yet')[0])).toEqual(['Do not call One', 'Do not call Other']);
    expect(confidentiality({ ...known(), consents: [one] }, [])).toEqual([expect.stringMatching(/the payer yet/)]);
  });

  test('is nothing for the treatment of mental health', () => {
    expect(confidentiality({ ...known({ track: 'mh' }), consents: [] }, contacts)).toEqual([]);
  });
});
