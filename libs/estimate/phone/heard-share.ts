import type { Chosen, IopBenefit } from '@openvob/coverage';
import type { CostShare } from '../estimate-case';
import { BY_PHONE } from './by-phone';
import type { HearingSide } from './heard-accumulators';
import { sourceOf } from './heard-snapshot';
import type { Said } from './phone-answer';
import type { Witness } from './referee';
import { type SaidShare, saidShare } from './said-share';

/** A decision's copay and coinsurance beside what was said of them, and whose share it is. */
export interface HeardShare {
  readonly iop: IopBenefit;
  /** Left out where nothing of it was said by phone. */
  readonly from?: Witness;
}

/** The decision's share, from the call where the call said one and is used. */
export function heardShare(iop: IopBenefit, hearing: HearingSide): HeardShare {
  const [share, other] = saidShares(hearing, iop);
  // That there is a copay says nothing against the copay of the answer.
  if (!share || (share.kind === 'unknown' && hasFigures(iop))) return { iop };
  if (isDisputed(iop, share)) {
    const { said, isSettled, wasSettled } = share;
    const phone = { value: shareFigures(share), said, isSettled, ...(wasSettled ? { wasSettled } : {}) };
    const used = hearing.referee.used<unknown>({
      path: `${hearing.path}/costShares/0`,
      code: 'share_kind',
      electronic: electronicFigures(iop),
      phone,
      isPhoneOfProgram: true,
      isElectronicOfProgram: hearing.isShareOfProgram,
    });
    if (used === 'electronic') return { iop, from: 'electronic' };
  }
  return { iop: withShare(iop, share, other), from: 'phone' };
}

/** One a track, those that say the same once. */
export function saidShares({ words }: Pick<HearingSide, 'words'>, iop: IopBenefit): SaidShare[] {
  const beside = { hasDeductible: hasDeductible(iop), answeredUnit: iop.copay?.value.per };
  const shares = words.views.flatMap((view) => saidShare(view, beside) ?? []);
  return shares.filter((share, at) => shares.findIndex((one) => isSame(one, share)) === at);
}

function isSame(a: SaidShare, b: SaidShare): boolean {
  return a.kind === b.kind && JSON.stringify(shareFigures(a)) === JSON.stringify(shareFigures(b));
}

function hasDeductible({ deductibleIndividual, deductibleFamily }: IopBenefit): boolean {
  return [deductibleIndividual, deductibleFamily].some(
    (chosen) => (chosen?.value.limitCents ?? 0) > 0 || (chosen?.value.remainingCents ?? 0) > 0,
  );
}

interface Figures {
  readonly copayCents?: number;
  readonly coinsurancePercent?: number;
}

function electronicFigures({ copay, coinsurance }: IopBenefit): Figures {
  return {
    ...(copay?.value.amountCents === undefined ? {} : { copayCents: copay.value.amountCents }),
    ...(coinsurance?.value.percent === undefined ? {} : { coinsurancePercent: coinsurance.value.percent }),
  };
}

function hasFigures(iop: IopBenefit): boolean {
  return Object.keys(electronicFigures(iop)).length > 0;
}

/** What is told of a share: the likely hypothesis, or a word. */
function shareFigures(share: SaidShare): CostShare | string | undefined {
  return share.kind === 'shares' ? share.shares[0] : share.kind;
}

/** The answer stated a share, and the call another: neither figure of the call is among those of the answer. */
function isDisputed(iop: IopBenefit, share: SaidShare): boolean {
  const electronic = electronicFigures(iop);
  if (!hasFigures(iop) || share.kind === 'unknown') return false;
  if (share.kind === 'not_covered') return true;
  const { copayCents, coinsurancePercent } = figuresOf(share.shares[0]);
  const isCopaySame = copayCents === undefined || copayCents === electronic.copayCents;
  const isPercentSame = coinsurancePercent === undefined || coinsurancePercent === electronic.coinsurancePercent;
  return !(isCopaySame && isPercentSame);
}

/** A copay of 0 before coinsurance says only that no deductible is taken. */
function figuresOf(share: CostShare | undefined): Figures {
  if (!share) return {};
  const { order, copayCents, coinsurancePercent } = share;
  const isCopay = copayCents !== undefined && (order !== 'copay_then_coinsurance' || copayCents > 0);
  return {
    ...(isCopay ? { copayCents } : {}),
    ...(coinsurancePercent === undefined ? {} : { coinsurancePercent }),
  };
}

function withShare(iop: IopBenefit, share: SaidShare, other: SaidShare | undefined): IopBenefit {
  const { copay, coinsurance, ...rest } = iop;
  if (share.kind === 'not_covered')
    return { ...rest, decision: 'not_covered', conditions: [], unknowns: [], limits: [] };
  if (share.kind === 'unknown') return rest;
  const [likely] = share.shares;
  const { copayCents, coinsurancePercent } = figuresOf(likely);
  const before = [copay, coinsurance].flatMap((chosen) =>
    chosen ? [{ value: chosen.value as unknown, source: chosen.source, why: BY_PHONE }] : [],
  );
  const beside = other
    ? [{ value: shareFigures(other) as unknown, source: [sourceOf(other.said)], why: 'other_track' }]
    : [];
  const by = (value: Chosen['value'], said: Said): Chosen => ({
    value,
    rule: BY_PHONE,
    source: [sourceOf(said)],
    alternatives: [...before, ...beside],
  });
  const per = likely?.copayPer === undefined ? {} : { per: likely.copayPer };
  return {
    ...rest,
    ...(copayCents === undefined ? {} : { copay: by({ amountCents: copayCents, ...per }, share.said) }),
    ...(coinsurancePercent === undefined ? {} : { coinsurance: by({ percent: coinsurancePercent }, share.said) }),
  };
}
