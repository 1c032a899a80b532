import { addDays, type CivilDate, type Source } from '@openvob/benefits';
import { earlierAnswer, programDaysOf } from '@openvob/estimate';
import type { Adapter } from '@openvob/payers';
import { type Clock, todayIn } from '@openvob/platform';
import { firstProgramDay, onTrack, type ProgramPlan, withFirstDay } from '@openvob/programs';
import { askedDate } from './asked-date';
import { CoverageWalk, type Walked } from './coverage-walk';
import { type CoverageOutcome, phoneNeed } from './further-coverages';
import type { Ground } from './ground';
import { next } from './lifecycle';
import type { PayerInquiries } from './payer-inquiries';
import type { Claim, DirectoryPayer, PayerDirectory, Program, Transition, VerificationStore } from './ports';
import { consentNeed, hasLiveConsent, missingInformation, type PayerMatch } from './readiness';
import { matchPayer, waysTo } from './routing';
import { isConsentNeeded, type RunInProgress, ratesOf, type Target, underWayOn } from './run-in-progress';

/** What is known of a verification whatever the payers say. */
export type KnownFacts = Pick<Transition, 'startDate' | 'payerId' | 'via' | 'recheckOn' | 'chain' | 'afresh'>;

/** What a round came to: a move at once, or what a conclusion is to be drawn from. */
export type RoundResult =
  | { kind: 'moves'; transition: Transition }
  | { kind: 'asked'; ground: Ground; today: CivilDate; known: KnownFacts }
  | { kind: 'superseded' };

export interface RoundParts {
  store: VerificationStore;
  directory: PayerDirectory;
  inquiries: PayerInquiries;
  adapters: ReadonlyMap<string, Adapter>;
  clock: Clock;
}

/** One round of a claimed verification: what stands in the way, or whom to ask and what they said. */
export class Round {
  private readonly walk: CoverageWalk;

  constructor(private readonly parts: RoundParts) {
    this.walk = new CoverageWalk(parts);
  }

  async advance(claim: Claim, signal: AbortSignal): Promise<RoundResult> {
    const { store, directory, clock } = this.parts;
    const { coverages, admission } = claim.request;
    const matches = await Promise.all(coverages.map((coverage) => matchPayer(directory, coverage)));
    const today = todayIn(claim.facility.timeZone, clock.now());
    const begins = admission.startDate ?? claim.formerStart ?? today;
    const blocked = blockedBy(claim, matches, today);
    const { program } = claim;
    if (blocked || !program) {
      return { kind: 'moves', transition: { ...(blocked ?? missing(claim, matches)), startDate: begins } };
    }
    const targets = targetsOf(claim, matches);
    const [primary] = targets;
    if (!primary) throw new Error('A request without a coverage passed the readiness check');
    if (hasUnboundConsent(claim) && !(await store.bindConsents(claim.fence, primary.payer.id)))
      return { kind: 'superseded' };
    const run = runOf(withBoundConsents(claim, primary.payer.id), program, { begins, today });
    const walked = await this.walk.walk(targets, run, signal);
    if (walked === 'superseded') return { kind: 'superseded' };
    const via = walked.via ?? (await this.usualWay(primary.payer));
    const known = { startDate: begins, payerId: primary.payer.id, via, ...factsOf(walked, run) };
    return { kind: 'asked', ground: await this.groundOf(run, walked, targets), today, known };
  }

  private async usualWay(payer: DirectoryPayer): Promise<string> {
    const [way] = await waysTo(this.parts.directory, this.parts.adapters, payer.id);
    return way?.connection.adapter ?? 'phone';
  }

  /** In the middle of a program payers answer with figures of today: what was known of its beginning is kept beside them. */
  private async earlierOf(run: RunInProgress): Promise<Ground['earlier']> {
    const { claim, startDate, today } = run;
    if (claim.round === 1 || underWayOn(run) === undefined) return undefined;
    const { estimateCase, estimate, basis } = (await this.parts.store.earlierConclusion(claim.fence)) ?? {};
    if (!estimateCase || !estimate || estimateCase.startDate !== startDate) return undefined;
    const { sources = [], assumptions = [] } = basis ?? {};
    const cited = sources.map(({ source, ...at }) => ({ ...at, source: [source as Source] }));
    return earlierAnswer(estimateCase, estimate, { sources: cited, assumptions }, today);
  }

  private async groundOf(run: RunInProgress, walked: Walked, targets: readonly Target[]): Promise<Ground> {
    const { claim, plan, startDate, today } = run;
    const earlier = await this.earlierOf(run);
    const onDay = underWayOn(run);
    const { outcomes, heldElsewhere } = walked;
    const [first] = outcomes;
    const payers = targets.map(({ payer }) => payer);
    const payerIds = [...new Set([...outcomes.flatMap(payersOf), ...payers.map(({ id }) => id)])];
    return {
      admission: claim.request.admission,
      plan,
      startDate,
      answeredOn: today,
      payers,
      outcomes,
      ...(heldElsewhere.length > 0 ? { heldElsewhere } : {}),
      rates: await ratesOf(this.parts.store, run, payerIds),
      ...(onDay ? { underWayOn: onDay } : {}),
      ...(claim.round > 1 ? { heardSince: heardSince(claim, today) } : {}),
      ...(earlier ? { earlier } : {}),
      ...(first.kind === 'answered' ? {} : { unanswered: withoutAnswer(first, claim) }),
    };
  }
}

/** Like any answer, what is said by phone holds to the end of its month at most, and no longer than it was found to be good. */
function heardSince({ goodUntil }: Claim, today: CivilDate): CivilDate {
  return goodUntil !== undefined && goodUntil < today ? addDays(goodUntil, 1) : `${today.slice(0, 7)}-01`;
}

function factsOf({ chain, recheckOn }: Walked, { progressed }: RunInProgress): KnownFacts {
  return {
    chain,
    ...(recheckOn ? { recheckOn } : {}),
    ...(progressed ? { afresh: true } : {}),
  };
}

/** Needs that stop a verification before any payer is asked; consent last, so that nothing is asked for twice. */
function blockedBy(claim: Claim, matches: readonly PayerMatch[], today: CivilDate): Transition | undefined {
  const needs = missingInformation(claim.request, matches, claim.program !== undefined);
  if (needs.length > 0) return rest('information_missing', 'information_missing', needs);
  if (!isConsentNeeded(claim) || hasLiveConsent(claim, today)) return undefined;
  return rest('consent_missing', 'no_live_consent', [consentNeed(claim)]);
}

function missing(claim: Claim, matches: readonly PayerMatch[]): Transition {
  return rest('information_missing', 'information_missing', missingInformation(claim.request, matches, false));
}

function targetsOf({ request }: Claim, matches: readonly PayerMatch[]): Target[] {
  return matches.flatMap((match, position) =>
    'payer' in match ? [{ position, payer: match.payer, memberId: request.coverages[position]?.memberId }] : [],
  );
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

function runOf(
  claim: Claim,
  program: Program,
  { begins, today }: Pick<RunInProgress, 'today'> & { begins: CivilDate },
): RunInProgress {
  const { admission } = claim.request;
  // Nobody gave a start: the program begins on its next day, so that a Saturday does not cost the first week.
  const startDate = admission.startDate ?? firstProgramDay(program.plan, begins);
  const plan = planOf(program, startDate, admission.track);
  const lastDay = programDaysOf(plan, startDate).at(-1) ?? startDate;
  const serviceDate = askedDate({ round: claim.round, begins, lastDay, today });
  return {
    claim,
    plan,
    startDate,
    serviceDate,
    today,
    history: [...claim.history],
    progressed: false,
    rates: new Map(),
  };
}

/** The program as this patient attends it: from its start, on the track asked for. */
export function planOf(program: Program, startDate: CivilDate, track: ProgramPlan['track'] | undefined): ProgramPlan {
  const plan = withFirstDay(program.plan, program.onFirstDay, startDate);
  return track === undefined || track === plan.track ? plan : onTrack(plan, track);
}

function payersOf(outcome: CoverageOutcome): string[] {
  if (outcome.kind !== 'answered') return [outcome.payer.id];
  const { payerId, administrator } = outcome.answer;
  return administrator ? [administrator.id, payerId] : [payerId];
}

/** The first coverage could not be asked about or was not answered: that decides. */
function withoutAnswer(outcome: Exclude<CoverageOutcome, { kind: 'answered' }>, claim: Claim): Transition {
  switch (outcome.kind) {
    case 'held_up':
      return outcome.transition;
    case 'by_phone':
      return noElectronicWay(outcome.payer);
    case 'no_consent':
      return rest('consent_missing', 'no_live_consent', [consentNeed(claim)]);
  }
}

function noElectronicWay(payer: DirectoryPayer): Transition {
  return rest('no_electronic_way', 'no_electronic_way', [phoneNeed(payer)]);
}

function rest(event: Transition['event'], reason: string, needs: Transition['needs']): Transition {
  const to = next('asking_payer', event);
  if (!to) throw new Error(`No move on ${event} while asking the payer`);
  return { event, to, reason, needs };
}
