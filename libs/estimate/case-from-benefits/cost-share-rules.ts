import { type Cents, percentOf, tells } from '@openvob/benefits';
import type { Chosen, IopBenefit } from '@openvob/coverage';
import { RULES } from '@openvob/coverage/rules';
import type { CostShare, CostShareRule } from '../estimate-case';
import { assume, type CaseNotes, cite, citeChosen, leaveUnknown } from './case-notes';
import {
  type BesideShare,
  coinsuranceShares,
  copayShares,
  messagesOf,
  type StatedShare,
  unstatedDeductibleShares,
} from './stated-shares';

export interface CostShareContext extends BesideShare {
  /** JSON Pointer to the list of rules. */
  readonly path: string;
  readonly notes: CaseNotes;
  /** The program bills more than the program day. */
  readonly hasOtherServices: boolean;
  /** Price of a program day, to tell the greater of copay and coinsurance; not there when no rate is. */
  readonly dayPriceCents: Cents | undefined;
}

/**
 * The one rule that a payer's answer about the program gives: the chosen copay, the coinsurance after the deductible, both as
 * hypotheses where the payer did not say how they go together, not covered, or unknown.
 *
 * Source: benefits reference 1.10, rules 7, 11, 12 and 15, and 3.2.
 */
export function costShareRules(iop: IopBenefit, context: CostShareContext): CostShareRule[] {
  const { notes, path, hasOtherServices } = context;
  if (iop.decision === 'not_covered') return [notCovered(context)];
  if (hasOtherServices) assume(notes, 'same_cost_share_for_all_services', `${path}/0/appliesTo`);
  if (!isCovered(iop)) return [unknown(iop, context)];
  const shares = statedShares(iop, context);
  if (shares.length === 0) return [unknown(iop, context)];
  const [only, ...others] = shares;
  if (only && others.length === 0) return [{ appliesTo: 'any', ...noted(only, `${path}/0`, notes) }];
  const oneOf = shares.map((share, index) => noted(share, `${path}/0/oneOf/${index}`, notes));
  return [{ appliesTo: 'any', oneOf }];
}

function isCovered({ decision }: IopBenefit): boolean {
  return decision === 'covered' || decision === 'covered_with_conditions';
}

function notCovered({ snapshot, path, notes }: CostShareContext): CostShareRule {
  cite(
    notes,
    `${path}/0`,
    snapshot.exclusions.map(({ source }) => source),
  );
  return { appliesTo: 'any', notCovered: true };
}

function unknown({ decision }: IopBenefit, { path, notes }: CostShareContext): CostShareRule {
  const isElsewhere = decision === 'carved_out' || decision === 'other_payer';
  assume(notes, isElsewhere ? 'benefits_elsewhere' : 'cost_share_not_stated', `${path}/0`);
  leaveUnknown(notes, 'cost_share');
  return { appliesTo: 'any', unknown: true };
}

/** The hypotheses, the likely one first. */
function statedShares(iop: IopBenefit, context: CostShareContext): StatedShare[] {
  const shares = figuresShares(iop, context);
  const unstated = unstatedDeductibleShares(shares, context);
  if (unstated.length > 0) leaveUnknown(context.notes, 'deductible');
  return [...shares, ...unstated];
}

function figuresShares(iop: IopBenefit, context: CostShareContext): StatedShare[] {
  const { notes, path } = context;
  const stated = { copay: possible(iop.copay, iop), coinsurance: possible(iop.coinsurance, iop) };
  const coinsurances = stated.coinsurance.flatMap((chosen) => coinsuranceShares(chosen, context));
  const copays = stated.copay.flatMap((chosen) => copayShares(chosen, context));
  if (copays.length === 0 || coinsurances.length === 0) {
    if (stated.copay.length + stated.coinsurance.length > 1)
      assume(notes, 'other_cost_share_possible', `${path}/0/oneOf`);
    return [...copays, ...coinsurances];
  }
  assume(notes, 'copay_or_coinsurance', `${path}/0/oneOf`);
  if (!isCoinsuranceLikelier(iop, context)) return [...copays, ...coinsurances];
  if (iop.copay?.value.amountCents === 0) assume(notes, 'zero_copay_beside_coinsurance', `${path}/0/oneOf`);
  return [...coinsurances, ...copays];
}

/** The chosen figure, and those that only a tie or an unknown tier put behind it. */
function possible(chosen: Chosen | undefined, { conditions }: IopBenefit): Chosen[] {
  if (!chosen) return [];
  const isOpen = (why: string) =>
    isByRule(why, RULES.tie) || (isByRule(why, RULES.tier) && conditions.includes('tier_unknown'));
  const others = chosen.alternatives.filter(({ why }) => isOpen(why));
  return [chosen, ...others.flatMap(({ value, source }) => (isFigure(value) ? [{ ...chosen, value, source }] : []))];
}

function isByRule(why: string, rule: string): boolean {
  return why === rule || why.startsWith(`${rule}:`);
}

function isFigure(value: unknown): value is Chosen['value'] {
  return typeof value === 'object' && value !== null && ('amountCents' in value || 'percent' in value);
}

/** A copay of 0 says "no copay"; the greater or the lesser of the two is told by the price of a day. */
function isCoinsuranceLikelier({ copay, coinsurance }: IopBenefit, context: CostShareContext): boolean {
  const { percent = 0 } = coinsurance?.value ?? {};
  const { amountCents = 0 } = copay?.value ?? {};
  const ofDay = percentOf(context.dayPriceCents ?? 0, percent);
  const messages = [...messagesOf(copay, context.snapshot), ...messagesOf(coinsurance, context.snapshot)];
  if (context.dayPriceCents !== undefined && tells(messages, 'greater_of')) return ofDay > amountCents;
  if (context.dayPriceCents !== undefined && tells(messages, 'lesser_of')) return ofDay < amountCents;
  return amountCents === 0 && percent > 0;
}

function noted({ share, figures, assumptions }: StatedShare, path: string, notes: CaseNotes): CostShare {
  for (const { key, chosen } of figures) citeChosen(notes, `${path}/${key}`, chosen);
  for (const { key, code } of assumptions) {
    assume(notes, code, `${path}/${key}`);
    if (code === 'copay_unit_not_stated') leaveUnknown(notes, 'copay_unit');
  }
  return share;
}
