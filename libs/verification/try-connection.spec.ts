import type { Answer } from '@openvob/payers';
import { trialInquiry, trialOf } from './try-connection';

const rejected = (...classes: string[]): Answer =>
  ({
    kind: 'rejected',
    snapshot: { rejections: classes.map((one, at) => ({ code: `4${at}`, class: one, advice: 'Ask them.' })) },
  }) as unknown as Answer;

describe('trying a connection', () => {
  it('asks about nobody, in the name that the facility gives payers', () => {
    const connection = { payerReference: '60054' } as Parameters<typeof trialInquiry>[0]['connection'];
    const facility = { name: 'Testwood Recovery', npi: '1999999984', taxonomyCode: '261QR0405X' };
    const subject = { payer: { name: 'Northwind' }, connection, facility, today: '2026-03-02', trace: 'T1' };
    expect(trialInquiry(subject)).toMatchObject({
      payer: { id: '60054' },
      provider: facility,
      subscriber: { lastName: 'Testcase', memberId: 'OVBTEST0000001' },
      serviceTypes: ['30'],
    });
    const neutral = { name: 'TW Holdings', npi: '1888888885' };
    expect(trialInquiry({ ...subject, facility: { ...facility, inquiresAs: neutral } }).provider).toEqual(neutral);
  });

  it.each<[string, Answer, string, RegExp]>([
    ['benefits', { kind: 'benefits' } as unknown as Answer, 'yes', /answered with benefits/],
    ['not found', rejected('member_data'), 'yes', /does not know the invented person/],
    ['a business rule', rejected('business'), 'yes', /does not know/],
    ['no enrollment', rejected('member_data', 'provider_enrollment'), 'no', /does not let the facility in. Ask them./],
    ['a payer that is down behind it', rejected('transient'), 'unknown', /cannot answer at the moment/],
    ['a question that it does not take', rejected('request'), 'no', /does not take the question/],
    ['no reason', rejected(), 'unknown', /without a reason/],
    ['later', { kind: 'pending' } as unknown as Answer, 'yes', /answers later/],
    ['a person', { kind: 'needs_human' } as unknown as Answer, 'unknown', /a person to ask/],
    ['wrong credentials', { kind: 'unavailable', why: 'configuration' } as unknown as Answer, 'no', /credentials/],
    ['a web page', { kind: 'unavailable', why: 'unreadable' } as unknown as Answer, 'no', /Look at the address/],
    ['nothing in time', { kind: 'unavailable', why: 'timeout' } as unknown as Answer, 'no', /in time/],
  ])('that answers %s is told in words', (_name, answer, works, words) => {
    const trial = trialOf(answer);
    expect([trial.works, trial.words]).toEqual([works, expect.stringMatching(words)]);
  });
});
