import { outageSuspected, type Status } from '@openvob/verification';
import { In } from 'typeorm';
import type { Database, FacilityTransaction } from '../database';
import { VerificationRow } from '../entities';
import { writeAudit } from './audit';
import { updateGuarded } from './verification-runs';

/** Where a member whom a payer does not know comes to rest, and whoever it asked as no participant that it knows. */
const turnedAwayTo: readonly Status[] = ['not_found', 'needs_information', 'failed'];

const turnedAwayBy = `SELECT v.id FROM verification v WHERE v.status = ANY($1) AND (v.status <> 'failed' OR v.reason = 'configuration') AND v.updated_at >= $2 AND EXISTS (
  SELECT FROM inquiry i JOIN answer a ON a.inquiry_id = i.id AND a.kind = 'rejected'
  WHERE i.verification_id = v.id AND i.round = v.round AND i.request_version = v.request_version AND i.connection_id = $3 AND i.state = 'answered')`;

/** Rejected inquiries over a connection are open again: they are sent anew, each under its own trace. */
const askAgain = `UPDATE inquiry i SET state = 'sent', answered_at = NULL FROM answer a
  WHERE a.inquiry_id = i.id AND a.kind = 'rejected' AND i.verification_id = $1 AND i.round = $2 AND i.connection_id = $3 AND i.state = 'answered'`;

const joinBacklog = `UPDATE verification v SET waiting_for_connection = $1
  WHERE v.status = 'waiting_for_payer' AND v.waiting_for_connection IS NULL AND v.attempts > 0
    AND EXISTS (SELECT FROM inquiry i WHERE i.verification_id = v.id AND i.round = v.round AND i.connection_id = $1 AND i.state = 'sent')`;

/** What an outage did to verifications of every facility, and how they go on after it. */
export class TurnedAway {
  constructor(private readonly database: Database) {}

  /**
   * Whoever was turned away over this connection since then waits for it instead of for a person: the member id was probably right.
   *
   * @returns how many
   */
  async waitInstead(connectionId: string, since: Date, now: Date): Promise<number> {
    const facilities = await this.facilitiesWith(
      `status IN ('not_found', 'needs_information', 'failed') AND updated_at >= $1`,
      since,
    );
    let reopened = 0;
    for (const facilityId of facilities)
      reopened += await this.database.inFacility(facilityId, (tx) => reopenIn(tx, connectionId, since, now));
    return reopened;
  }

  /** The payer is back: who waits for a try of its own over this connection is woken with the rest of the backlog. */
  async joinBacklog(connectionId: string): Promise<void> {
    const waiting = `status = 'waiting_for_payer' AND waiting_for_connection IS NULL AND attempts > $1`;
    for (const facilityId of await this.facilitiesWith(waiting, 0))
      await this.database.inFacility(facilityId, ({ manager }) => manager.query(joinBacklog, [connectionId]));
  }

  private async facilitiesWith(condition: string, parameter: Date | number): Promise<string[]> {
    const rows = await this.database.forUpkeep((manager) =>
      manager.query<{ id: string }[]>(`SELECT DISTINCT facility_id AS id FROM verification WHERE ${condition}`, [
        parameter,
      ]),
    );
    return rows.map(({ id }) => id);
  }
}

async function reopenIn(tx: FacilityTransaction, connectionId: string, since: Date, now: Date): Promise<number> {
  const found = await tx.manager.query<{ id: string }[]>(turnedAwayBy, [turnedAwayTo, since, connectionId]);
  const rows = await tx.manager.find(VerificationRow, {
    where: { id: In(found.map(({ id }) => id)), status: In([...turnedAwayTo]) },
    order: { id: 'ASC' },
    lock: { mode: 'pessimistic_write' },
  });
  for (const row of rows) await reopen(tx, row, connectionId, now);
  return rows.length;
}

async function reopen(tx: FacilityTransaction, row: VerificationRow, connectionId: string, now: Date): Promise<void> {
  const { event, to, reason, needs, lookAgainAfterMs } = outageSuspected;
  await tx.manager.query(askAgain, [row.id, row.round, connectionId]);
  await updateGuarded(tx, row, {
    status: to,
    reason,
    needs: [...needs],
    waitingForConnection: connectionId,
    nextLookAt: new Date(now.getTime() + lookAgainAfterMs),
    firstUnavailableAt: now,
    updatedAt: now,
  });
  const detail = { from: row.status, to, event, reason, round: row.round };
  const actor = { kind: 'worker', id: 'pacing' } as const;
  await writeAudit(tx, { actor, action: 'verification.moved', subjectId: row.id, detail }, now);
}
