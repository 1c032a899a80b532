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
import type { Database, FacilityTransaction } from '../database';
import { ConsentRow, FacilityRow, ProgramRow, VerificationRow } from '../entities';
import { SealedRow } from '../sealed-row';
import { type Amended, amendedFields, asksNothingNew, filedColumns, subjectOf } from './amendment';
import { isAnotherPerson, leaveFormerPerson } from './another-person';
import { type Actor, writeAudit } from './audit';
import { consentOf } from './consents';
import { behindDisclosures } from './disclosures';
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
  | {
      kind: 'done';
      view: VerificationView;
      job?: { round: number; lane: Lane; createdAt: Date; neededBy?: Date; changedAt?: Date };
    }
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
      const row = await tx.manager.findOneBy(VerificationRow, { id });
      return row ? this.kept(tx, row) : undefined;
    });
  }

  /**
   * Puts a request in the place of the one before, and lets it go on; where that asks nothing new, it stays where it is.
   *
   * @param isOfFilingAlone the caller speaks of nothing that an answer depends on, so that saying it twice changes no more than saying it once
   */
  correct(target: Target, after: AdmissionRequest, isOfFilingAlone = false): Promise<Acted> {
    return this.database.inFacility(target.facilityId, async (tx) => {
      const row = await this.locked(tx, target.id);
      if (!row) return { kind: 'not_found' };
      const amended = { before: await this.kept(tx, row), after };
      const isFiling = isOfFilingAlone || amendedFields(amended) !== '';
      if (isFiling && (await asksNothingNew(tx, this.reader.cipher, row, amended)))
        return this.amend(tx, target, row, amended);
      if (!next(row.status as Status, 'corrected')) return { kind: 'wrong_state', status: row.status as Status };
      return this.moved(tx, target, row, 'corrected', await this.corrected(tx, target, row, amended));
    });
  }

  private async corrected(
    tx: FacilityTransaction,
    target: Target,
    row: VerificationRow,
    { before, after }: Amended,
  ): Promise<Partial<VerificationRow>> {
    const isAnother = subjectOf(before) !== subjectOf(after);
    // Whom no payer found may have been mistyped altogether.
    const wasFound = row.status !== 'not_found' && row.status !== 'needs_information';
    if (wasFound && isAnotherPerson(before.patient, after.patient)) await leaveFormerPerson(tx, row.id, target);
    await this.reader.requests.replace(tx, row.id, after);
    if (after.consent)
      await this.reader.requests.insertConsent(tx, row.id, {
        consent: after.consent,
        by: target.actor.id,
        now: target.now,
      });
    return {
      requestVersion: row.requestVersion + 1,
      programId: after.program?.id ?? null,
      startDate: after.admission.startDate ?? null,
      ...(await filedColumns(tx, this.reader.cipher, row, { before, after })),
      ...(isAnother ? { subjectChangedAt: target.now, goodUntil: null, goodUntilBecause: null } : {}),
    };
  }

  /** Changes what only we go by; a run in progress keeps its hold, and what the payers said stands. */
  private async amend(tx: FacilityTransaction, target: Target, row: VerificationRow, amended: Amended): Promise<Acted> {
    const { id, status } = row;
    const filed = await filedColumns(tx, this.reader.cipher, row, amended);
    const isDueOtherwise = 'neededBy' in filed;
    // The run has read by when it is needed, and would wait by that.
    if (isDueOtherwise && status === 'asking_payer') return { kind: 'wrong_state', status };
    const isOtherTurn = isDueOtherwise || 'priority' in filed;
    const looksNow = isDueOtherwise && status === 'waiting_for_payer';
    await this.reader.requests.replace(tx, id, amended.after);
    // A person gave it a turn: from now on it is nobody's bulk work.
    const turn = { ...(isOtherTurn ? { bulk: false } : {}), ...(looksNow ? { nextLookAt: target.now } : {}) };
    await tx.manager.update(VerificationRow, { id }, { ...filed, ...turn, updatedAt: target.now });
    const line = { actor: target.actor, action: 'verification.amended', subjectId: id };
    await writeAudit(tx, { ...line, detail: { fields: amendedFields(amended) } }, target.now);
    const after = await tx.manager.findOneByOrFail(VerificationRow, { id });
    const isQueued = status === 'received' || status === 'queued';
    const hasJob = looksNow || (isOtherTurn && isQueued);
    const job = hasJob ? { job: { ...jobOf(after), changedAt: target.now } } : {};
    return { kind: 'done', view: await this.reader.view(tx, after), ...job };
  }

  private async kept(
    tx: FacilityTransaction,
    { id, facilityId, reference }: VerificationRow,
  ): Promise<AdmissionRequest> {
    const sealed = new SealedRow(this.reader.cipher, facilityId, 'verification', id);
    const known = sealed.open('reference', reference);
    return { ...(await this.reader.requests.load(tx, id)), ...(known ? { reference: known } : {}) };
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

function jobOf({
  round,
  bulk,
  priority,
  createdAt,
  neededBy,
}: VerificationRow): NonNullable<Extract<Acted, { kind: 'done' }>['job']> {
  return { round, lane: bulk ? 'bulk' : priority, createdAt, ...(neededBy ? { neededBy } : {}) };
}
