import { type Episode, episodeOf } from './episode';
import type { EstimateCase } from './estimate-case';
import { combine, LIKELY } from './hypotheses';
import { keepLedger } from './ledger';
import { type LikelyView, likelyViewOf } from './likely-view';
import { type Outcome, rangeOf } from './questions';
import { unknownsOf } from './unknowns';
import { isCostShareUnknown } from './warnings';
import type { Estimate } from './worksheet';

/** A case under all hypotheses that are run: what a worksheet, or its total alone, is made of. */
export interface WorkedOut {
  readonly episode: Episode;
  /** The likely one first. */
  readonly outcomes: readonly Outcome[];
  readonly view: LikelyView;
}

/**
 * Works a case out under every hypothesis that is run.
 *
 * Throws a CaseFault `rate_missing` or `out_of_range`. Source: estimate contract, "Unknowns".
 */
export function workOut(estimateCase: EstimateCase): WorkedOut {
  const episode = episodeOf(estimateCase);
  const unknowns = unknownsOf(estimateCase);
  const { others, leftOut } = combine(unknowns);
  const ledger = keepLedger(episode, LIKELY);
  const outcomes: Outcome[] = [
    { hypothesis: LIKELY, patientCents: ledger.patientCents },
    ...others.map((hypothesis) => ({ hypothesis, patientCents: keepLedger(episode, hypothesis).patientCents })),
  ];
  return { episode, outcomes, view: likelyViewOf({ estimateCase, unknowns, leftOut, ledger }) };
}

/** Low, likely and high; no likely one where it would rest on a share that nobody stated. Source: estimate contract, "Not stated". */
export function totalOf({ outcomes, view }: WorkedOut): Estimate['total'] {
  const { lowCents, highCents } = rangeOf(outcomes);
  if (isCostShareUnknown(view)) return { lowCents, highCents };
  return { lowCents, likelyCents: view.ledger.patientCents, highCents };
}
