import { existsSync, readFileSync } from 'node:fs';
import { type AccessConfig, readAccessConfig, readNetworks, refuseWeakPassword } from './config-access';
import { type AuditConfig, readAuditConfig } from './config-audit';
import { type KeysConfig, readKeysConfig } from './config-keys';
import { refuseUnsafeRuntime } from './config-runtime';
import { withSecretFiles } from './config-secrets';
import { readWebhooksConfig, type WebhooksConfig } from './config-webhooks';
import type { KeyRing } from './key-ring';

/** Everything that the environment decides, checked once at the start of a process. */
export interface Config {
  /** Login of the application role; PostgreSQL holds the rows and, without Redis, the queue. */
  databaseUrl: string;
  /** Redis for the queue; without it the queue lives in PostgreSQL. */
  redisUrl?: string;
  /** Whether a Redis that may throw jobs away is refused; off for those that do not tell their policy. */
  checkRedisPolicy: boolean;
  host: string;
  port: number;
  /** Where the master keys are. */
  keys: KeysConfig;
  /** Reads what earlier versions encrypted directly under a ring; empty where there never was one. */
  keyRing: KeyRing;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
  access: AccessConfig;
  audit: AuditConfig;
  webhooks: WebhooksConfig;
  worker: {
    /** Verifications in flight at once in one worker process, per lane. */
    concurrency: number;
    /** As above in the bulk lane, which is for batches and scheduled checks. */
    bulkConcurrency: number;
    /** A claim that is not renewed for so long may be taken over, milliseconds. */
    leaseMs: number;
    /** How often the sweep looks for rows whose job is gone, milliseconds. */
    sweepEveryMs: number;
    /** How long a stopping worker lets jobs finish before it lets go of their payers, milliseconds. */
    drainMs: number;
    /** How often rows are looked for whose keys have been replaced, milliseconds. */
    keysEveryMs: number;
  };
  canary: {
    /** How often a job is sent through each lane to see whether it comes out, milliseconds. */
    everyMs: number;
    /** Without one for so long a lane counts as down, and its consumer is replaced, milliseconds. */
    lateMs: number;
  };
  metrics: {
    /** What `/metrics` is read with; without it there is none. */
    token?: string;
    /** Where a worker process tells about itself; without it only what all workers have in common is told, by the API. */
    workerPort?: number;
  };
  payers: {
    /** Waits between tries while a payer cannot answer, milliseconds; the last one repeats. */
    retryLadderMs: readonly number[];
    /** Without `neededBy`, a person takes over after so long, milliseconds. */
    giveUpAfterMs: number;
    /** Waits between tries after an unreadable or foreign answer, milliseconds; then it rests as failed. */
    rereadLadderMs: readonly number[];
    /** After "resubmission not allowed" a member who was not found is asked about once more after so long, milliseconds. */
    repeatNotFoundMs: number;
    /** What the inquiries of one verification and round may cost; the first to each payer is sent all the same. */
    mostCostCents?: number;
    /** How often a payer that is down is tried by one inquiry, milliseconds. */
    probeEveryMs: number;
    /** An answer so old at most stands in for asking the same again, milliseconds; 0: none does. */
    reuseForMs: number;
    /** Networks of our own in which a payer's or clearinghouse's address may be; others have to be public. */
    networks: readonly string[];
  };
}

/** What the payer simulator reads; it needs neither database nor keys. */
export interface SimulatorConfig {
  host: string;
  port: number;
  folder?: string;
  ledgerFile?: string;
}

/** What `npm start` reads; everything else it makes or finds out by itself. */
export interface StandaloneConfig {
  /** Owner's URL of a PostgreSQL that runs elsewhere; without it one is embedded. */
  databaseUrl?: string;
  /** Redis for the queue, which has to answer before anything starts. */
  redisUrl?: string;
  port: number;
  simulatorPort?: number;
}

/** What the migration reads. */
export interface MigrateConfig {
  /** Log-in that may create tables and roles. */
  ownerUrl: string;
  /** What the application role logs in with from now on; without it, its log-in is left as it is. */
  applicationPassword?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A setting that is missing or unusable; the message names it and the remedy. */
export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`Cannot start:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

const logLevels = ['debug', 'info', 'warn', 'error'] as const;
const minute = 60_000;

/**
 * Reads and checks the environment of the API and the worker. The only reader of `process.env`.
 *
 * @throws ConfigError naming every faulty setting at once
 */
export function readConfig(given: Environment = process.env): Config {
  const faults: string[] = [];
  const env = withSecretFiles(given, faults);
  const databaseUrl = required(env, 'DATABASE_URL', 'a postgres:// URL of the application role', faults);
  const listenPort = port(env, 'PORT', 3000, faults);
  const config: Config = {
    databaseUrl,
    ...optional('redisUrl', redisUrl(env, faults)),
    checkRedisPolicy: oneOf(env, 'REDIS_POLICY_CHECK', ['on', 'off'], 'on', faults) === 'on',
    host: env.HOST ?? '127.0.0.1',
    port: listenPort,
    access: readAccessConfig(env, listenPort, faults),
    audit: readAuditConfig(env, faults),
    webhooks: readWebhooksConfig(env, faults),
    ...readKeysConfig(env, faults),
    logLevel: oneOf(env, 'LOG_LEVEL', logLevels, 'info', faults),
    worker: {
      concurrency: integer(env, 'WORKER_CONCURRENCY', 50, faults),
      bulkConcurrency: integer(env, 'WORKER_BULK_CONCURRENCY', 20, faults),
      leaseMs: integer(env, 'CLAIM_LEASE_MS', 15_000, faults),
      sweepEveryMs: integer(env, 'SWEEP_EVERY_MS', 5_000, faults),
      drainMs: integer(env, 'DRAIN_MS', 20_000, faults),
      keysEveryMs: integer(env, 'KEYS_EVERY_SECONDS', 60, faults) * 1000,
    },
    canary: {
      everyMs: integer(env, 'CANARY_EVERY_MS', 5_000, faults),
      lateMs: integer(env, 'CANARY_LATE_MS', 15_000, faults),
    },
    metrics: readMetrics(env, faults),
    payers: {
      retryLadderMs: seconds(env, 'PAYER_RETRY_SECONDS', [15, 60, 300, 900, 3600, 7200, 14_400], faults),
      giveUpAfterMs: integer(env, 'PAYER_GIVE_UP_MINUTES', 24 * 60, faults) * minute,
      rereadLadderMs: seconds(env, 'PAYER_REREAD_SECONDS', [2, 5], faults),
      repeatNotFoundMs: integer(env, 'PAYER_REPEAT_NOT_FOUND_SECONDS', 180, faults) * 1000,
      ...cost(env, faults),
      probeEveryMs: integer(env, 'PAYER_PROBE_MS', 30_000, faults),
      reuseForMs: integer(env, 'REUSE_ANSWERS_HOURS', 24, faults) * 60 * minute,
      networks: readNetworks(env, 'PAYER_NETWORKS', faults),
    },
  };
  for (const [name, url] of Object.entries({ DATABASE_URL: config.databaseUrl, REDIS_URL: config.redisUrl }))
    if (url) refuseWeakPassword(name, url, faults);
  refuseUnsafeRuntime(env, faults);
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

/** @throws ConfigError */
export function readSimulatorConfig(env: Environment = process.env): SimulatorConfig {
  const faults: string[] = [];
  const config = {
    host: env.HOST ?? '127.0.0.1',
    port: integer(env, 'SIMULATOR_PORT', 3900, faults),
    ...optional('folder', env.SIMULATOR_FOLDER),
    ...optional('ledgerFile', env.SIMULATOR_LEDGER),
  };
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

/** @throws ConfigError */
export function readStandaloneConfig(env: Environment = process.env): StandaloneConfig {
  const faults: string[] = [];
  const config = {
    ...optional('databaseUrl', env.DATABASE_URL),
    ...optional('redisUrl', redisUrl(env, faults)),
    port: port(env, 'PORT', 3000, faults),
    ...(env.SIMULATOR_PORT ? { simulatorPort: port(env, 'SIMULATOR_PORT', 3900, faults) } : {}),
  };
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

/**
 * The application role's password is the one in DATABASE_URL, so that programs and migration are told the same thing.
 *
 * @throws ConfigError
 */
export function readMigrateConfig(env: Environment = process.env): MigrateConfig {
  const faults: string[] = [];
  const ownerUrl = required(env, 'OWNER_DATABASE_URL', 'a postgres:// URL of the owner of the database', faults);
  for (const name of ['OWNER_DATABASE_URL', 'DATABASE_URL'])
    if (env[name] && !URL.canParse(env[name]))
      faults.push(`${name} is no URL: set it to postgres://USER:PASSWORD@HOST/DATABASE`);
  if (faults.length > 0) throw new ConfigError(faults);
  const password = env.DATABASE_URL ? decodeURIComponent(new URL(env.DATABASE_URL).password) : undefined;
  return { ownerUrl, ...optional('applicationPassword', password) };
}

/** What the command for backups reads. */
export interface BackupConfig {
  sourceUrl: string;
  targetUrl: string;
  keys: KeysConfig;
  keyRing: KeyRing;
}

/** @throws ConfigError */
export function readBackupConfig(
  sides: readonly ('source' | 'target')[],
  env: Environment = process.env,
): BackupConfig {
  const faults: string[] = [];
  const url = (side: 'source' | 'target', name: string): string =>
    sides.includes(side) ? required(env, name, 'a postgres:// URL of a superuser', faults) : '';
  const config = {
    sourceUrl: url('source', 'OWNER_DATABASE_URL'),
    targetUrl: url('target', 'RESTORE_DATABASE_URL'),
    ...readKeysConfig(env, faults),
  };
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

/** What the command for the payer directory reads. */
export interface DirectoryConfig {
  databaseUrl: string;
  keys: KeysConfig;
  keyRing: KeyRing;
}

/**
 * @param demonstration files of a demonstration, which stands in when no database is named
 * @throws ConfigError
 */
export function readDirectoryConfig(
  demonstration: { databaseUrlFile: string; keysFile: string } | undefined,
  env: Environment = process.env,
): DirectoryConfig {
  const faults: string[] = [];
  const own: Environment =
    env.DATABASE_URL || !demonstration
      ? env
      : {
          DATABASE_URL: readFileSync(demonstration.databaseUrlFile, 'utf8').trim(),
          OPENVOB_KEYS_FILE: demonstration.keysFile,
        };
  const config = {
    databaseUrl: required(own, 'DATABASE_URL', 'a postgres:// URL of the application role', faults),
    ...readKeysConfig(own, faults),
  };
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

/**
 * The application role's URL, for a command that needs no keys.
 *
 * @param demonstrationFile holds the URL of a demonstration, which stands in when none is named
 * @throws ConfigError
 */
export function readDatabaseUrl(demonstrationFile: string, env: Environment = process.env): string {
  const faults: string[] = [];
  if (!env.DATABASE_URL && existsSync(demonstrationFile)) return readFileSync(demonstrationFile, 'utf8').trim();
  const url = required(env, 'DATABASE_URL', 'a postgres:// URL of the application role', faults);
  if (faults.length > 0) throw new ConfigError(faults);
  return url;
}

/** The environment for a child process: ours with the additions. */
export function childEnvironment(
  additions: Readonly<Record<string, string>>,
  env: Environment = process.env,
): Record<string, string | undefined> {
  return { ...env, ...additions };
}

/** Where the person was who called npm, which itself changes to the package's folder. */
export function callerDirectory(env: Environment = process.env): string {
  return env.INIT_CWD || process.cwd();
}

/**
 * Whether the person wants colour in what is printed: `FORCE_COLOR` (`0` and `false` mean none) before `NO_COLOR`; a dumb
 * terminal has none. `undefined` leaves it to whether the output goes to a terminal.
 */
export function wantsColour(env: Environment = process.env): boolean | undefined {
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return env.NO_COLOR || env.TERM === 'dumb' ? false : undefined;
}

/** True when the process runs in continuous integration, where a missing tool is a failure and not a skip. */
export function inContinuousIntegration(env: Environment = process.env): boolean {
  return env.CI === 'true' || env.CI === '1';
}

function required(env: Environment, name: string, what: string, faults: string[]): string {
  const value = env[name];
  if (!value) faults.push(`${name} is missing: set it to ${what}`);
  return value ?? '';
}

function optional<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  return value ? ({ [key]: value } as Record<K, string>) : {};
}

function integer(env: Environment, name: string, fallback: number, faults: string[]): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0) return value;
  faults.push(`${name} must be a whole number, not "${text}"`);
  return fallback;
}

/** Without it nothing bounds what the inquiries of one verification may cost beside the first of each payer. */
function cost(env: Environment, faults: string[]): { mostCostCents?: number } {
  return env.PAYER_MOST_COST_CENTS ? { mostCostCents: integer(env, 'PAYER_MOST_COST_CENTS', 0, faults) } : {};
}

/** Others must know the port, so that 0 ("any free one") is none. */
function port(env: Environment, name: string, fallback: number, faults: string[]): number {
  const text = env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 65_535) return value;
  faults.push(`${name} must be a port number from 1 to 65535, not "${text}"`);
  return fallback;
}

/** The fault does not show the value, which may hold a password. */
function redisUrl(env: Environment, faults: string[]): string | undefined {
  const text = env.REDIS_URL;
  if (!text) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && ['redis:', 'rediss:'].includes(url.protocol) && url.hostname !== '') return text;
  faults.push(
    'REDIS_URL must be a redis:// or rediss:// URL with a host, e.g. redis://127.0.0.1:6379; leave it out to keep the queue in PostgreSQL',
  );
  return undefined;
}

function seconds(env: Environment, name: string, fallback: readonly number[], faults: string[]): number[] {
  const values = env[name]?.split(',').map((part) => Number(part.trim())) ?? [...fallback];
  const usable = values.length > 0 && values.every((value) => Number.isFinite(value) && value >= 0);
  if (!usable) faults.push(`${name} must be seconds separated by commas, e.g. "15,60,300"`);
  return (usable ? values : [...fallback]).map((value) => value * 1000);
}

function oneOf<T extends string>(
  env: Environment,
  name: string,
  allowed: readonly T[],
  fallback: T,
  faults: string[],
): T {
  const text = env[name];
  if (!text) return fallback;
  const found = allowed.find((value) => value === text);
  if (!found) faults.push(`${name} must be one of ${allowed.join(', ')}, not "${text}"`);
  return found ?? fallback;
}

/** A token that could be guessed would show how the whole installation is doing. */
const shortestMetricsToken = 16;

function readMetrics(env: Environment, faults: string[]): Config['metrics'] {
  const token = env.METRICS_TOKEN;
  if (token && token.length < shortestMetricsToken)
    faults.push(`METRICS_TOKEN is too short: set it to at least ${shortestMetricsToken} random characters`);
  if (env.WORKER_METRICS_PORT && !token)
    faults.push('WORKER_METRICS_PORT needs METRICS_TOKEN: set it to what the metrics are read with');
  return {
    ...optional('token', token),
    ...(env.WORKER_METRICS_PORT ? { workerPort: integer(env, 'WORKER_METRICS_PORT', 0, faults) } : {}),
  };
}
