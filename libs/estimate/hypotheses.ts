import type { Unknown } from './unknowns';

/** One answer to every unknown: the index of the answer by the unknown's id; the first where nothing stands. */
export type Hypothesis = ReadonlyMap<string, number>;

/** The first answer to everything. */
export const LIKELY: Hypothesis = new Map();

/** At most so many combinations of answers are worked out. Source: estimate contract, "Unknowns". */
export const MOST_COMBINATIONS = 64;

/** Index of the answer that a hypothesis gives to an unknown; 0 is the likely one. */
export function answerIn(hypothesis: Hypothesis, id: string): number {
  return hypothesis.get(id) ?? 0;
}

/**
 * The combinations of answers to work out besides the likely one, and the unknowns that stay at their first answer because
 * taking them too would make more than `MOST_COMBINATIONS`.
 *
 * Source: estimate contract, "Unknowns".
 */
export function combine(unknowns: readonly Unknown[]): { others: Hypothesis[]; leftOut: Unknown[] } {
  const leftOut: Unknown[] = [];
  let hypotheses: Hypothesis[] = [LIKELY];
  for (const unknown of unknowns) {
    if (hypotheses.length * unknown.answers > MOST_COMBINATIONS) leftOut.push(unknown);
    else hypotheses = hypotheses.flatMap((hypothesis) => withEachAnswer(hypothesis, unknown));
  }
  return { others: hypotheses.slice(1), leftOut };
}

function withEachAnswer(hypothesis: Hypothesis, { id, answers }: Unknown): Hypothesis[] {
  return Array.from({ length: answers }, (_, answer) => new Map([...hypothesis, [id, answer]]));
}
