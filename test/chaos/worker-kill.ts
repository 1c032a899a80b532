import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { childEnvironment, generateKeyRing, readConfig } from '@openvob/platform';
import { isResting, type Status } from '@openvob/verification';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { freePort } from '../../apps/standalone/ports';
import { createTestDatabase } from '../setup/database';
import { factsVariable } from '../setup/facts';
import type { Measurement } from '../setup/measure';
import { createTestRedis } from '../setup/redis';
import { requestFor, seedTestFacility } from '../setup/seed';
import { startServices } from '../setup/services';

export interface WorkerKillOptions {
  applicationUrl: string;
  ownerUrl: string;
  redisUrl?: string;
  verifications: number;
  kills: number;
}

export interface WorkerKillResult {
  rested: Record<string, number>;
  /** Verifications with more than one result in their round. */
  doubled: number;
  /** Inquiries that payers received beyond one each. */
  extraInquiries: number;
  /** Inquiries under way at the moments of the kills: the most that may be asked twice. */
  inFlightAtKills: number;
  /** Places where a patient's data were found that must not hold any. */
  leaks: string[];
  secondsToRest: number;
}

/** What must not be found: parts of every request's person and policy. */
const canaries = ['Quillfeather', 'Marlow', '1988-03-14', '19880314', 'NWH001'];
const answerTakesMs = 250;
const restWithinMs = 150_000;

const built = (name: string): string =>
  join(
    __dirname.includes('/dist/') ? resolve(__dirname, '../../apps') : resolve(__dirname, '../../dist/apps'),
    name,
    'main.js',
  );

/** Runs verifications through separate processes and kills the worker with SIGKILL while payers are being asked. */
export async function workerKill(options: WorkerKillOptions): Promise<WorkerKillResult> {
  const world = await World.start(options);
  try {
    return await world.run();
  } finally {
    await world.stop();
  }
}

/** `npm run chaos -- worker-kill [VERIFICATIONS]`: both backends, one after the other. */
export async function run({ count = 100 }: { count?: number }): Promise<Measurement[]> {
  const services = await startServices();
  process.env[factsVariable] = services.factsFile;
  try {
    return [...(await measured('PostgreSQL', count)), ...(await measured('Redis', count))];
  } finally {
    await services.stop();
  }
}

async function measured(backend: 'PostgreSQL' | 'Redis', verifications: number): Promise<Measurement[]> {
  const database = await createTestDatabase();
  const redis = backend === 'Redis' ? await createTestRedis() : undefined;
  try {
    const result = await workerKill({
      ...database,
      ...(redis ? { redisUrl: redis.url } : {}),
      verifications,
      kills: 5,
    });
    return rowsOf(backend, verifications, result);
  } finally {
    await redis?.release();
    await database.drop();
  }
}

function rowsOf(backend: string, verifications: number, result: WorkerKillResult): Measurement[] {
  const what = (text: string): string => `${backend}: ${text}`;
  const verified = result.rested.verified ?? 0;
  return [
    {
      what: what('verified after 5 kills'),
      value: verified,
      unit: 'verifications',
      goal: `all ${verifications}`,
      pass: verified === verifications,
    },
    {
      what: what('results given twice'),
      value: result.doubled,
      unit: 'verifications',
      goal: '0',
      pass: result.doubled === 0,
    },
    {
      what: what('inquiries beyond one each'),
      value: result.extraInquiries,
      unit: 'inquiries',
      goal: `at most ${result.inFlightAtKills} in flight at kills`,
      pass: result.extraInquiries <= result.inFlightAtKills,
    },
    {
      what: what('places with patient data'),
      value: result.leaks.length,
      unit: 'places',
      goal: '0',
      pass: result.leaks.length === 0,
    },
    { what: what('last one rested after'), value: result.secondsToRest, unit: 's' },
  ];
}

/** The processes of one run: payers, API, and a worker that is killed again and again. */
class World {
  private worker: ChildProcess | undefined;
  private readonly others: ChildProcess[] = [];
  private inFlightAtKills = 0;

  private constructor(
    private readonly options: WorkerKillOptions,
    private readonly folder: string,
    private readonly owner: Client,
    private readonly api: { url: string; key: string },
    private readonly environment: Record<string, string>,
  ) {}

  static async start(options: WorkerKillOptions): Promise<World> {
    const folder = mkdtempSync(join(tmpdir(), 'openvob-worker-kill-'));
    const keysFile = join(folder, 'keys.json');
    writeFileSync(keysFile, generateKeyRing(), { mode: 0o600 });
    const [port, simulatorPort] = [await freePort(), await freePort()];
    const environment = {
      DATABASE_URL: options.applicationUrl,
      OPENVOB_KEYS_FILE: keysFile,
      HOST: '127.0.0.1',
      PORT: String(port),
      SIMULATOR_PORT: String(simulatorPort),
      SIMULATOR_LEDGER: join(folder, 'ledger.ndjson'),
      CLAIM_LEASE_MS: '4000',
      SWEEP_EVERY_MS: '1000',
      WORKER_CONCURRENCY: '10',
      LOG_LEVEL: 'debug',
      ...(options.redisUrl ? { REDIS_URL: options.redisUrl } : {}),
    };
    const simulatorUrl = `http://127.0.0.1:${simulatorPort}`;
    const { apiKey } = await seedTestFacility(readConfig(environment), simulatorUrl);
    const owner = new Client({ connectionString: options.ownerUrl, application_name: 'openvob-checker' });
    await owner.connect();
    const world = new World(options, folder, owner, { url: `http://127.0.0.1:${port}`, key: apiKey }, environment);
    world.others.push(await world.launch('payer-simulator'), await world.launch('api'));
    await fetch(`${simulatorUrl}/control/faults`, {
      method: 'POST',
      body: JSON.stringify({ kind: 'latency', ms: answerTakesMs }),
    });
    return world;
  }

  async run(): Promise<WorkerKillResult> {
    const startedAt = performance.now();
    const ids = await this.request();
    this.worker = await this.launch('worker');
    for (let kill = 0; kill < this.options.kills; kill += 1) await this.killWorker(kill);
    const rested = await this.untilRested(ids.length);
    const secondsToRest = Math.round((performance.now() - startedAt) / 100) / 10;
    return {
      rested,
      ...(await this.counts(ids.length)),
      inFlightAtKills: this.inFlightAtKills,
      leaks: await this.leaks(),
      secondsToRest,
    };
  }

  async stop(): Promise<void> {
    await Promise.all([this.worker, ...this.others].map((child) => child && ended(child)));
    await this.owner.end();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async request(): Promise<string[]> {
    const bodies = Array.from({ length: this.options.verifications }, (_, index) =>
      requestFor(`NWH001${String(index).padStart(4, '0')}`),
    );
    return Promise.all(bodies.map((body) => this.post(body)));
  }

  private async post(body: object): Promise<string> {
    const headers = {
      authorization: `Bearer ${this.api.key}`,
      'idempotency-key': randomUUID(),
      'content-type': 'application/json',
    };
    const response = await fetch(`${this.api.url}/v1/verifications`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    if (response.status !== 202) throw new Error(`refused with ${response.status}`);
    return ((await response.json()) as { id: string }).id;
  }

  /** Lets the worker get into its stride, kills it in the middle of inquiries, starts another. */
  private async killWorker(kill: number): Promise<void> {
    const answeredBefore = await this.count(`SELECT count(*) FROM inquiry WHERE state = 'answered'`);
    await until(async () => (await this.count(`SELECT count(*) FROM inquiry WHERE state = 'sent'`)) > 0, 30_000);
    await until(
      async () => (await this.count(`SELECT count(*) FROM inquiry WHERE state = 'answered'`)) > answeredBefore + kill,
      30_000,
    );
    const { worker } = this;
    if (!worker) throw new Error('no worker');
    const dead = new Promise((resolveDead) => worker.once('exit', resolveDead));
    worker.kill('SIGKILL');
    await dead;
    this.inFlightAtKills += await this.count(`SELECT count(*) FROM inquiry WHERE state = 'sent'`);
    this.worker = await this.launch('worker');
  }

  private async untilRested(count: number): Promise<Record<string, number>> {
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
    if (!(await until(allRest, restWithinMs))) throw new Error(`not all rest: ${JSON.stringify(rested)}`);
    return rested;
  }

  private async counts(verifications: number): Promise<{ doubled: number; extraInquiries: number }> {
    const moves = `SELECT count(*) FROM (SELECT subject_id FROM audit_entry WHERE action = 'verification.moved' AND detail->>'to' = 'verified'
      GROUP BY subject_id HAVING count(*) > 1) AS twice`;
    const received = readFileSync(join(this.folder, 'ledger.ndjson'), 'utf8').trim().split('\n').length;
    return { doubled: await this.count(moves), extraInquiries: received - verifications };
  }

  /** Looks for patients in all logs, in BullMQ's tables and in Redis. */
  private async leaks(): Promise<string[]> {
    const logs = readdirSync(this.folder).filter((name) => name.endsWith('.log'));
    const texts = new Map(logs.map((name) => [name, readFileSync(join(this.folder, name), 'utf8')]));
    for (const [name, text] of await this.queueTables()) texts.set(name, text);
    if (this.options.redisUrl) texts.set('redis', await dumpOf(this.options.redisUrl));
    return [...texts].flatMap(([name, text]) =>
      canaries.filter((canary) => holds(text, canary)).map((canary) => `${name}: ${canary}`),
    );
  }

  private async queueTables(): Promise<[string, string][]> {
    const { rows } = await this.owner.query<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'bullmq'`,
    );
    const dumps: [string, string][] = [];
    for (const { name } of rows) {
      const dump = await this.owner.query<{ text: string | null }>(
        `SELECT string_agg(t::text, E'\\n') AS text FROM bullmq."${name}" t`,
      );
      dumps.push([`bullmq.${name}`, dump.rows[0]?.text ?? '']);
    }
    return dumps;
  }

  private async count(sql: string): Promise<number> {
    const { rows } = await this.owner.query<{ count: string }>(sql);
    return Number(rows[0]?.count);
  }

  private launch(name: 'payer-simulator' | 'api' | 'worker'): Promise<ChildProcess> {
    const log = openSync(join(this.folder, `${name}.log`), 'a');
    const child = spawn(process.execPath, [built(name)], {
      env: childEnvironment(this.environment),
      stdio: ['ignore', log, log, 'ipc'],
    });
    return new Promise((resolveReady, reject) => {
      child.once('message', () => resolveReady(child));
      child.once('exit', (code) =>
        reject(
          new Error(
            `${name} ended with ${code}:\n${readFileSync(join(this.folder, `${name}.log`), 'utf8').slice(-2000)}`,
          ),
        ),
      );
    });
  }
}

/** Every key and value of a Redis database as text. */
async function dumpOf(url: string): Promise<string> {
  const redis = new Redis(url);
  const parts: string[] = [];
  for (const key of await redis.keys('*')) parts.push(key, (await redis.dumpBuffer(key))?.toString('latin1') ?? '');
  redis.disconnect();
  return parts.join('\n');
}

/** Plain, in base64 and in hexadecimal. */
function holds(text: string, canary: string): boolean {
  const bytes = Buffer.from(canary);
  return [canary, bytes.toString('base64').replace(/=+$/, ''), bytes.toString('hex')].some((form) =>
    text.includes(form),
  );
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolveGone) => child.once('exit', resolveGone));
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(force);
}

async function until(holdsNow: () => Promise<boolean>, patienceMs: number): Promise<boolean> {
  const deadline = performance.now() + patienceMs;
  while (performance.now() < deadline) {
    if (await holdsNow()) return true;
    await new Promise((next) => setTimeout(next, 25));
  }
  return false;
}
