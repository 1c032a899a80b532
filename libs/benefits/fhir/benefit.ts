import type { Findings } from '../findings';
import { given } from '../given';
import type { JsonNode } from '../json/json-node';
import { reportUnread } from '../json/shape';
import type { StatedRow } from '../statement';
import { readConceptIn } from './concepts';
import { type Figure, hasFigures, readFigures } from './figure';
import { isModified } from './modifier';
import { BENEFIT_TYPES, type BenefitType } from './terminology';
import { statedText } from './texts';

/** What all rows of one item share, and the term of its values as code list 615. */
export interface ItemHead {
  readonly row: Omit<StatedRow, 'source' | 'code'>;
  readonly term?: string;
}

/** Kinds that say nothing without a figure. */
const FIGURES_ALONE = new Set(['A', 'B', 'C', 'F', 'G', 'J', 'Y']);
/** Kinds of which a part may be used up. */
const COUNTED_DOWN = new Set(['C', 'F', 'G', 'Y']);
/** Terms that are units of a copay; the term of an item is that of its maximum as a rule and says nothing of a copay. */
const COPAY_TERMS = new Set(['7', '13', '26', '27', '34', '35', '36']);

/** A benefit with its type, once that is known. */
interface TypedBenefit {
  readonly benefit: JsonNode;
  readonly type: BenefitType;
}

/**
 * The benefits of one item as rows: a row for what is allowed and one for what is used. A cap is set on the coinsurance of
 * the item, else on its copay; alone it is a copay of which only the cap is known.
 */
export function statedBenefits(
  item: JsonNode,
  benefits: readonly JsonNode[],
  head: ItemHead,
  findings: Findings,
): StatedRow[] {
  const typed = benefits.flatMap((benefit) => typedBenefit(benefit, findings));
  const rows = typed.filter(({ type }) => type.isCap !== true).flatMap((each) => rowsOf(each, head, findings));
  const caps = typed.filter(({ type }) => type.isCap === true).flatMap((each) => capsOf(each, head, findings));
  const [cap, ...more] = caps;
  return cap === undefined ? rows : [...withCap(rows, cap, item), ...more];
}

function typedBenefit(benefit: JsonNode, findings: Findings): TypedBenefit[] {
  if (isModified(benefit, findings)) return [];
  const type = readConceptIn(benefit.get('type'), BENEFIT_TYPES);
  if (type !== undefined) return [{ benefit, type }];
  reportUnread(benefit, 'The type of this benefit is not one whose meaning is known.', findings);
  return [];
}

function rowsOf({ benefit, type }: TypedBenefit, head: ItemHead, findings: Findings): StatedRow[] {
  const figures = readFigures(benefit, findings);
  const rows = figures.flatMap((figure) => rowOf(figure, type, { head, findings }));
  if (hasFigures(benefit)) return rows;
  if (!FIGURES_ALONE.has(type.code)) return [{ ...head.row, source: benefit.source, code: type.code }];
  reportUnread(benefit, 'This benefit has no figure.', findings);
  return [];
}

function rowOf(
  figure: Figure,
  type: BenefitType,
  { head, findings }: { head: ItemHead; findings: Findings },
): StatedRow[] {
  const { source } = figure.node;
  if (figure.text !== undefined) {
    return [{ ...head.row, source, code: 'D', messages: [...head.row.messages, statedText(figure.text, figure.node)] }];
  }
  const value = figureIn(figure, type);
  if (value !== undefined) {
    return [{ ...head.row, ...given({ period: periodOf(figure, type, head) }), ...value, source, code: type.code }];
  }
  reportUnread(figure.node, 'A figure of this kind is not known on a benefit of this type.', findings);
  return [];
}

/** The figure in the elements of an EB segment; `undefined` where the type has no such figure. */
function figureIn(figure: Figure, { code, unit, isPercentage }: BenefitType): Partial<StatedRow> | undefined {
  if (figure.part === 'used' && !COUNTED_DOWN.has(code)) return undefined;
  if (figure.amount !== undefined) {
    return unit === undefined ? given({ amount: figure.amount, currency: figure.currency }) : undefined;
  }
  if (code === 'A') return percentOf(figure, isPercentage === true);
  if (code === 'F' && figure.count !== undefined) return given({ quantity: figure.count, quantityKind: unit });
  return undefined;
}

/** A share in hundredths, or as an EB segment has it where the type is one of X12's. */
function percentOf({ percentage, count, decimal }: Figure, isPercentage: boolean): Partial<StatedRow> | undefined {
  const number = count ?? decimal;
  if (percentage !== undefined) return { percent: asFraction(percentage) };
  if (number === undefined) return undefined;
  if (!isPercentage) return { percent: number };
  // `.2` is hardly a fifth of a percent and not surely a fifth.
  return Number(number) > 0 && Number(number) < 1 ? undefined : { percent: asFraction(number) };
}

function periodOf({ part }: Figure, { code }: BenefitType, { term }: ItemHead): string | undefined {
  if (part === 'used') return '24';
  if (code === 'B') return term !== undefined && COPAY_TERMS.has(term) ? term : undefined;
  return COUNTED_DOWN.has(code) ? term : undefined;
}

/** `20` is `0.20`, as EB08 writes it; more than a hundred stays as it is, to be refused. */
function asFraction(percentage: string): string {
  if (Number(percentage) > 100) return percentage;
  const [whole = '', decimals = ''] = percentage.split('.');
  const digits = whole.replace(/^0+/, '').padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}${decimals}`;
}

function capsOf({ benefit, type }: TypedBenefit, head: ItemHead, findings: Findings): StatedRow[] {
  return readFigures(benefit, findings).flatMap((figure) => {
    if (figure.part === 'allowed' && figure.amount !== undefined) {
      const cap = given({ maximum: figure.amount, currency: figure.currency });
      return [{ ...head.row, ...cap, source: figure.node.source, code: type.code }];
    }
    reportUnread(figure.node, 'A cap is known as an amount alone.', findings);
    return [];
  });
}

function withCap(rows: readonly StatedRow[], cap: StatedRow, item: JsonNode): StatedRow[] {
  const isOpen = (row: StatedRow, code: string) =>
    row.code === code && row.maximum === undefined && (row.amount === undefined || row.currency === cap.currency);
  const code = ['A', 'B'].find((each) => rows.some((row) => isOpen(row, each)));
  if (code === undefined) return [...rows, cap];
  const { maximum, currency } = cap;
  return rows.map((row) =>
    isOpen(row, code) ? { ...row, ...given({ maximum, currency }), source: item.source } : row,
  );
}
