import { hashRecoveryCode, newRecoveryCodes } from './recovery-codes';
import { newTotpSecret, totpStepOf, totpUri } from './second-factor';

/** `12345678901234567890`, the secret of RFC 6238, appendix B. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const at = (seconds: number): Date => new Date(seconds * 1000);

describe('a code of an authenticator app', () => {
  test.each([
    [59, '287082', 1],
    [1_111_111_109, '081804', 37_037_036],
    [1_234_567_890, '005924', 41_152_263],
    [20_000_000_000, '353130', 666_666_666],
  ])('at second %i is %s (RFC 6238, appendix B, last six digits)', (seconds, code, step) => {
    expect(totpStepOf(secret, code, at(seconds))).toBe(step);
  });

  test('is taken one step early or late, and tells its own step', () => {
    expect([29, 59, 60, 89].map((seconds) => totpStepOf(secret, '287082', at(seconds)))).toEqual([1, 1, 1, 1]);
    expect([-1, 120].map((seconds) => totpStepOf(secret, '287082', at(seconds)))).toEqual([undefined, undefined]);
  });

  test.each(['', '28708', '2870821', '28708a', '２８７０８２', '287083'])('is not %p', (code) => {
    expect(totpStepOf(secret, code, at(59))).toBeUndefined();
  });

  test('is set up by an address that apps read', () => {
    const uri = new URL(totpUri(newTotpSecret(), 'dana@testwood.example'));
    expect([uri.protocol, decodeURIComponent(uri.pathname)]).toEqual(['otpauth:', '/OpenVOB:dana@testwood.example']);
    expect(Object.fromEntries(uri.searchParams)).toMatchObject({ issuer: 'OpenVOB', digits: '6', period: '30' });
    expect(uri.searchParams.get('secret')).toMatch(/^[A-Z2-7]{32}$/);
  });
});

describe('recovery codes', () => {
  test('are ten different ones without look-alikes', () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    expect(codes.filter((code) => !/^([2-9a-hjkmnp-z]{4}-){3}[2-9a-hjkmnp-z]{4}$/.test(code))).toEqual([]);
  });

  test('are the same however they are typed, and another person’s are others', () => {
    const hash = hashRecoveryCode('per_1', 'abcd-efgh-jkmn-pqrs');
    expect(hashRecoveryCode('per_1', ' ABCD efgh jkmn-PQRS ')).toEqual(hash);
    expect(hashRecoveryCode('per_2', 'abcd-efgh-jkmn-pqrs')).not.toEqual(hash);
  });
});
