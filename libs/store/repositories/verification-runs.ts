import type { Answer } from '@openvob/payers';
import { type FieldCipher, newId, todayIn } from '@openvob/platform';
import type {
  Claim,
  Claimant,
  ClaimResult,
  Conclusion,
  FacilityRate,
  Fence,
  HeldClaim,
  InquiryDisclosure,
  InquiryDraft,
  Recorded,
  RecordedInquiry,
  Reuse,
  ReuseWish,
  Status,
  Transition,
  VerificationStore,
  VerifyTarget,
} from '@openvob/verification';
import { isResting, next, nothingRecorded, suspectFrom, untakenSends, wasHeard } from '@openvob/verification';
import { In, IsNull } from 'typeorm';
import type { Database, FacilityTransaction } from '../database';
import { AnswerRow, ConsentRow, InquiryRow, ProgramRow, RateRow, VerificationRow } from '../entities';
import { type JointTransaction, JointTransactions, type Turn } from '../joint-transactions';
import { SealedRow } from '../sealed-row';
import type { AdmissionRequests } from './admission-requests';
import { type Actor, writeAudit } from './audit';
import { type ConsentWish, consentOf, liveConsents } from './consents';
import { type NewDisclosure, writeDisclosure } from './disclosures';
import { facilityOf, facilityRow, programOf } from './facility-directory';
import { writeGround } from './grounds';
import { areFirst, type OwnQuestion, questionFingerprint, reuseAnswer } from './inquiry-reuse';
import { recheckColumns } from './recheck-plan';
import { RecordReader } from './record-reader';
import { redrawEarlier } from './redrawn-earlier';
import { readEarlierResult, writeResult } from './results';
import { unavailableWhy } from './unavailable-why';

/** How long one that is to be run by itself waits for its turn. */
const suspectWaitMs = 2000;

/** While its payer's breaker is open, who was not answered waits to probe in its turn; else all would end up waiting out long rungs of their own. */
const joinProbers = `UPDATE verification v SET waiting_for_connection = (
    SELECT i.connection_id FROM inquiry i JOIN connection_state s ON s.connection_id = i.connection_id AND s.breaker <> 'closed'
    WHERE i.verification_id = v.id AND i.round = v.round AND i.state = 'sent' ORDER BY i.sent_at DESC LIMIT 1)
  WHERE v.id = $1 AND v.status = 'waiting_for_payer'`;

/** Behind the move itself, so that its status and version are told. */
const benefitsChanged = `SELECT tell_webhooks(v, 'verification.benefits_changed') FROM verification v WHERE v.id = $1`;

/**
 * Of the claims given by id, version and holder, those that still hold last until then. The time to look at the row stays, so that no index has to be written:
 * while the claim holds it is not due. Locked in one order, as everything that locks several.
 */
const renewal = `WITH held AS (
    SELECT v.id FROM unnest($2::text[], $3::integer[], $4::text[]) AS held (id, version, holder)
    JOIN verification v ON v.id = held.id AND v.version = held.version AND v.lease_holder = held.holder
    ORDER BY v.id FOR UPDATE OF v)
  UPDATE verification v SET lease_until = $1 FROM held WHERE v.id = held.id RETURNING v.id`;

/** Runs of a worker over PostgreSQL: claims, inquiries, answers and moves, each in one transaction and behind the fence. */
export class VerificationRuns implements VerificationStore {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly requests: AdmissionRequests,
    private readonly leaseMs: number,
  ) {
    this.records = new RecordReader(cipher);
    this.shared = new JointTransactions(database);
  }

  private readonly records: RecordReader;
  private readonly shared: JointTransactions;

  claim({ facilityId, verificationId, round }: VerifyTarget, by: Claimant, now: Date): Promise<ClaimResult> {
    const { holder } = by;
    return this.shared.inFacility({ facilityId, verificationId, turn: 'begins' }, async (tx) => {
      const row = await tx.locked(verificationId);
      if (!row || row.round !== round || isResting(row.status as Status)) return { kind: 'nothing_to_do' };
      // Parked for a free slot: who frees one makes a job of its own; a delayed job of ours would only stand in its way.
      if (row.waitingForConnection && row.nextLookAt && row.nextLookAt > now) return { kind: 'nothing_to_do' };
      const waitMs = this.busyForMs(row, holder, now);
      if (waitMs > 0) return { kind: 'later', afterMs: waitMs };
      // Whoever held it let go of it neither by a move nor by a release: the process died, or stood still.
      const crashes = row.status === 'asking_payer' && row.leaseHolder !== null ? row.crashes + 1 : row.crashes;
      if (crashes >= suspectFrom && !by.takesSuspects) return { kind: 'later', afterMs: suspectWaitMs };
      const to = next(row.status as Status, 'claimed');
      if (!to) return { kind: 'nothing_to_do' };
      const leaseUntil = new Date(now.getTime() + this.leaseMs);
      const taken = updateGuarded(tx, row, {
        status: to,
        reason: null,
        // Whoever was offered the phone goes on while the payer is tried once more.
        needs: row.status === 'waiting_for_payer' ? row.needs : [],
        leaseHolder: holder,
        waitingForConnection: null,
        leaseUntil,
        nextLookAt: leaseUntil,
        crashes,
        updatedAt: now,
      });
      const moved = { from: row.status, to, event: 'claimed', round };
      const line = { actor: { kind: 'worker', id: holder }, action: 'verification.moved', detail: moved } as const;
      const [claim] = await Promise.all([
        this.loadClaim(tx, row, row.version + 1),
        taken,
        writeAudit(tx, { ...line, subjectId: row.id }, now),
      ]);
      return { kind: 'claimed', claim: { ...claim, crashes } };
    });
  }

  renewLeases(facilityId: string, claims: readonly HeldClaim[], now: Date): Promise<string[]> {
    const leaseUntil = new Date(now.getTime() + this.leaseMs);
    return this.database.inFacility(facilityId, async ({ manager }) => {
      const [rows] = await manager.query<[{ id: string }[], number]>(renewal, [
        leaseUntil,
        claims.map(({ verificationId }) => verificationId),
        claims.map(({ version }) => version),
        claims.map(({ holder }) => holder),
      ]);
      return rows.map(({ id }) => id);
    });
  }

  async releaseLease(fence: Fence, holder: string, now: Date): Promise<void> {
    await this.database.inFacility(fence.facilityId, ({ manager }) => {
      const where = { id: fence.verificationId, version: fence.version, leaseHolder: holder };
      return manager.update(VerificationRow, where, { leaseHolder: null, leaseUntil: now, nextLookAt: now });
    });
  }

  recordInquiry(
    fence: Fence,
    round: number,
    { askedBefore, ...draft }: InquiryDraft & { askedBefore: string | undefined },
    now: Date,
  ): Promise<RecordedInquiry | undefined> {
    return this.behindFence(fence, 'prepares', async (tx, { requestVersion }) => {
      const { coveragePosition, connectionId, serviceType, variation } = draft;
      const { facilityId, verificationId } = fence;
      const key = {
        ...{ verificationId, round, requestVersion },
        ...{ coveragePosition, connectionId, serviceType, variation },
      };
      const names = Object.keys(key) as (keyof typeof key)[];
      const rows = await tx.rowsOf(InquiryRow, verificationId);
      const existing = rows.find((row) => names.every((name) => row[name] === key[name]));
      if (existing) return this.withAnswer(tx, existing);
      const id = newId('inq', now);
      const trace = id.slice('inq_'.length).toUpperCase();
      const fingerprint = askedBefore === undefined ? null : questionFingerprint(this.cipher, facilityId, askedBefore);
      const fresh = { state: 'recorded' as const, sends: 0, recordedAt: now, sentAt: null, answeredAt: null };
      const { payerId, costCents = null } = draft;
      await tx.manager.insert(InquiryRow, { id, trace, facilityId, ...key, payerId, costCents, fingerprint, ...fresh });
      const isFirstToAsk =
        fingerprint !== null &&
        (await tx.together('first', { id, fingerprint }, (questions: readonly OwnQuestion[]) =>
          areFirst(tx, questions),
        ));
      return { ...draft, id, trace, state: 'recorded', sends: 0, untaken: 0, replyLost: false, isFirstToAsk };
    });
  }

  reuse(fence: Fence, wish: ReuseWish, now: Date): Promise<Reuse | undefined> {
    return this.behindFence(fence, 'prepares', (tx) => reuseAnswer(tx, this.cipher, wish, now));
  }

  async bindConsents(fence: Fence, payerId: string): Promise<boolean> {
    const done = await this.behindFence(fence, 'prepares', async ({ manager }) => {
      const unbound = { verificationId: fence.verificationId, scope: 'this_payer' as const, payerId: IsNull() };
      await manager.update(ConsentRow, unbound, { payerId });
      return true;
    });
    return done === true;
  }

  async markSent(fence: Fence, inquiryId: string, disclosed: InquiryDisclosure, now: Date): Promise<boolean> {
    const done = await this.behindFence(fence, 'sends', async (tx, row) => {
      const basis = await this.basisOf(tx, row, disclosed, now);
      if (!basis) return false;
      const { payerId, what } = disclosed;
      const disclosure: NewDisclosure = {
        ...{ verificationId: row.id, how: 'inquiry', payerId, what: [...what], ...basis },
        ...{ purpose: 'payment', subjectId: inquiryId, by: row.leaseHolder ?? 'worker' },
      };
      const sent = { state: 'sent' as const, sentAt: now, sends: () => 'sends + 1' };
      await Promise.all([
        writeDisclosure(tx, this.cipher, disclosure, now),
        tx.manager.update(InquiryRow, { id: inquiryId }, sent),
      ]);
      return true;
    });
    return done === true;
  }

  async mayAskOn(fence: Fence, disclosed: InquiryDisclosure, now: Date): Promise<boolean> {
    const basis = await this.behindFence(fence, 'sends', (tx, row) => this.basisOf(tx, row, disclosed, now));
    return basis !== undefined;
  }

  /** On what ground a payer is asked now; without one the run is let go of, and the next one finds that consent is missing. */
  private async basisOf(
    tx: JointTransaction,
    row: VerificationRow,
    { payerId, needsConsent, today }: InquiryDisclosure,
    now: Date,
  ): Promise<Pick<NewDisclosure, 'basis' | 'consentId' | 'notice'> | undefined> {
    if (!needsConsent) return { basis: 'treatment_payment_operations', notice: 'none' };
    const wish = { verificationId: row.id, payerId, today };
    const consentId = await tx.together('live consent', wish, (all: readonly ConsentWish[]) => liveConsents(tx, all));
    if (consentId) return { basis: 'consent', consentId, notice: 'short' };
    const released = { leaseHolder: null, leaseUntil: now, nextLookAt: now };
    await tx.manager.update(VerificationRow, { id: row.id }, released);
    const actor = { kind: 'worker', id: row.leaseHolder ?? 'worker' } as const;
    const detail = { payer: payerId, why: 'no_live_consent' };
    await writeAudit(tx, { actor, action: 'disclosure.refused', subjectId: row.id, detail }, now);
    return undefined;
  }

  async keepAnswer(fence: Fence, inquiryId: string, answer: Answer, final: boolean, now: Date): Promise<boolean> {
    const done = await this.behindFence(fence, 'is_answered', async (tx) => {
      const id = newId('ans', now);
      const sealed = new SealedRow(this.cipher, fence.facilityId, 'answer', id);
      const { evidence, ...content } = answer;
      const kept = tx.manager.insert(AnswerRow, {
        id,
        facilityId: fence.facilityId,
        inquiryId,
        kind: answer.kind,
        why: answer.kind === 'unavailable' || answer.kind === 'needs_human' ? answer.why : null,
        receivedAt: now,
        httpStatus: evidence.httpStatus ?? null,
        content: sealed.sealJson('content', content),
        rawRequest: sealed.seal('raw_request', evidence.request),
        rawResponse: sealed.seal('raw_response', evidence.response),
      });
      const closing = { state: 'answered' as const, answeredAt: now };
      const closed = final ? tx.manager.update(InquiryRow, { id: inquiryId }, closing) : undefined;
      await Promise.all([kept, closed]);
      return true;
    });
    return done === true;
  }

  recorded(facilityId: string, verificationId: string): Promise<Recorded> {
    return this.database.inFacility(facilityId, (tx) => this.records.all(tx, verificationId));
  }

  async move(fence: Fence, transition: Transition, now: Date): Promise<boolean | 'recorded_meanwhile'> {
    const done = await this.behindFence<boolean | 'recorded_meanwhile'>(fence, 'ends', async (tx, row) => {
      const { drawnFrom } = transition;
      if (drawnFrom && drawnFrom.recordedVersion !== row.recordedVersion) return 'recorded_meanwhile';
      const nextLookAt =
        transition.lookAgainAfterMs === undefined ? null : new Date(now.getTime() + transition.lookAgainAfterMs);
      const before = transition.afresh ? { attempts: 0, firstUnavailableAt: null } : row;
      const attempts = transition.unavailable === 'tried' ? before.attempts + 1 : before.attempts;
      const firstUnavailableAt = transition.unavailable
        ? (before.firstUnavailableAt ?? now)
        : before.firstUnavailableAt;
      const released = {
        leaseHolder: null,
        leaseUntil: null,
        nextLookAt,
        attempts,
        firstUnavailableAt,
        // A wait before anything was asked clears nobody of suspicion.
        crashes: transition.unavailable === 'tried' || isResting(transition.to) ? 0 : row.crashes,
        updatedAt: now,
      };
      const plan = await recheckColumns(tx, this.cipher, row, {
        transition,
        ground: drawnFrom?.ground,
        today: drawnFrom?.today,
        now,
        recheckOn: transition.recheckOn ?? null,
      });
      const at = { verificationId: row.id, round: row.round, now };
      const moved = {
        from: row.status,
        to: transition.to,
        event: transition.event,
        reason: transition.reason,
        round: row.round,
      };
      const actor = { kind: 'worker', id: row.leaseHolder ?? 'worker' } as const;
      await Promise.all([
        updateGuarded(tx, row, { ...released, ...columnsOf(transition), ...plan }),
        drawnFrom && writeGround(tx, this.cipher, at, drawnFrom.ground),
        transition.conclusion
          ? this.keepConclusion(tx, row, transition.conclusion, now)
          : this.redrawKept(tx, row, now),
        writeAudit(tx, { actor, action: 'verification.moved', subjectId: row.id, detail: moved }, now),
      ]);
      if (transition.unavailable && !transition.waitsForConnection) await tx.manager.query(joinProbers, [row.id]);
      return true;
    });
    return done ?? false;
  }

  rates(facilityId: string, payerIds: readonly string[], from: string): Promise<FacilityRate[]> {
    const where = [{ payerId: In([...payerIds]) }, { payerId: IsNull() }];
    return this.shared.inFacility({ facilityId, turn: 'prepares' }, async (tx) => {
      const read = () => tx.manager.find(RateRow, { where, order: { id: 'ASC' } });
      const rows = await tx.once(`rates ${payerIds.toSorted().join(' ')}`, read);
      return rows
        .filter(({ toDate }) => toDate === null || toDate >= from)
        .map((row) => ({
          source: row.source,
          ...(row.fromDate === null ? {} : { from: row.fromDate }),
          ...(row.toDate === null ? {} : { to: row.toDate }),
          code: row.code,
          network: row.network,
          allowedCents: row.allowedCents,
          ...(row.chargeCents === null ? {} : { chargeCents: row.chargeCents }),
          ...(row.includedIn === null ? {} : { includedIn: row.includedIn }),
          ...(row.payerId === null ? {} : { payerId: row.payerId }),
        }));
    });
  }

  earlierConclusion(fence: Fence): Promise<Conclusion | undefined> {
    return this.behindFence(
      fence,
      'ends',
      async (tx, row) => (await readEarlierResult(tx, this.cipher, row))?.conclusion,
    );
  }

  /** How long to leave it alone: another run holds it, or its payer is given time. 0 when it may be claimed. */
  private busyForMs(row: VerificationRow, holder: string, now: Date): number {
    const heldByOther = row.status === 'asking_payer' && row.leaseUntil && row.leaseHolder !== holder;
    const until = heldByOther ? row.leaseUntil : row.status === 'waiting_for_payer' ? row.nextLookAt : undefined;
    return until ? until.getTime() - now.getTime() : 0;
  }

  private async loadClaim(
    tx: JointTransaction,
    row: VerificationRow,
    version: number,
  ): Promise<Omit<Claim, 'crashes'>> {
    const { programId } = row;
    const readProgram = () => tx.manager.findOneBy(ProgramRow, { id: programId ?? '' });
    const [facility, program, consents, request, recorded, history] = await Promise.all([
      facilityRow(tx),
      programId ? tx.once(`program ${programId}`, readProgram) : null,
      tx.rowsOf(ConsentRow, row.id),
      this.requests.loadWith(tx, row.id),
      row.recordedVersion === 0 ? nothingRecorded : this.records.all(tx, row.id),
      this.historyOf(tx, row),
    ]);
    return {
      fence: { facilityId: tx.facilityId, verificationId: row.id, version },
      round: row.round,
      createdAt: row.createdAt,
      lane: row.bulk ? 'bulk' : row.priority,
      ...(row.neededBy ? { neededBy: row.neededBy } : {}),
      attempts: row.attempts,
      ...(row.firstUnavailableAt ? { firstUnavailableAt: row.firstUnavailableAt } : {}),
      facility: facilityOf(facility),
      ...(program ? { program: programOf(program) } : {}),
      ...(row.goodUntil ? { goodUntil: row.goodUntil } : {}),
      ...(row.round > 1 && row.startDate ? { formerStart: row.startDate } : {}),
      request,
      recorded,
      consents: consents.map(consentOf),
      history,
    };
  }

  /** All inquiries of this round about the request as it stands, in the order in which they were recorded. */
  private async historyOf(
    tx: JointTransaction,
    { id, round, requestVersion }: VerificationRow,
  ): Promise<RecordedInquiry[]> {
    const rows = (await tx.rowsOf(InquiryRow, id)).filter(
      (row) => row.round === round && row.requestVersion === requestVersion,
    );
    const inOrder = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    return Promise.all(inOrder.map((row) => this.withAnswer(tx, row)));
  }

  private async withAnswer(tx: FacilityTransaction, row: InquiryRow): Promise<RecordedInquiry> {
    const answers = await tx.manager.find(AnswerRow, {
      where: { inquiryId: row.id },
      order: { receivedAt: 'DESC', id: 'DESC' },
    });
    const base = inquiryOf(row, answers);
    const [last, ...earlier] = answers.map((one) => this.contentOf(one));
    if (!last) return base;
    const wasHeardBefore = earlier.some((one) => one !== undefined && wasHeard(one));
    return { ...base, answer: last, ...(wasHeardBefore ? { mayHaveBeenHeard: true } : {}) };
  }

  private contentOf({ id, facilityId, content }: AnswerRow): Answer | undefined {
    const sealed = new SealedRow(this.cipher, facilityId, 'answer', id);
    const opened = sealed.openJson<Omit<Answer, 'evidence'>>('content', content);
    return opened === undefined ? undefined : ({ ...opened, evidence: {} } as Answer);
  }

  /** What was recorded while the payer was asked again without success moves the answer that stays. */
  private async redrawKept(tx: FacilityTransaction, row: VerificationRow, now: Date): Promise<void> {
    if (row.round === 1 || row.recordedVersion === 0) return;
    const [recorded, { timeZone }] = await Promise.all([this.records.all(tx, row.id), facilityRow(tx)]);
    await redrawEarlier(tx, this.cipher, row, { recorded, today: todayIn(timeZone, now) });
  }

  private async keepConclusion(
    tx: FacilityTransaction,
    row: VerificationRow,
    conclusion: Conclusion,
    now: Date,
  ): Promise<void> {
    const changes = await writeResult(tx, this.cipher, { row, conclusion, now });
    if (!changes || changes.items.length === 0) return;
    const detail = {
      round: row.round,
      sinceRound: changes.sinceRound,
      changes: changes.items.map(({ code }) => code).join(' '),
    };
    const actor: Actor = { kind: 'worker', id: row.leaseHolder ?? 'worker' };
    await writeAudit(tx, { actor, action: 'verification.benefits_changed', subjectId: row.id, detail }, now);
    await tx.manager.query(benefitsChanged, [row.id]);
  }

  /** Runs `work` when the fence holds, the row locked; undefined when another run has taken over. */
  private behindFence<T>(
    { facilityId, verificationId, version }: Fence,
    turn: Turn,
    work: (tx: JointTransaction, row: VerificationRow) => Promise<T>,
  ): Promise<T | undefined> {
    return this.shared.inFacility({ facilityId, verificationId, turn }, async (tx) => {
      const row = await tx.locked(verificationId);
      return row?.version === version ? work(tx, row) : undefined;
    });
  }
}

/** Why an answer was of no use, though one came. */
const useless: readonly (string | null)[] = ['unreadable', 'foreign'];

function inquiryOf(row: InquiryRow, answers: readonly AnswerRow[]): RecordedInquiry {
  const { id, trace, state, sends, coveragePosition, payerId, connectionId, serviceType, variation } = row;
  return {
    ...{ id, trace, state, sends, coveragePosition, payerId, connectionId, serviceType, variation },
    ...(row.sentAt === null ? {} : { sentAt: row.sentAt }),
    ...(row.costCents === null ? {} : { costCents: row.costCents }),
    untaken: untakenSends(sends, answers.map(unavailableWhy)),
    replyLost: sends > answers.length,
    useless: answers.filter(({ why }) => useless.includes(why)).length,
  };
}

/** Writes a row whose version is still the one that was read, and counts it up (TypeORM does not check versions). */
export async function updateGuarded(
  tx: FacilityTransaction,
  row: VerificationRow,
  change: Partial<VerificationRow>,
): Promise<void> {
  const result = await tx.manager.update(
    VerificationRow,
    { id: row.id, version: row.version },
    { ...change, version: row.version + 1 },
  );
  if (result.affected !== 1) throw new Error(`Verification ${row.id} changed under its lock`);
}

/** While no payer has answered anew, the last good answer stays good for as long as it was. */
function goodUntilOf({ to, goodUntil, conclusion }: Transition): Partial<VerificationRow> {
  const isAnswered = conclusion !== undefined || to === 'not_found' || to === 'inactive' || to === 'needs_information';
  if (!goodUntil && !isAnswered) return {};
  return { goodUntil: goodUntil?.date ?? null, goodUntilBecause: goodUntil?.because ?? null };
}

function columnsOf(transition: Transition): Partial<VerificationRow> {
  return {
    status: transition.to,
    reason: transition.reason ?? null,
    needs: transition.needs,
    ...(transition.payerId ? { payerId: transition.payerId } : {}),
    ...(transition.via ? { via: transition.via } : {}),
    ...(transition.startDate ? { startDate: transition.startDate } : {}),
    waitingForConnection: transition.waitsForConnection ?? null,
    recheckOn: transition.recheckOn ?? null,
    chain: [...(transition.chain ?? [])],
    ...goodUntilOf(transition),
  };
}
