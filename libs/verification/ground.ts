import type { CivilDate } from '@openvob/benefits';
import {
  type AskedOf,
  type EarlierAnswer,
  isBenefitSaid,
  questionRef,
  type ScriptQuestion,
  unansweredSnapshot,
} from '@openvob/estimate';
import type { RequestAdmission } from '@openvob/intake';
import type { ProgramPlan } from '@openvob/programs';
import { scripted } from './call-questions';
import { scriptOf } from './call-script';
import { activeFirst, conclude } from './conclude';
import { type CoverageOutcome, phoneNeed, positionOf, withFurtherCoverages } from './further-coverages';
import type { Need } from './need';
import type { DirectoryPayer, FacilityRate, Transition } from './ports';
import { nothingRecorded, type Recorded } from './recorded';
import { type ToCall, toCall } from './whom-to-call';
import { type CoverageAnswer, type Situation, type WorkedOut, workOut } from './worked-out';

/**
 * What a conclusion is drawn from, beside what people recorded: the payers' answers as they were read, the program and the rates of that
 * day. It is kept with the round, so that a record is taken in by drawing once more from the same, by whoever takes it in.
 */
export interface Ground {
  readonly admission: RequestAdmission;
  /** As this patient is to attend it. */
  readonly plan: ProgramPlan;
  readonly startDate: CivilDate;
  /** The day on which the payers answered. */
  readonly answeredOn: CivilDate;
  /** Of every coverage of the request, in its order. */
  readonly payers: readonly DirectoryPayer[];
  /** One a coverage, in the order in which they pay; behind a first one that was not answered there may be none. */
  readonly outcomes: readonly [CoverageOutcome, ...CoverageOutcome[]];
  /** Positions of coverages that another payer of `outcomes` holds and answered for. */
  readonly heldElsewhere?: readonly number[];
  /** What follows while the first coverage is not answered and nothing was said of it. */
  readonly unanswered?: Transition;
  readonly rates: readonly FacilityRate[];
  /** The day asked about, where the program was under way by then. */
  readonly underWayOn?: CivilDate;
  /** Where payers were asked again: what was said by phone before that day has lapsed, and stands for no answer that the payer does not give now. */
  readonly heardSince?: CivilDate;
  /** What the round before knew of a program that is under way. */
  readonly earlier?: EarlierAnswer;
}

/**
 * Decision, estimate, needs and status from a ground and everything that people recorded: the one way to a conclusion, in the worker when the
 * payers have answered and in the API when something is recorded. Pure; the same ground and records give the same.
 *
 * @param today today's date at the facility, for what lies behind and ahead of it
 */
export function draw(ground: Ground, recorded: Recorded, today: CivilDate): Transition {
  const [first, ...further] = heardOutcomes(ground, recorded);
  if (first.kind !== 'answered') return whileUnanswered(ground, [first, ...further], recorded, today);
  const situation = situationOf(ground, [first, ...further], recorded, today);
  const concluded = withFurtherCoverages(conclude(situation), [first, ...further]);
  return stillWaiting(ground, concluded) ?? concluded;
}

/** What is still to ask by phone; nothing where it is not known whom to ask, or somebody else has to be asked. */
export function callScript(ground: Ground, recorded: Recorded, today: CivilDate): ScriptQuestion[] {
  const { situation, worked } = workedFrom(ground, recorded, today);
  return scriptOf(situation, worked);
}

/** Whom to ring for it, as the answers and what was said in calls stand. */
export function whomToCall(ground: Ground, recorded: Recorded, today: CivilDate): ToCall[] {
  return toCall(ground, workedFrom(ground, recorded, today).worked);
}

/** What questions of the estimate are read against: the case as it stands, and as it was before anything was recorded. */
export function askedOf(ground: Ground, recorded: Recorded, today: CivilDate): AskedOf {
  const { worked } = workedFrom(ground, recorded, today);
  const before = workedFrom(ground, nothingRecorded, today).worked;
  return { cases: [worked.built.case, before.built.case], positions: worked.answers.map(({ position }) => position) };
}

/** The estimate of the program as it was planned, whatever was attended since: what a remittance is held against. */
export function plannedEstimate(laid: Ground, recorded: Recorded, today: CivilDate): WorkedOut['estimate'] {
  const { heardSince: _lapsed, ...ground } = laid;
  const [first] = heardOutcomes(ground, recorded);
  if (first.kind !== 'answered' || first.answer.snapshot.outcome !== 'benefits') return undefined;
  return workedFrom(ground, { ...recorded, attendance: [] }, today).worked.estimate;
}

/** Also where nothing was answered or said: then everything is open. */
function workedFrom(ground: Ground, recorded: Recorded, today: CivilDate): { situation: Situation; worked: WorkedOut } {
  const [first, ...further] = heardOutcomes(ground, recorded);
  const isUsable = first.kind === 'answered' && first.answer.snapshot.outcome === 'benefits';
  const position = positionOf(first);
  const payer = ground.payers[position] ?? { id: '', name: 'The payer' };
  const outcomes: Outcomes = [isUsable ? first : byPhone(payer, position), ...further];
  const situation = activeFirst(situationOf(ground, outcomes, ofTheirPayers(ground, recorded), today));
  return { situation, worked: workOut(situation) };
}

type Outcomes = readonly [CoverageOutcome, ...CoverageOutcome[]];

function situationOf(ground: Ground, outcomes: Outcomes, recorded: Recorded, today: CivilDate): Situation {
  const { admission, plan, startDate, answeredOn, rates, earlier, underWayOn } = ground;
  const [first, ...others] = outcomes.flatMap((outcome) => (outcome.kind === 'answered' ? [outcome.answer] : []));
  if (!first) throw new Error('A situation has an answer');
  const answers: readonly [CoverageAnswer, ...CoverageAnswer[]] = [first, ...others];
  const base = { admission, plan, startDate, today, answeredOn, answers, rates, underWayOn };
  return { ...base, recorded: ofTheirPayers(ground, recorded), ...(earlier ? { earlier } : {}) };
}

/**
 * What a payer that is no longer the coverage's said or authorized says nothing of the one that is; nor does what was said before the answer that it
 * belongs to lapsed.
 */
function ofTheirPayers({ payers, outcomes: [first], heardSince }: Ground, recorded: Recorded): Recorded {
  const isTheirs = ({ payer, coverage }: { readonly payer?: string; readonly coverage: number }) =>
    payer === undefined || payers[coverage]?.id === undefined || payers[coverage].id === payer;
  const lapses = isOpenToCalls(first) ? positionOf(first) : undefined;
  const { setAside = [] } = recorded;
  const former = recorded.authorizations.filter((one) => !isTheirs(one));
  return {
    ...recorded,
    answers: recorded.answers
      .filter(isTheirs)
      .filter(({ coverage, said }) => heardSince === undefined || coverage !== lapses || said.on >= heardSince),
    authorizations: recorded.authorizations.filter(isTheirs),
    ...(setAside.length + former.length > 0 ? { setAside: [...setAside, ...former] } : {}),
  };
}

/**
 * Outcomes with the calls heard: of a coverage that was not answered electronically, or was turned away, what a representative said stands for
 * an answer. A coverage that was not asked since the first was not answered still has to be.
 */
function heardOutcomes(ground: Ground, recorded: Recorded): Outcomes {
  const { answers } = ofTheirPayers(ground, recorded);
  const heard = (outcome: CoverageOutcome): CoverageOutcome =>
    isBenefitSaid(answers, positionOf(outcome)) && isOpenToCalls(outcome)
      ? byPhone(payerOf(outcome, ground), positionOf(outcome))
      : outcome;
  const [first, ...further] = ground.outcomes;
  const asked = new Set([...ground.outcomes.map(positionOf), ...(ground.heldElsewhere ?? [])]);
  const notAsked = ground.payers.flatMap((payer, position): CoverageOutcome[] =>
    asked.has(position) ? [] : [{ kind: 'by_phone', payer, position }],
  );
  return [heard(first), ...[...further, ...notAsked].map(heard)];
}

/** A consent that is missing is not made good by a call. */
function isOpenToCalls(outcome: CoverageOutcome): boolean {
  if (outcome.kind === 'answered') return outcome.answer.snapshot.outcome === 'rejected';
  return outcome.kind !== 'no_consent';
}

function payerOf(outcome: CoverageOutcome, { payers }: Ground): Pick<DirectoryPayer, 'id' | 'name'> {
  if (outcome.kind !== 'answered') return outcome.payer;
  const { position, payerId, payerName } = outcome.answer;
  return payers[position] ?? { id: payerId, name: payerName };
}

function byPhone({ id, name }: Pick<DirectoryPayer, 'id' | 'name'>, position: number): CoverageOutcome {
  const snapshot = unansweredSnapshot(name);
  return { kind: 'answered', answer: { position, payerId: id, payerName: name, snapshot, isByPhone: true } };
}

/** Calls end a wait for a payer when they leave nothing open; else it goes on, with what is known by now. */
function stillWaiting({ unanswered }: Ground, concluded: Transition): Transition | undefined {
  if (unanswered?.to !== 'waiting_for_payer' || concluded.to === 'verified' || concluded.to === 'inactive')
    return undefined;
  const { conclusion, goodUntil, needs } = concluded;
  return {
    ...unanswered,
    needs,
    ...(conclusion ? { conclusion } : {}),
    ...(goodUntil ? { goodUntil } : {}),
  };
}

/** Nothing is known of the first coverage; the others that were asked stand for themselves. */
function whileUnanswered(ground: Ground, outcomes: Outcomes, recorded: Recorded, today: CivilDate): Transition {
  const questionsTo = questionsIn(ground, recorded, today);
  return withFurtherCoverages(withScript(ground, questionsTo), outcomes, questionsTo);
}

type QuestionsTo = (position: number) => NonNullable<Need['questions']>;

/** Whoever is to call is told what to ask. */
function withScript({ unanswered, payers, outcomes }: Ground, questionsTo: QuestionsTo): Transition {
  const [payer] = payers;
  if (!unanswered) throw new Error('A ground without an answer says what follows');
  const isToCall = unanswered.to === 'needs_call' || unanswered.to === 'waiting_for_payer';
  if (!isToCall || !payer || (unanswered.to === 'waiting_for_payer' && unanswered.needs.length === 0))
    return unanswered;
  const questions = questionsTo(positionOf(outcomes[0]));
  const calls = unanswered.needs.some(({ kind }) => kind === 'call') ? unanswered.needs : [phoneNeed(payer)];
  const needs = calls.map((need): Need => (need.kind === 'call' && !need.questions ? { ...need, questions } : need));
  return { ...unanswered, needs };
}

/** The script of a call, taken apart: each payer is asked of its own coverage, and the first of what is nobody's own. */
function questionsIn(ground: Ground, recorded: Recorded, today: CivilDate): QuestionsTo {
  return (position) => {
    const { situation, worked } = workedFrom(ground, recorded, today);
    const positions = worked.answers.map((answer) => answer.position);
    return scripted(
      scriptOf(situation, worked).filter(({ id }) => (coverageOf(id, positions) ?? positions[0]) === position),
    );
  };
}

/** Questions of the bank name the coverage by its index in the request, those of the estimate by its index in the case. */
function coverageOf(id: string, positions: readonly number[]): number | undefined {
  const ref = questionRef(id);
  if (ref?.kind === 'bank') return ref.coverage;
  return ref && 'coverage' in ref.place ? positions[ref.place.coverage] : undefined;
}
