import { until } from '../../apps/standalone/processes';
import { Fleet, type FleetOptions } from '../setup/fleet';
import { requestAbout } from './payers.people';

export interface FrozenOptions extends FleetOptions {
  verifications: number;
}

export interface FrozenResult {
  /** Verifications that were under way in the worker when it was frozen. */
  frozen: number;
  /** Results given twice. */
  doubled: number;
  /** Answers that were kept of an inquiry beyond the one that the other worker kept. */
  staleAnswers: number;
  /** Moves that the thawed worker made of what had been taken over. */
  staleMoves: number;
  rested: Record<string, number>;
}

const payer = { id: 'pay_demo_northwind', memberIdPrefix: 'NWH' };

/** A worker stands still in the middle of inquiries for longer than its claims last; another one takes over; then the first one goes on. */
export async function frozenWorker(options: FrozenOptions): Promise<FrozenResult> {
  const settings = { CLAIM_LEASE_MS: '2000', SWEEP_EVERY_MS: '500', WORKER_CONCURRENCY: '50' };
  const fleet = await Fleet.start({ ...options, settings: { ...settings, ...options.settings } });
  try {
    await fleet.agree({ maxInFlight: 500 });
    await fleet.payers.playFault({ kind: 'latency', ms: 1000 });
    const bodies = Array.from({ length: options.verifications }, (_, number) => requestAbout(number, payer));
    await fleet.requestAll(bodies);
    const first = await fleet.launch('worker');
    const asked = (): Promise<number> => fleet.count(`SELECT count(*) FROM inquiry WHERE state = 'sent'`);
    await until(async () => (await asked()) >= Math.min(options.verifications, 50), 30_000);
    first.kill('SIGSTOP');
    const held = await fleet.owner.query(`SELECT FROM inquiry WHERE state = 'sent'`);
    await fleet.payers.clearFaults();
    await fleet.launch('worker');
    await fleet.untilRested(options.verifications, 120_000);
    const before = await moves(fleet);
    const ended = answersIn(fleet);
    first.kill('SIGCONT');
    // Each exchange that it was in the middle of ends with this line, whatever came of it.
    await until(() => answersIn(fleet) >= ended + held.rows.length, 60_000);
    return {
      frozen: held.rows.length,
      doubled: await fleet.count(doubled),
      staleAnswers: await fleet.count(staleAnswers),
      staleMoves: (await moves(fleet)) - before,
      rested: await fleet.untilRested(options.verifications, 10_000),
    };
  } finally {
    await fleet.stop();
  }
}

function answersIn(fleet: Fleet): number {
  return (
    fleet
      .logs()
      .get('worker.log')
      ?.match(/"inquiry\.answered"/g)?.length ?? 0
  );
}

function moves(fleet: Fleet): Promise<number> {
  return fleet.count(`SELECT count(*) FROM audit_entry WHERE action = 'verification.moved'`);
}

const doubled = `SELECT count(*) FROM (SELECT subject_id FROM audit_entry
  WHERE action = 'verification.moved' AND detail->>'to' = 'verified' GROUP BY subject_id HAVING count(*) > 1) AS twice`;
const staleAnswers = `SELECT count(*) FROM (SELECT inquiry_id FROM answer WHERE kind = 'benefits' GROUP BY inquiry_id HAVING count(*) > 1) AS twice`;
