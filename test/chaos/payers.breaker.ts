import { until } from '../../apps/standalone/processes';
import { Fleet, type FleetOptions } from '../setup/fleet';
import { requestAbout } from './payers.people';

export interface BreakerOptions extends FleetOptions {
  /** How often an open breaker lets one inquiry through, milliseconds. */
  probeEveryMs: number;
  /** For how long the payer is down, in probes. */
  probes: number;
}

export interface BreakerResult {
  /** From the first failed answer to the open breaker. */
  openedAfterMs: number;
  /** Inquiries that the payer received while it was open, those under way when it opened not counted. */
  probes: number;
  /** Two of them closer together than probes may be: more than one a half-open state. */
  crowded: number;
  /** From the payer's recovery to the closed breaker. */
  closedAfterMs: number;
  /** From then until all that waited was verified. */
  drainedAfterMs: number;
  /** Failed tries that a payer's 429s were counted as. */
  attemptsSpentOn429: number;
  throttledAnswers: number;
  verified: number;
  requested: number;
}

const [down, throttling] = [
  { id: 'pay_demo_cedar_vale', memberIdPrefix: 'CVM', payerId: 'CV002' },
  { id: 'pay_demo_blue_heron', memberIdPrefix: 'BHN', payerId: 'BH003' },
] as const;
const backlog = 40;

/** One payer goes down and comes back, another one throttles: when is it noticed, who asks meanwhile, how soon is it over? */
export async function breakerOpensAndCloses(options: BreakerOptions): Promise<BreakerResult> {
  const settings = { PAYER_PROBE_MS: String(options.probeEveryMs), SWEEP_EVERY_MS: '1000' };
  const fleet = await Fleet.start({ ...options, settings: { ...settings, ...options.settings } });
  try {
    await fleet.launch('worker');
    return await new BreakerRun(fleet, options).result();
  } finally {
    await fleet.stop();
  }
}

class BreakerRun {
  private number = 0;

  constructor(
    private readonly fleet: Fleet,
    private readonly options: BreakerOptions,
  ) {}

  async result(): Promise<BreakerResult> {
    const { fleet, options } = this;
    await fleet.payers.playFault({ kind: 'status', status: 503, payerId: down.payerId });
    await fleet.payers.playFault({ kind: 'status', status: 429, retryAfterSeconds: 1, payerId: throttling.payerId });
    await this.request(backlog);
    await this.until(async () => (await this.breaker()) === 'open');
    const opened = await this.openedAt();
    const openedAfterMs = opened - (await this.firstFailureAt());
    await this.until(async () => (await this.arrivals(opened)).length >= options.probes);
    const arrivals = await this.arrivals(opened);
    await fleet.payers.clearFaults();
    const recoveredAt = performance.now();
    await this.until(async () => (await this.breaker()) === 'closed');
    const closedAt = performance.now();
    const rested = await fleet.untilRested(2 * backlog, 120_000);
    return {
      openedAfterMs,
      probes: arrivals.length,
      crowded: arrivals.filter((at, index) => at - (arrivals[index - 1] ?? opened) < options.probeEveryMs * 0.9).length,
      closedAfterMs: closedAt - recoveredAt,
      drainedAfterMs: performance.now() - closedAt,
      attemptsSpentOn429: await this.spentOn429(),
      throttledAnswers: await fleet.count(`SELECT count(*) FROM answer WHERE why = 'throttled'`),
      verified: rested.verified ?? 0,
      requested: 2 * backlog,
    };
  }

  private async request(each: number): Promise<void> {
    const bodies = Array.from({ length: 2 * each }, (_, index) => {
      this.number += 1;
      return requestAbout(this.number, index % 2 === 0 ? down : throttling, { priority: 'today' });
    });
    await this.fleet.requestAll(bodies);
  }

  private async until(holds: () => Promise<boolean>): Promise<void> {
    if (!(await until(holds, 180_000))) throw new Error('The breaker did not come to that within 3 minutes');
  }

  private async breaker(): Promise<string> {
    return (await this.state()).breaker;
  }

  private async openedAt(): Promise<number> {
    return (await this.state()).opened_at?.getTime() ?? 0;
  }

  private async state(): Promise<{ breaker: string; opened_at: Date | null }> {
    const { rows } = await this.fleet.owner.query<{ breaker: string; opened_at: Date | null }>(
      `SELECT s.breaker, s.opened_at FROM connection_state s JOIN payer_connection c ON c.id = s.connection_id WHERE c.payer_id = $1`,
      [down.id],
    );
    return rows[0] ?? { breaker: 'closed', opened_at: null };
  }

  private async firstFailureAt(): Promise<number> {
    const { rows } = await this.fleet.owner.query<{ at: Date }>(
      `SELECT min(o.at) AS at FROM connection_outcome o JOIN payer_connection c ON c.id = o.connection_id WHERE c.payer_id = $1`,
      [down.id],
    );
    return rows[0]?.at.getTime() ?? 0;
  }

  /** When the payer was asked while the breaker was open; what was under way when it opened had left before. */
  private async arrivals(opened: number): Promise<number[]> {
    const ledger = await this.fleet.payers.ledger();
    const times = ledger.filter(({ payerId }) => payerId === down.payerId).map(({ at }) => Date.parse(at));
    return times.filter((at) => at > opened + this.options.probeEveryMs * 0.5);
  }

  private spentOn429(): Promise<number> {
    return this.fleet.count('SELECT coalesce(sum(attempts), 0) AS count FROM verification WHERE payer_id = $1', [
      throttling.id,
    ]);
  }
}
