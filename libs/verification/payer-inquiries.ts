import type { Cents } from '@openvob/benefits';
import { sentIndex } from '@openvob/intake';
import { errorFields } from '@openvob/platform';
import { answersOf, costsTooMuch, unsaidOf } from './asked-so-far';
import { type Asked, Asking, type AskingParts } from './asking';
import { betterOf, isMisconfigured, leadsOn, orderOfWays, type Way } from './connection-choice';
import { type CoverageOutcome, costNeed } from './further-coverages';
import { inquiryOptions } from './inquiry-options';
import { type AnsweredInquiry, answerOf, isFound, type NextInquiry, nextInquiry, refusesService } from './next-inquiry';
import type { Claim, DirectoryPayer, PayerDirectory, RecipeMemory, Transition } from './ports';
import { hasLiveConsent } from './readiness';
import { recheckAfterRejection, recheckBeforeAdmission } from './recheck';
import type { Lesson, ServiceTypeMemory } from './recipe';
import type { RequestPlaces } from './rejected-fields';
import { mayAskOver, waysTo } from './routing';
import {
  inquiriesAbout,
  isConsentNeeded,
  type RunInProgress,
  ratesOf,
  remember,
  type Target,
  waitingSituation,
} from './run-in-progress';
import { assumptionsOf, peopleFor, type Variation, variationKey } from './variation';
import { afterAsked, type WaitingRules } from './waiting';

export interface PayerInquiriesParts extends AskingParts {
  directory: PayerDirectory;
  recipes: RecipeMemory;
  waiting: WaitingRules & { mostCostCents?: number };
}

/** One payer being asked about the patient. */
interface Talk {
  readonly target: Target;
  readonly run: RunInProgress;
  readonly ways: readonly [Way, ...Way[]];
  /** Codes of what this snapshot leaves unsaid that changes what the family owes. */
  readonly unsaid: ReturnType<typeof unsaidOf>;
}

interface Put<A extends Asked = Asked> {
  asked: A;
  way: Way;
}

/** Asks one payer about the patient until enough is known or nothing is left to ask: one inquiry at a time, as `nextInquiry` says. */
export class PayerInquiries {
  private readonly asking: Asking;

  constructor(private readonly parts: PayerInquiriesParts) {
    this.asking = new Asking(parts);
  }

  /** What became of asking; `superseded` when another run has taken over. */
  async about(target: Target, run: RunInProgress, signal: AbortSignal): Promise<CoverageOutcome | 'superseded'> {
    const { payer, position } = target;
    const { claim, today } = run;
    if (isConsentNeeded(claim) && !hasLiveConsent(claim, today, payer.id))
      return { kind: 'no_consent', payer, position };
    const ways = await waysTo(this.parts.directory, this.parts.adapters, payer.id);
    if (ways.length === 0) return { kind: 'by_phone', payer, position };
    const [preferred, ...others] = this.askable(ways, payer);
    if (!preferred) return { kind: 'held_up', payer, position, transition: notEnrolled };
    const rates = await ratesOf(this.parts.store, run, [payer.id]);
    return this.talk({ target, run, ways: [preferred, ...others], unsaid: unsaidOf(target, run, rates) }, signal);
  }

  /** What is to be enrolled for is passed over, and operations read of it. */
  private askable(ways: readonly Way[], payer: DirectoryPayer): Way[] {
    for (const { connection } of ways.filter((way) => !mayAskOver(way)))
      this.parts.log.warn('connection.enrollment_needed', { connectionId: connection.id, payerId: payer.id });
    return ways.filter(mayAskOver);
  }

  private async talk(talk: Talk, signal: AbortSignal): Promise<CoverageOutcome | 'superseded'> {
    const { target, run, ways } = talk;
    const memories = new Map<string, readonly ServiceTypeMemory[]>();
    for (;;) {
      const answered = answersOf(run, target, ways);
      const way = this.wayInUse(talk);
      const { id } = way.connection;
      const memory = memories.get(id) ?? (await this.parts.recipes.of(id));
      memories.set(id, memory);
      const known = { memory, unsaid: talk.unsaid, now: this.parts.clock.now() };
      const next = nextInquiry(answered, inquiryOptions(run, target, way, known));
      const put = next && (await this.put(next, talk, answered.some(isFound), signal));
      if (!put) return this.outcomeOf(answered, talk);
      const { asked } = put;
      if (asked.kind === 'superseded') return asked.kind;
      if (asked.kind !== 'answered') return this.withoutAnswer({ asked, way: put.way }, answered, talk);
      if (asked.isFresh) await this.learn(put, answered, talk);
    }
  }

  /** The way over which the last answer came, or else the last inquiry went. */
  private wayInUse({ target, run, ways }: Talk): Way {
    const rows = inquiriesAbout(run, target);
    const last = rows.findLast((row) => row.state === 'answered' && !isMisconfigured(row)) ?? rows.at(-1);
    return ways.find(({ connection }) => connection.id === last?.connectionId) ?? ways[0];
  }

  /** Puts a question over the first way that is open for it; undefined when it would cost more than may be spent. */
  private async put(
    next: NextInquiry,
    { target, run, ways }: Talk,
    knowsPerson: boolean,
    signal: AbortSignal,
  ): Promise<Put | undefined> {
    const { claim } = run;
    const isThis = (row: { serviceType: string; variation: string }) =>
      row.serviceType === next.serviceType && row.variation === variationKey(next.variation);
    const rows = inquiriesAbout(run, target).filter(isThis);
    const serviceDate = next.variation.forToday ? run.today : run.serviceDate;
    let found: Put | undefined;
    for (const way of orderOfWays(ways, rows)) {
      if (costsTooMuch(run, target, way, this.parts.waiting.mostCostCents)) continue;
      const question = { claim, ...target, ...next, connection: way.connection, serviceDate, knowsPerson };
      const asked = await this.asking.ask(question, signal);
      if (asked.kind === 'answered' || asked.kind === 'unanswered') remember(run, asked.row);
      if (!leadsOn(asked)) return { asked, way };
      found = found && betterOf(found.asked, asked) === found.asked ? found : { asked, way };
    }
    return found;
  }

  /** Everything was asked: what the payer said in all. */
  private outcomeOf(answered: readonly AnsweredInquiry[], talk: Talk, waits?: Transition): CoverageOutcome {
    const { target, run } = talk;
    const { position, payer } = target;
    const [first, ...others] = answered;
    if (!first) return { kind: 'held_up', payer, position, transition: this.tooDear(payer) };
    const { inquiryId, snapshot, variation } = answerOf([first, ...others]);
    const recheckOn = variation.forToday
      ? recheckBeforeAdmission(run.serviceDate, run.today)
      : recheckAfterRejection(snapshot.outcome === 'rejected' ? snapshot.rejections : [], run.today);
    const assumptions =
      snapshot.outcome === 'benefits' ? assumptionsOf(variation, { position, payerName: payer.name, recheckOn }) : [];
    return {
      kind: 'answered',
      answer: {
        ...{ position, payerId: payer.id, payerName: payer.name, snapshot, inquiryId, assumptions },
        places: placesOf(run.claim.request, position, variation),
      },
      via: this.wayInUse(talk).connection.adapter,
      ...(recheckOn ? { recheckOn } : {}),
      ...(waits ? { waits } : {}),
    };
  }

  private tooDear(payer: DirectoryPayer): Transition {
    const { mostCostCents = 0 } = this.parts.waiting;
    const needs = [costNeed(payer, mostCostCents as Cents)];
    return { event: 'no_electronic_way', to: 'needs_call', reason: 'cost_limit', needs };
  }

  /** Nothing usable came now. What was answered before stays, and the rest is waited for where waiting helps. */
  private withoutAnswer(
    { asked, way }: Put<Exclude<Asked, { kind: 'answered' | 'superseded' }>>,
    answered: readonly AnsweredInquiry[],
    talk: Talk,
  ): CoverageOutcome {
    const { payer, position } = talk.target;
    const situation = waitingSituation(talk.run, talk.target, this.parts.clock.now());
    const transition = afterAsked(asked, { payer, connectionId: way.connection.id, situation }, this.parts.waiting);
    if (!answered.some(isFound)) return { kind: 'held_up', payer, position, transition };
    return this.outcomeOf(answered, talk, transition.to === 'waiting_for_payer' ? transition : undefined);
  }

  /** Remembers of this connection alone what asking for a service type was worth. */
  private async learn({ asked, way }: Put, before: readonly AnsweredInquiry[], talk: Talk): Promise<void> {
    const { run, target, ways } = talk;
    run.progressed = true;
    if (asked.kind !== 'answered') return;
    const lesson = lessonOf(asked, before, answersOf(run, target, ways), talk);
    if (!lesson) return;
    const { recipes, clock, log } = this.parts;
    await recipes
      .learn(way.connection.id, asked.row.serviceType, lesson, clock.now())
      .catch((error: unknown) =>
        log.warn('recipe.not_learnt', { connectionId: way.connection.id, ...errorFields(error) }),
      );
  }
}

function lessonOf(
  { answer }: Extract<Asked, { kind: 'answered' }>,
  before: readonly AnsweredInquiry[],
  after: readonly AnsweredInquiry[],
  { unsaid }: Talk,
): Lesson | undefined {
  const isRejected = answer.kind === 'rejected';
  if (!before.some(isFound)) return isRejected && refusesService(answer.snapshot.rejections) ? 'rejected' : undefined;
  if (isRejected) return 'rejected';
  const leftBy = ([first, ...others]: readonly AnsweredInquiry[]) =>
    first ? unsaid(answerOf([first, ...others]).snapshot).length : 0;
  return leftBy(after) < leftBy(before) ? 'useful' : 'nothing_new';
}

const notEnrolled: Transition = { event: 'gave_up', to: 'failed', reason: 'enrollment_needed', needs: [] };

/** Asked about as subscribers of their own, patients are meant by whatever is said of a subscriber. */
function placesOf(request: Claim['request'], position: number, variation: Variation): RequestPlaces {
  const { relationship = 'self' } = peopleFor(variation, request).patient;
  return { coverage: sentIndex(request, position), isDependent: relationship !== 'self' };
}
