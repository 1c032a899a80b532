import type { AdmissionRequest, Lane, Part2Consent } from '@openvob/intake';
import { todayIn } from '@openvob/platform';
import type { VerificationView } from '@openvob/results';
import {
  consentNeed,
  type EventKind,
  hasLiveConsent,
  type Need,
  needsConsent,
  next,
  type Status,
} from '@openvob/verification';
import canonicalize from 'canonicalize';
import type { Database, FacilityTransaction } from '../database';
import { ConsentRow, FacilityRow, ProgramRow, VerificationRow } from '../entities';
import { isAnotherPerson, leaveFormerPerson } from './another-person';
import { type Actor, writeAudit } from './audit';
import { consentOf } from './consents';
import { programOf } from './facility-directory';
import { insertNote } from './notes';
import type { VerificationReader } from './verification-reader';
import { updateGuarded } from './verification-runs';

/** Which verification, and who acts on it. */
export interface Target {
  facilityId: string;
  id: string;
  actor: Actor;
  now: Date;
}

/** The verification after the act, with the job that follows from it; or why it was not done. */
export type Acted =
  | { kind: 'done'; view: VerificationView; job?: { round: number; lane: Lane; createdAt: Date; neededBy?: Date } }
  | { kind: 'not_found' }
  | { kind: 'wrong_state'; status: Status };

/** What persons do to a verification: each in one transaction with its audit row, and only where the lifecycle allows it. */
export class VerificationActions {
  constructor(
    private readonly database: Database,
    private readonly reader: VerificationReader,
  ) {}

  /** Whether this facility has such a verification. */
  exists(facilityId: string, id: string): Promise<boolean> {
    return this.database.inFacility(facilityId, ({ manager }) => manager.existsBy(VerificationRow, { id }));
  }

  /** The request as it stands, for a merge patch. */
  request(facilityId: string, id: string): Promise<AdmissionRequest | undefined> {
    return this.database.inFacility(facilityId, async (tx) => {
      const known = await tx.manager.existsBy(VerificationRow, { id });
      return known ? this.reader.requests.load(tx, id) : undefined;
    });
  }

  correct(target: Target, request: AdmissionRequest): Promise<Acted> {
    return this.act(target, 'corrected', async (tx, row) => {
      const before = await this.reader.requests.load(tx, row.id);
      const isAnother = subjectOf(before) !== subjectOf(request);
      // Whom no payer found may have been mistyped altogether.
      const wasFound = row.status !== 'not_found' && row.status !== 'needs_information';
      if (wasFound && isAnotherPerson(before.patient, request.patient)) await leaveFormerPerson(tx, row.id, target);
      await this.reader.requests.replace(tx, row.id, request);
      if (request.consent)
        await this.reader.requests.insertConsent(tx, row.id, {
          consent: request.consent,
          by: target.actor.id,
          now: target.now,
        });
      return {
        requestVersion: row.requestVersion + 1,
        programId: request.program?.id ?? null,
        startDate: request.admission.startDate ?? null,
        neededBy: request.neededBy ? new Date(request.neededBy) : row.neededBy,
        ...(isAnother ? { subjectChangedAt: target.now, goodUntil: null, goodUntilBecause: null } : {}),
      };
    });
  }

  /** Records a consent in any state but cancelled; where it was waited for, the verification goes on. */
  consent(target: Target, consent: Part2Consent): Promise<Acted> {
    return this.database.inFacility(target.facilityId, async (tx) => {
      const row = await this.locked(tx, target.id);
      if (!row) return { kind: 'not_found' };
      if (row.status === 'cancelled') return { kind: 'wrong_state', status: row.status };
      await this.reader.requests.insertConsent(tx, row.id, { consent, by: target.actor.id, now: target.now });
      await writeAudit(
        tx,
        { actor: target.actor, action: 'consent.recorded', subjectId: row.id, detail: { scope: consent.scope } },
        target.now,
      );
      if (row.status !== 'needs_consent') return { kind: 'done', view: await this.reader.view(tx, row) };
      return this.moved(tx, target, row, 'consented', {});
    });
  }

  /**
   * Revokes a consent (42 CFR 2.31(a)(6)): from the commit on nothing more is disclosed by it. What is under way without another one rests at once;
   * a run in progress loses its hold.
   */
  revoke(target: Target, consentId: string, how: 'written' | 'spoken'): Promise<Acted> {
    return this.database.inFacility(target.facilityId, async (tx) => {
      const row = await this.locked(tx, target.id);
      const given = row && (await tx.manager.findOneBy(ConsentRow, { id: consentId, verificationId: row.id }));
      if (!row || !given) return { kind: 'not_found' };
      if (given.revokedAt) return { kind: 'done', view: await this.reader.view(tx, row) };
      const revokedAt = await behindDisclosures(tx, row.id, given.id, target.now);
      const by = { revokedAt, revokedBy: target.actor.id, revokedHow: how };
      await tx.manager.update(ConsentRow, { id: given.id }, by);
      const detail = { consent: given.id, how };
      await writeAudit(tx, { actor: target.actor, action: 'consent.revoked', subjectId: row.id, detail }, target.now);
      const need =
        next(row.status as Status, 'consent_revoked') && (await this.needAfterRevocation(tx, row, target.now));
      if (!need) return { kind: 'done', view: await this.reader.view(tx, row) };
      return this.moved(tx, target, row, 'consent_revoked', { needs: [need], reason: 'no_live_consent' });
    });
  }

  reverify(target: Target): Promise<Acted> {
    return this.act(target, 'reverified', async (_tx, row) => {
      // A time that has passed was the former round's.
      const isOver = row.neededBy !== null && row.neededBy <= target.now;
      return { round: row.round + 1, ...(isOver ? { neededBy: null } : {}) };
    });
  }

  cancel(target: Target): Promise<Acted> {
    return this.act(target, 'cancelled', async () => ({}));
  }

  /** Gives it to a person to look after, or to nobody, with words to go on with. */
  assign(target: Target, assignee: string | undefined, note?: string): Promise<Acted> {
    return this.database.inFacility(target.facilityId, async (tx) => {
      const row = await this.locked(tx, target.id);
      if (!row) return { kind: 'not_found' };
      const detail = assignee === undefined ? {} : { assignee };
      await tx.manager.update(VerificationRow, { id: row.id }, { assignee: assignee ?? null, updatedAt: target.now });
      await writeAudit(
        tx,
        { actor: target.actor, action: 'verification.assigned', subjectId: row.id, detail },
        target.now,
      );
      if (note !== undefined) await this.handOver(tx, target, note, assignee);
      return {
        kind: 'done',
        view: await this.reader.view(tx, await tx.manager.findOneByOrFail(VerificationRow, { id: row.id })),
      };
    });
  }

  private async handOver(
    tx: FacilityTransaction,
    { id: verificationId, actor, now }: Target,
    text: string,
    handedTo: string | undefined,
  ): Promise<void> {
    const { cipher } = this.reader;
    await insertNote(tx, cipher, { verificationId, text, actor, now, ...(handedTo ? { handedTo } : {}) });
  }

  /** The need to rest with, where the track needs a consent and none that is left is live. */
  private async needAfterRevocation(
    tx: FacilityTransaction,
    row: VerificationRow,
    now: Date,
  ): Promise<Need | undefined> {
    const { admission } = await this.reader.requests.load(tx, row.id);
    const program = row.programId ? await tx.manager.findOneBy(ProgramRow, { id: row.programId }) : null;
    const planned = program ? programOf(program).plan.track : 'sud';
    const { timeZone } = await tx.manager.findOneByOrFail(FacilityRow, { id: tx.facilityId });
    const consents = (await tx.manager.find(ConsentRow, { where: { verificationId: row.id } })).map(consentOf);
    if (!needsConsent(admission.track ?? planned) || hasLiveConsent({ consents }, todayIn(timeZone, now)))
      return undefined;
    return consentNeed({ consents });
  }

  private act(
    target: Target,
    event: EventKind,
    change: (tx: FacilityTransaction, row: VerificationRow) => Promise<Partial<VerificationRow>>,
  ): Promise<Acted> {
    return this.database.inFacility(target.facilityId, async (tx) => {
      const row = await this.locked(tx, target.id);
      if (!row) return { kind: 'not_found' };
      if (!next(row.status as Status, event)) return { kind: 'wrong_state', status: row.status as Status };
      return this.moved(tx, target, row, event, await change(tx, row));
    });
  }

  private async moved(
    tx: FacilityTransaction,
    target: Target,
    row: VerificationRow,
    event: EventKind,
    change: Partial<VerificationRow>,
  ): Promise<Acted> {
    const to = next(row.status as Status, event);
    if (!to) return { kind: 'wrong_state', status: row.status as Status };
    const afresh = {
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
      // A person asks: from now on it is nobody's bulk work.
      bulk: false,
    };
    const nextLookAt = to === 'queued' ? target.now : null;
    await updateGuarded(tx, row, { ...afresh, nextLookAt, updatedAt: target.now, ...change, status: to });
    const detail = { from: row.status, to, event, round: change.round ?? row.round };
    await writeAudit(tx, { actor: target.actor, action: 'verification.moved', subjectId: row.id, detail }, target.now);
    const after = await tx.manager.findOneByOrFail(VerificationRow, { id: row.id });
    const view = await this.reader.view(tx, after);
    return {
      kind: 'done',
      view,
      ...(to === 'queued' ? { job: jobOf(after) } : {}),
    };
  }

  private locked(tx: FacilityTransaction, id: string): Promise<VerificationRow | null> {
    return tx.manager.findOne(VerificationRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }
}

/** Whom payers are asked about, as text that is equal for the same. */
function subjectOf({ patient, subscriber, coverages }: AdmissionRequest): string {
  const { phone: _phone, email: _email, ...person } = patient;
  return canonicalize([person, subscriber ?? {}, coverages]) ?? '';
}

function jobOf({
  round,
  bulk,
  priority,
  createdAt,
  neededBy,
}: VerificationRow): NonNullable<Extract<Acted, { kind: 'done' }>['job']> {
  return { round, lane: bulk ? 'bulk' : priority, createdAt, ...(neededBy ? { neededBy } : {}) };
}

/**
 * When a revocation takes effect: what went out by this consent while it waited for the row, by the clock of another process, was before it.
 */
async function behindDisclosures(
  { manager }: FacilityTransaction,
  verificationId: string,
  consentId: string,
  now: Date,
): Promise<Date> {
  const [last] = await manager.query<{ at: Date | null }[]>(
    'SELECT max(at) AS at FROM disclosure WHERE verification_id = $1 AND consent_id = $2',
    [verificationId, consentId],
  );
  return last?.at && last.at > now ? last.at : now;
}
