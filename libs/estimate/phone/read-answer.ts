import { CaseFault } from '../case-fault';
import type { EstimateCase } from '../estimate-case';
import { refuse } from '../readers';
import { hypothesesOf } from '../rule-in-use';
import { isOpenRule, type OpenRule } from '../unknowns';
import { benefitsOf } from '../what-if/change-benefits';
import type { QuestionPlace } from '../what-if/question-place';
import { costShareText } from '../wording';
import type { ValueKind } from './bank-question';
import type { PhoneAnswer, Said, SaidValue, Scope } from './phone-answer';
import { questionRef } from './question-ref';
import { isUnknown, readValue } from './read-value';

/** What the questions of an estimate are read against. */
export interface AskedOf {
  /** The case as it stands, and as it stood before anything was recorded: two callers may answer the same question. */
  readonly cases: readonly EstimateCase[];
  /** Index in the request of each coverage of those cases. */
  readonly positions: readonly number[];
}

/** An answer as it was sent. */
export interface GivenAnswer {
  readonly questionId: string;
  readonly value: unknown;
  readonly words?: string;
  readonly settles?: boolean;
}

export type ReadPhoneAnswer =
  | { readonly ok: true; readonly answer: PhoneAnswer }
  /** `path` is a JSON Pointer from the answer; the message says what would be allowed. */
  | { readonly ok: false; readonly error: { readonly code: string; readonly path: string; readonly message: string } };

/**
 * Reads an answer of a call by its question's kind. What refers to the estimate (the second of the shares asked about) is put into what it
 * means, so that it stays true when the estimate changes.
 */
export function readAnswer(given: GivenAnswer, asked: AskedOf, said: Omit<Said, 'words'>): ReadPhoneAnswer {
  try {
    const meaning = meaningOf(given, asked);
    const words = given.words ? { words: given.words } : {};
    return {
      ok: true,
      answer: { ...meaning, ...(given.settles ? { settles: true } : {}), said: { ...said, ...words } },
    };
  } catch (thrown) {
    if (thrown instanceof CaseFault) return { ok: false, error: thrown.fault };
    throw thrown;
  }
}

/** What a question of the estimate is answered with; the shares asked about as numbered options. */
export function estimateValue(place: QuestionPlace, rule?: OpenRule): ValueKind {
  switch (place.code) {
    case 'network':
      return { kind: 'choice', options: options({ in: 'in network', out: 'out of network' }) };
    case 'cost_share':
      return {
        kind: 'share',
        options: (rule ? hypothesesOf(rule) : []).map((share, index) => ({
          value: String(index),
          text: costShareText(share),
        })),
      };
    case 'accumulator_conflict':
      return {
        kind: 'choice',
        options: options({
          larger: 'the larger figure is left',
          smaller: 'the smaller figure is left',
          stated: 'what was stated as left',
          limit_less_used: 'the limit less what is used',
        }),
      };
    case 'pending_claims':
      return {
        kind: 'choice',
        options: options({ posted: 'they are in the figures already', not_posted: 'they are not posted yet' }),
      };
    case 'authorization':
      return {
        kind: 'days',
        options: options({
          extended: 'it holds for the whole program',
          not_extended: 'no extension comes',
          required: 'one is required',
          not_required: 'none is required',
        }),
      };
  }
}

type Meaning = Omit<PhoneAnswer, 'said' | 'settles'>;

function meaningOf({ questionId, value }: GivenAnswer, asked: AskedOf): Meaning {
  const ref = questionRef(questionId);
  if (!ref) return refuse('unknown_value', '/questionId', 'the id of a question of the call script is expected');
  if (ref.kind === 'estimate') return estimateMeaning(ref.place, value, asked);
  const { question, coverage, side, part } = ref;
  const about = { code: question.code, coverage, side, ...(part ? { part } : {}) };
  return { ...about, ...valued(value, (path) => readValue(question.value, value, path)) };
}

/** Left out for what the payer would not say. */
function valued(value: unknown, read: (path: string) => SaidValue): Pick<PhoneAnswer, 'value'> {
  return isUnknown(value) ? {} : { value: read('/value') };
}

function estimateMeaning(place: QuestionPlace, value: unknown, asked: AskedOf): Meaning {
  const position = 'coverage' in place ? (asked.positions[place.coverage] ?? place.coverage) : 0;
  const side = 'side' in place ? place.side : 'own';
  const about = { coverage: position, side } as const;
  if (place.code === 'cost_share') return { code: 'cost_share', ...about, ...shareMeaning(place, value, asked) };
  const code = place.code === 'network' ? 'facility_network' : place.code;
  return { code, ...about, ...valued(value, (path) => readValue(estimateValue(place), value, path)) };
}

function shareMeaning(
  place: Extract<QuestionPlace, { code: 'cost_share' }>,
  value: unknown,
  { cases }: AskedOf,
): Pick<PhoneAnswer, 'scope' | 'value'> {
  const found = cases.map((one) => openRuleAt(one, place)).find((open) => open !== undefined);
  if (!found && place.rule > 0)
    refuse('unknown_value', '/questionId', 'the id of a question of the estimate is expected');
  const rule = found?.rule;
  return {
    scope: found?.scope ?? 'program',
    ...valued(value, (path) => {
      const read = readValue(estimateValue(place, rule), value, path);
      const chosen = typeof read === 'number' && rule ? hypothesesOf(rule)[read] : read;
      return chosen ?? refuse('out_of_range', path, 'one of the shares asked about is expected');
    }),
  };
}

function openRuleAt(
  given: EstimateCase,
  { coverage, side, rule }: Extract<QuestionPlace, { code: 'cost_share' }>,
): { rule: OpenRule; scope: Scope } | undefined {
  const rules = benefitsOf(given.coverages[coverage], side)?.costShares ?? [];
  const found = rules[rule];
  if (!found || !isOpenRule(found)) return undefined;
  const isFirst = rules.findIndex(({ setting }) => setting !== 'virtual') === rule;
  return { rule: found, scope: found.setting === 'virtual' ? 'virtual' : isFirst ? 'program' : 'others' };
}

function options(texts: Readonly<Record<string, string>>): { value: string; text: string }[] {
  return Object.entries(texts).map(([value, text]) => ({ value, text }));
}
