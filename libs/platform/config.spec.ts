import { ConfigError, readConfig, wantsColour } from './config';
import { generateKeyRing } from './key-ring';

const right = { DATABASE_URL: 'postgres://localhost/x', OPENVOB_KEYS: generateKeyRing() };

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

describe('the configuration', () => {
  test('needs a database and keys, the rest has defaults', () => {
    expect(readConfig(right)).toMatchObject({ port: 3000, host: '127.0.0.1', logLevel: 'info' });
    expect(readConfig(right).redisUrl).toBeUndefined();
  });

  test('names every faulty setting at once, with its remedy', () => {
    const faults = faultsOf({ PORT: 'http', LOG_LEVEL: 'loud', PAYER_RETRY_SECONDS: '1,x', OPENVOB_KEYS: '{}' });
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
      'DATABASE_URL',
      'PORT',
      'The',
      'LOG_LEVEL',
      'PAYER_RETRY_SECONDS',
    ]);
  });

  test('never shows a key in a fault', () => {
    const secret = Buffer.alloc(32, 'k').toString('base64');
    const faults = faultsOf({
      ...right,
      OPENVOB_KEYS: JSON.stringify({ current: 'k1', keys: { k1: secret }, index: secret }),
    });
    expect(faults).toHaveLength(1);
    expect(faults.join()).not.toContain(secret);
  });
});

describe('colour', () => {
  test.each([
    [{}, undefined],
    [{ NO_COLOR: '' }, undefined],
    [{ NO_COLOR: '1' }, false],
    [{ TERM: 'dumb' }, false],
    [{ TERM: 'xterm' }, undefined],
    [{ FORCE_COLOR: '1' }, true],
    [{ FORCE_COLOR: '1', NO_COLOR: '1', TERM: 'dumb' }, true],
    [{ FORCE_COLOR: '0' }, false],
    [{ FORCE_COLOR: 'false' }, false],
  ])('with %j is wanted: %s', (environment, wanted) => {
    expect(wantsColour(environment)).toBe(wanted);
  });
});
