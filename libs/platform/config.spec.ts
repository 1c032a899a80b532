import { ConfigError, readConfig, readMigrateConfig, readStandaloneConfig, wantsColour } from './config';
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

  test.each(['0', '-1', '65536', '80.5', '8o80', ' '])('takes no port %j', (PORT) => {
    expect(faultsOf({ ...right, PORT })).toEqual([`PORT must be a port number from 1 to 65535, not "${PORT}"`]);
    expect(() => readStandaloneConfig({ PORT })).toThrow('PORT must be a port number');
  });

  test.each(['redis://127.0.0.1:6379', 'rediss://user:q7Fh2mXz9Lw4@queue.example:6380/2', 'redis://[::1]:6379'])(
    'takes %s for a Redis',
    (REDIS_URL) => {
      expect(readConfig({ ...right, REDIS_URL }).redisUrl).toBe(REDIS_URL);
      expect(readStandaloneConfig({ REDIS_URL }).redisUrl).toBe(REDIS_URL);
    },
  );

  test.each(['127.0.0.1:6379', 'localhost:6379', 'http://redis:hunter2@127.0.0.1', 'redis://', 'hunter2'])(
    'takes %s for none, and does not show it',
    (REDIS_URL) => {
      const faults = faultsOf({ ...right, REDIS_URL });
      expect(faults).toEqual([expect.stringMatching(/^REDIS_URL must be a redis:\/\/ or rediss:\/\/ URL/)]);
      expect(faults.join()).not.toContain('hunter2');
      expect(() => readStandaloneConfig({ REDIS_URL })).toThrow('REDIS_URL must be');
    },
  );

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

describe('the metrics', () => {
  test('are off without a token; a worker tells its own on a port only with one', () => {
    expect(readConfig(right).metrics).toEqual({});
    const METRICS_TOKEN = 'sixteen-characters';
    expect(readConfig({ ...right, METRICS_TOKEN, WORKER_METRICS_PORT: '9464' }).metrics).toEqual({
      token: METRICS_TOKEN,
      workerPort: 9464,
    });
    expect(faultsOf({ ...right, WORKER_METRICS_PORT: '9464' })).toEqual([
      expect.stringMatching(/^WORKER_METRICS_PORT/),
    ]);
  });

  test('have no token that can be guessed', () => {
    expect(faultsOf({ ...right, METRICS_TOKEN: 'secret' })).toEqual([
      expect.stringMatching(/^METRICS_TOKEN is too short/),
    ]);
  });
});

describe('the migration', () => {
  const OWNER_DATABASE_URL = 'postgres://owner@localhost/x';

  test('gives the application role the password that its programs log in with', () => {
    const DATABASE_URL = 'postgres://openvob_app:p%40ss@localhost/x';
    expect(readMigrateConfig({ OWNER_DATABASE_URL, DATABASE_URL })).toEqual({
      ownerUrl: OWNER_DATABASE_URL,
      applicationPassword: 'p@ss',
    });
    expect(readMigrateConfig({ OWNER_DATABASE_URL })).toEqual({ ownerUrl: OWNER_DATABASE_URL });
  });

  test('needs the owner of the database', () => {
    expect(() => readMigrateConfig({})).toThrow('OWNER_DATABASE_URL is missing');
    expect(() => readMigrateConfig({ OWNER_DATABASE_URL: 'localhost' })).toThrow('OWNER_DATABASE_URL is no URL');
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
