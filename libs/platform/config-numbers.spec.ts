import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, readConfig } from './config';
import { generateKeyRing } from './key-ring';

const right = { DATABASE_URL: 'postgres://localhost/x', OPENVOB_KEYS: generateKeyRing() };

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig({ ...right, ...environment });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

describe('an empty setting', () => {
  test.each([
    'HOST',
    'PORT',
    'PAYER_RETRY_SECONDS',
    'PAYER_REREAD_SECONDS',
    'WEBHOOK_RETRY_SECONDS',
    'PAYER_MOST_COST_CENTS',
    'WORKER_CONCURRENCY',
    'CLAIM_LEASE_MS',
    'SWEEP_EVERY_MS',
    'REUSE_ANSWERS_HOURS',
    'CANARY_LATE_MS',
    'METRICS_TOKEN',
    'WORKER_METRICS_PORT',
    'LOG_LEVEL',
    'PUBLIC_URL',
    'TRUSTED_PROXIES',
    'SMTP_URL',
    'MAIL_FROM',
  ])('%s is one that was not set', (name) => {
    const { keys: _, ...without } = readConfig(right);
    const { keys: __, ...withEmpty } = readConfig({ ...right, [name]: '' });
    expect(withEmpty).toEqual(without);
  });

  test('for the keys leaves the file to name them', () => {
    const OPENVOB_KEYS_FILE = join(mkdtempSync(join(tmpdir(), 'openvob-config-')), 'keys');
    writeFileSync(OPENVOB_KEYS_FILE, right.OPENVOB_KEYS);
    expect(faultsOf({ OPENVOB_KEYS: '', OPENVOB_KEYS_FILE })).toEqual([]);
    expect(faultsOf({ OPENVOB_KEYS: '', OPENVOB_KEYS_FILE: '' })).toHaveLength(1);
  });
});

describe('a number', () => {
  test.each([
    ['WORKER_CONCURRENCY', ['0', '10001', '1.5', '-1', 'many', ' ']],
    ['WORKER_BULK_CONCURRENCY', ['0', '10001']],
    ['CLAIM_LEASE_MS', ['0', '499', '3000000000']],
    ['SWEEP_EVERY_MS', ['0', '99', '3000000000']],
    ['DRAIN_MS', ['3000000000']],
    ['KEYS_EVERY_SECONDS', ['0', '3000000']],
    ['CANARY_EVERY_MS', ['0', '3000000000']],
    ['CANARY_LATE_MS', ['0', '3000000000']],
    ['PAYER_PROBE_MS', ['0', '3000000000']],
    ['PAYER_GIVE_UP_MINUTES', ['-5', '10000000']],
    ['PAYER_REPEAT_NOT_FOUND_SECONDS', ['0', '10000000']],
    ['REUSE_ANSWERS_HOURS', ['100000']],
    ['PAYER_MOST_COST_CENTS', ['-1', '0.5']],
  ])('%s cannot be one of %j', (name, unusable) => {
    for (const text of unusable)
      expect(faultsOf({ [name]: text })).toEqual([
        expect.stringMatching(new RegExp(`^${name} must be a whole number from \\d+ to \\d+, not "${text}"; leave`)),
      ]);
  });

  test.each(['0', '99999', 'http'])('WORKER_METRICS_PORT is no port %j', (WORKER_METRICS_PORT) => {
    expect(faultsOf({ METRICS_TOKEN: 'sixteen-characters', WORKER_METRICS_PORT })).toEqual([
      `WORKER_METRICS_PORT must be a port number from 1 to 65535, not "${WORKER_METRICS_PORT}"`,
    ]);
  });

  test('of a lane that counts as down is more than that of its canaries', () => {
    expect(faultsOf({ CANARY_EVERY_MS: '60000' })).toEqual([
      expect.stringMatching(/^CANARY_LATE_MS must be more than/),
    ]);
    expect(faultsOf({ CANARY_EVERY_MS: '60000', CANARY_LATE_MS: '180000' })).toEqual([]);
  });

  test.each([
    { DRAIN_MS: '0' },
    { REUSE_ANSWERS_HOURS: '0' },
    { PAYER_MOST_COST_CENTS: '0' },
    { PAYER_GIVE_UP_MINUTES: '0' },
    { WORKER_CONCURRENCY: '1', CLAIM_LEASE_MS: '1500', SWEEP_EVERY_MS: '300', PAYER_PROBE_MS: '200' },
  ])('may be as little as in %j', (environment) => {
    expect(faultsOf(environment)).toEqual([]);
  });
});

describe('waits between tries', () => {
  test.each(['PAYER_RETRY_SECONDS', 'PAYER_REREAD_SECONDS', 'WEBHOOK_RETRY_SECONDS'])(
    '%s are all of them waits',
    (name) => {
      for (const text of ['15,,60', '15,60,', ',', '0', '15,0', '-1', '15;60', ' ', '3000000', 'Infinity', '1e3'])
        expect(faultsOf({ [name]: text })).toEqual([
          expect.stringMatching(new RegExp(`^${name} must be seconds from 0.1 to 604800 separated by commas`)),
        ]);
    },
  );

  test('may be short, with spaces between them', () => {
    expect(readConfig({ ...right, PAYER_RETRY_SECONDS: '0.2, 15 ,604800' }).payers.retryLadderMs).toEqual([
      200, 15_000, 604_800_000,
    ]);
  });
});

describe('the address to listen on', () => {
  test.each(['0.0.0.0', '::', '127.0.0.1', 'api.internal', 'localhost'])('may be %s', (HOST) => {
    expect(readConfig({ ...right, HOST }).host).toBe(HOST);
  });

  test.each([' ', 'http://127.0.0.1', '127.0.0.1:3000', 'two words'])('is not %j', (HOST) => {
    expect(faultsOf({ HOST })).toEqual([expect.stringMatching(/^HOST must be an address or a name of this machine/)]);
  });
});
