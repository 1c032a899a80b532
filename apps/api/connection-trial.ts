import { randomBytes } from 'node:crypto';
import { optional, type Principal, readFields, truth } from '@openvob/access';
import { type Adapter, type AdapterContext, faultsOfConnection } from '@openvob/payers';
import { type Clock, type Http, type Log, Problem, todayIn } from '@openvob/platform';
import type { ConnectionTrials, FacilityDirectory, RateWindows, StoredPayerDirectory } from '@openvob/store';
import { type TrialSubject, tryConnection } from '@openvob/verification';
import { actorOf } from './actor';

function notSent(clock: Clock): { askedAt: string; tookMs: number } {
  return { askedAt: clock.now().toISOString(), tookMs: 0 };
}

export interface ConnectionTrialParts {
  payers: StoredPayerDirectory;
  facilities: FacilityDirectory;
  trials: ConnectionTrials;
  windows: RateWindows;
  adapters: ReadonlyMap<string, Adapter>;
  http: Http;
  clock: Clock;
  log: Log;
}

/** Payers watch for questions that repeat: one trial of a connection in so long. */
const window = { limit: 1, windowMs: 30_000 };
/** Nobody waits longer for the page. */
const longestMs = 60_000;

/** Tries a connection: asks the payer once about an invented person. */
export class ConnectionTester {
  constructor(private readonly parts: ConnectionTrialParts) {}

  /** @throws Problem `not_found`; `wrong_state` while nobody agreed to what it costs; `too_many_requests` */
  async try(caller: Principal, payerId: string, connectionId: string, body: unknown): Promise<object> {
    const { payers, facilities, adapters, clock } = this.parts;
    const { acceptCost } = readFields(body ?? {}, { acceptCost: optional(truth) });
    const payer = await payers.byId(payerId);
    const connection = (await payers.connectionsOf(payerId)).find(({ id }) => id === connectionId);
    const adapter = connection && adapters.get(connection.adapter);
    if (!payer || !connection || !adapter) throw new Problem('not_found');
    const faults = faultsOfConnection(connection, adapters);
    if (faults.length > 0)
      return {
        works: 'no',
        came: 'not_sent',
        words: `It cannot be used as it is set up: ${faults.join('; ')}.`,
        ...notSent(clock),
      };
    const { costCents = 0 } = connection;
    if (costCents > 0 && !acceptCost)
      throw new Problem('wrong_state', {
        detail: `A question over this connection costs $${(costCents / 100).toFixed(2)}: send acceptCost.`,
      });
    await this.once(connectionId);
    const { facility } = await facilities.withTrack(caller.facilityId, undefined);
    const today = todayIn(facility.timeZone, clock.now());
    const trace = `TRIAL${randomBytes(8).toString('hex').toUpperCase()}`;
    return this.asked(caller, { payer, connection, facility, today, trace }, adapter);
  }

  private async asked(caller: Principal, subject: TrialSubject, adapter: Adapter): Promise<object> {
    const { trials, clock, http, log } = this.parts;
    const { connection } = subject;
    const startedAt = clock.now();
    const signal = AbortSignal.timeout(Math.min(connection.timeoutMs, longestMs));
    const context: AdapterContext = { signal, clock, http, log };
    const trial = await tryConnection(subject, adapter, context);
    const { facilityId } = caller;
    const tookMs = clock.now().getTime() - startedAt.getTime();
    const told = { connectionId: connection.id, works: trial.works, came: trial.came };
    await trials.record(facilityId, told, actorOf(caller), clock.now());
    log.info('connection.tried', { ...told, durationMs: tookMs });
    const costCents = connection.costCents;
    return { ...trial, askedAt: startedAt.toISOString(), tookMs, ...(costCents === undefined ? {} : { costCents }) };
  }

  private async once(connectionId: string): Promise<void> {
    const { windows, clock } = this.parts;
    const key = `connection-trial:${connectionId}`;
    const { given, endsAt } = await windows.take({ key, wanted: 1, ...window }, clock.now());
    if (given > 0) return;
    const retryAfterSeconds = Math.max(1, Math.ceil((endsAt.getTime() - clock.now().getTime()) / 1000));
    throw new Problem('too_many_requests', { retryAfterSeconds, detail: 'It was tried a moment ago.' });
  }
}
