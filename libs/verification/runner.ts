import { type CivilDate } from '@openvob/benefits';
import type { Adapter } from '@openvob/payers';
import { type Clock, errorFields, type Http, type Log, todayIn } from '@openvob/platform';
import { firstProgramDay, onTrack, type ProgramPlan, withFirstDay } from '@openvob/programs';
import { type Asked, Asking } from './asking';
import { type CoverageAnswer, isTransientRejection } from './conclude';
import { type CoverageOutcome, phoneNeed } from './further-coverages';
import { draw, type Ground } from './ground';
import { next } from './lifecycle';
import type { Pacing } from './pacing';
import type {
  Claim,
  ClaimResult,
  DirectoryPayer,
  Fence,
  PayerConnection,
  PayerDirectory,
  Program,
  Transition,
  VerificationStore,
  VerifyTarget,
} from './ports';
import { suspectFrom } from './ports';
import { consentNeed, hasLiveConsent, missingInformation, needsConsent, type PayerMatch } from './readiness';
import type { Recorded } from './recorded';
import { electronicConnection, matchPayer, serviceTypesToAsk } from './routing';
import { afterNoPermit, afterUnavailable, type WaitingRules } from './waiting';

/** What a run ended in, for the queue: finished, or look again later (which spends no attempt). */
export type RunOutcome = { kind: 'done' } | { kind: 'later'; afterMs: number };

export interface RunnerParts {
  store: VerificationStore;
  pacing: Pacing;
  directory: PayerDirectory;
  adapters: ReadonlyMap<string, Adapter>;
  clock: Clock;
  http: Http;
  log: Log;
  waiting: WaitingRules;
  /** Answers so old at most stand in for asking again, milliseconds; 0: none does. */
  reuseForMs: number;
  /** Names this process in claims. */
  holder: string;
  /** How often a claim is renewed while a payer is asked, milliseconds. */
  renewEveryMs: number;
}

/** After so many crashes in a row nobody tries again by itself. */
const crashesToSetAside = 3;
const suspectWaitMs = 2000;

/** One job: take a verification from where it stands to where it must wait or rest. */
export class Runner {
  private runs = 0;
  /** The one under way that is suspected of crashing its process. */
  private suspect: string | undefined;
  private readonly asking: Asking;

  constructor(private readonly parts: RunnerParts) {
    this.asking = new Asking(parts);
  }

  /** @throws only on a bug or a lost database; the queue then tries again */
  async run(job: VerifyTarget, signal: AbortSignal): Promise<RunOutcome> {
    const claimed = await this.claim(job);
    if (claimed.kind === 'nothing_to_do') return { kind: 'done' };
    if (claimed.kind === 'later') return claimed;
    const { claim, holder } = claimed;
    if (claim.crashes >= crashesToSetAside) return this.giveUpCrashing(claim);
    const leave = this.enter(claim);
    const lease = this.keepLease(claim.fence, holder, signal);
    let isHeld = true;
    try {
      if (!leave) return { kind: 'later', afterMs: suspectWaitMs };
      const transition = await this.advance(claim, lease.signal);
      // Told to stop in the middle of an exchange: the row keeps its state, and whoever takes over resumes it.
      if (signal.aborted) return { kind: 'later', afterMs: 0 };
      const outcome = await this.settle(claim, transition);
      isHeld = false;
      return outcome;
    } finally {
      leave?.();
      lease.stop();
      if (isHeld) await this.release(claim.fence, holder);
    }
  }

  /** One that is suspected of crashing processes runs beside no other such one; undefined when it is not its turn. */
  private enter({ crashes, fence }: Claim): (() => void) | undefined {
    if (crashes < suspectFrom) return () => undefined;
    if (this.suspect !== undefined) return undefined;
    this.suspect = fence.verificationId;
    return () => {
      this.suspect = undefined;
    };
  }

  /** It took its process down again and again: it rests until somebody asks again, and operations are told. */
  private giveUpCrashing(claim: Claim): Promise<RunOutcome> {
    const { verificationId, facilityId } = claim.fence;
    this.parts.log.error('verification.set_aside', { verificationId, facilityId, crashes: claim.crashes });
    return this.settle(claim, { event: 'gave_up', to: 'failed', reason: 'set_aside', needs: [] });
  }

  /** A verification that failed again and again for a reason of ours is given to a person; never turned into an answer. */
  async setAside(job: VerifyTarget): Promise<void> {
    const claimed = await this.claim(job);
    if (claimed.kind !== 'claimed') return;
    await this.settle(claimed.claim, { event: 'gave_up', to: 'failed', reason: 'internal_error', needs: [] });
  }

  private async claim(
    job: VerifyTarget,
  ): Promise<Exclude<ClaimResult, { kind: 'claimed' }> | { kind: 'claimed'; claim: Claim; holder: string }> {
    this.runs += 1;
    const holder = `${this.parts.holder}-${this.runs}`;
    const by = { holder, takesSuspects: this.suspect === undefined };
    const result = await this.parts.store.claim(job, by, this.parts.clock.now());
    return result.kind === 'claimed' ? { ...result, holder } : result;
  }

  /** Lets go of a claim that no move ended, so that the next try need not wait for it to run out. */
  private async release(fence: Fence, holder: string): Promise<void> {
    try {
      await this.parts.store.releaseLease(fence, holder, this.parts.clock.now());
    } catch (error) {
      this.parts.log.warn('lease.not_released', { verificationId: fence.verificationId, ...errorFields(error) });
    }
  }

  private async settle(claim: Claim, transition: Transition | 'superseded'): Promise<RunOutcome> {
    if (transition === 'superseded') return { kind: 'done' };
    const { store, clock, log } = this.parts;
    const moved = await store.move(claim.fence, transition, clock.now());
    if (moved === 'recorded_meanwhile' && transition.drawnFrom) {
      const { drawnFrom, startDate, payerId, via } = transition;
      const known = { ...(startDate ? { startDate } : {}), ...(payerId ? { payerId } : {}), ...(via ? { via } : {}) };
      const { facilityId, verificationId } = claim.fence;
      const recorded = await store.recorded(facilityId, verificationId);
      return this.settle(claim, { ...drawn(drawnFrom.ground, recorded, drawnFrom.today), ...known });
    }
    const ids = { verificationId: claim.fence.verificationId, facilityId: claim.fence.facilityId, round: claim.round };
    log.info(moved ? 'verification.moved' : 'verification.superseded', {
      ...ids,
      from: 'asking_payer',
      to: transition.to,
      reason: transition.reason,
    });
    if (moved && transition.waitsForConnection) await this.lookOnceMore(transition.waitsForConnection);
    // Who waits for a slot is woken by whoever frees one, with a job of its own.
    if (!moved || transition.lookAgainAfterMs === undefined || transition.waitsForConnection) return { kind: 'done' };
    return { kind: 'later', afterMs: transition.lookAgainAfterMs };
  }

  /** A slot may have become free between the refusal and the beginning of the wait; nobody would wake it for that one. */
  private async lookOnceMore(connectionId: string): Promise<void> {
    const { pacing, clock, log } = this.parts;
    await pacing
      .handOver(connectionId, clock.now())
      .catch((error: unknown) => log.warn('pacing.not_handed_over', { connectionId, ...errorFields(error) }));
  }

  private async advance(claim: Claim, signal: AbortSignal): Promise<Transition | 'superseded'> {
    const matches = await Promise.all(
      claim.request.coverages.map((coverage) => matchPayer(this.parts.directory, coverage)),
    );
    const today = todayIn(claim.facility.timeZone, this.parts.clock.now());
    const startDate = claim.request.admission.startDate ?? today;
    const blocked = blockedBy(claim, matches, today);
    if (blocked || !claim.program) return { ...(blocked ?? missing(claim, matches)), startDate };

    const routes = await Promise.all(matches.flatMap((match) => ('payer' in match ? [this.route(match.payer)] : [])));
    const [primary] = routes;
    if (!primary) throw new Error('A request without a coverage passed the readiness check');
    const known = {
      startDate,
      payerId: primary.payer.id,
      via: primary.connection?.adapter ?? 'phone',
    };
    if (hasUnboundConsent(claim) && !(await this.parts.store.bindConsents(claim.fence, primary.payer.id)))
      return 'superseded';

    const bound = withBoundConsents(claim, primary.payer.id);
    const outcomes: CoverageOutcome[] = [];
    for (const [position, route] of routes.entries()) {
      const outcome = await this.askAbout({ claim: bound, position, route, startDate, today }, signal);
      if (outcome === 'superseded') return outcome;
      outcomes.push(outcome);
      if (position === 0 && outcome.kind !== 'answered') break;
    }
    const payers = routes.map(({ payer }) => payer);
    const ground = await this.groundOf(claim, claim.program, { outcomes, payers }, startDate);
    return { ...drawn(ground, claim.recorded, today), ...known };
  }

  private async route(payer: DirectoryPayer): Promise<Route> {
    const connection = await electronicConnection(this.parts.directory, this.parts.adapters, payer.id);
    return connection ? { payer, connection } : { payer };
  }

  private async groundOf(
    claim: Claim,
    program: Program,
    asked: { readonly outcomes: readonly CoverageOutcome[]; readonly payers: readonly DirectoryPayer[] },
    startDate: CivilDate,
  ): Promise<Ground> {
    const { outcomes, payers } = asked;
    const [first, ...further] = outcomes;
    if (!first) throw new Error('The first coverage was not asked about');
    const { admission } = claim.request;
    // Nobody gave a start: the program begins on its next day, so that a Saturday does not cost the first week.
    const begins = admission.startDate ?? firstProgramDay(program.plan, startDate);
    return {
      admission,
      plan: planOf(program, begins, admission.track),
      startDate: begins,
      answeredOn: todayIn(claim.facility.timeZone, this.parts.clock.now()),
      payers,
      outcomes: [first, ...further],
      rates: await this.parts.store.rates(
        claim.fence.facilityId,
        payers.map(({ id }) => id),
      ),
      ...(first.kind === 'answered' ? {} : { unanswered: withoutAnswer(first, claim) }),
    };
  }

  private async askAbout(about: CoverageToAsk, signal: AbortSignal): Promise<CoverageOutcome | 'superseded'> {
    const { claim, position, startDate, today } = about;
    const { payer, connection } = about.route;
    if (isConsentNeeded(claim) && !hasLiveConsent(claim, today, payer.id)) return { kind: 'no_consent', payer };
    if (!connection) return { kind: 'by_phone', payer };
    const [serviceType] = serviceTypesToAsk;
    const asked = await this.asking.ask(
      { claim, position, payer, connection, serviceType, serviceDate: startDate },
      signal,
    );
    if (asked.kind === 'superseded') return 'superseded';
    const result = this.interpret(claim, { payer, connection }, asked);
    return 'event' in result
      ? { kind: 'held_up', payer, transition: result }
      : { kind: 'answered', answer: { position, ...result } };
  }

  private interpret(
    claim: Claim,
    route: AskedRoute,
    asked: Exclude<Asked, { kind: 'superseded' }>,
  ): Omit<CoverageAnswer, 'position'> | Transition {
    const { waiting } = this.parts;
    const now = this.parts.clock.now();
    const neededBy = claim.neededBy ? { neededBy: claim.neededBy } : {};
    const situation = {
      attempts: claim.attempts,
      firstUnavailableAt: claim.firstUnavailableAt ?? now,
      now,
      ...neededBy,
    };
    if (asked.kind === 'no_permit') {
      const isBulk = claim.lane === 'bulk';
      return afterNoPermit(asked.permit, route.connection.id, { ...situation, isBulk }, waiting);
    }
    const { answer } = asked;
    switch (answer.kind) {
      case 'benefits':
      case 'rejected':
        if (asked.suspectsOutage) return afterUnavailable({ ...situation, why: 'outage' }, waiting);
        if (isTransientRejection(answer.snapshot)) return afterUnavailable({ ...situation, why: 'down' }, waiting);
        return { payerId: route.payer.id, payerName: route.payer.name, snapshot: answer.snapshot };
      case 'unavailable': {
        const retryAfter = answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs };
        return afterUnavailable({ ...situation, ...retryAfter, why: answer.why }, waiting);
      }
      case 'pending':
        return afterUnavailable({ ...situation, why: 'pending', retryAfterMs: answer.pollAfterMs }, waiting);
      case 'needs_human':
        return { ...noElectronicWay(route.payer), reason: answer.why };
    }
  }

  /** Renews the claim while a payer is asked; the signal fires when it is lost or the worker stops. */
  private keepLease(fence: Fence, holder: string, signal: AbortSignal): { signal: AbortSignal; stop(): void } {
    const lost = new AbortController();
    const timer = setInterval(() => {
      this.parts.store
        .renewLease(fence, holder, this.parts.clock.now())
        .then((held) => held || lost.abort())
        .catch((error: unknown) =>
          this.parts.log.warn('lease.not_renewed', { verificationId: fence.verificationId, ...errorFields(error) }),
        );
    }, this.parts.renewEveryMs);
    return { signal: AbortSignal.any([signal, lost.signal]), stop: () => clearInterval(timer) };
  }
}

/** A coverage's payer, and how it is asked; without a connection it has to be phoned. */
interface Route {
  payer: DirectoryPayer;
  connection?: PayerConnection;
}

/** One coverage, how its payer is reached, and the dates that matter. */
interface CoverageToAsk {
  claim: Claim;
  /** Index of the coverage in the request. */
  position: number;
  route: Route;
  startDate: CivilDate;
  today: CivilDate;
}

/** A coverage's payer and the connection that it was asked over. */
type AskedRoute = Required<Route>;

/** The conclusion from this ground and from what was recorded, with what it was drawn from. */
function drawn(ground: Ground, recorded: Recorded, today: CivilDate): Transition {
  return { ...draw(ground, recorded, today), drawnFrom: { ground, recordedVersion: recorded.version, today } };
}

/** Needs that stop a verification before any payer is asked; consent last, so that nothing is asked for twice. */
function blockedBy(claim: Claim, matches: readonly PayerMatch[], today: CivilDate): Transition | undefined {
  const needs = missingInformation(claim.request, matches, claim.program !== undefined);
  if (needs.length > 0) return rest('information_missing', 'information_missing', needs);
  if (!isConsentNeeded(claim) || hasLiveConsent(claim, today)) return undefined;
  return rest('consent_missing', 'no_live_consent', [consentNeed(claim)]);
}

function hasUnboundConsent({ consents }: Claim): boolean {
  return consents.some(({ scope, payerId }) => scope === 'this_payer' && payerId === undefined);
}

/** A consent for one payer that names none is for the first that is asked. */
function withBoundConsents(claim: Claim, payerId: string): Claim {
  const consents = claim.consents.map((consent) =>
    consent.scope === 'this_payer' ? { payerId, ...consent } : consent,
  );
  return { ...claim, consents };
}

function isConsentNeeded(claim: Claim): boolean {
  return needsConsent(claim.request.admission.track ?? claim.program?.plan.track ?? 'sud');
}

function missing(claim: Claim, matches: readonly PayerMatch[]): Transition {
  return rest('information_missing', 'information_missing', missingInformation(claim.request, matches, false));
}

function noElectronicWay(payer: DirectoryPayer): Transition {
  return rest('no_electronic_way', 'no_electronic_way', [phoneNeed(payer)]);
}

/** The first coverage could not be asked about or was not answered: that decides. */
function withoutAnswer(outcome: Exclude<CoverageOutcome, { kind: 'answered' }>, claim: Claim): Transition {
  switch (outcome.kind) {
    case 'held_up':
      return outcome.transition;
    case 'by_phone':
      return rest('no_electronic_way', 'no_electronic_way', [phoneNeed(outcome.payer)]);
    case 'no_consent':
      return rest('consent_missing', 'no_live_consent', [consentNeed(claim)]);
  }
}

/** The program as this patient attends it: from its start, on the track asked for. */
function planOf(program: Program, startDate: CivilDate, track: ProgramPlan['track'] | undefined): ProgramPlan {
  const plan = withFirstDay(program.plan, program.onFirstDay, startDate);
  return track === undefined || track === plan.track ? plan : onTrack(plan, track);
}

function rest(event: Transition['event'], reason: string, needs: Transition['needs']): Transition {
  const to = next('asking_payer', event);
  if (!to) throw new Error(`No move on ${event} while asking the payer`);
  return { event, to, reason, needs };
}
