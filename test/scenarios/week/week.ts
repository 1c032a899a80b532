import type { Role } from '@openvob/access';
import { adapters } from '@openvob/payers';
import { type Config, FieldCipher, localTime } from '@openvob/platform';
import { Sweep } from '@openvob/queue';
import { type DueVerification, FacilitySetup } from '@openvob/store';
import { SimulatorDriver } from '@openvob/testing/simulator-driver';
import { isResting, type Status } from '@openvob/verification';
import { Client } from 'pg';
import { Spine as WorkerSpine } from '../../../apps/worker/spine';
import { plan, rates } from '../../setup/seed';
import { type Body, type Spine, startSpine, TestCaller } from '../../setup/spine';
import { LaneList } from './lane-list';
import { type State, Timeline } from './timeline';

/** Something that happens at a moment of the week. */
export interface Happening {
  /** Local time of the facility, `2026-12-28T09:00`. */
  readonly at: string;
  /** What is noted in the timeline; left out, what it does shows by itself. */
  readonly note?: string;
  do?(week: Week): Promise<void>;
}

const longestStepMs = 30 * 60_000;
const shortestStepMs = 60_000;
/** A row is swept when it is some seconds late. */
const sweptAfterMs = 5_000;
/** A week in which nothing comes to rest in so many passes at one moment goes round in circles. */
const mostPassesAtOnce = 200;

/**
 * A week in minutes: the real API, store, runner, pacing, adapters and simulated payers, with a clock that is moved by hand and a queue that is a
 * list. Nothing waits in real time but exchanges with the simulator.
 */
export class Week {
  readonly timeline: Timeline;
  readonly queue: LaneList;
  readonly payers: SimulatorDriver;
  readonly caller: TestCaller;
  private readonly sweep: Sweep;
  private readonly stopping = new AbortController();
  private readonly verifications = new Map<string, string>();
  private readonly askedBy = new Map<string, TestCaller>();
  private elsewhere: TestCaller | undefined;

  private constructor(
    private readonly clock: { now(): Date; at: number },
    private readonly spine: Spine,
    private readonly worker: WorkerSpine,
    private readonly rows: Client,
    timeZone: string,
  ) {
    this.timeline = new Timeline(timeZone);
    this.queue = new LaneList(worker.upkeep, clock);
    worker.jobs = this.queue;
    const { upkeep, pacing, rechecks, log } = worker;
    this.sweep = new Sweep({ upkeep, pacing, rechecks, jobs: this.queue, clock, log, everyMs: shortestStepMs });
    this.payers = new SimulatorDriver(spine.simulator.url);
    this.caller = new TestCaller(spine);
  }

  /** @param from the first moment, as an instant in UTC */
  static async begin(from: string, timeZone: string): Promise<Week> {
    const clock = { at: Date.parse(from), now: () => new Date(clock.at) };
    const settings = { PAYER_RETRY_SECONDS: '60,300,900,3600', PAYER_PROBE_MS: '120000' };
    const spine = await startSpine({ redisUrl: undefined, settings, withWorker: false, clock });
    const worker = await WorkerSpine.open(spine.config, { clock, log: spine.log, adapters });
    const rows = new Client({ connectionString: spine.database.ownerUrl });
    await rows.connect();
    return new Week(clock, spine, worker, rows, timeZone);
  }

  /** Plays everything in its order, and lets the clock run on to the end. */
  async play(happenings: readonly Happening[], until: string): Promise<void> {
    const { timeline, clock } = this;
    const left = happenings.map((one) => ({ ...one, instant: timeline.instant(one.at) }));
    for (const end = timeline.instant(until); clock.at <= end; clock.at = await this.nextMoment(left[0]?.instant)) {
      for (let next = left[0]; next && next.instant <= clock.at; next = left[0]) {
        left.shift();
        if (next.note) timeline.note(clock.at, next.note);
        await next.do?.(this);
      }
      await this.work();
    }
  }

  now(): Date {
    return this.clock.now();
  }

  get config(): Config {
    return this.spine.config;
  }

  /** Somebody of another role. */
  async callerOf(role: Role): Promise<TestCaller> {
    return new TestCaller(this.spine, await this.spine.keyFor(role));
  }

  /** What one worker of several does when it looks for re-checks; no job is made of them. */
  beginRechecks(): Promise<DueVerification[]> {
    return this.worker.rechecks.begin(this.now(), 100);
  }

  /** From now on bulk work leaves a payer alone on the first of a month. */
  async quietOnTheFirst(payerId: string): Promise<void> {
    const quiet = { timeZone: 'America/New_York', windows: [{ on: 'first_of_month' }] };
    await this.rows.query('UPDATE payer_connection SET quiet_hours = $2 WHERE payer_id = $1', [payerId, quiet]);
  }

  setClock(local: string): void {
    this.clock.at = this.timeline.instant(local);
  }

  /** Lets the clock jump to a local time, and does what is due by then. */
  async skipTo(local: string): Promise<void> {
    this.setClock(local);
    await this.work();
  }

  /** Asks for a verification under a name for the timeline. */
  async ask(name: string, request: Record<string, unknown>, where: 'here' | 'elsewhere' = 'here'): Promise<string> {
    const caller = where === 'here' ? this.caller : this.elsewhere;
    if (!caller) throw new Error('There is no other facility');
    // one after the other, so that their order is the same in every week
    this.clock.at += 1000;
    const accepted = await caller.post('/v1/verifications', request);
    if (accepted.status !== 202) throw new Error(`${name} was refused: ${accepted.text}`);
    const { id } = accepted.body as { id: string };
    this.verifications.set(id, name);
    this.askedBy.set(id, caller);
    return id;
  }

  /** What callers read of a verification, by its name. */
  async read(name: string): Promise<Body> {
    const [id] = [...this.verifications].find(([, one]) => one === name) ?? [];
    if (id === undefined) throw new Error(`Nobody asked about ${name}`);
    return (await (this.askedBy.get(id) ?? this.caller).get(`/v1/verifications/${id}`)).body;
  }

  /** Does something to a verification, by its name. */
  async act(name: string, action: string, body?: unknown): Promise<void> {
    const { id } = await this.read(name);
    const done = await this.caller.post(`/v1/verifications/${id}/${action}`, body);
    if (done.status >= 300) throw new Error(`${action} of ${name} was refused: ${done.text}`);
  }

  /** A facility two hours behind, with the same program. */
  async openElsewhere(hours: { from: string; until: string }): Promise<void> {
    const facility = 'fac_mountains';
    const [admin, coordinator] = [
      await this.spine.keyFor('admin', facility),
      await this.spine.keyFor('coordinator', facility),
    ];
    const setup = new FacilitySetup(this.worker.database, new FieldCipher(this.config.keyRing));
    const program = { id: 'prg_mountains', name: 'Mountain Mornings', plan, onFirstDay: [], description: {} };
    await setup.putProgram(facility, program, this.now());
    await setup.putRates(facility, rates, this.now());
    await new TestCaller(this.spine, admin).patch('/v1/facility/rechecks', hours);
    this.elsewhere = new TestCaller(this.spine, coordinator);
  }

  /** Everything as callers read it at the end: how long it is good, when it is asked about again, and what the last round changed in dollars. */
  async summary(): Promise<string> {
    const lines: string[] = [];
    for (const name of this.verifications.values()) lines.push(...summaryOf(name, await this.read(name)));
    return `${lines.join('\n')}\n`;
  }

  /** How many verifications there are. */
  get asked(): number {
    return this.verifications.size;
  }

  /** How many neither are settled nor wait for a person. */
  async unsettled(): Promise<number> {
    const { rows } = await this.rows.query<{ status: string }>('SELECT status FROM verification');
    return rows.filter(({ status }) => !isResting(status as Status)).length;
  }

  async end(): Promise<void> {
    await this.rows.end();
    await this.worker.database.close();
    await this.spine.stop();
  }

  /** When something is due again, or will happen. */
  private async nextMoment(happens: number | undefined): Promise<number> {
    const { rows } = await this.rows.query<{ at: Date | null }>(
      `SELECT min(at) AS at FROM (
         SELECT next_look_at AS at FROM verification UNION ALL SELECT next_recheck_at FROM verification
         UNION ALL SELECT probe_at FROM connection_state WHERE breaker <> 'closed'
           AND EXISTS (SELECT FROM verification WHERE waiting_for_connection = connection_id)) AS due`,
    );
    const due = (rows[0]?.at?.getTime() ?? Number.POSITIVE_INFINITY) + sweptAfterMs;
    const soonest = Math.max(due, this.clock.at + shortestStepMs);
    return Math.min(soonest, happens ?? Number.POSITIVE_INFINITY, this.clock.at + longestStepMs);
  }

  /** Everything that is due at this moment, until nothing more is. */
  private async work(): Promise<void> {
    for (let pass = 0; pass < mostPassesAtOnce; pass += 1) {
      await this.sweep.run();
      const job = this.queue.take();
      if (!job) return this.look();
      await this.worker.runner.run(job, this.stopping.signal);
      await this.look();
    }
    throw new Error(`Still busy after ${mostPassesAtOnce} passes at ${this.clock.now().toISOString()}`);
  }

  /** Notes what has moved. */
  private async look(): Promise<void> {
    const { rows } = await this.rows.query<{ id: string } & State>(
      'SELECT id, round, status, reason, needs FROM verification ORDER BY created_at, id',
    );
    for (const { id, ...state } of rows)
      this.timeline.state(this.clock.at, this.verifications.get(id) ?? 'another', state);
  }
}

function summaryOf(name: string, { status, goodUntil, nextRecheck, estimate, changes }: Body): string[] {
  const parts = [
    `${name}: ${status}`,
    ...(goodUntil ? [`good until ${goodUntil.date} (${goodUntil.because})`] : []),
    ...(nextRecheck
      ? [`asked again on ${localTime('America/New_York', new Date(nextRecheck.at)).date} (${nextRecheck.because})`]
      : []),
    ...(estimate ? [`likely ${estimate.total.likelyCents ?? 'unknown'} cents`] : []),
  ];
  return [parts.join(', '), ...(changes?.items ?? []).map(({ text }: Body) => `    ${text}`)];
}
