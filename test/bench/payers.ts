import { ordinaryPayers } from '../../apps/payer-simulator/simulated-payers';
import { until } from '../../apps/standalone/processes';
import { Fleet } from '../setup/fleet';
import type { Measurement } from '../setup/measure';
import { type Installation, onEachBackend } from '../setup/on-each-backend';
import { cpuMsOf, memoryOf, postgresCpuMs } from '../setup/process-costs';
import { requestFor } from '../setup/seed';

const inFlight = 500;
const answerTakesMs = 2000;
/** Jobs of the worker, which alone bound what is in flight (each payer would take as many): besides those whose inquiry is in flight, some prepare theirs or conclude from the answer. */
const jobs = Math.round(inFlight * 1.07);
/** Verified before it counts: what a worker runs is compiled by then, and the tables have their statistics. */
const mostWarmingUp = 4000;
/** What the waiting alone would allow, a second. */
const possible = inFlight / (answerTakesMs / 1000);

/** `npm run bench -- payers [VERIFICATIONS]`: one warm worker process with 500 inquiries in flight at most on average, 2 s each, on both queue backends. */
export async function run({ count = 4000 }: { count?: number }): Promise<Measurement[]> {
  return onEachBackend((where) => measured(where, Math.max(count, 3 * inFlight)));
}

export async function measured(where: Installation, count: number): Promise<Measurement[]> {
  const warmingUp = Math.min(count, mostWarmingUp);
  const all = warmingUp + count;
  const fleet = await Fleet.start({ ...where, settings: { WORKER_CONCURRENCY: String(jobs), SIMULATOR_LEDGER: '' } });
  try {
    await fleet.agree({ maxInFlight: inFlight, timeoutMs: 20_000 });
    await fleet.payers.playFault({ kind: 'latency', ms: answerTakesMs });
    await fleet.requestAll(
      Array.from({ length: all }, (_, index) => requestFor(memberId(index), { priority: 'routine' })),
    );
    return rowsOf(where.backend, await timed(fleet, { warmingUp, all }), count);
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
  /** Inquiries with the payers on average, from being sent to being answered. */
  meanInFlight: number;
  workerBytes: number;
  workerMs: number;
  databaseMs: number;
  simulatorMs: number;
  transactions: number;
}

async function timed(fleet: Fleet, { warmingUp, all }: { warmingUp: number; all: number }): Promise<Timed> {
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
  await until(async () => (await verified()) >= warmingUp / 2, 300_000);
  await fleet.owner.query('ANALYZE');
  await until(async () => {
    workerBytes = Math.max(workerBytes, memoryOf(pid).now);
    await new Promise((next) => setTimeout(next, 250));
    return (await verified()) === all;
  }, 600_000);
  const perSecond = await steadyRate(fleet, warmingUp, all - jobs);
  return {
    perSecond,
    meanInFlight: perSecond * (await secondsInFlight(fleet)),
    workerBytes,
    workerMs: (cpuMsOf(pid) - started) / all,
    databaseMs: (postgresCpuMs(server) - before.database) / all,
    simulatorMs: (cpuMsOf(simulator) - before.simulator) / all,
    transactions: ((await transactions(fleet)) - before.transactions) / all,
  };
}

/** Verified a second between the nth and the mth: before the last wave, in which ever fewer are in flight. */
async function steadyRate(fleet: Fleet, n: number, m: number): Promise<number> {
  const { rows } = await fleet.owner.query<{ at: Date }>(
    `SELECT at FROM audit_entry WHERE action = 'verification.moved' AND detail->>'to' = 'verified' ORDER BY at`,
  );
  const [from, to] = [rows[n]?.at, rows[m]?.at];
  return from && to ? ((m - n) * 1000) / (to.getTime() - from.getTime()) : 0;
}

async function secondsInFlight(fleet: Fleet): Promise<number> {
  const { rows } = await fleet.owner.query<{ seconds: string }>(
    'SELECT avg(extract(epoch FROM answered_at - sent_at)) AS seconds FROM inquiry',
  );
  return Number(rows[0]?.seconds);
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
      what: what(`verified a second by ${jobs} jobs, inquiries of ${answerTakesMs / 1000} s, ${count} when warm`),
      value: timed.perSecond,
      unit: '1/s',
      goal: `at least ${goal}`,
      pass: timed.perSecond >= goal,
    },
    {
      what: what('inquiries in flight on average'),
      value: timed.meanInFlight,
      unit: '',
      goal: `at most ${inFlight}`,
      pass: timed.meanInFlight <= inFlight,
    },
    { what: what('memory of the worker'), value: megabytes, unit: 'MB', goal: 'under 300', pass: megabytes < 300 },
    { what: what('processor time of the worker for each'), value: timed.workerMs, unit: 'ms' },
    { what: what('processor time of PostgreSQL for each'), value: timed.databaseMs, unit: 'ms' },
    { what: what('processor time of the simulated payers for each'), value: timed.simulatorMs, unit: 'ms' },
    { what: what('database transactions for each'), value: timed.transactions, unit: '' },
  ];
}
