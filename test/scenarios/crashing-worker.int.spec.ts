import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { childEnvironment, generateKeyRing } from '@openvob/platform';
import { SimulatorDriver } from '@openvob/testing/simulator-driver';
import { requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';
import { deadlyMemberId } from './crashing-worker';

const entry = resolve(__dirname, '../../dist/test/scenarios/crashing-worker.js');

/** A supervisor: starts the worker again whenever it dies. */
class Supervised {
  deaths = 0;
  private awaited: { deaths: number; tell(): void } | undefined;
  private child: ChildProcess | undefined;
  private isStopping = false;

  constructor(private readonly environment: Record<string, string>) {
    this.start();
  }

  private start(): void {
    const child = spawn(process.execPath, [entry], {
      env: childEnvironment(this.environment),
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child.once('exit', (_code, signal) => {
      if (signal === 'SIGKILL') this.deaths += 1;
      if (this.awaited && this.deaths >= this.awaited.deaths) this.awaited.tell();
      if (!this.isStopping) this.start();
    });
    this.child = child;
  }

  /** Resolves when it has died so often. */
  async died(deaths: number): Promise<void> {
    if (this.deaths >= deaths) return;
    await new Promise<void>((tell) => {
      this.awaited = { deaths, tell };
    });
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await gone;
  }
}

describe('a verification that takes its process down', () => {
  let folder: string;
  let spine: Spine;
  let caller: TestCaller;
  let worker: Supervised;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'openvob-crashing-'));
    const keys = generateKeyRing();
    const keysFile = join(folder, 'keys.json');
    writeFileSync(keysFile, keys, { mode: 0o600 });
    spine = await startSpine({ redisUrl: undefined, settings: { OPENVOB_KEYS: keys }, withWorker: false });
    caller = new TestCaller(spine);
    await new SimulatorDriver(spine.simulator.url).playFault({ kind: 'latency', ms: 400 });
    worker = new Supervised({
      DATABASE_URL: spine.config.databaseUrl,
      PAYER_NETWORKS: '127.0.0.0/8',
      OPENVOB_KEYS_FILE: keysFile,
      CLAIM_LEASE_MS: '1500',
      SWEEP_EVERY_MS: '500',
      DRAIN_MS: '500',
    });
  });
  afterAll(async () => {
    await worker.stop();
    await spine.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('three times is set aside, nobody beside it is blamed, and it can be asked again', async () => {
    const ask = async (memberId: string): Promise<string> =>
      (await caller.post('/v1/verifications', requestFor(memberId))).body.id;
    const deadly = await ask(deadlyMemberId);
    const others = await Promise.all(Array.from({ length: 12 }, (_, serial) => ask(`NWH00102${serial + 10}`)));

    const shown = await restedAfterLong(deadly);
    expect(shown).toMatchObject({ status: 'failed', reason: 'set_aside' });
    expect(worker.deaths).toBe(3);
    for (const id of others) expect((await restedAfterLong(id)).status).toBe('verified');

    const ops = new TestCaller(spine, await spine.keyFor('ops'));
    const replayed = await ops.post('/v1/payers/pay_demo_northwind/replay');
    expect(replayed.body).toEqual({ waiting: 0, failed: 1, more: false });
    expect((await caller.get(`/v1/verifications/${deadly}`)).body.round).toBe(2);
    await worker.died(4);
    expect((await caller.post(`/v1/verifications/${deadly}/cancel`)).body.status).toBe('cancelled');
  }, 200_000);

  /** The queue gives a dead worker's job to another one after some seconds. */
  async function restedAfterLong(id: string): Promise<{ status: string }> {
    for (let tries = 0; tries < 5; tries += 1) {
      const shown = await caller.rested(id);
      if (!['received', 'queued', 'asking_payer', 'waiting_for_payer'].includes(shown.status)) return shown;
    }
    throw new Error(`${id} does not come to rest`);
  }
});
