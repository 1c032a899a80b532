import type { CivilDate } from '@openvob/benefits';
import type { Adapter, Answer } from '@openvob/payers';
import { type Clock, errorFields, type Http, type Log, todayIn } from '@openvob/platform';
import { answerOf, type PutInquiry } from './adapter-answer';
import { delay } from './delay';
import { inquiryOf } from './inquiry-of';
import { hasSecondNpi } from './inquiry-options';
import { goingOnWith, mayHaveBeenAnswered, nobodyTook } from './lost-reply';
import { exchangeOutcome, type Pacing, type Permit } from './pacing';
import type {
  Claim,
  DirectoryPayer,
  InquiryDisclosure,
  InquiryDraft,
  PayerConnection,
  RecordedInquiry,
  VerificationStore,
} from './ports';
import { askedBefore, reusedAnswer } from './reused-answer';
import { isConsentNeeded } from './run-in-progress';
import { type Variation, variationKey } from './variation';
import { type Unanswered, type Verdict, verdictOn } from './verdict';

export interface AskingParts {
  store: VerificationStore;
  pacing: Pacing;
  adapters: ReadonlyMap<string, Adapter>;
  clock: Clock;
  http: Http;
  log: Log;
  /** Answers so old at most stand in for asking again, milliseconds; 0: none does. */
  reuseForMs: number;
  /** Goes with every inquiry about substance use treatment (42 CFR 2.32). */
  notice?: string;
}

/** The header that the notice stands in. */
export const noticeHeader = 'Confidentiality-Notice';

/** One question about one person, over one connection. */
export interface Question {
  claim: Claim;
  /** Index of the coverage in the request; from 3 on, one that another payer's answer told of. */
  position: number;
  payer: DirectoryPayer;
  /** The patient's id with this payer. */
  memberId: string | undefined;
  connection: PayerConnection;
  serviceType: string;
  variation: Variation;
  serviceDate: CivilDate;
  /** The payer has answered about this person already: that it now turns them away says nothing of an outage. */
  knowsPerson: boolean;
}

export type Asked =
  /** Benefits or a rejection that stands. `isFresh`: it came just now. */
  | { kind: 'answered'; row: RecordedInquiry; answer: Settled; isFresh: boolean }
  /** It is to be asked again later. */
  | ({ kind: 'unanswered'; row: RecordedInquiry } & Unanswered)
  /** A person has to find out. */
  | { kind: 'needs_human'; why: string }
  /** It was sent and may be sent again only later. */
  | { kind: 'too_soon'; afterMs: number }
  /** Nothing was sent: there is no permit now. */
  | { kind: 'no_permit'; permit: Exclude<Permit, { kind: 'granted' }> }
  /** Another run has taken over. */
  | { kind: 'superseded' };

export type Settled = Extract<Answer, { kind: 'benefits' | 'rejected' }>;

/** A slot is kept so long beyond the connection's own deadline, should the process die with it. */
const slotMarginMs = 10_000;

/** Asks payers: recorded before it is sent, with a permit of the connection, answered once. */
export class Asking {
  constructor(private readonly parts: AskingParts) {}

  async ask(question: Question, signal: AbortSignal): Promise<Asked> {
    const { store, clock } = this.parts;
    const { claim, connection } = question;
    const draft = { ...draftOf(question), askedBefore: askedBefore(this.parts, question) };
    const row = await store.recordInquiry(claim.fence, claim.round, draft, clock.now());
    if (!row) return { kind: 'superseded' };
    if (row.state === 'answered' && isSettled(row.answer))
      return { kind: 'answered', row, answer: row.answer, isFresh: false };
    // Another coverage may have been waited for since: this payer told us already to have a person ask.
    if (row.answer?.kind === 'needs_human') return { kind: 'needs_human', why: row.answer.why };
    const adapter = this.adapterOf(question);
    const resendAfterMs = resendAfter(connection, adapter);
    const goingOn = goingOnWith(row, adapter.capabilities.afterLostReply, { resendAfterMs, now: clock.now() });
    if (goingOn.kind === 'wait') return { kind: 'too_soon', afterMs: goingOn.afterMs };
    if (goingOn.kind === 'give_to_person') return { kind: 'needs_human', why: goingOn.why };
    const patienceMs = connection.timeoutMs + slotMarginMs;
    const reused = await reusedAnswer(this.parts, { question, row, patienceMs }, signal);
    if (reused === 'superseded') return { kind: 'superseded' };
    if (reused)
      return { kind: 'answered', row: { ...row, state: 'answered', answer: reused }, answer: reused, isFresh: false };
    return this.withPermit(question, signal, (permit) =>
      this.exchange({ question, row, adapter, permit, goingOn }, signal),
    );
  }

  /** Holds a slot for as long as the payer has to do with it; whatever happens, it is given back. */
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
    const settle = ({ answer, durationMs }: Pick<Exchanged, 'answer' | 'durationMs'>): Promise<void> => {
      // Let go of by ourselves: that tells nothing about the payer.
      const learnt = answer && !signal.aborted ? learntFrom(answer, question) : {};
      return pacing
        .settle({ ...base, durationMs, ...learnt }, clock.now())
        .catch((error: unknown) =>
          log.warn('pacing.not_settled', { connectionId: connection.id, ...errorFields(error) }),
        );
    };
    let exchanged: Exchanged;
    try {
      exchanged = await exchange(permit);
    } catch (error) {
      await settle({ durationMs: 0 });
      throw error;
    }
    // The payer has answered and is free for the next one, while we keep what it said.
    const settled = settle(exchanged);
    try {
      return await exchanged.keep();
    } finally {
      await settled;
    }
  }

  private async exchange(exchange: Exchange, signal: AbortSignal): Promise<Exchanged> {
    const { store, clock, http, log } = this.parts;
    const { question, row, permit, goingOn, adapter } = exchange;
    const { claim, connection } = question;
    await delay(permit.delayMs, signal);
    const put = putTo(exchange);
    const disclosed = disclosureOf(put, question, clock.now());
    const isAllowed =
      goingOn.kind === 'send'
        ? await store.markSent(claim.fence, row.id, disclosed, clock.now())
        : await store.mayAskOn(claim.fence, disclosed, clock.now());
    if (!isAllowed) return nothingSent;
    const startedAt = performance.now();
    const noticed = disclosed.needsConsent ? withNotice(http, this.parts.notice) : http;
    const answer = await answerOf(put, { signal, clock, http: noticed, log });
    const durationMs = Math.round(performance.now() - startedAt);
    if (answer.kind === 'never_received') {
      log.info('inquiry.never_received', { inquiryId: row.id, connectionId: connection.id, durationMs });
      return this.exchange({ ...exchange, goingOn: { kind: 'send' } }, signal);
    }
    log.info('inquiry.answered', { inquiryId: row.id, connectionId: connection.id, kind: answer.kind, durationMs });
    const suspectsOutage = await this.suspectsOutage(question, answer);
    const verdict = verdictOn(answer, {
      suspectsOutage,
      isProbe: permit.isProbe,
      knowsPerson: question.knowsPerson,
      hasOtherNpi: hasSecondNpi(question.claim.facility),
      before: row.answer,
      resendAfterMs: resendAfter(connection, adapter),
    });
    const keep = async (): Promise<Asked> => {
      const kept = await store.keepAnswer(claim.fence, row.id, answer, verdict.kind === 'answered', clock.now());
      return kept ? withRow(verdict, rowAfter(exchange, answer)) : { kind: 'superseded' };
    };
    return { keep, answer, durationMs };
  }

  private async suspectsOutage(question: Question, answer: Answer): Promise<boolean> {
    const outcome = exchangeOutcome(answer);
    const isSuspect = outcome === 'useless' || (outcome === 'member_rejected' && !question.knowsPerson);
    if (!isSuspect) return false;
    return this.parts.pacing.looksLikeOutage(question.connection.id, this.parts.clock.now());
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
  goingOn: PutInquiry['goingOn'];
}

interface Exchanged {
  /** Keeps what came of it. */
  keep(): Promise<Asked>;
  answer?: Answer;
  durationMs: number;
}

function putTo({ question, row, adapter, goingOn }: Exchange): PutInquiry {
  const { claim, connection } = question;
  const inquiry = inquiryOf({ ...question, request: claim.request, facility: claim.facility }, row);
  return { inquiry, connection, adapter, goingOn };
}

function withRow(verdict: Verdict, row: RecordedInquiry): Asked {
  if (verdict.kind === 'needs_human') return verdict;
  return { ...verdict, row: verdict.kind === 'answered' ? { ...row, state: 'answered' } : row };
}

/** The inquiry as it is once this came; what may have been answered before stays so. */
function rowAfter({ row, goingOn }: Exchange, answer: Answer): RecordedInquiry {
  const sends = goingOn.kind === 'send' ? 1 : 0;
  const untaken = answer.kind === 'unavailable' && nobodyTook(answer.why) ? sends : 0;
  const counts = { sends: row.sends + sends, untaken: row.untaken + untaken };
  return {
    ...row,
    ...counts,
    replyLost: false,
    answer,
    ...(mayHaveBeenAnswered(row) ? { mayHaveBeenHeard: true } : {}),
  };
}

const nothingSent: Exchanged = { keep: async () => ({ kind: 'superseded' }), durationMs: 0 };

/** What goes to the payer by this inquiry. */
function disclosureOf(
  { inquiry, adapter }: PutInquiry,
  { claim, payer, serviceType }: Question,
  now: Date,
): InquiryDisclosure {
  return {
    payerId: payer.id,
    needsConsent: isConsentNeeded(claim),
    today: todayIn(claim.facility.timeZone, now),
    what: [...new Set(adapter.fieldsOf(inquiry).map(kindOfInformation)), `service_type_${serviceType}`],
  };
}

const kinds: readonly (readonly [RegExp, string])[] = [
  [/memberId|groupNumber/i, 'insurance'],
  [/^\/(subscriber|dependent|patient)/, 'identity'],
  [/^\/provider/, 'provider'],
];

function kindOfInformation(pointer: string): string {
  return kinds.find(([pattern]) => pattern.test(pointer))?.[1] ?? 'inquiry';
}

/** No wire format has a place for the notice of 42 CFR 2.32: it goes beside the message, in a header. */
function withNotice(http: Http, notice: string | undefined): Http {
  if (notice === undefined) return http;
  return { send: (request) => http.send({ ...request, headers: { ...request.headers, [noticeHeader]: notice } }) };
}

function isSettled(answer: Answer | undefined): answer is Settled {
  return answer?.kind === 'benefits' || answer?.kind === 'rejected';
}

function resendAfter(connection: PayerConnection, { capabilities }: Adapter): number {
  return connection.resendAfterMs ?? capabilities.resendNotBeforeMs ?? 0;
}

/** Only a person who is turned away as the request gives them tells of the payer: our own variations are likely to be. */
function learntFrom(
  answer: Answer,
  { knowsPerson, variation }: Question,
): { outcome: ReturnType<typeof exchangeOutcome>; retryAfterMs?: number } {
  const told = exchangeOutcome(answer);
  const isOurDoing = knowsPerson || variation.person !== 'as_given';
  const outcome = told === 'member_rejected' && isOurDoing ? 'rejected' : told;
  const retryAfter =
    answer.kind === 'unavailable' && answer.retryAfterMs !== undefined ? { retryAfterMs: answer.retryAfterMs } : {};
  return { outcome, ...retryAfter };
}

function draftOf({ position, payer, connection, serviceType, variation }: Question): InquiryDraft {
  const cost = connection.costCents === undefined ? {} : { costCents: connection.costCents };
  const asked = { serviceType, variation: variationKey(variation) };
  return { coveragePosition: position, payerId: payer.id, connectionId: connection.id, ...asked, ...cost };
}
