import { classifyRejection, isRejectReason } from './rejection-codes';

const classOf = (code: string, followUp?: string, others: string[] = []) =>
  classifyRejection(code, followUp, others).class;

describe('rejections', () => {
  it.each([
    ['04 42 80', 'transient'],
    ['41 79 T4', 'configuration'],
    ['43 44 45 46 47 48 50 51 97', 'provider_enrollment'],
    ['35 49 52 53 98 AA AE AF AO CI E8 IA MA', 'business'],
    ['15 33 54 55 AG', 'request'],
    ['56 57 60 61 62 63', 'date'],
    ['58 64 65 66 67 68 69 70 71 72 73 74 75 76 77 78', 'member_data'],
    ['RC ZZ', 'business'],
  ])('%s are %s', (codes, expected) => {
    for (const code of codes.split(' ')) expect([code, classOf(code)]).toEqual([code, expected]);
  });

  it('of an unknown participant during an outage are transient', () => {
    expect(classOf('79', 'N', ['79', '42'])).toBe('transient');
    expect(classOf('79', 'N', ['79', '80'])).toBe('configuration');
    expect(classOf('41', 'N', ['41', '42'])).toBe('configuration');
  });

  it.each([
    ['S', 'do_not_resend'],
    ['Y', 'do_not_resend'],
    ['N', 'member_data'],
    ['C', 'member_data'],
    ['P', 'member_data'],
    ['R', 'member_data'],
    ['W', 'member_data'],
    ['X', 'member_data'],
    [undefined, 'member_data'],
  ])('with follow-up %s are %s', (followUp, expected) => {
    expect(classOf('75', followUp)).toBe(expected);
  });

  it("hold the payer's wish above the outage", () => {
    expect(classOf('79', 'Y', ['42'])).toBe('do_not_resend');
  });

  it('advise in sentences, the waiting time included', () => {
    expect(classifyRejection('72', 'X', []).advice).toBe(
      'The member id is missing or not accepted. Read it from the card again, prefix and suffix included. Wait 10 days before sending it again.',
    );
    expect(classifyRejection('ZZ', undefined, []).advice).toMatch(/not on the list/);
  });

  it('know their codes', () => {
    expect(isRejectReason('72')).toBe(true);
    expect(isRejectReason('RC')).toBe(false);
  });
});
