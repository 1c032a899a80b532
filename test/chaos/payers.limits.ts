import type { ChildProcess } from 'node:child_process';
import type { SimulatedInquiry } from '@openvob/testing/simulator-driver';
import { ended, Fleet, type FleetOptions, killed } from '../setup/fleet';
import { requestAbout } from './payers.people';

export interface LimitsOptions extends FleetOptions {
  seconds: number;
  /** How often a worker is killed or stopped and another one started, seconds. */
  restartEverySeconds: number;
}

export interface LimitsResult {
  workers: number;
  restarts: number;
  inquiries: number;
  /** The most that were in hand at once, and how many may be. */
  most: { inHand: number; allowed: number };
  /** The most within any 60 s, and how many may be; the busiest stretch where it took less. */
  busiestMinute: { inquiries: number; allowed: number };
  /** Inquiries that were one too many, by either limit. */
  violations: number;
}

const allowedInHand = 7;
const allowedPerMinute = 600;
const [rated, narrow] = [
  { id: 'pay_demo_northwind', memberIdPrefix: 'NWH', payerId: 'NW001' },
  { id: 'pay_demo_cedar_vale', memberIdPrefix: 'CVM', payerId: 'CV002' },
] as const;
const workers = 3;

/** Two payers with limits of their own, more to ask than they take, three workers that are killed and stopped all the time: what do the payers see? */
export async function limitsAtPayers(options: LimitsOptions): Promise<LimitsResult> {
  const fleet = await Fleet.start({ ...options, settings: { CLAIM_LEASE_MS: '5000', SWEEP_EVERY_MS: '1000' } });
  try {
    await fleet.agree({ maxInFlight: 100, perMinute: allowedPerMinute }, rated.id);
    await fleet.agree({ maxInFlight: allowedInHand }, narrow.id);
    await fleet.payers.playFault({ kind: 'latency', ms: 400 });
    return await new LimitsRun(fleet, options).result();
  } finally {
    await fleet.stop();
  }
}

class LimitsRun {
  private readonly running: ChildProcess[] = [];
  private restarts = 0;
  private number = 0;

  constructor(
    private readonly fleet: Fleet,
    private readonly options: LimitsOptions,
  ) {}

  async result(): Promise<LimitsResult> {
    const { seconds, restartEverySeconds } = this.options;
    await this.request(Math.min(seconds, 60) * 15);
    for (let worker = 0; worker < workers; worker += 1) this.running.push(await this.fleet.launch('worker'));
    const endsAt = performance.now() + seconds * 1000;
    while (performance.now() < endsAt) {
      const waited = new Promise((next) => setTimeout(next, restartEverySeconds * 1000));
      await this.request(restartEverySeconds * 12);
      await waited;
      await this.restart();
    }
    return judged(await this.fleet.payers.ledger(), this.restarts);
  }

  private async request(count: number): Promise<void> {
    const bodies = Array.from({ length: count }, (_, index) => {
      this.number += 1;
      return requestAbout(this.number, index % 2 === 0 ? rated : narrow, { priority: 'today' });
    });
    await this.fleet.requestAll(bodies, 20);
  }

  private async restart(): Promise<void> {
    const worker = this.running.shift();
    if (!worker) throw new Error('No worker runs');
    await (this.restarts % 2 === 0 ? killed(worker) : ended(worker));
    this.restarts += 1;
    this.running.push(await this.fleet.launch('worker'));
  }
}

function judged(ledger: readonly SimulatedInquiry[], restarts: number): LimitsResult {
  const toNarrow = ledger.filter(({ payerId }) => payerId === narrow.payerId);
  const toRated = ledger.filter(({ payerId }) => payerId === rated.payerId).map(({ at }) => Date.parse(at));
  const tooMany = toNarrow.filter(({ inFlight }) => inFlight > allowedInHand).length;
  const tooFast = toRated.filter(
    (at, index) => at - (toRated[index - allowedPerMinute] ?? Number.NEGATIVE_INFINITY) < 60_000,
  );
  return {
    workers,
    restarts,
    inquiries: toNarrow.length + toRated.length,
    most: { inHand: Math.max(0, ...toNarrow.map(({ inFlight }) => inFlight)), allowed: allowedInHand },
    busiestMinute: { inquiries: busiestMinute(toRated), allowed: allowedPerMinute },
    violations: tooMany + tooFast.length,
  };
}

function busiestMinute(at: readonly number[]): number {
  let first = 0;
  return at.reduce((most, time, index) => {
    while (time - (at[first] ?? time) >= 60_000) first += 1;
    return Math.max(most, index - first + 1);
  }, 0);
}
