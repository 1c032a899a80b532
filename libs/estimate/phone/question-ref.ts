import { type QuestionPlace, questionPlace } from '../what-if/question-place';
import { type BankCode, bankQuestion } from './bank';
import type { BankQuestion } from './bank-question';
import type { Part, PhoneAnswer } from './phone-answer';

/** Which question of the bank, of which coverage and side. */
export interface BankRef extends Pick<PhoneAnswer, 'coverage' | 'side'> {
  readonly question: BankQuestion<BankCode>;
  readonly part?: Part;
}

/** What an id that may be answered names: a question of the bank, or one of the estimate. */
export type QuestionRef =
  | ({ readonly kind: 'bank' } & BankRef)
  | { readonly kind: 'estimate'; readonly place: QuestionPlace };

const SHAPE = /^([a-z_]+):([0-9])(:o)?(?::(sud|mh))?$/;

/**
 * The id of a question of the bank, written as those of the estimate are: the code, the index of the coverage, `o` for out of network, and the
 * track where the two are asked apart.
 *
 * @example
 * questionId({ question: bankQuestion('copay'), coverage: 0, side: 'out_of_network', part: 'mh' }) // 'copay:0:o:mh'
 */
export function questionId({ question, coverage, side, part }: BankRef): string {
  return [question.code, coverage, ...(side === 'own' ? [] : ['o']), ...(part ? [part] : [])].join(':');
}

/** Reads an id of the bank or of the estimate; `undefined` for what is none. */
export function questionRef(id: string): QuestionRef | undefined {
  const place = questionPlace(id);
  if (place) return { kind: 'estimate', place };
  const [, code = '', coverage, out, part] = SHAPE.exec(id) ?? [];
  const question = bankQuestion(code);
  if (!question || (out && !question.isOfSide) || (part && !question.isApart)) return undefined;
  const side = out ? 'out_of_network' : 'own';
  return { kind: 'bank', question, coverage: Number(coverage), side, ...(part ? { part: part as Part } : {}) };
}
