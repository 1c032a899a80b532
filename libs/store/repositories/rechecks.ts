import type { AdmissionRequest } from '@openvob/intake';
import { errorFields, type FieldCipher, type Log, todayIn } from '@openvob/platform';
import { next, type Status } from '@openvob/verification';
import { LessThanOrEqual } from 'typeorm';
import type { Database, FacilityTransaction } from '../database';
import { FacilityRow, VerificationRow } from '../entities';
import { normaliseForIndex } from '../normalise';
import type { AdmissionRequests } from './admission-requests';
import { type Actor, writeAudit } from './audit';
import { readLastResult } from './results';
import type { DueVerification } from './upkeep';
import { updateGuarded } from './verification-runs';

/** Of each facility so many at most are looked at in one pass, so that thousands of one hold up no other. */
const mostOfFacility = 50;

const dueInTurn = `
SELECT v.id, v.facility_id AS "facilityId" FROM facility f CROSS JOIN LATERAL (
  SELECT id, facility_id, next_recheck_at FROM verification
  WHERE facility_id = f.id AND next_recheck_at <= $1 ORDER BY next_recheck_at, id LIMIT ${mostOfFacility}) v
WHERE f.rechecks ORDER BY v.next_recheck_at, v.id LIMIT $2`;

/** Later verifications about the same member id and program that are alive: they are asked about, or will be. */
const laterOnes = `
SELECT DISTINCT v.id FROM verification own
JOIN coverage c ON c.verification_id = own.id AND c.position = 0 AND c.member_id_index IS NOT NULL
JOIN coverage o ON o.facility_id = own.facility_id AND o.member_id_index = c.member_id_index AND o.position = 0 AND o.verification_id <> own.id
JOIN verification v ON v.id = o.verification_id
WHERE own.id = $1 AND (v.created_at, v.id) > (own.created_at, own.id) AND v.program_id IS NOT DISTINCT FROM own.program_id
  AND (v.next_recheck_at IS NOT NULL OR v.status IN ('received', 'queued', 'asking_payer', 'waiting_for_payer')) LIMIT 20`;

const actor: Actor = { kind: 'worker', id: 'rechecks' };

interface Due {
  readonly id: string;
  readonly facilityId: string;
}

export interface RechecksParts {
  readonly database: Database;
  readonly cipher: FieldCipher;
  readonly requests: AdmissionRequests;
  readonly log: Log;
}

/** One that cannot be read, e.g. since a key is not at hand, holds up no other: it is looked at again after so long. */
const lookAgainAfterMs = 3_600_000;

/** Verifications that are asked about again by themselves: the rows say when, and whoever looks first begins the round. */
export class Rechecks {
  constructor(private readonly parts: RechecksParts) {}

  /**
   * Begins the rounds that are due, in the bulk lane, and lets go of what needs none any more. Safe to run by many processes at once.
   *
   * @returns what a job is to be made of
   */
  async begin(now: Date, most: number): Promise<DueVerification[]> {
    const due = await this.parts.database.forUpkeep((manager) => manager.query<Due[]>(dueInTurn, [now, most]));
    const begun: DueVerification[] = [];
    for (const one of due) {
      const round = await this.beginOne(one, now).catch((error: unknown) => this.putOff(one, now, error));
      if (round) begun.push(round);
    }
    return begun;
  }

  private beginOne({ id, facilityId }: Due, now: Date): Promise<DueVerification | undefined> {
    return this.parts.database.inFacility(facilityId, async (tx) => {
      const row = await tx.manager.findOne(VerificationRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
      // Another process was first, or somebody acted meanwhile.
      if (!row?.nextRecheckAt || row.nextRecheckAt > now) return undefined;
      const facility = await tx.manager.findOneByOrFail(FacilityRow, { id: facilityId });
      if (!facility.rechecks) return undefined;
      const to = next(row.status as Status, 'reverified');
      const obsolete = to ? await this.whyObsolete(tx, row, todayIn(facility.timeZone, now)) : 'not_resting';
      if (!to || obsolete) return this.drop(tx, row, obsolete ?? 'not_resting', now);
      return this.beginRound(tx, row, to, now);
    });
  }

  private async putOff({ id, facilityId }: Due, now: Date, error: unknown): Promise<undefined> {
    this.parts.log.warn('recheck.not_begun', { verificationId: id, ...errorFields(error) });
    const nextRecheckAt = new Date(now.getTime() + lookAgainAfterMs);
    await this.parts.database.inFacility(facilityId, ({ manager }) =>
      manager.update(VerificationRow, { id, nextRecheckAt: LessThanOrEqual(now) }, { nextRecheckAt }),
    );
  }

  private async beginRound(
    tx: FacilityTransaction,
    row: VerificationRow,
    to: Status,
    now: Date,
  ): Promise<DueVerification> {
    const round = row.round + 1;
    await updateGuarded(tx, row, {
      status: to,
      round,
      bulk: true,
      // By then the round before was needed; nobody waits for this one.
      neededBy: null,
      needs: [],
      reason: null,
      attempts: 0,
      firstUnavailableAt: null,
      waitingForConnection: null,
      leaseHolder: null,
      leaseUntil: null,
      crashes: 0,
      recheckOn: null,
      nextRecheckAt: null,
      nextRecheckBecause: null,
      nextLookAt: now,
      updatedAt: now,
    });
    const because = row.nextRecheckBecause ?? undefined;
    const detail = { from: row.status, to, event: 'reverified', round, because };
    await writeAudit(tx, { actor, action: 'verification.moved', subjectId: row.id, detail }, now);
    return { facilityId: tx.facilityId, verificationId: row.id, round, lane: 'bulk', createdAt: row.createdAt };
  }

  private async drop(
    tx: FacilityTransaction,
    { id, nextRecheckBecause }: VerificationRow,
    why: string,
    now: Date,
  ): Promise<undefined> {
    await tx.manager.update(VerificationRow, { id }, { nextRecheckAt: null, nextRecheckBecause: null });
    const detail = { why, because: nextRecheckBecause ?? undefined };
    await writeAudit(tx, { actor, action: 'recheck.dropped', subjectId: id, detail }, now);
  }

  /** The program is over by now, or somebody asked about the same admission later. */
  private async whyObsolete(
    tx: FacilityTransaction,
    { id }: VerificationRow,
    today: string,
  ): Promise<'program_ended' | 'superseded' | undefined> {
    const lastDay = (await readLastResult(tx, this.parts.cipher, id))?.conclusion.estimate?.days.at(-1)?.date;
    if (lastDay !== undefined && lastDay < today) return 'program_ended';
    const later = await tx.manager.query<{ id: string }[]>(laterOnes, [id]);
    if (later.length === 0) return undefined;
    const { requests } = this.parts;
    const person = personOf(await requests.load(tx, id));
    for (const one of later) if (personOf(await requests.load(tx, one.id)) === person) return 'superseded';
    return undefined;
  }
}

/** One family shares a member id: only the person tells. */
function personOf({ patient: { firstName = '', lastName = '', birthDate = '' } }: AdmissionRequest): string {
  return [firstName, lastName, birthDate].map(normaliseForIndex).join('/');
}
