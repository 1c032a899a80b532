import type { Cents } from '@openvob/benefits';
import type { Account } from './account';
import type { Adjudication } from './adjudication';
import { withoutExtension } from './authorization';
import type { Authorization, EstimateCase } from './estimate-case';
import type { Ledger } from './ledger';
import type { LedgerLine, Ruling } from './ledger-line';
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
  /** The authorizations under which lines are the provider's loss, as it is known that no extension comes. */
  readonly lost: readonly Authorization[];
  /** Second coverages that were asked about a line. */
  readonly askedSecond: readonly Account[];
}

/** Gathers what the likely ledger rests on. */
export function likelyViewOf(view: Pick<LikelyView, 'estimateCase' | 'unknowns' | 'leftOut' | 'ledger'>): LikelyView {
  const adjudications: Adjudication[] = [];
  const extended: ExtendedLine[] = [];
  const lost: Authorization[] = [];
  const askedSecond: Account[] = [];
  for (const { lines, active } of view.ledger.days) {
    const [primary, second] = active;
    for (const line of lines) {
      const { ruling } = line.primary;
      if (ruling.kind === 'paid') adjudications.push(ruling.adjudication);
      if (line.second?.adjudication) adjudications.push(line.second.adjudication);
      if (line.second && second) askedSecond.push(second);
      if (!primary?.authorization) continue;
      if (isExtended(ruling)) extended.push({ line, authorization: primary.authorization });
      if (ruling.kind === 'provider_liable') lost.push(primary.authorization);
    }
  }
  return { ...view, adjudications, extended, lost, askedSecond };
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

function isExtended(ruling: Ruling): boolean {
  return ruling.kind === 'paid' && ruling.standing === 'extended';
}
