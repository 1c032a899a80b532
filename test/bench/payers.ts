import { ordinaryPayers } from '../../apps/payer-simulator/simulated-payers';
import { until } from '../../apps/standalone/processes';
import { Fleet } from '../setup/fleet';
import type { Measurement } from '../setup/measure';
import { type Installation, onEachBackend } from '../setup/on-each-backend';
import { cpuMsOf, memoryOf, postgresCpuMs } from '../setup/process-costs';
import { requestFor } from '../setup/seed';

const inFlight = 500;
const answerTakesMs = 2000;
/** What the waiting alone would allow, a second. */
const possible = inFlight / (answerTakesMs / 1000);

/** `npm run bench -- payers [VERIFICATIONS]`: one worker process with 500 inquiries in flight that take 2 s each, on both queue backends. */
export async function run({ count = 4000 }: { count?: number }): Promise<Measurement[]> {
  return onEachBackend((where) => measured(where, Math.max(count, 3 * inFlight)));
}

export async function measured(where: Installation, count: number): Promise<Measurement[]> {
  const fleet = await Fleet.start({ ...where, settings: { WORKER_CONCURRENCY: String(inFlight) } });
  try {
    await fleet.agree({ maxInFlight: inFlight, timeoutMs: 20_000 });
    await fleet.payers.playFault({ kind: 'latency', ms: answerTakesMs });
    await fleet.requestAll(
      Array.from({ length: count }, (_, index) => requestFor(memberId(index), { priority: 'routine' })),
    );
    return rowsOf(where.backend, await timed(fleet, count), count);
  } finally {
    await fleet.stop();
  }
}

function memberId(index: number): string {
  const prefix = ordinaryPayers[index % ordinaryPayers.length]?.memberIdPrefix;
  return `${prefix}001${String(index).padStart(5, '0')}`;
}

interface Timed {
  perSecond: number;
  workerBytes: number;
  workerMs: number;
  databaseMs: number;
  simulatorMs: number;
  transactions: number;
}

async function timed(fleet: Fleet, count: number): Promise<Timed> {
  const { rows } = await fleet.owner.query<{ pid: number }>(
    `SELECT split_part(pg_read_file('postmaster.pid'), E'\n', 1)::integer AS pid`,
  );
  const server = rows[0]?.pid ?? 0;
  const simulator = fleet.pidOf('payer-simulator');
  const before = {
    database: postgresCpuMs(server),
    simulator: cpuMsOf(simulator),
    transactions: await transactions(fleet),
  };
  const worker = await fleet.launch('worker');
  const pid = worker.pid ?? 0;
  const started = cpuMsOf(pid);
  const verified = (): Promise<number> => fleet.count(`SELECT count(*) FROM verification WHERE status = 'verified'`);
  let workerBytes = 0;
  await until(async () => {
    workerBytes = Math.max(workerBytes, memoryOf(pid).now);
    await new Promise((next) => setTimeout(next, 250));
    return (await verified()) === count;
  }, 600_000);
  return {
    perSecond: await steadyRate(fleet, count),
    workerBytes,
    workerMs: (cpuMsOf(pid) - started) / count,
    databaseMs: (postgresCpuMs(server) - before.database) / count,
    simulatorMs: (cpuMsOf(simulator) - before.simulator) / count,
    transactions: ((await transactions(fleet)) - before.transactions) / count,
  };
}

/** Verified a second while as many as may be are in flight: neither the first wave nor the last counts. */
async function steadyRate(fleet: Fleet, count: number): Promise<number> {
  const { rows } = await fleet.owner.query<{ at: Date }>(
    `SELECT at FROM audit_entry WHERE action = 'verification.moved' AND detail->>'to' = 'verified' ORDER BY at`,
  );
  const [from, to] = [rows[inFlight]?.at, rows[count - inFlight]?.at];
  return from && to ? ((count - 2 * inFlight) * 1000) / (to.getTime() - from.getTime()) : 0;
}

function transactions(fleet: Fleet): Promise<number> {
  return fleet.count(`SELECT xact_commit AS count FROM pg_stat_database WHERE datname = current_database()`);
}

function rowsOf(backend: string, timed: Timed, count: number): Measurement[] {
  const what = (text: string): string => `${backend}: ${text}`;
  const goal = possible * 0.9;
  const megabytes = timed.workerBytes / 1024 / 1024;
  return [
    {
      what: what(`verified a second, ${inFlight} inquiries of ${answerTakesMs / 1000} s in flight, of ${count}`),
      value: timed.perSecond,
      unit: '1/s',
      goal: `at least ${goal}`,
      pass: timed.perSecond >= goal,
    },
    { what: what('memory of the worker'), value: megabytes, unit: 'MB', goal: 'under 300', pass: megabytes < 300 },
    { what: what('processor time of the worker for each'), value: timed.workerMs, unit: 'ms' },
    { what: what('processor time of PostgreSQL for each'), value: timed.databaseMs, unit: 'ms' },
    { what: what('processor time of the simulated payers for each'), value: timed.simulatorMs, unit: 'ms' },
    { what: what('database transactions for each'), value: timed.transactions, unit: '' },
  ];
}
