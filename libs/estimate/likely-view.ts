import type { Cents } from '@openvob/benefits';
import type { Account } from './account';
import type { Adjudication } from './adjudication';
import { withoutExtension } from './authorization';
import type { Authorization, EstimateCase } from './estimate-case';
import type { Ledger } from './ledger';
import type { LedgerLine } from './ledger-line';
import type { Unknown } from './unknowns';

/** A line past the approval, worked out as if an extension had come, and the authorization it stands under. */
export interface ExtendedLine {
  readonly line: LedgerLine;
  readonly authorization: Authorization;
}

/** What assumptions, warnings and the amount at risk are told from. */
export interface LikelyView {
  readonly estimateCase: EstimateCase;
  readonly unknowns: readonly Unknown[];
  readonly leftOut: readonly Unknown[];
  readonly ledger: Ledger;
  /** Every share that was worked out, of the primary and of the second coverage. */
  readonly adjudications: readonly Adjudication[];
  readonly extended: readonly ExtendedLine[];
  /** Second coverages that were asked about a line. */
  readonly askedSecond: readonly Account[];
}

/** Gathers what the likely ledger rests on. */
export function likelyViewOf(view: Pick<LikelyView, 'estimateCase' | 'unknowns' | 'leftOut' | 'ledger'>): LikelyView {
  const { days } = view.ledger;
  return {
    ...view,
    adjudications: days.flatMap(({ lines }) => lines.flatMap(adjudicationsOf)),
    extended: days.flatMap(({ lines, active }) => lines.flatMap((line) => extendedLine(line, active[0]))),
    askedSecond: days.flatMap(({ lines, active }) => (lines.some(({ second }) => second) ? active.slice(1) : [])),
  };
}

/**
 * What the plans and the patient would have paid for the lines that are the provider's loss if no extension comes.
 *
 * Source: estimate contract, rule 8.
 */
export function atRiskCents({ extended }: LikelyView): Cents {
  const lost = extended.filter(({ authorization }) => withoutExtension(authorization) === 'provider_liable');
  return lost.reduce(
    (sum, { line }) => sum + line.primary.planPaidCents + line.secondaryPaidCents + line.patientCents,
    0,
  );
}

function adjudicationsOf({ primary: { ruling }, second }: LedgerLine): Adjudication[] {
  const own = ruling.kind === 'paid' ? [ruling.adjudication] : [];
  return second?.adjudication ? [...own, second.adjudication] : own;
}

function extendedLine(line: LedgerLine, primary: Account | undefined): ExtendedLine[] {
  const authorization = primary?.authorization;
  const { ruling } = line.primary;
  const isExtended = ruling.kind === 'paid' && ruling.standing === 'extended';
  return isExtended && authorization ? [{ line, authorization }] : [];
}
