import { type Clock, errorFields, type Log } from '@openvob/platform';
import type { Exchange, Pacing, Permit } from '@openvob/verification';
import type { Database } from '../database';
import { VerificationRow } from '../entities';
import type { DueVerification } from './upkeep';

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
  /** Makes a job of a verification that may go on. */
  wake(due: DueVerification): Promise<void>;
}

/** An outage is suspected from this many exchanges within ten minutes on, when this share of them turned members away or failed. */
const outageWindowMs = 600_000;
const outageSample = 6;
const outageShare = 0.8;
/** … and the connection usually does not: its share over the days before. */
const usualWindowMs = 7 * 24 * 3_600_000;
const usualShare = 0.5;

/** Limits, rate and breaker of connections as rows, shared by all workers; the backlog waits as rows too. */
export class StoredPacing implements Pacing {
  constructor(private readonly parts: PacingParts) {}

  async acquire(connectionId: string, verificationId: string, leaseMs: number, now: Date): Promise<Permit> {
    const rows = await this.parts.database.directory.query<
      { kind: Permit['kind']; slot: number; delay_ms: number; is_probe: boolean }[]
    >('SELECT * FROM acquire_permit($1, $2, $3, $4, $5)', [
      connectionId,
      verificationId,
      leaseMs,
      this.parts.rules.patienceMs,
      now,
    ]);
    const [row] = rows;
    if (!row) throw new Error(`No permit and no refusal for connection ${connectionId}`);
    switch (row.kind) {
      case 'granted':
        return { kind: 'granted', slot: row.slot, delayMs: row.delay_ms, isProbe: row.is_probe };
      case 'open':
      case 'paced':
        return { kind: row.kind, afterMs: row.delay_ms };
      default:
        return { kind: row.kind };
    }
  }

  async settle(exchange: Exchange, now: Date): Promise<void> {
    const { connectionId, slot, verificationId, outcome, durationMs, retryAfterMs } = exchange;
    const { failuresToOpen, failureWindowMs, probeEveryMs } = this.parts.rules;
    const rows = await this.parts.database.directory.query<{ breaker: string; opened: boolean; closed: boolean }[]>(
      'SELECT * FROM settle_permit($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
      [
        connectionId,
        slot,
        verificationId,
        outcome ?? null,
        durationMs,
        retryAfterMs ?? null,
        failuresToOpen,
        failureWindowMs,
        probeEveryMs,
        now,
      ],
    );
    const [row] = rows;
    if (row?.opened) this.parts.log.warn('breaker.opened', { connectionId });
    if (row?.closed) this.parts.log.info('breaker.closed', { connectionId });
    if (row?.breaker === 'closed') await this.wakeWaiting(connectionId, row.closed ? 50 : 1, now);
  }

  async looksLikeOutage(connectionId: string, now: Date): Promise<boolean> {
    const recent = new Date(now.getTime() - outageWindowMs);
    const usual = new Date(now.getTime() - usualWindowMs);
    const rows = await this.parts.database.directory.query<
      { count: string; bad: string; before: string; bad_before: string }[]
    >(
      `SELECT count(*) FILTER (WHERE at >= $2) AS count, count(*) FILTER (WHERE at >= $2 AND outcome IN ('member_rejected', 'down')) AS bad,
         count(*) FILTER (WHERE at < $2) AS before, count(*) FILTER (WHERE at < $2 AND outcome IN ('member_rejected', 'down')) AS bad_before
       FROM connection_outcome WHERE connection_id = $1 AND at >= $3 AND at <= $4`,
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
    for (const { id } of rows) {
      const [state] = await this.parts.database.directory.query<{ breaker: string; ripe: boolean; paused: boolean }[]>(
        `SELECT s.breaker, s.probe_at <= $2 AS ripe, c.paused_at IS NOT NULL AS paused
         FROM connection_state s JOIN payer_connection c ON c.id = s.connection_id WHERE s.connection_id = $1`,
        [id, now],
      );
      if (!state || state.paused) continue;
      if (state.breaker === 'closed') await this.wakeWaiting(id, 50, now);
      else if (state.ripe) await this.wakeWaiting(id, 1, now);
    }
  }

  /** Reserves free slots for those who wait, best first, and makes their jobs. */
  private async wakeWaiting(connectionId: string, most: number, now: Date): Promise<void> {
    const { database, rules } = this.parts;
    const waiting = await database.forUpkeep((manager) =>
      manager.query<DueVerification[]>(
        `SELECT facility_id AS "facilityId", id AS "verificationId", round, priority FROM verification WHERE waiting_for_connection = $1
         ORDER BY array_position(ARRAY['caller_waiting', 'today', 'routine'], priority), needed_by NULLS LAST, created_at LIMIT $2`,
        [connectionId, most],
      ),
    );
    if (waiting.length === 0) return;
    const ids = waiting.map((one) => one.verificationId);
    const reserved = await database.directory.query<{ reserve_slots: string }[]>(
      'SELECT reserve_slots($1, $2, $3, $4)',
      [connectionId, ids, rules.reserveMs, now],
    );
    const chosen = new Set(reserved.map((row) => row.reserve_slots));
    for (const one of waiting.filter((candidate) => chosen.has(candidate.verificationId))) await this.wakeOne(one, now);
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
      await this.parts.wake(one);
    } catch (error) {
      // The row says that it is due: the sweep makes the job.
      this.parts.log.warn('pacing.not_woken', { verificationId: one.verificationId, ...errorFields(error) });
    }
  }
}
