import { existsSync, readFileSync } from 'node:fs';
import { type AccessConfig, readAccessConfig, readNetworks, refuseWeakPassword } from './config-access';
import { type AuditConfig, readAuditConfig } from './config-audit';
import { type KeysConfig, readKeysConfig } from './config-keys';
import { everyMs, listenHost, port, waits, whole } from './config-numbers';
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
  /** What `/metrics` is read with; without it, one of the demonstration's own. */
  metricsToken?: string;
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
    host: listenHost(env, faults),
    port: listenPort,
    access: readAccessConfig(env, listenPort, faults),
    audit: readAuditConfig(env, faults),
    webhooks: readWebhooksConfig(env, faults),
    ...readKeysConfig(env, faults),
    logLevel: oneOf(env, 'LOG_LEVEL', logLevels, 'info', faults),
    worker: readWorker(env, faults),
    canary: readCanary(env, faults),
    metrics: readMetrics(env, faults),
    payers: readPayers(env, faults),
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
    host: listenHost(env, faults),
    port: whole(env, 'SIMULATOR_PORT', { fallback: 3900, least: 0, most: 65_535 }, faults),
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
    ...optional('metricsToken', env.METRICS_TOKEN),
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

function readWorker(env: Environment, faults: string[]): Config['worker'] {
  const atOnce = (name: string, fallback: number) => whole(env, name, { fallback, least: 1, most: 10_000 }, faults);
  const between = { least: 1, most: 86_400 };
  return {
    concurrency: atOnce('WORKER_CONCURRENCY', 50),
    bulkConcurrency: atOnce('WORKER_BULK_CONCURRENCY', 20),
    leaseMs: whole(env, 'CLAIM_LEASE_MS', { fallback: 15_000, least: 500, most: 3_600_000 }, faults),
    sweepEveryMs: whole(env, 'SWEEP_EVERY_MS', everyMs(5_000), faults),
    drainMs: whole(env, 'DRAIN_MS', { fallback: 20_000, least: 0, most: 3_600_000 }, faults),
    keysEveryMs: whole(env, 'KEYS_EVERY_SECONDS', { fallback: 60, ...between }, faults) * 1000,
  };
}

/** A lane that counts as down before its next canary is due would be down most of the time. */
function readCanary(env: Environment, faults: string[]): Config['canary'] {
  const every = whole(env, 'CANARY_EVERY_MS', everyMs(5_000), faults);
  const lateMs = whole(env, 'CANARY_LATE_MS', everyMs(15_000), faults);
  if (lateMs <= every)
    faults.push(`CANARY_LATE_MS must be more than CANARY_EVERY_MS (${every}): set it to three times that`);
  return { everyMs: every, lateMs };
}

function readPayers(env: Environment, faults: string[]): Config['payers'] {
  const upTo = (name: string, range: { fallback: number; least: number; most: number }) =>
    whole(env, name, range, faults);
  return {
    retryLadderMs: waits(env, 'PAYER_RETRY_SECONDS', [15, 60, 300, 900, 3600, 7200, 14_400], faults),
    giveUpAfterMs: upTo('PAYER_GIVE_UP_MINUTES', { fallback: 24 * 60, least: 0, most: 30 * 24 * 60 }) * minute,
    rereadLadderMs: waits(env, 'PAYER_REREAD_SECONDS', [2, 5], faults),
    repeatNotFoundMs: upTo('PAYER_REPEAT_NOT_FOUND_SECONDS', { fallback: 180, least: 1, most: 86_400 }) * 1000,
    ...cost(env, faults),
    probeEveryMs: upTo('PAYER_PROBE_MS', everyMs(30_000)),
    reuseForMs: upTo('REUSE_ANSWERS_HOURS', { fallback: 24, least: 0, most: 31 * 24 }) * 60 * minute,
    networks: readNetworks(env, 'PAYER_NETWORKS', faults),
  };
}

/** Without it nothing bounds what the inquiries of one verification may cost beside the first of each payer. */
function cost(env: Environment, faults: string[]): { mostCostCents?: number } {
  const range = { fallback: 0, least: 0, most: 100_000_00 };
  return env.PAYER_MOST_COST_CENTS ? { mostCostCents: whole(env, 'PAYER_MOST_COST_CENTS', range, faults) } : {};
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
    ...(env.WORKER_METRICS_PORT ? { workerPort: port(env, 'WORKER_METRICS_PORT', 0, faults) } : {}),
  };
}
