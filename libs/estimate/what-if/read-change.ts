import { CaseFault } from '../case-fault';
import { rate } from '../parse-case';
import { costShare } from '../read-cost-share';
import { phase, programPlan } from '../read-program';
import { choice, civilDate, jsonObject, list, optional, type Reader, record, text, wholeNumber } from '../readers';
import type { Answer, Answers } from './answer';
import type { ChangeError } from './change-fault';
import type { Change } from './what-if';

/** A change that can be made to a case, or the fault that keeps it from being one. */
export type ParsedChange =
  | { readonly ok: true; readonly change: Change }
  | { readonly ok: false; readonly error: ChangeError };

const WORDS = [
  'in',
  'out',
  'not_covered',
  'larger',
  'smaller',
  'stated',
  'limit_less_used',
  'posted',
  'not_posted',
  'extended',
  'not_extended',
  'required',
  'not_required',
] as const;

const MOST_PHASES = 104;

/** A word, a number (the index of a share, days approved) or a cost share. */
const answer: Reader<Answer> = (value, path) => {
  if (typeof value === 'string') return choice(...WORDS)(value, path);
  return typeof value === 'number' ? wholeNumber(0)(value, path) : costShare(value, path);
};

const listed = record<{ readonly questionId: string; readonly value: Answer }>({ questionId: text, value: answer });

/** `{ ID: VALUE }`, or `[{ questionId, value }]` as answers of a call are written. */
const answers: Reader<Answers> = (value, path) => {
  if (Array.isArray(value))
    return Object.fromEntries(list(listed)(value, path).map((one) => [one.questionId, one.value]));
  const given = Object.entries(jsonObject(value, path));
  return Object.fromEntries(given.map(([id, one]) => [id, answer(one, `${path}/${escaped(id)}`)]));
};

const anyChange = record<Change>({
  startDate: optional(civilDate),
  network: optional(choice('in', 'out', 'unknown')),
  program: optional(programPlan),
  phases: optional(list(phase, { most: MOST_PHASES })),
  rates: optional(list(rate)),
  answers: optional(answers),
});

/** Reads a change from JSON; keys that it does not have are ignored, of several faults the first one found is named. */
export function parseChange(json: unknown): ParsedChange {
  try {
    return { ok: true, change: anyChange(json, '') };
  } catch (thrown) {
    if (thrown instanceof CaseFault) return { ok: false, error: thrown.fault };
    throw thrown;
  }
}

/** A key as part of a JSON Pointer (RFC 6901). */
function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
