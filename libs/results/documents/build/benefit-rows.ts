import { formatUsd, type Limit, type Source } from '@openvob/benefits';
import type { Chosen, IopBenefit } from '@openvob/coverage';
import type { SummaryWords } from '../words';

/** One line of a benefit: its figure in words, and where it stands. */
export interface BenefitCell {
  readonly text: string;
  readonly sources: readonly Source[];
}

type FigureKey =
  | 'copay'
  | 'coinsurance'
  | 'deductibleIndividual'
  | 'deductibleFamily'
  | 'outOfPocketIndividual'
  | 'outOfPocketFamily';

const figureKeys: readonly FigureKey[] = [
  'copay',
  'coinsurance',
  'deductibleIndividual',
  'deductibleFamily',
  'outOfPocketIndividual',
  'outOfPocketFamily',
];

/** A benefit's lines in the order in which a coordinator reads them. */
export function benefitCells(iop: IopBenefit, own: SummaryWords): ReadonlyMap<string, BenefitCell> {
  const figures = figureKeys.flatMap((key): [string, BenefitCell][] => {
    const chosen = iop[key];
    return chosen ? [[own.benefits[key], { text: chosenText(chosen.value, own), sources: chosen.source }]] : [];
  });
  const limits = iop.limits.map((limit) => limitText(limit, own)).join('; ');
  return new Map<string, BenefitCell>([
    [own.benefits.decision, { text: own.inShort[iop.decision], sources: [] }],
    ...figures,
    [own.benefits.authorization, { text: own.yesNo[iop.authorization], sources: [] }],
    ...(limits === ''
      ? []
      : ([[own.benefits.limits, { text: limits, sources: iop.limits.flatMap(({ source }) => source) }]] as const)),
  ]);
}

/** `$40.00 a visit`, `20 %`, `$749.50 left of $1,500.00`. */
function chosenText(
  { amountCents, percent, limitCents, remainingCents, per }: Chosen['value'],
  own: SummaryWords,
): string {
  if (amountCents !== undefined)
    return `${formatUsd(amountCents)}${per === undefined ? '' : ` ${own.per[per] ?? per}`}`;
  if (percent !== undefined) return `${percent} %`;
  if (remainingCents === undefined) return limitCents === undefined ? own.yesNo.unknown : formatUsd(limitCents);
  const left = formatUsd(remainingCents);
  return limitCents === undefined ? own.left(left) : own.leftOf(left, formatUsd(limitCents));
}

function limitText({ unit, allowed, remaining }: Limit, own: SummaryWords): string {
  const count = (value: number): string =>
    unit === 'dollars' ? formatUsd(value) : `${value} ${own.per[unit] ?? unit}`;
  if (remaining === undefined) return allowed === undefined ? own.yesNo.unknown : count(allowed);
  return allowed === undefined ? own.left(count(remaining)) : own.leftOf(count(remaining), count(allowed));
}
