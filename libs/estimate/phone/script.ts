import type { Cents, CivilDate } from '@openvob/benefits';
import type { ProgramPlan } from '@openvob/programs';
import type { EstimateCase } from '../estimate-case';
import { isOpenRule } from '../unknowns';
import { benefitsOf } from '../what-if/change-benefits';
import { type QuestionPlace, questionPlace } from '../what-if/question-place';
import type { Question } from '../worksheet';
import { type BankCode, bank } from './bank';
import type { BankQuestion, BankSection, ValueKind } from './bank-question';
import type { Part, PhoneAnswer, Said } from './phone-answer';
import { questionId } from './question-ref';
import { estimateValue } from './read-answer';
import { describeValue } from './read-value';
import type { PhoneConflict } from './referee';
import { type AnsweredSide, isAnsweredElectronically } from './unanswered';

/** A question as it is put to a representative. */
export interface ScriptQuestion {
  readonly id: string;
  readonly code: string;
  readonly section: BankSection;
  readonly ask: string;
  /** What it is answered with. */
  readonly value: ValueKind & { readonly description: string };
  /** How much the estimate's range narrows by the answer. */
  readonly swingCents?: Cents;
  /** Asked when the question of this id was answered so. */
  readonly onlyIf?: { readonly id: string; readonly is: readonly string[] };
  /** Calls in which it was asked and the payer would not say. */
  readonly notSaid?: readonly Said[];
}

export interface ScriptCoverage {
  /** Index in the request. */
  readonly position: number;
  readonly network: 'in' | 'out' | 'unknown';
  readonly own: AnsweredSide;
  readonly outOfNetwork: AnsweredSide;
}

export interface ScriptInputs {
  readonly plan: ProgramPlan;
  readonly startDate: CivilDate;
  /** The coverages to ask about, in the order of the case. */
  readonly coverages: readonly ScriptCoverage[];
  readonly answers: readonly PhoneAnswer[];
  readonly conflicts: readonly PhoneConflict[];
  /** What the estimate asks, and of which case. */
  readonly questions: readonly Question[];
  readonly estimateCase?: EstimateCase;
}

/**
 * What is still to ask of a payer by phone: nothing that it answered electronically or in an earlier call. What narrows the estimate most
 * comes first, then the rest in the order of a call; what an answer unfolds stands behind it.
 *
 * Source: reference/people.md section 1; reference/peers.md 15.5.
 */
export function script(inputs: ScriptInputs): ScriptQuestion[] {
  const asked = inputs.coverages.flatMap((coverage) => bankQuestions(coverage, inputs));
  const ofEstimate = estimateQuestions(inputs);
  const ofConflicts = inputs.conflicts.flatMap((conflict) => conflictQuestion(conflict, inputs));
  const first = [...ofConflicts, ...ofEstimate];
  const ids = new Set(first.map(({ id }) => id));
  const all = [...first, ...asked.filter(({ id }) => !ids.has(id))];
  return unfolded(worthMostFirst(all));
}

function bankQuestions(coverage: ScriptCoverage, inputs: ScriptInputs): ScriptQuestion[] {
  const sides =
    coverage.network === 'in'
      ? (['own'] as const)
      : coverage.network === 'out'
        ? (['out_of_network'] as const)
        : (['own', 'out_of_network'] as const);
  return bank.flatMap((question) => {
    if (!holds(question, coverage, inputs)) return [];
    const ofSides = question.isOfSide ? sides : (['own'] as const);
    return ofSides.flatMap((side) =>
      partsOf(question, inputs.plan).flatMap((part) => bankItem({ question, coverage, side, part }, inputs)),
    );
  });
}

interface Asked {
  readonly question: BankQuestion<BankCode>;
  readonly coverage: ScriptCoverage;
  readonly side: 'own' | 'out_of_network';
  readonly part: Part | undefined;
}

function partsOf({ isApart }: BankQuestion, { track }: ProgramPlan): (Part | undefined)[] {
  return isApart && track === 'dual' ? ['sud', 'mh'] : [undefined];
}

function holds({ where }: BankQuestion, { network }: ScriptCoverage, { plan }: ScriptInputs): boolean {
  if (where === 'virtual_days') return plan.phases.some(({ virtualOn }) => (virtualOn ?? []).length > 0);
  if (where === 'other_services') return plan.services.some(({ kind }) => kind !== 'iop_day');
  return where !== 'out_of_network' || network !== 'in';
}

function bankItem(asked: Asked, inputs: ScriptInputs): ScriptQuestion[] {
  const { question, coverage, side } = asked;
  const id = idOf(question.code, asked);
  const said = inputs.answers.filter((answer) => isTo(answer, asked));
  if (said.some(({ value }) => value !== undefined)) return [];
  const { code, section, onlyIf } = question;
  if (isAnsweredElectronically(code, side === 'own' ? coverage.own : coverage.outOfNetwork)) return [];
  if (isSettledByShare(asked, inputs)) return [];
  if (onlyIf && isAnsweredOtherwise(asked, inputs)) return [];
  const swingCents = swingOf(asked, inputs);
  return [
    {
      id,
      code,
      section,
      ask: worded(question.ask, asked, inputs),
      value: described(question.value),
      ...(swingCents === undefined ? {} : { swingCents }),
      ...(onlyIf ? { onlyIf: { id: idOf(onlyIf.code as BankCode, asked), is: onlyIf.is } } : {}),
      ...(said.length > 0 ? { notSaid: said.map((answer) => answer.said) } : {}),
    },
  ];
}

function idOf(code: BankCode, { coverage, side, part }: Omit<Asked, 'question'>): string {
  const question = bank.find((one) => one.code === code);
  if (!question) throw new Error(`No question ${code} in the bank`);
  const ofSide = question.isOfSide ? side : 'own';
  return questionId({
    question,
    coverage: coverage.position,
    side: ofSide,
    ...(part && question.isApart ? { part } : {}),
  });
}

/** An answer without a track is for both. */
function isTo(answer: PhoneAnswer, { question, coverage, side, part }: Asked): boolean {
  if (answer.code !== question.code || answer.coverage !== coverage.position) return false;
  if (question.isOfSide && answer.side !== side && !(coverage.network === 'out' && answer.side === 'own')) return false;
  return answer.part === undefined || part === undefined || answer.part === part;
}

/** A share that was stated whole leaves none of its parts to ask. */
function isSettledByShare({ question, coverage, side }: Asked, { answers }: ScriptInputs): boolean {
  if (!PARTS_OF_SHARE.includes(question.code)) return false;
  return answers.some(
    ({ code, value, scope, ...of }) =>
      code === 'cost_share' &&
      value !== undefined &&
      scope === 'program' &&
      of.coverage === coverage.position &&
      (of.side === side || coverage.network === 'out'),
  );
}

const PARTS_OF_SHARE: readonly BankCode[] = [
  'share_kind',
  'copay',
  'copay_per',
  'coinsurance',
  'coinsurance_cap',
  'coinsurance_cap_per',
  'deductible_applies',
  'copay_on_day_deductible_is_met',
];

/** The question that would unfold it was answered in another way, by phone or electronically. */
function isAnsweredOtherwise(asked: Asked, inputs: ScriptInputs): boolean {
  const { onlyIf } = asked.question;
  const above = bank.find(({ code }) => code === onlyIf?.code);
  if (!onlyIf || !above) return false;
  const said = inputs.answers.filter(
    (answer) => isTo(answer, { ...asked, question: above }) && answer.value !== undefined,
  );
  if (said.length > 0) return !said.some(({ value }) => onlyIf.is.includes(String(value)));
  return isToldNo(above.code, asked);
}

/** What was answered electronically and unfolds nothing. */
function isToldNo(code: BankCode, { coverage, side, question }: Asked): boolean {
  const answered = side === 'own' ? coverage.own : coverage.outOfNetwork;
  if (!isAnsweredElectronically(code, answered)) return false;
  const { iop, snapshot } = answered;
  switch (code) {
    case 'carved_out':
      return snapshot?.carveOut === undefined;
    case 'authorization_required':
      return iop?.authorization !== 'yes';
    case 'share_kind':
      return question.code.startsWith('copay') ? iop?.copay === undefined : iop?.coinsurance === undefined;
    case 'deductible_applies':
      return iop?.copay === undefined;
    default:
      return false;
  }
}

/** The estimate's worth of a question of the bank that settles one of its own. */
function swingOf({ question, coverage, side }: Asked, { questions, coverages }: ScriptInputs): Cents | undefined {
  const index = coverages.indexOf(coverage);
  const found = questions.find(({ id }) => {
    const place = questionPlace(id);
    return place && 'coverage' in place && place.coverage === index && isSettling(question.code, place, side);
  });
  const pending = question.code === 'claims_not_posted' && questions.find(({ code }) => code === 'pending_claims');
  const worth = found ?? (pending || undefined);
  return worth && worth.swingCents > 0 ? worth.swingCents : undefined;
}

function isSettling(code: BankCode, place: QuestionPlace, side: 'own' | 'out_of_network'): boolean {
  if (place.code === 'network') return code === 'facility_network';
  return place.code === 'cost_share' && code === 'share_kind' && place.side === side && place.rule === 0;
}

/** Questions of the estimate that the bank has no plainer words for: which of several shares, which figure, whether an extension comes. */
function estimateQuestions({ questions, estimateCase, answers }: ScriptInputs): ScriptQuestion[] {
  return questions.flatMap(({ id, code, ask, swingCents }) => {
    const place = questionPlace(id);
    if (!place || swingCents === 0 || place.code === 'network' || place.code === 'pending_claims') return [];
    const rule =
      place.code === 'cost_share'
        ? benefitsOf(estimateCase?.coverages[place.coverage], place.side)?.costShares[place.rule]
        : undefined;
    if (rule && 'unknown' in rule && place.code === 'cost_share' && place.rule === 0) return [];
    const open = rule && isOpenRule(rule) ? rule : undefined;
    const notSaid = answers.filter((answer) => answer.code === place.code && answer.value === undefined);
    return [
      {
        id,
        code,
        section: SECTIONS[place.code],
        ask,
        value: described(estimateValue(place, open)),
        swingCents,
        ...(notSaid.length > 0 ? { notSaid: notSaid.map(({ said }) => said) } : {}),
      },
    ];
  });
}

const SECTIONS: Record<QuestionPlace['code'], BankSection> = {
  network: 'network',
  cost_share: 'share',
  accumulator_conflict: 'accumulators',
  pending_claims: 'accumulators',
  authorization: 'authorization',
};

/** Asked again with both figures: whoever answers settles it. */
function conflictQuestion(conflict: PhoneConflict & { swingCents?: Cents }, inputs: ScriptInputs): ScriptQuestion[] {
  const [code = ''] = conflict.question.split(':');
  const question = bank.find((one) => one.code === code);
  if (!question || conflict.isSettled) return [];
  const { swingCents } = conflict;
  return [
    {
      id: conflict.question,
      code: 'conflict',
      section: question.section,
      ask: conflictText(conflict, question, inputs),
      value: described(question.value),
      ...(swingCents === undefined ? {} : { swingCents }),
    },
  ];
}

function conflictText({ said }: PhoneConflict, { ask }: BankQuestion, inputs: ScriptInputs): string {
  const [coverage] = inputs.coverages;
  const plain = coverage ? filled(ask, inputs, undefined) : ask;
  return `The electronic answer and the call of ${said.on} (reference ${said.referenceNumber}) differ; with both in view: ${plain}`;
}

function worded(ask: string, { coverage, side, part }: Asked, inputs: ScriptInputs): string {
  const plain = filled(ask, inputs, part);
  const which = inputs.coverages.length > 1 ? `Coverage ${coverage.position + 1}: ` : '';
  return `${which}${side === 'own' ? '' : 'Out of network: '}${plain}`;
}

/** Substance use and mental health have codes of their own. */
function filled(ask: string, { plan, startDate }: ScriptInputs, part: Part | undefined): string {
  const track = part ?? (plan.track === 'mh' ? 'mh' : 'sud');
  const codes = track === 'mh' ? 'S9480, revenue code 0905' : 'H0015, revenue code 0906';
  const care = track === 'mh' ? 'mental health' : 'substance use';
  return ask
    .replaceAll('{program}', `intensive outpatient treatment for ${care} (${codes})`)
    .replaceAll('{start}', startDate);
}

function described(value: ValueKind): ScriptQuestion['value'] {
  return { ...value, description: describeValue(value) };
}

/** Stable: equal ones stay in the order of a call. */
function worthMostFirst(questions: readonly ScriptQuestion[]): ScriptQuestion[] {
  return [...questions].sort((a, b) => (b.swingCents ?? 0) - (a.swingCents ?? 0));
}

/** What an answer unfolds directly behind the question that is answered; where that one is not asked, in its own place. */
function unfolded(questions: readonly ScriptQuestion[]): ScriptQuestion[] {
  const ids = new Set(questions.map(({ id }) => id));
  const below = (id: string): ScriptQuestion[] =>
    questions.filter(({ onlyIf }) => onlyIf?.id === id).flatMap((question) => [question, ...below(question.id)]);
  return questions
    .filter(({ onlyIf }) => !onlyIf || !ids.has(onlyIf.id))
    .flatMap(({ onlyIf: _, ...question }) => [question, ...below(question.id)]);
}
