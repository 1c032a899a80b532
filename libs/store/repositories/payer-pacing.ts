import { type Clock, errorFields, type Log } from '@openvob/platform';
import {
  type Exchange,
  type Pacing,
  type Permit,
  type PermitRequest,
  type QuietHours,
  quietUntil,
} from '@openvob/verification';
import type { Database } from '../database';
import { PayerConnectionRow, VerificationRow } from '../entities';
import { Together } from '../gathering';
import { TurnedAway } from './turned-away';
import { type DueVerification, dueColumns, dueOf } from './upkeep';

export interface PacingRules {
  /** Failures in a row that open the breaker, within the window. */
  failuresToOpen: number;
  failureWindowMs: number;
  /** How often an open breaker lets one inquiry through. */
  probeEveryMs: number;
  /** A wait for the agreed rate that is sat out in place. */
  patienceMs: number;
  /** For how long a freed slot is kept for whom it was handed to. */
  reserveMs: number;
}

export const usualPacing: PacingRules = {
  failuresToOpen: 5,
  failureWindowMs: 600_000,
  probeEveryMs: 30_000,
  patienceMs: 3000,
  reserveMs: 10_000,
};

export interface PacingParts {
  database: Database;
  rules: PacingRules;
  clock: Clock;
  log: Log;
  /** Makes a job of a verification that may go on; one of an earlier try may lie in the queue for later. */
  wake(due: DueVerification): Promise<void>;
}

/** An outage is suspected from this many exchanges within ten minutes on, when this share of them turned members away, could not be read or failed. */
const outageWindowMs = 600_000;
const outageSample = 6;
const outageShare = 0.8;
const isBad = `outcome IN ('member_rejected', 'useless', 'down')`;
/** … and the connection usually does not: its share over the days before. */
const usualWindowMs = 7 * 24 * 3_600_000;
const usualShare = 0.5;

/** When a breaker closes, so many at most are woken at once; each that ends wakes the next. */
const mostFreedAtOnce = 50;

/** What decides whether somebody who waits for a connection is woken by the clock. */
interface WakeState {
  breaker: string;
  ripe: boolean;
  paused: boolean;
  /** The agreed rate is used up for longer than one waits in place. */
  paced: boolean;
}

interface Wanted extends Pick<PermitRequest, 'connectionId' | 'verificationId' | 'leaseMs' | 'isBulk'> {
  now: Date;
}

interface PermitRow {
  kind: Exclude<Permit['kind'], 'quiet'>;
  slot: number;
  delay_ms: number;
  is_probe: boolean;
}

type Ended = Exchange & { now: Date };

interface SettledRow {
  breaker: string;
  opened: boolean;
  closed: boolean;
}

interface Freed {
  connectionId: string;
  slots: number;
  now: Date;
}

const together = { atOnce: 2, most: 64 } as const;
const oneAConnection = { atOnce: 1, most: 64 } as const;
const byConnection = ({ connectionId }: Freed): string => connectionId;

function byConnectionId(a: { connectionId: string }, b: { connectionId: string }): number {
  return a.connectionId < b.connectionId ? -1 : a.connectionId > b.connectionId ? 1 : 0;
}

/** Rows in the order of what was given. */
function asGiven<One, Row>(given: readonly One[], inOrder: readonly One[], rows: readonly Row[]): Row[] {
  const byOne = new Map(inOrder.map((one, index) => [one, rows[index]]));
  return given.map((one) => {
    const row = byOne.get(one);
    if (row === undefined) throw new Error('A connection gave no answer');
    return row;
  });
}

/** Limits, rate and breaker of connections as rows, shared by all workers; the backlog waits as rows too. */
export class StoredPacing implements Pacing {
  private readonly turnedAway: TurnedAway;
  private readonly wakingLater = new Map<string, NodeJS.Timeout>();

  private readonly permits = new Together(together, (wanted: readonly Wanted[]) => this.takePermits(wanted));
  private readonly settlements = new Together(together, (ended: readonly Ended[]) => this.settleAll(ended));
  private readonly freed = new Together(
    oneAConnection,
    (freed: readonly Freed[]) => this.handOverAll(freed),
    byConnection,
  );

  constructor(private readonly parts: PacingParts) {
    this.turnedAway = new TurnedAway(parts.database);
  }

  async acquire(wanted: PermitRequest, now: Date): Promise<Permit> {
    const { connectionId, verificationId, leaseMs, isBulk, neededBy } = wanted;
    const quiet = isBulk ? await this.quietUntil(connectionId, now) : undefined;
    if (quiet && !isNeededBefore({ neededBy }, quiet))
      return { kind: 'quiet', afterMs: quiet.getTime() - now.getTime() };
    const row = await this.permits.of({ connectionId, verificationId, leaseMs, isBulk, now });
    switch (row.kind) {
      case 'granted':
        return { kind: 'granted', slot: row.slot, delayMs: row.delay_ms, isProbe: row.is_probe };
      case 'open':
        return { kind: 'open', afterMs: row.delay_ms, suspected: await this.isSuspected(connectionId) };
      case 'paced':
        this.wakeLater(connectionId, row.delay_ms - (isBulk ? 0 : this.parts.rules.patienceMs));
        return { kind: 'paced', afterMs: row.delay_ms };
      default:
        return { kind: row.kind };
    }
  }

  async settle(exchange: Exchange, now: Date): Promise<void> {
    const { connectionId, outcome } = exchange;
    const row = await this.settlements.of({ ...exchange, now });
    if (row.opened) this.parts.log.warn('breaker.opened', { connectionId });
    if (row.closed) this.parts.log.info('breaker.closed', { connectionId });
    if (row.closed) await this.turnedAway.joinBacklog(connectionId);
    // Who is woken while a payer throttles only waits again; upkeep wakes them when it has passed.
    if (row.breaker !== 'closed' || outcome === 'throttled') return;
    await this.freed.of({ connectionId, slots: row.closed ? mostFreedAtOnce : 1, now });
  }

  /** Connections in one order, as everything that locks several. @returns one row for each, in the order given */
  private async takePermits(wanted: readonly Wanted[]): Promise<PermitRow[]> {
    const inOrder = wanted.toSorted(byConnectionId);
    const rows = await this.parts.database.directory.query<PermitRow[]>(
      `SELECT permit.* FROM unnest($1::text[], $2::text[], $3::integer[], $4::boolean[], $5::timestamptz[]) WITH ORDINALITY
         AS wanted (connection, verification, lease_ms, bulk, now, place)
       CROSS JOIN LATERAL take_permit(connection, verification, lease_ms, $6, bulk, now) AS permit ORDER BY place`,
      [
        inOrder.map(({ connectionId }) => connectionId),
        inOrder.map(({ verificationId }) => verificationId),
        inOrder.map(({ leaseMs }) => leaseMs),
        inOrder.map(({ isBulk }) => isBulk),
        inOrder.map(({ now }) => now),
        this.parts.rules.patienceMs,
      ],
    );
    return asGiven(wanted, inOrder, rows);
  }

  private async settleAll(ended: readonly Ended[]): Promise<SettledRow[]> {
    const { failuresToOpen, failureWindowMs, probeEveryMs } = this.parts.rules;
    const inOrder = ended.toSorted(byConnectionId);
    const rows = await this.parts.database.directory.query<SettledRow[]>(
      `SELECT settled.* FROM unnest($1::text[], $2::integer[], $3::text[], $4::text[], $5::integer[], $6::integer[], $7::timestamptz[]) WITH ORDINALITY
         AS ended (connection, slot, verification, outcome, duration_ms, retry_after_ms, now, place)
       CROSS JOIN LATERAL settle_permit(connection, ended.slot, verification, outcome, duration_ms, retry_after_ms, $8, $9, $10, now) AS settled
       ORDER BY place`,
      [
        inOrder.map(({ connectionId }) => connectionId),
        inOrder.map(({ slot }) => slot),
        inOrder.map(({ verificationId }) => verificationId),
        inOrder.map(({ outcome }) => outcome ?? null),
        inOrder.map(({ durationMs }) => durationMs),
        inOrder.map(({ retryAfterMs }) => retryAfterMs ?? null),
        inOrder.map(({ now }) => now),
        ...[failuresToOpen, failureWindowMs, probeEveryMs],
      ],
    );
    return asGiven(ended, inOrder, rows);
  }

  /** Slots of one connection that became free while those before were being handed over. */
  private async handOverAll(freed: readonly Freed[]): Promise<undefined[]> {
    const [{ connectionId, now }] = freed.slice(-1) as [Freed];
    const slots = freed.reduce((sum, one) => sum + one.slots, 0);
    await this.wakeWaiting(connectionId, Math.min(slots, mostFreedAtOnce), now);
    return freed.map(() => undefined);
  }

  async handOver(connectionId: string, now: Date): Promise<void> {
    const state = await this.wakeState(connectionId, now);
    if (state?.breaker === 'closed' && !state.paused && !state.paced) await this.wakeWaiting(connectionId, 1, now);
  }

  async looksLikeOutage(connectionId: string, now: Date): Promise<boolean> {
    if (await this.isSuspected(connectionId)) return true;
    if (!(await this.turnsNearlyEverybodyAway(connectionId, now))) return false;
    const { database, rules, log } = this.parts;
    const begun = await database.directory.query<{ suspect_outage: boolean }[]>('SELECT suspect_outage($1, $2, $3)', [
      connectionId,
      rules.probeEveryMs,
      now,
    ]);
    if (!begun[0]?.suspect_outage) return true;
    const since = new Date(now.getTime() - outageWindowMs);
    const reopened = await this.turnedAway.waitInstead(connectionId, since, now);
    log.warn('outage.suspected', { connectionId, reopened });
    return true;
  }

  private async isSuspected(connectionId: string): Promise<boolean> {
    const rows = await this.parts.database.directory.query<unknown[]>(
      'SELECT FROM connection_state WHERE connection_id = $1 AND suspected_at IS NOT NULL',
      [connectionId],
    );
    return rows.length > 0;
  }

  /** Inquiries that were refused for another reason than the member, and our own variations of a member, tell neither way. */
  private async turnsNearlyEverybodyAway(connectionId: string, now: Date): Promise<boolean> {
    const recent = new Date(now.getTime() - outageWindowMs);
    const usual = new Date(now.getTime() - usualWindowMs);
    const rows = await this.parts.database.directory.query<
      { count: string; bad: string; before: string; bad_before: string }[]
    >(
      `SELECT count(*) FILTER (WHERE at >= $2) AS count, count(*) FILTER (WHERE at >= $2 AND ${isBad}) AS bad,
         count(*) FILTER (WHERE at < $2) AS before, count(*) FILTER (WHERE at < $2 AND ${isBad}) AS bad_before
       FROM connection_outcome WHERE connection_id = $1 AND at >= $3 AND at <= $4 AND outcome <> 'rejected'`,
      [connectionId, recent, usual, now],
    );
    const [count, bad, before, badBefore] = [rows[0]?.count, rows[0]?.bad, rows[0]?.before, rows[0]?.bad_before].map(
      Number,
    ) as [number, number, number, number];
    if (count < outageSample || bad / count < outageShare) return false;
    return before >= outageSample && badBefore / before < usualShare;
  }

  /** Open connections whose time to be probed has come, and closed ones with free slots, get somebody who waits. Called by upkeep. */
  async wakeDue(now: Date): Promise<void> {
    const rows = await this.parts.database.forUpkeep((manager) =>
      manager.query<{ id: string }[]>(
        'SELECT DISTINCT waiting_for_connection AS id FROM verification WHERE waiting_for_connection IS NOT NULL',
      ),
    );
    for (const { id } of rows) await this.wakeReady(id, now);
  }

  private async wakeReady(connectionId: string, now: Date): Promise<void> {
    const state = await this.wakeState(connectionId, now);
    if (!state || state.paused || state.paced) return;
    if (state.breaker === 'closed') await this.wakeWaiting(connectionId, mostFreedAtOnce, now);
    else if (state.ripe) await this.wakeWaiting(connectionId, 1, now, waitingToProbe);
  }

  private async wakeState(connectionId: string, now: Date): Promise<WakeState | undefined> {
    const [state] = await this.parts.database.directory.query<WakeState[]>(
      `SELECT s.breaker, s.probe_at <= $2 AS ripe, c.paused_at IS NOT NULL AS paused, s.next_send_at > $3 AS paced
       FROM connection_state s JOIN payer_connection c ON c.id = s.connection_id WHERE s.connection_id = $1`,
      [connectionId, now, new Date(now.getTime() + this.parts.rules.patienceMs)],
    );
    return state;
  }

  /** Who waits for the agreed rate is woken when it lets the next one go; should this process die meanwhile, upkeep does it. */
  private wakeLater(connectionId: string, afterMs: number): void {
    if (this.wakingLater.has(connectionId)) return;
    const timer = setTimeout(() => {
      this.wakingLater.delete(connectionId);
      this.wakeReady(connectionId, this.parts.clock.now()).catch((error: unknown) =>
        this.parts.log.warn('pacing.not_woken', { connectionId, ...errorFields(error) }),
      );
    }, Math.max(afterMs, 0) + 20);
    timer.unref();
    this.wakingLater.set(connectionId, timer);
  }

  /** Those left waiting are woken when the agreed rate lets the next one go; where none is agreed, whoever frees a slot wakes them. */
  private async wakeAtNextTurn(connectionId: string, now: Date): Promise<void> {
    const [turn] = await this.parts.database.directory.query<{ at: Date }[]>(
      `SELECT s.next_send_at AS at FROM connection_state s JOIN payer_connection c ON c.id = s.connection_id
       WHERE s.connection_id = $1 AND c.per_minute IS NOT NULL AND s.next_send_at > $2`,
      [connectionId, now],
    );
    if (turn) this.wakeLater(connectionId, turn.at.getTime() - now.getTime() - this.parts.rules.patienceMs);
  }

  /** Wakes nobody any more by itself. */
  stop(): void {
    for (const timer of this.wakingLater.values()) clearTimeout(timer);
    this.wakingLater.clear();
  }

  /** Reserves free slots for those who wait, best first, and makes their jobs. */
  private async wakeWaiting(connectionId: string, most: number, now: Date, inOrder = waitingInTurn): Promise<void> {
    const { database, rules } = this.parts;
    const waiting = await this.waitingFor(connectionId, most, now, inOrder);
    if (waiting.length === 0) return;
    const rows = await database.directory.query<{ reserve_slots: string }[]>(
      'SELECT reserve_slots($1, $2, $3, $4, $5, $6, $7)',
      [
        connectionId,
        waiting.map((one) => one.verificationId),
        waiting.map((one) => one.facilityId),
        waiting.map(isBulk),
        rules.reserveMs,
        rules.patienceMs,
        now,
      ],
    );
    if (rows.length < waiting.length) await this.wakeAtNextTurn(connectionId, now);
    const chosen = new Set(rows.map((row) => row.reserve_slots));
    for (const one of waiting.filter((candidate) => chosen.has(candidate.verificationId))) await this.wakeOne(one, now);
  }

  /** Who waits for a connection, best first; in quiet hours no bulk work but what is needed before they end. */
  private async waitingFor(connectionId: string, most: number, now: Date, inOrder: string): Promise<DueVerification[]> {
    const rows = await this.parts.database.forUpkeep((manager) =>
      manager.query<DueVerification[]>(inOrder, [connectionId, most]),
    );
    const waiting = rows.map(dueOf);
    const quiet = waiting.some(isBulk) ? await this.quietUntil(connectionId, now) : undefined;
    return quiet ? waiting.filter((one) => !isBulk(one) || isNeededBefore(one, quiet)) : waiting;
  }

  private async quietUntil(connectionId: string, now: Date): Promise<Date | undefined> {
    const row = await this.parts.database.directory.findOne(PayerConnectionRow, {
      where: { id: connectionId },
      select: { id: true, quietHours: true },
    });
    return quietUntil((row?.quietHours as QuietHours | null | undefined) ?? undefined, now);
  }

  private async wakeOne(one: DueVerification, now: Date): Promise<void> {
    try {
      await this.parts.database.inFacility(one.facilityId, ({ manager }) =>
        manager.update(
          VerificationRow,
          { id: one.verificationId, status: 'waiting_for_payer' },
          { nextLookAt: now, waitingForConnection: null },
        ),
      );
      // It holds a slot: it goes before those of its lane that do not.
      await this.parts.wake({ ...one, neededBy: now, goesFirst: true });
    } catch (error) {
      // The row says that it is due: the sweep makes the job.
      this.parts.log.warn('pacing.not_woken', { verificationId: one.verificationId, ...errorFields(error) });
    }
  }
}

function isBulk({ lane }: DueVerification): boolean {
  return lane === 'bulk';
}

function isNeededBefore({ neededBy }: { neededBy?: Date | undefined }, end: Date): boolean {
  return neededBy !== undefined && neededBy < end;
}

/** Where a priority stands, as in the index. */
const rank = `array_position(ARRAY['caller_waiting', 'today', 'routine'], v.priority)`;

/**
 * The first of those that wait for a connection: people before bulk work, by priority, and within one priority the facilities in turn, each by deadline
 * and age, so that one with thousands waiting holds up no other. Walks from facility to facility by the index and never through all of one's rows.
 */
const waitingInTurn = `
WITH RECURSIVE line AS (
  (SELECT v.bulk, ${rank} AS rank, v.facility_id FROM verification v WHERE v.waiting_for_connection = $1
   ORDER BY v.bulk, ${rank}, v.facility_id LIMIT 1)
  UNION ALL
  SELECT next.bulk, next.rank, next.facility_id FROM line, LATERAL (
    SELECT v.bulk, ${rank} AS rank, v.facility_id FROM verification v
    WHERE v.waiting_for_connection = $1 AND (v.bulk, ${rank}, v.facility_id) > (line.bulk, line.rank, line.facility_id)
    ORDER BY v.bulk, ${rank}, v.facility_id LIMIT 1) AS next
)
SELECT first.* FROM line
LEFT JOIN connection_turn t ON t.connection_id = $1 AND t.facility = line.facility_id
CROSS JOIN LATERAL (
  SELECT ${dueColumns}, row_number() OVER (ORDER BY needed_by, created_at) AS place FROM verification v
  WHERE v.waiting_for_connection = $1 AND v.bulk = line.bulk AND ${rank} = line.rank AND v.facility_id = line.facility_id
  ORDER BY needed_by, created_at LIMIT $2) AS first
ORDER BY line.bulk, line.rank, first.place, t.turn NULLS FIRST, first."neededBy", first."createdAt" LIMIT $2`;

/** Who asks whether a payer that is down answers again: somebody else each time, whoever tried least. */
const waitingToProbe = `
SELECT ${dueColumns} FROM verification v WHERE waiting_for_connection = $1
ORDER BY attempts, bulk, ${rank}, needed_by, created_at LIMIT $2`;
