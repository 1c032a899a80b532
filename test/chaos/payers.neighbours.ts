import { Fleet, type FleetOptions } from '../setup/fleet';
import { requestAbout } from './payers.people';

export interface NeighboursOptions extends FleetOptions {
  /** How long each measurement takes, seconds. */
  seconds: number;
  /** Verifications a second with other payers. */
  perSecond: number;
  /** Verifications that wait for each of the payers that hang. */
  waiting: number;
}

/** How verifications with other payers did. */
export interface Pace {
  p95Ms: number;
  /** Verified a second, from the first request to the last result. */
  perSecond: number;
  verified: number;
}

export interface NeighboursResult {
  /** Before and after all payers were well. */
  baseline: Pace;
  /** While one payer never answered and another one hung for 60 s, with many waiting for both. */
  hurt: Pace;
}

const hanging = [
  { id: 'pay_demo_cedar_vale', memberIdPrefix: 'CVM' },
  { id: 'pay_demo_blue_heron', memberIdPrefix: 'BHN' },
] as const;
const others = [
  { id: 'pay_demo_northwind', memberIdPrefix: 'NWH' },
  { id: 'pay_demo_summit_ridge', memberIdPrefix: 'SRA' },
  { id: 'pay_demo_harborlight', memberIdPrefix: 'HLC' },
] as const;

/** One payer is a black hole, another one hangs, and hundreds wait for both: what do the others notice? */
export async function slowNeighbours(options: NeighboursOptions): Promise<NeighboursResult> {
  const fleet = await Fleet.start(options);
  try {
    await fleet.agree({ timeoutMs: 90_000 });
    await fleet.payers.playFault({ kind: 'latency', ms: 200 });
    await fleet.launch('worker');
    const run = new NeighboursRun(fleet, options);
    await run.pace('warm-up', Math.ceil(options.seconds / 3));
    const before = await run.pace('before', options.seconds);
    await run.hang();
    const hurt = await run.pace('hurt', options.seconds);
    await run.relent();
    const after = await run.pace('after', options.seconds);
    return { baseline: mean(before, after), hurt };
  } finally {
    await fleet.stop();
  }
}

class NeighboursRun {
  private number = 0;

  constructor(
    private readonly fleet: Fleet,
    private readonly options: NeighboursOptions,
  ) {}

  /** Offers requests at an even pace, whatever comes back, and waits for all of them. */
  async pace(_name: string, seconds: number): Promise<Pace> {
    const count = Math.max(1, Math.round(seconds * this.options.perSecond));
    const startedAt = performance.now();
    const requested: Promise<string>[] = [];
    for (let index = 0; index < count; index += 1) {
      const waitMs = startedAt + (index * 1000) / this.options.perSecond - performance.now();
      if (waitMs > 0) await new Promise((next) => setTimeout(next, waitMs));
      requested.push(this.request(others[index % others.length] ?? others[0]));
    }
    return this.rested(await Promise.all(requested));
  }

  async hang(): Promise<void> {
    const [hole, slow] = hanging;
    await this.fleet.payers.playFault({ kind: 'silent', payerId: 'CV002' });
    await this.fleet.payers.playFault({ kind: 'latency', ms: 60_000, payerId: 'BH003' });
    for (let index = 0; index < this.options.waiting; index += 25) {
      const some = Math.min(25, this.options.waiting - index);
      await Promise.all(Array.from({ length: some }, () => [this.request(hole), this.request(slow)]).flat());
    }
  }

  /** Nobody waits for them any more. */
  async relent(): Promise<void> {
    const { rows } = await this.fleet.owner.query<{ id: string }>(
      `SELECT id FROM verification WHERE status NOT IN ('verified', 'cancelled')`,
    );
    for (let index = 0; index < rows.length; index += 25)
      await Promise.all(rows.slice(index, index + 25).map(({ id }) => this.cancel(id)));
  }

  private request(payer: (typeof hanging | typeof others)[number]): Promise<string> {
    this.number += 1;
    return this.fleet.request(requestAbout(this.number, payer, { priority: 'today' }));
  }

  private async cancel(id: string): Promise<void> {
    const headers = { authorization: `Bearer ${this.fleet.apiKey}` };
    await fetch(`${this.fleet.apiUrl}/v1/verifications/${id}/cancel`, { method: 'POST', headers });
  }

  private async rested(ids: readonly string[]): Promise<Pace> {
    const query = `SELECT extract(epoch FROM max(updated_at) - min(created_at)) AS seconds, count(*) AS verified,
        percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM updated_at - created_at)) * 1000 AS p95
      FROM verification WHERE id = ANY ($1) AND status = 'verified'`;
    for (;;) {
      const { rows } = await this.fleet.owner.query<{ seconds: string; verified: string; p95: number }>(query, [ids]);
      const [row] = rows;
      const verified = Number(row?.verified);
      if (row && verified === ids.length)
        return { p95Ms: row.p95, perSecond: verified / Number(row.seconds), verified };
      await new Promise((next) => setTimeout(next, 100));
    }
  }
}

function mean(one: Pace, other: Pace): Pace {
  return {
    p95Ms: (one.p95Ms + other.p95Ms) / 2,
    perSecond: (one.perSecond + other.perSecond) / 2,
    verified: one.verified + other.verified,
  };
}
