import type { CivilDate } from '@openvob/benefits';
import type { Adapter, Answer } from '@openvob/payers';
import { type Clock, errorFields, type Http, type Log } from '@openvob/platform';
import { isTransientRejection } from './conclude';
import { inquiryOf } from './inquiry-of';
import { exchangeOutcome, type Pacing, type Permit } from './pacing';
import type { Claim, DirectoryPayer, InquiryDraft, PayerConnection, RecordedInquiry, VerificationStore } from './ports';
import { reuseWish } from './reusing';

export interface AskingParts {
  store: VerificationStore;
  pacing: Pacing;
  adapters: ReadonlyMap<string, Adapter>;
  clock: Clock;
  http: Http;
  log: Log;
  /** Answers so old at most stand in for asking again, milliseconds; 0: none does. */
  reuseForMs: number;
}

/** One question about one coverage, over one connection. */
export interface Question {
  claim: Claim;
  /** Index of the coverage in the request. */
  position: number;
  payer: DirectoryPayer;
  connection: PayerConnection;
  serviceType: string;
  serviceDate: CivilDate;
}

export type Asked =
  /** `suspectsOutage`: the payer turned this member away, as it does nearly everybody just now. */
  | { kind: 'answer'; answer: Answer; suspectsOutage: boolean }
  /** Nothing was sent: there is no permit now. */
  | { kind: 'no_permit'; permit: Exclude<Permit, { kind: 'granted' }> }
  /** Another run has taken over. */
  | { kind: 'superseded' };

/** A slot is kept so long beyond the connection's own deadline, should the process die with it. */
const slotMarginMs = 10_000;
/** How often a run looks whether the same question, asked by another one, was answered. */
const underWayLookMs = 300;

/** Asks payers: recorded before it is sent, with a permit of the connection, answered once. */
export class Asking {
  constructor(private readonly parts: AskingParts) {}

  async ask(question: Question, signal: AbortSignal): Promise<Asked> {
    const { store, clock } = this.parts;
    const { claim } = question;
    const row = await store.recordInquiry(claim.fence, claim.round, draftOf(question), clock.now());
    if (!row) return { kind: 'superseded' };
    if (row.state === 'answered' && row.answer) return { kind: 'answer', answer: row.answer, suspectsOutage: false };
    const adapter = this.adapterOf(question);
    if (row.replyLost && adapter.capabilities.afterLostReply === 'never_resend') {
      return {
        kind: 'answer',
        answer: { kind: 'needs_human', why: 'reply_lost', evidence: {} },
        suspectsOutage: false,
      };
    }
    const reused = await this.reused(question, row, signal);
    if (reused) return reused;
    return this.withPermit(question, signal, (permit) => this.exchange({ question, row, adapter, permit }, signal));
  }

  /**
   * An answer to the same question that was given lately, when this is the first round: who asks for another round wants the payer asked. A question that
   * is being asked just now, by somebody else of the facility, is waited for.
   */
  private async reused(question: Question, row: RecordedInquiry, signal: AbortSignal): Promise<Asked | undefined> {
    const { store, clock, log, reuseForMs } = this.parts;
    const { claim, connection } = question;
    if (reuseForMs <= 0 || claim.round > 1 || row.sends > 0) return undefined;
    const inquiry = inquiryOf({ ...question, request: claim.request, facility: claim.facility }, row);
    const at = { timeZone: claim.facility.timeZone, maxAgeMs: reuseForMs };
    const patienceEnds = performance.now() + connection.timeoutMs + slotMarginMs;
    for (;;) {
      const now = clock.now();
      const reuse = await store.reuse(claim.fence, reuseWish(inquiry, connection.id, { ...at, now }), now);
      if (!reuse) return { kind: 'superseded' };
      if (reuse.kind === 'answer') {
        log.info('inquiry.reused', { inquiryId: row.id, connectionId: connection.id, costCents: connection.costCents });
        return { kind: 'answer', answer: reuse.answer, suspectsOutage: false };
      }
      if (reuse.kind === 'none' || signal.aborted || performance.now() > patienceEnds) return undefined;
      await delay(underWayLookMs, signal);
    }
  }

  /** Holds a slot for as long as `exchange` runs; whatever happens, it is given back. */
  private async withPermit(
    question: Question,
    signal: AbortSignal,
    exchange: (permit: Granted) => Promise<Exchanged>,
  ): Promise<Asked> {
    const { pacing, clock, log } = this.parts;
    const { connection, claim } = question;
    const { verificationId } = claim.fence;
    const leaseMs = connection.timeoutMs + slotMarginMs;
    const isBulk = claim.lane === 'bulk';
    const wanted = { connectionId: connection.id, verificationId, leaseMs, isBulk };
    const deadline = claim.neededBy ? { neededBy: claim.neededBy } : {};
    const permit = await pacing.acquire({ ...wanted, ...deadline }, clock.now());
    if (permit.kind !== 'granted') return { kind: 'no_permit', permit };
    const base = { connectionId: connection.id, verificationId, slot: permit.slot };
    let exchanged: Exchanged | undefined;
    try {
      exchanged = await exchange(permit);
    } finally {
      // Let go of by ourselves: that tells nothing about the payer.
      const learnt = exchanged?.answer && !signal.aborted ? learntFrom(exchanged.answer) : {};
      await pacing
        .settle({ ...base, durationMs: exchanged?.durationMs ?? 0, ...learnt }, clock.now())
        .catch((error: unknown) =>
          log.warn('pacing.not_settled', { connectionId: connection.id, ...errorFields(error) }),
        );
    }
    return exchanged.kept && exchanged.answer
      ? { kind: 'answer', answer: exchanged.answer, suspectsOutage: exchanged.suspectsOutage }
      : { kind: 'superseded' };
  }

  private async exchange({ question, row, adapter, permit }: Exchange, signal: AbortSignal): Promise<Exchanged> {
    const { store, clock, http, log } = this.parts;
    const { claim, connection } = question;
    await delay(permit.delayMs, signal);
    if (!(await store.markSent(claim.fence, row.id, clock.now()))) return nothingSent;
    const startedAt = performance.now();
    const inquiry = inquiryOf({ ...question, request: claim.request, facility: claim.facility }, row);
    const answer = await adapter.verify(inquiry, connection, { signal, clock, http, log });
    const durationMs = Math.round(performance.now() - startedAt);
    log.info('inquiry.answered', { inquiryId: row.id, connectionId: connection.id, kind: answer.kind, durationMs });
    const suspectsOutage = await this.suspectsOutage(connection, answer);
    const final =
      answer.kind === 'benefits' ||
      (answer.kind === 'rejected' && !suspectsOutage && !isTransientRejection(answer.snapshot));
    return {
      kept: await store.keepAnswer(claim.fence, row.id, answer, final, clock.now()),
      answer,
      suspectsOutage,
      durationMs,
    };
  }

  private async suspectsOutage(connection: PayerConnection, answer: Answer): Promise<boolean> {
    if (exchangeOutcome(answer) !== 'member_rejected') return false;
    return this.parts.pacing.looksLikeOutage(connection.id, this.parts.clock.now());
  }

  private adapterOf({ connection }: Question): Adapter {
    const adapter = this.parts.adapters.get(connection.adapter);
    if (!adapter) throw new Error(`No adapter named ${connection.adapter}`);
    return adapter;
  }
}

type Granted = Extract<Permit, { kind: 'granted' }>;

interface Exchange {
  question: Question;
  row: RecordedInquiry;
  adapter: Adapter;
  permit: Granted;
}

interface Exchanged {
  /** False when another run has taken over and the answer was not written. */
  kept: boolean;
  answer?: Answer;
  suspectsOutage: boolean;
  durationMs: number;
}

const nothingSent: Exchanged = { kept: false, suspectsOutage: false, durationMs: 0 };

function learntFrom(answer: Answer): { outcome: ReturnType<typeof exchangeOutcome>; retryAfterMs?: number } {
  const retryAfter =
    answer.kind === 'unavailable' && answer.retryAfterMs !== undefined ? { retryAfterMs: answer.retryAfterMs } : {};
  return { outcome: exchangeOutcome(answer), ...retryAfter };
}

function draftOf({ position, payer, connection, serviceType }: Question): InquiryDraft {
  const cost = connection.costCents === undefined ? {} : { costCents: connection.costCents };
  return { coveragePosition: position, payerId: payer.id, connectionId: connection.id, serviceType, ...cost };
}

async function delay(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    const stop = (): void => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}
