import type { ChildProcess } from 'node:child_process';
import { until } from '../../apps/standalone/processes';
import { Fleet, type FleetOptions, killed } from '../setup/fleet';
import type { Measurement } from '../setup/measure';
import { onEachBackend } from '../setup/on-each-backend';
import { patientDataIn } from '../setup/patient-data';
import { requestFor } from '../setup/seed';

export interface WorkerKillOptions extends FleetOptions {
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

const settings = {
  CLAIM_LEASE_MS: '4000',
  SWEEP_EVERY_MS: '1000',
  WORKER_CONCURRENCY: '10',
  LOG_LEVEL: 'debug',
};

/** Runs verifications through separate processes and kills the worker with SIGKILL while payers are being asked. */
export async function workerKill(options: WorkerKillOptions): Promise<WorkerKillResult> {
  const fleet = await Fleet.start({ ...options, settings });
  try {
    await fleet.payers.playFault({ kind: 'latency', ms: answerTakesMs });
    return await new KillingRun(fleet, options).run();
  } finally {
    await fleet.stop();
  }
}

/** `npm run chaos -- worker-kill [VERIFICATIONS]`: both backends, one after the other. */
export async function run({ count = 100 }: { count?: number }): Promise<Measurement[]> {
  return onEachBackend(async (where) => {
    const result = await workerKill({ ...where, verifications: count, kills: 5 });
    return rowsOf(where.backend, count, result);
  });
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

/** One run: a worker that is killed again and again. */
class KillingRun {
  private worker: ChildProcess | undefined;
  private inFlightAtKills = 0;

  constructor(
    private readonly fleet: Fleet,
    private readonly options: WorkerKillOptions,
  ) {}

  async run(): Promise<WorkerKillResult> {
    const { fleet } = this;
    const startedAt = performance.now();
    const bodies = Array.from({ length: this.options.verifications }, (_, index) =>
      requestFor(`NWH001${String(index).padStart(4, '0')}`),
    );
    await fleet.requestAll(bodies);
    this.worker = await fleet.launch('worker');
    for (let kill = 0; kill < this.options.kills; kill += 1) await this.killWorker(kill);
    const rested = await fleet.untilRested(bodies.length, restWithinMs);
    const secondsToRest = Math.round((performance.now() - startedAt) / 100) / 10;
    return {
      rested,
      doubled: await fleet.count(twiceVerified),
      extraInquiries: fleet.received() - bodies.length,
      inFlightAtKills: this.inFlightAtKills,
      leaks: await patientDataIn(fleet, canaries),
      secondsToRest,
    };
  }

  /** Lets the worker get into its stride, kills it in the middle of inquiries, starts another. */
  private async killWorker(kill: number): Promise<void> {
    const { worker } = this;
    if (!worker) throw new Error('no worker');
    const answeredBefore = await this.inquiriesIn('answered');
    await until(async () => (await this.inquiriesIn('answered')) > answeredBefore + kill, 30_000);
    await until(() => this.isStoppedWhileAsking(worker), 30_000);
    await killed(worker);
    this.inFlightAtKills += await this.inquiriesIn('sent');
    this.worker = await this.fleet.launch('worker');
  }

  /** Stops the worker in its tracks, and lets it go on when it has nobody to wait for at this moment. */
  private async isStoppedWhileAsking(worker: ChildProcess): Promise<boolean> {
    worker.kill('SIGSTOP');
    if ((await this.inquiriesIn('sent')) > 0) return true;
    worker.kill('SIGCONT');
    return false;
  }

  private inquiriesIn(state: string): Promise<number> {
    return this.fleet.count('SELECT count(*) FROM inquiry WHERE state = $1', [state]);
  }
}

const twiceVerified = `SELECT count(*) FROM (SELECT subject_id FROM audit_entry
  WHERE action = 'verification.moved' AND detail->>'to' = 'verified' GROUP BY subject_id HAVING count(*) > 1) AS twice`;
