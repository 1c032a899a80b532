import { Fleet, type FleetOptions } from '../setup/fleet';
import { requestAbout } from './payers.people';
import { FleetSetup } from './payers.ways';

export interface FacilitiesOptions extends FleetOptions {
  /** Verifications that one facility has queued. */
  queued: number;
  /** Verifications that another facility then asks for. */
  few: number;
}

export interface FacilitiesResult {
  /** From the first request of the few to the last result, milliseconds: alone, and behind the other's queue. */
  aloneMs: number;
  behindMs: number;
  /** How many of the other facility's were verified between the first request of the few and their last result. */
  overtaken: number;
  /** How many of the other facility's were still to be done then. */
  leftOfMany: number;
}

const payer = { id: 'pay_demo_northwind', memberIdPrefix: 'NWH' };

/** One facility has thousands queued at a payer that takes ten at a time; how long does another one wait for its ten? */
export async function facilitiesShare(options: FacilitiesOptions): Promise<FacilitiesResult> {
  const fleet = await Fleet.start(options);
  try {
    await fleet.payers.playFault({ kind: 'latency', ms: 100 });
    const other = await FleetSetup.of(fleet, (setup) => setup.addFacility('fac_other'));
    const run = new SharingRun(fleet, options, other);
    const worker = await fleet.launch('worker');
    await run.few();
    const aloneMs = await run.few();
    worker.kill('SIGSTOP');
    await run.many();
    worker.kill('SIGCONT');
    const before = await run.doneOfMany();
    const behindMs = await run.few();
    const done = await run.doneOfMany();
    return { aloneMs, behindMs, overtaken: done - before, leftOfMany: options.queued - done };
  } finally {
    await fleet.stop();
  }
}

class SharingRun {
  private number = 0;

  constructor(
    private readonly fleet: Fleet,
    private readonly options: FacilitiesOptions,
    private readonly other: { key: string; programId: string },
  ) {}

  /** The one facility's thousands. */
  async many(): Promise<void> {
    const bodies = Array.from({ length: this.options.queued }, () => this.body());
    await this.fleet.requestAll(bodies);
  }

  /** The other one's few. @returns how long they took, milliseconds */
  async few(): Promise<number> {
    const { key, programId } = this.other;
    const startedAt = performance.now();
    const bodies = Array.from({ length: this.options.few }, () => this.body(programId));
    const ids = await Promise.all(bodies.map((body) => this.fleet.request(body, key)));
    const verified = (): Promise<number> =>
      this.fleet.count(`SELECT count(*) FROM verification WHERE id = ANY ($1) AND status = 'verified'`, [ids]);
    while ((await verified()) < ids.length) await new Promise((next) => setTimeout(next, 20));
    return performance.now() - startedAt;
  }

  doneOfMany(): Promise<number> {
    return this.fleet.count(
      `SELECT count(*) FROM verification WHERE facility_id <> 'fac_other' AND status NOT IN ('received', 'queued', 'asking_payer', 'waiting_for_payer')`,
    );
  }

  private body(programId?: string): object {
    this.number += 1;
    return requestAbout(this.number, payer, { priority: 'today', ...(programId ? { programId } : {}) });
  }
}
