import { isDatabaseAway } from './database-away';

const withCode = (code: string): Error => Object.assign(new Error('said by the driver'), { code });

describe('a database that is away', () => {
  it.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P02', '57P03', '53300', '08006', '08P01'])(
    'is told by %s',
    (code) => {
      expect(isDatabaseAway(withCode(code))).toBe(true);
    },
  );

  it.each(['Connection terminated unexpectedly', 'timeout exceeded when trying to connect'])(
    'is told by "%s"',
    (message) => {
      expect(isDatabaseAway(new Error(message))).toBe(true);
    },
  );

  it.each([
    withCode('23505'),
    withCode('40001'),
    withCode('0A000'),
    new Error('Verification changed under its lock'),
    undefined,
    'ECONNREFUSED',
  ])('is not told by %p', (error) => {
    expect(isDatabaseAway(error)).toBe(false);
  });
});
