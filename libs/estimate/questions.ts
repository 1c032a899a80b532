import type { Cents } from '@openvob/benefits';
import { askText } from './asking';
import { answerIn, type Hypothesis } from './hypotheses';
import type { Unknown } from './unknowns';
import type { Question } from './worksheet';

/** A hypothesis that was run and what the patient owes under it. */
export interface Outcome {
  readonly hypothesis: Hypothesis;
  readonly patientCents: Cents;
}

/**
 * One question an unknown, the one that narrows the range most first, equal ones in the order of the unknowns.
 *
 * Source: estimate contract, `Estimate.questions`.
 */
export function questionsOf(unknowns: readonly Unknown[], outcomes: readonly Outcome[], coverages: number): Question[] {
  return unknowns
    .map((unknown) => ({
      id: unknown.id,
      code: unknown.code,
      ask: askText(unknown, coverages),
      swingCents: swingOf(unknown, outcomes),
    }))
    .sort((a, b) => b.swingCents - a.swingCents);
}

/** Least and most that is owed over the outcomes. */
export function rangeOf(outcomes: readonly Outcome[]): { lowCents: Cents; highCents: Cents } {
  const totals = outcomes.map(({ patientCents }) => patientCents);
  return { lowCents: Math.min(...totals), highCents: Math.max(...totals) };
}

/**
 * How much the range narrows by the answer that narrows it most: the range, less the smallest range that one of the answers
 * leaves. 0 for an unknown that was left out: all outcomes have its first answer.
 */
function swingOf({ id, answers }: Unknown, outcomes: readonly Outcome[]): Cents {
  const widths = Array.from({ length: answers }, (_, answer) =>
    outcomes.filter(({ hypothesis }) => answerIn(hypothesis, id) === answer),
  );
  const left = widths.filter((given) => given.length > 0).map(widthOf);
  return widthOf(outcomes) - Math.min(...left);
}

function widthOf(outcomes: readonly Outcome[]): Cents {
  const { lowCents, highCents } = rangeOf(outcomes);
  return highCents - lowCents;
}
