import type { CivilDate } from '@openvob/benefits';
import type { Amounts, CostShare } from '../estimate-case';
import type { Side } from '../side';
import { type BankCode, bankQuestion } from './bank';
import type { BankSection } from './bank-question';
import { type HeardYears, STANDS_ON_USE, saidIn } from './heard-years';
import type { EstimateCode, Part, PhoneAnswer, Said, SaidValue, Scope } from './phone-answer';

/** What was said last to a question, and whether it was said with the electronic figure on the table. */
export interface Statement<T = SaidValue> {
  readonly value: T;
  readonly said: Said;
  /** The question was asked again, or both figures were put to the representative. */
  readonly isSettled: boolean;
  /** It was settled in a benefit year that is over. */
  readonly wasSettled?: true;
}

/** What was said of an amount; `isOfOtherYear`: in another benefit year, so that only its limit is left of it. */
export type StatedAmounts = Statement<Amounts | 'none'> & { readonly isOfOtherYear?: true };

/** A share that was stated for some services. */
export interface StatedScope {
  readonly scope: Scope;
  readonly statement: Statement<CostShare | 'not_covered'>;
}

/** What was said of one side of a coverage for one track. */
export interface Heard {
  word(code: BankCode): Statement<string> | undefined;
  number(code: BankCode): Statement<number> | undefined;
  /** `none`: there is no such amount. */
  amounts(code: BankCode): StatedAmounts | undefined;
  /** What was said of an amount in a later benefit year of the program. */
  laterAmounts(code: BankCode): Statement<Amounts | 'none'> | undefined;
  /** It was said, and only in another benefit year. */
  isOver(code: BankCode): boolean;
  /** Shares that were stated whole. */
  readonly shares: readonly StatedScope[];
  /** An answer to a question of the estimate. */
  estimate(code: EstimateCode): Statement | undefined;
}

/**
 * What was said of a coverage: of several answers to one question the last one counts. That a payer would not say takes no earlier statement
 * away. What stands on use is heard in the benefit year in which it was said (`STANDS_ON_USE`).
 *
 * @param years without them everything was said in one
 * @param part the track to hear for, where the two were asked apart; what was asked of both counts for each
 */
export function hear(answers: readonly PhoneAnswer[], { coverage, side, part, years }: Hearing): Heard {
  const own = answers.filter(
    (answer) =>
      answer.coverage === coverage &&
      answer.side === side &&
      (answer.part === undefined || part === undefined || answer.part === part),
  );
  const saidTo = (code: string) => own.filter((answer) => answer.code === code);
  const last = (code: string) => lastStatement(saidTo(code), years);
  const lastIn = (code: string, year: 'first' | 'later') =>
    lastStatement(
      saidTo(code).filter(({ said }) => saidIn(years, said.on) === year),
      years,
    );
  const counting = (code: PhoneAnswer['code']) => (STANDS_ON_USE.has(code) ? lastIn(code, 'first') : last(code));
  return {
    word: (code) => kept(last(code), (value): value is string => typeof value === 'string'),
    number: (code) => kept(counting(code), (value): value is number => typeof value === 'number'),
    amounts: (code) => kept(lastIn(code, 'first'), isAmounts) ?? limitAlone(kept(last(code), isAmounts)),
    laterAmounts: (code) => kept(lastIn(code, 'later'), isAmounts),
    isOver: (code) => lastIn(code, 'first') === undefined && last(code) !== undefined,
    shares: statedScopes(own, years),
    estimate: counting,
  };
}

/** Which answers are to be heard. */
interface Hearing {
  readonly coverage: number;
  readonly side: Side['kind'];
  readonly part?: Part;
  readonly years?: HeardYears | undefined;
}

function isAmounts(value: SaidValue): value is Amounts | 'none' {
  return value === 'none' || typeof value === 'object';
}

/** What another benefit year leaves of an amount. */
function limitAlone(said: Statement<Amounts | 'none'> | undefined): StatedAmounts | undefined {
  if (!said || said.value === 'none') return said && { ...said, isOfOtherYear: true };
  const { limitCents } = said.value;
  return limitCents === undefined ? undefined : { ...said, value: { limitCents }, isOfOtherYear: true };
}

/** True when anything was said that bears on the benefit. */
export function isAnythingSaid(answers: readonly PhoneAnswer[], coverage: number): boolean {
  return answers.some((answer) => answer.coverage === coverage && answer.value !== undefined);
}

/** Sections whose answers tell nothing of the benefit itself. */
const BESIDE: ReadonlySet<BankSection> = new Set(['opening', 'payment', 'closing']);

/** True when anything was said that a benefit can be decided or worked out from. */
export function isBenefitSaid(answers: readonly PhoneAnswer[], coverage: number): boolean {
  return benefitSaidOn(answers, coverage) !== undefined;
}

/** The last day on which a representative said anything of a coverage's benefit. */
export function benefitSaidOn(answers: readonly PhoneAnswer[], coverage: number): CivilDate | undefined {
  const days = answers.flatMap((answer) => {
    if (answer.coverage !== coverage || answer.value === undefined) return [];
    const section = bankQuestion(answer.code)?.section;
    return section === undefined || !BESIDE.has(section) ? [answer.said.on] : [];
  });
  return days.sort().at(-1);
}

function lastStatement(answers: readonly PhoneAnswer[], years: HeardYears | undefined): Statement | undefined {
  const said = inOrder(answers).flatMap((answer) =>
    answer.value === undefined ? [] : [{ ...answer, value: answer.value }],
  );
  const last = said.at(-1);
  if (!last) return undefined;
  const isFormer = saidIn(years, last.said.on) === 'former';
  const withLast = said.filter((answer) => isFormer || saidIn(years, answer.said.on) !== 'former');
  const isSettled = last.settles === true || withLast.some((answer) => answer.said.call !== last.said.call);
  const statement = { value: last.value, said: last.said };
  if (isFormer) return { ...statement, isSettled: false, ...(isSettled ? { wasSettled: true } : {}) };
  return { ...statement, isSettled };
}

function statedScopes(answers: readonly PhoneAnswer[], years: HeardYears | undefined): StatedScope[] {
  return (['program', 'virtual', 'others'] as const).flatMap((scope) => {
    const own = answers.filter((answer) => answer.code === 'cost_share' && (answer.scope ?? 'program') === scope);
    const statement = kept(
      lastStatement(own, years),
      (value): value is CostShare | 'not_covered' =>
        value === 'not_covered' || (typeof value === 'object' && 'order' in value),
    );
    return statement ? [{ scope, statement }] : [];
  });
}

/** By the end of the call; of one call in the order given. */
function inOrder(answers: readonly PhoneAnswer[]): PhoneAnswer[] {
  return [...answers].sort((a, b) => a.said.at.localeCompare(b.said.at) || a.said.call.localeCompare(b.said.call));
}

function kept<T extends SaidValue>(
  statement: Statement | undefined,
  isKept: (value: SaidValue) => value is T,
): Statement<T> | undefined {
  return statement && isKept(statement.value) ? { ...statement, value: statement.value } : undefined;
}
