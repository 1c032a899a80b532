import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { until } from '../../apps/standalone/processes';
import { Fleet, type FleetOptions } from '../setup/fleet';
import { patientDataIn, patientDataInQueue } from '../setup/patient-data';
import { memoryOf } from '../setup/process-costs';
import {
  type ChaosAdapter,
  chaosAdapters,
  type FailingPayers,
  type FaultCase,
  faultCases,
  startFailing,
} from './payers.cases';
import { connectionTo } from './payers.exchanges';
import { canaries, requestAbout } from './payers.people';
import { FleetSetup, type PayerToConnect } from './payers.ways';

export interface FaultsOptions extends FleetOptions {
  /** Verifications that meet each fault, half of them through each adapter. */
  count: number;
  /** After how long an answer is needed, milliseconds. */
  neededAfterMs: number;
}

export interface FaultsResult {
  verifications: number;
  /** `fault: status (reason)` of each that rests where that fault must not lead, with how many. */
  astray: Record<string, number>;
  /** Places where a patient's data were found that must not hold any. */
  leaks: string[];
  workerBytes: number;
}

const metricsToken = 'metrics-token-of-the-chaos-run';

/** Payers that fail in twelve ways at once, through the whole path: every verification has to end, and nobody's data may be seen on the way. */
export async function failingPayers(options: FaultsOptions): Promise<FaultsResult> {
  const settings = {
    LOG_LEVEL: 'debug',
    METRICS_TOKEN: metricsToken,
    PAYER_RETRY_SECONDS: '0.5,1,2',
    PAYER_REREAD_SECONDS: '0.1,0.1',
    PAYER_PROBE_MS: '2000',
    SWEEP_EVERY_MS: '1000',
  };
  const fleet = await Fleet.start({ ...options, settings });
  const run = new FaultyRun(fleet, options);
  try {
    return await run.result();
  } finally {
    await run.close();
    await fleet.stop();
  }
}

/** A payer that fails in one way, and the way to it. */
export interface Trouble {
  readonly one: FaultCase;
  readonly payer: PayerToConnect;
  readonly failing: FailingPayers;
}

class FaultyRun {
  private troubles: Trouble[] = [];
  private workerBytes = 0;

  constructor(
    private readonly fleet: Fleet,
    private readonly options: FaultsOptions,
  ) {}

  async result(): Promise<FaultsResult> {
    for (const [index, one] of faultCases.entries())
      for (const adapter of chaosAdapters) this.troubles.push(await troubleOf(one, adapter, index));
    const opsKey = await FleetSetup.of(this.fleet, async (setup) => {
      await setup.connect(this.troubles.map(({ payer }) => payer));
      return setup.addKey('ops');
    });
    const worker = await this.fleet.launch('worker');
    const bodies = await this.provokeErrors();
    const verifications = await this.request();
    const seen = await this.watch(verifications, worker.pid ?? 0, opsKey);
    return {
      verifications,
      astray: await astray(this.fleet.owner, this.troubles),
      leaks: await patientDataIn(this.fleet, canaries, new Map([['error bodies', bodies.join('\n')], ...seen])),
      workerBytes: this.workerBytes,
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.troubles.map(({ failing }) => failing.close()));
  }

  private async request(): Promise<number> {
    const each = Math.ceil(this.options.count / chaosAdapters.length);
    const bodies = Array.from({ length: each }, (_, round) =>
      this.troubles.map(({ payer }, index) => ({ payer, number: round * this.troubles.length + index })),
    ).flat();
    for (let done = 0; done < bodies.length; done += 500) {
      const neededBy = new Date(Date.now() + this.options.neededAfterMs);
      const some = bodies.slice(done, done + 500);
      await this.fleet.requestAll(
        some.map(({ payer, number }) => requestAbout(number, payer, { neededBy })),
        25,
      );
    }
    return bodies.length;
  }

  /** Waits until all rest; what operations can see meanwhile is kept. */
  private async watch(verifications: number, worker: number, opsKey: string): Promise<Map<string, string>> {
    const seen = new Map<string, string>();
    const rested = this.fleet.untilRested(verifications, this.options.neededAfterMs * 2 + 180_000);
    let isOver = false;
    const over = rested.then(
      () => (isOver = true),
      () => (isOver = true),
    );
    for (let look = 0; !isOver; look += 1) {
      this.workerBytes = Math.max(this.workerBytes, memoryOf(worker).now);
      for (const [path, key] of [
        ['/metrics', metricsToken],
        ['/ops/queues/api/queues?activeQueue=today&status=latest', opsKey],
        ['/ops/queues/api/queues?activeQueue=caller_waiting&status=latest', opsKey],
      ] as const)
        seen.set(`${path} ${look % 20}`, await this.read(path, key));
      for (const finding of await patientDataInQueue(this.fleet, canaries))
        seen.set(`meanwhile in ${finding}`, finding);
      await Promise.race([over, until(() => isOver, 2000)]);
    }
    await rested;
    return seen;
  }

  private async read(path: string, key: string): Promise<string> {
    const response = await fetch(`${this.fleet.apiUrl}${path}`, { headers: { authorization: `Bearer ${key}` } });
    return response.text();
  }

  /** What callers are told when their requests are wrong in every field, have no key, or come twice. */
  private async provokeErrors(): Promise<string[]> {
    const good = requestAbout(999_998, { id: 'pay_demo_northwind', memberIdPrefix: 'NWH' });
    const wrong = JSON.parse(JSON.stringify(good).replaceAll(/"(?=[^"]*":)/g, '"x')) as object;
    const key = randomUUID();
    const tries: [string, Record<string, string>][] = [
      [JSON.stringify(wrong), { 'idempotency-key': randomUUID() }],
      [
        JSON.stringify({ ...good, patient: { ...(good.patient as object), birthDate: '19570823' } }),
        { 'idempotency-key': randomUUID() },
      ],
      [`${JSON.stringify(good)}}`, { 'idempotency-key': randomUUID() }],
      [JSON.stringify(good), {}],
      [JSON.stringify({ ...good, program: { id: 'Quorvintle' } }), { 'idempotency-key': key }],
      [JSON.stringify({ ...good, coverages: [{ payer: { id: 'Plumquist' } }] }), { 'idempotency-key': key }],
    ];
    return Promise.all(tries.map(([body, headers]) => this.refusal(body, headers)));
  }

  private async refusal(body: string, headers: Record<string, string>): Promise<string> {
    const response = await fetch(`${this.fleet.apiUrl}/v1/verifications`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.fleet.apiKey}`, 'content-type': 'application/json', ...headers },
      body,
    });
    if (response.status < 400) throw new Error(`a wrong request was accepted with ${response.status}`);
    return response.text();
  }
}

export async function troubleOf(one: FaultCase, adapter: ChaosAdapter, index: number, hangMs = 2000): Promise<Trouble> {
  const failing = await startFailing(one, adapter);
  const id = `pay_trouble_${index}_${adapter}`;
  const timeoutMs = one.hangs ? hangMs : 20_000;
  const connection = { ...connectionTo(adapter, failing.url, timeoutMs), id: `con_${id}`, payerReference: 'NW001' };
  return { one, failing, payer: { id, memberIdPrefix: 'NWH', connection } };
}

/** What of all, or of those named, rests where its payer's fault must not lead, as `fault: status (reason)` with how many. */
export async function astray(
  owner: Client,
  troubles: readonly Trouble[],
  among: readonly string[] | null = null,
): Promise<Record<string, number>> {
  const { rows } = await owner.query<{ payer: string; status: string; reason: string; count: string }>(
    `SELECT payer_id AS payer, status, reason, count(*) FROM verification WHERE $1::text[] IS NULL OR id = ANY ($1) GROUP BY 1, 2, 3`,
    [among],
  );
  const wrong = rows.flatMap(({ payer, status, reason, count }) => {
    const one = troubles.find((each) => each.payer.id === payer)?.one;
    const missedItsTurn = one?.mayMissItsTurn && status === 'needs_call' && reason === 'payer_busy';
    const isRight = one?.ends.status === status && one.ends.reasons.includes(reason);
    return isRight || missedItsTurn ? [] : [[`${one?.name ?? payer}: ${status} (${reason})`, Number(count)] as const];
  });
  return Object.fromEntries(wrong);
}
