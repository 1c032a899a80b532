import type { Database } from '../database';
import { PayerConnectionRow, PayerRow, VerificationRow } from '../entities';
import { type Actor, writeAudit } from './audit';
import { type DueVerification, dueColumns, dueOf } from './upkeep';

/** Who operates: known to a facility, whose audit trail says what was done. */
export interface Operator {
  facilityId: string;
  actor: Actor;
}

/** What waits for a payer by the clock, and what rests as failed because of it. */
export interface Replayable {
  waiting: DueVerification[];
  failed: DueVerification[];
}

/** Whose turn it is once payer `$1` is mended: of its own members, and those about whom it was asked because another payer named it. */
const concerned = `(payer_id = $1 OR EXISTS (SELECT FROM inquiry i
  WHERE i.verification_id = verification.id AND i.round = verification.round AND i.payer_id = $1))`;

/** What operators do to payers and queues. Connections belong to the whole installation, so that all facilities are concerned. */
export class OperatorActions {
  constructor(private readonly database: Database) {}

  /** @param route the board's own name of the change, e.g. `PUT /api/queues/:queueName/pause` */
  recordQueueChange(operator: Operator, change: { lane: string; route: string }, now: Date): Promise<void> {
    const line = {
      actor: operator.actor,
      action: 'queue.operated',
      subjectId: change.lane,
      detail: { route: change.route },
    };
    return this.database.inFacility(operator.facilityId, (tx) => writeAudit(tx, line, now));
  }

  /**
   * Pauses or resumes all connections of a payer. What waits goes on by upkeep.
   *
   * @returns how many connections it has; undefined when there is no such payer
   */
  setPaused(operator: Operator, payerId: string, paused: boolean, now: Date): Promise<number | undefined> {
    return this.database.inFacility(operator.facilityId, async (tx) => {
      if (!(await tx.manager.existsBy(PayerRow, { id: payerId }))) return undefined;
      const { affected } = await tx.manager.update(
        PayerConnectionRow,
        { payerId },
        // Pausing what is paused keeps the moment.
        { pausedAt: paused ? () => 'coalesce(paused_at, now())' : null },
      );
      const action = paused ? 'payer.paused' : 'payer.resumed';
      await writeAudit(tx, { actor: operator.actor, action, subjectId: payerId }, now);
      return affected ?? 0;
    });
  }

  /** What can be asked again of a payer: waiting by the clock, or failed since then. Oldest first; waiters for a slot are left out. */
  async replayable(payerId: string, failedSince: Date, limit: number): Promise<Replayable> {
    const { waiting, failed } = await this.database.forUpkeep(async (manager) => ({
      waiting: await manager.query<DueVerification[]>(
        `SELECT ${dueColumns} FROM verification WHERE status = 'waiting_for_payer' AND ${concerned} AND waiting_for_connection IS NULL
         ORDER BY updated_at, id LIMIT $2`,
        [payerId, limit],
      ),
      failed: await manager.query<DueVerification[]>(
        `SELECT ${dueColumns} FROM verification WHERE status = 'failed' AND ${concerned} AND updated_at >= $2
         ORDER BY updated_at, id LIMIT $3`,
        [payerId, failedSince, limit],
      ),
    }));
    return { waiting: waiting.map(dueOf), failed: failed.map(dueOf) };
  }

  /** Open breakers of the payer let somebody through at once. */
  async probeNow(operator: Operator, payerId: string, now: Date): Promise<void> {
    await this.database.inFacility(operator.facilityId, async (tx) => {
      await tx.manager.query(
        `UPDATE connection_state SET probe_at = $2 WHERE breaker = 'open' AND probe_at > $2
           AND connection_id IN (SELECT id FROM payer_connection WHERE payer_id = $1)`,
        [payerId, now],
      );
      await writeAudit(tx, { actor: operator.actor, action: 'payer.replayed', subjectId: payerId }, now);
    });
  }

  /** Makes a waiting verification due. @returns false when it waits no more */
  makeDue({ facilityId, verificationId }: DueVerification, now: Date): Promise<boolean> {
    return this.database.inFacility(facilityId, async ({ manager }) => {
      const waiting = { id: verificationId, status: 'waiting_for_payer' };
      return (await manager.update(VerificationRow, waiting, { nextLookAt: now })).affected === 1;
    });
  }
}
