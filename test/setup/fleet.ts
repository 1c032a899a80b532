import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Config, childEnvironment, generateKeyRing, readConfig } from '@openvob/platform';
import { SimulatorDriver } from '@openvob/testing/simulator-driver';
import { isResting, type Status } from '@openvob/verification';
import { Client } from 'pg';
import { freePort } from '../../apps/standalone/ports';
import { nodeOptionsFor, until } from '../../apps/standalone/processes';
import { seedTestFacility } from './seed';

/** Where a fleet keeps its rows and its queue. */
export interface FleetOptions {
  applicationUrl: string;
  ownerUrl: string;
  redisUrl?: string;
  /** Settings of every program, in addition to those that each fleet has. */
  settings?: Record<string, string>;
  /** Leave the API out where requests come in by another way. */
  withApi?: boolean;
}

export type Program = 'payer-simulator' | 'api' | 'worker';

const built = (name: Program): string =>
  join(
    __dirname.includes('/dist/') ? resolve(__dirname, '../../apps') : resolve(__dirname, '../../dist/apps'),
    name,
    'main.js',
  );

/** OpenVOB as separate processes, as it runs for real: payers, API, and as many workers as are started. */
export class Fleet {
  readonly payers: SimulatorDriver;
  readonly apiUrl: string;
  private readonly running = new Map<ChildProcess, Program>();

  private constructor(
    readonly options: FleetOptions,
    /** Logs, keys and the payers' ledger. */
    readonly folder: string,
    readonly owner: Client,
    readonly apiKey: string,
    readonly simulatorUrl: string,
    private readonly environment: Record<string, string>,
  ) {
    this.payers = new SimulatorDriver(simulatorUrl);
    this.apiUrl = `http://127.0.0.1:${environment.PORT}`;
  }

  static async start(options: FleetOptions): Promise<Fleet> {
    const folder = mkdtempSync(join(tmpdir(), 'openvob-fleet-'));
    const environment = await environmentOf(folder, options);
    const simulatorUrl = `http://127.0.0.1:${environment.SIMULATOR_PORT}`;
    const { apiKey } = await seedTestFacility(readConfig(environment), simulatorUrl);
    const owner = new Client({ connectionString: options.ownerUrl, application_name: 'openvob-checker' });
    await owner.connect();
    const fleet = new Fleet(options, folder, owner, apiKey, simulatorUrl, environment);
    await fleet.launch('payer-simulator');
    if (options.withApi !== false) await fleet.launch('api');
    return fleet;
  }

  /** What the programs read at their start. */
  get config(): Config {
    return readConfig(this.environment);
  }

  /** Starts a program and resolves when it is ready. */
  launch(name: Program, settings: Record<string, string> = {}): Promise<ChildProcess> {
    const log = openSync(join(this.folder, `${name}.log`), 'a');
    const child = spawn(process.execPath, [...nodeOptionsFor(built(name)), built(name)], {
      env: childEnvironment({ ...this.environment, ...settings }),
      stdio: ['ignore', log, log, 'ipc'],
    });
    this.running.set(child, name);
    child.once('exit', () => this.running.delete(child));
    return new Promise((resolveReady, reject) => {
      child.once('message', () => resolveReady(child));
      child.once('exit', (code) => reject(new Error(`${name} ended with ${code}:\n${this.lastWords(name)}`)));
    });
  }

  async stop(): Promise<void> {
    await Promise.all([...this.running.keys()].map((child) => ended(child)));
    await this.owner.end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Asks the API for a verification. @returns its id */
  async request(body: object, key: string = this.apiKey): Promise<string> {
    const headers = {
      authorization: `Bearer ${key}`,
      'idempotency-key': randomUUID(),
      'content-type': 'application/json',
    };
    const response = await fetch(`${this.apiUrl}/v1/verifications`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    if (response.status !== 202) throw new Error(`refused with ${response.status}`);
    return ((await response.json()) as { id: string }).id;
  }

  /** Asks for many, some at once. @returns their ids in the order of the bodies */
  async requestAll(bodies: readonly object[], atOnce = 50): Promise<string[]> {
    const ids: string[] = [];
    for (let done = 0; done < bodies.length; done += atOnce)
      ids.push(...(await Promise.all(bodies.slice(done, done + atOnce).map((body) => this.request(body)))));
    return ids;
  }

  /** Agrees limits with a payer, or with all of them. */
  agree(limits: AgreedLimits, payerId?: string): Promise<void> {
    return agree(this.owner, limits, payerId);
  }

  /** Waits until so many verifications rest and none is under way. @returns how many rest in which state */
  async untilRested(count: number, patienceMs: number): Promise<Record<string, number>> {
    let rested: Record<string, number> = {};
    const allRest = async (): Promise<boolean> => {
      const { rows } = await this.owner.query<{ status: Status; count: string }>(
        'SELECT status, count(*) FROM verification GROUP BY status',
      );
      rested = Object.fromEntries(rows.map((row) => [row.status, Number(row.count)]));
      return (
        rows.every((row) => isResting(row.status)) && rows.reduce((sum, row) => sum + Number(row.count), 0) === count
      );
    };
    if (!(await until(allRest, patienceMs))) throw new Error(`not all rest: ${JSON.stringify(rested)}`);
    return rested;
  }

  /** The process number of a program that runs; of the first when there are several. */
  pidOf(name: Program): number {
    const child = [...this.running].find(([, program]) => program === name)?.[0];
    if (child?.pid === undefined) throw new Error(`${name} does not run`);
    return child.pid;
  }

  /** The single number that a query gives. */
  async count(sql: string, values: unknown[] = []): Promise<number> {
    const { rows } = await this.owner.query<{ count: string }>(sql, values);
    return Number(rows[0]?.count);
  }

  /** All that was logged, by program. */
  logs(): Map<string, string> {
    const names = readdirSync(this.folder).filter((name) => name.endsWith('.log'));
    return new Map(names.map((name) => [name, readFileSync(join(this.folder, name), 'utf8')]));
  }

  /** How many inquiries the payers received, those of killed programs too. */
  received(): number {
    return readFileSync(join(this.folder, 'ledger.ndjson'), 'utf8').trim().split('\n').length;
  }

  private lastWords(name: Program): string {
    return readFileSync(join(this.folder, `${name}.log`), 'utf8').slice(-2000);
  }
}

async function environmentOf(folder: string, options: FleetOptions): Promise<Record<string, string>> {
  const keysFile = join(folder, 'keys.json');
  writeFileSync(keysFile, generateKeyRing(), { mode: 0o600 });
  return {
    DATABASE_URL: options.applicationUrl,
    OPENVOB_KEYS_FILE: keysFile,
    HOST: '127.0.0.1',
    PORT: String(await freePort()),
    SIMULATOR_PORT: String(await freePort()),
    SIMULATOR_LEDGER: join(folder, 'ledger.ndjson'),
    REDIS_URL: options.redisUrl ?? '',
    PAYER_NETWORKS: '127.0.0.0/8',
    WEBHOOK_NETWORKS: '127.0.0.0/8',
    ...options.settings,
  };
}

/** Ends a program in good order, or by force when it does not want to. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolveGone) => child.once('exit', resolveGone));
  child.kill('SIGTERM');
  child.kill('SIGCONT'); // a frozen one would not hear the first
  const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(force);
}

/** Kills a program as a crash would, and waits until it is gone. */
export async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolveGone) => child.once('exit', resolveGone));
  child.kill('SIGKILL');
  await gone;
}

export interface AgreedLimits {
  maxInFlight?: number;
  perMinute?: number;
  timeoutMs?: number;
}

/** Agrees limits with a payer, or with all of them; what is not named stays. */
export async function agree(owner: Client, limits: AgreedLimits, payerId?: string): Promise<void> {
  const { maxInFlight = null, perMinute = null, timeoutMs = null } = limits;
  await owner.query(
    `UPDATE payer_connection SET max_in_flight = coalesce($1, max_in_flight), agreed_in_flight = coalesce($1, agreed_in_flight),
       per_minute = coalesce($2, per_minute), timeout_ms = coalesce($3, timeout_ms) WHERE payer_id = coalesce($4, payer_id)`,
    [maxInFlight, perMinute, timeoutMs, payerId ?? null],
  );
}
