import type { Amounts, CostShare } from '../estimate-case';
import type { Side } from '../side';
import { type BankCode, bankQuestion } from './bank';
import type { BankSection } from './bank-question';
import type { EstimateCode, Part, PhoneAnswer, Said, SaidValue, Scope } from './phone-answer';

/** What was said last to a question, and whether it was said with the electronic figure on the table. */
export interface Statement<T = SaidValue> {
  readonly value: T;
  readonly said: Said;
  /** The question was asked again, or both figures were put to the representative. */
  readonly isSettled: boolean;
}

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
  amounts(code: BankCode): Statement<Amounts | 'none'> | undefined;
  /** Shares that were stated whole. */
  readonly shares: readonly StatedScope[];
  /** An answer to a question of the estimate. */
  estimate(code: EstimateCode): Statement | undefined;
}

/**
 * What was said of a coverage: of several answers to one question the last one counts. That a payer would not say takes no earlier statement
 * away.
 *
 * @param part the track to hear for, where the two were asked apart; what was asked of both counts for each
 */
export function hear(
  answers: readonly PhoneAnswer[],
  { coverage, side, part }: { readonly coverage: number; readonly side: Side['kind']; readonly part?: Part },
): Heard {
  const own = answers.filter(
    (answer) =>
      answer.coverage === coverage &&
      answer.side === side &&
      (answer.part === undefined || part === undefined || answer.part === part),
  );
  const last = (code: string) => lastStatement(own.filter((answer) => answer.code === code));
  return {
    word: (code) => kept(last(code), (value): value is string => typeof value === 'string'),
    number: (code) => kept(last(code), (value): value is number => typeof value === 'number'),
    amounts: (code) =>
      kept(last(code), (value): value is Amounts | 'none' => value === 'none' || typeof value === 'object'),
    shares: statedScopes(own),
    estimate: (code) => last(code),
  };
}

/** True when anything was said that bears on the benefit. */
export function isAnythingSaid(answers: readonly PhoneAnswer[], coverage: number): boolean {
  return answers.some((answer) => answer.coverage === coverage && answer.value !== undefined);
}

/** Sections whose answers tell nothing of the benefit itself. */
const BESIDE: ReadonlySet<BankSection> = new Set(['opening', 'payment', 'closing']);

/** True when anything was said that a benefit can be decided or worked out from. */
export function isBenefitSaid(answers: readonly PhoneAnswer[], coverage: number): boolean {
  return answers.some((answer) => {
    if (answer.coverage !== coverage || answer.value === undefined) return false;
    const section = bankQuestion(answer.code)?.section;
    return section === undefined || !BESIDE.has(section);
  });
}

function lastStatement(answers: readonly PhoneAnswer[]): Statement | undefined {
  const said = inOrder(answers).flatMap((answer) =>
    answer.value === undefined ? [] : [{ ...answer, value: answer.value }],
  );
  const last = said.at(-1);
  if (!last) return undefined;
  const isAskedAgain = said.some((answer) => answer.said.call !== last.said.call);
  return { value: last.value, said: last.said, isSettled: isAskedAgain || last.settles === true };
}

function statedScopes(answers: readonly PhoneAnswer[]): StatedScope[] {
  return (['program', 'virtual', 'others'] as const).flatMap((scope) => {
    const own = answers.filter((answer) => answer.code === 'cost_share' && (answer.scope ?? 'program') === scope);
    const statement = kept(
      lastStatement(own),
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
