import type { Findings } from './findings';
import { type Cents, parseCents, scaledDecimal } from './money';
import type { StatedRow } from './statement';

/** Amounts above this are payers' way to write "no limit" (999999.99). Source: reference/benefits.md 1.2, RFI 2795. */
const UNLIMITED_ABOVE: Cents = 999_999_00;

/** Rows that carry no money: coverage (1 to 8) and coinsurance. Source: reference/benefits.md 1.2, RFI 1727 and 1657. */
const WITHOUT_MONEY = new Set(['1', '2', '3', '4', '5', '6', '7', '8', 'A']);
/** Rows that carry no percentage: coverage, copay, deductible, out of pocket, cost containment, spend down. */
const WITHOUT_PERCENT = new Set(['1', '2', '3', '4', '5', '6', '7', '8', 'B', 'C', 'G', 'J', 'Y']);

/** Rows whose quantities (EB10, HSD02) are limits, or days for which a share is owed. */
const WITH_QUANTITY = new Set(['A', 'B', 'C', 'F', 'K']);

/** Rows whose amounts and percentages enter the lists of a snapshot. */
const WITH_FIGURES = new Set(['A', 'B', 'C', 'F', 'G', 'J', 'K', 'Y']);

export interface Figures {
  readonly cents: Cents | undefined;
  /** The most that the share can come to. */
  readonly maxCents: Cents | undefined;
  /** The patient's share, 0 to 100. */
  readonly percent: number | undefined;
}

/**
 * The amount (EB07) in cents and the percentage (EB08) of a row, each left out with an issue when it is no figure that
 * the row may carry. Source: reference/benefits.md 1.6.
 */
export function figuresOf(row: StatedRow, findings: Findings): Figures {
  const { amount, maximum, percent, quantity, deliveries } = row;
  if ((amount ?? maximum ?? percent ?? quantity) === undefined && deliveries.length === 0) return NO_FIGURES;
  return readFigures(row, findings);
}

const NO_FIGURES: Figures = { cents: undefined, maxCents: undefined, percent: undefined };

function readFigures(row: StatedRow, findings: Findings): Figures {
  const cents = amountOf(row, findings);
  const maxCents = row.maximum === undefined ? undefined : moneyOf(row, row.maximum, findings);
  const percent = percentOfRow(row, findings);
  checkQuantities(row, findings);
  return { cents, maxCents, percent };
}

/**
 * A count of visits, days, hours or units (EB10, HSD02): a plain decimal, or `undefined` when it is none or more than can
 * be counted exactly.
 */
export function readQuantity(text: string | undefined): number | undefined {
  if (text === undefined || !/^(\d+(\.\d*)?|\.\d+)$/.test(text)) return undefined;
  const quantity = Number(text);
  return quantity <= Number.MAX_SAFE_INTEGER ? quantity : undefined;
}

function checkQuantities(row: StatedRow, findings: Findings): void {
  if (!WITH_QUANTITY.has(row.code)) return;
  checkQuantity(row, findings);
  for (const delivery of row.deliveries) checkQuantity(delivery, findings);
}

function checkQuantity({ quantity, source }: Pick<StatedRow, 'quantity' | 'source'>, findings: Findings): void {
  if (quantity === undefined || readQuantity(quantity) !== undefined) return;
  findings.report('error', 'quantity_range', source, 'The quantity is no number, or too large; it is left out.');
}

function amountOf(row: StatedRow, findings: Findings): Cents | undefined {
  if (row.amount === undefined) return undefined;
  if (WITHOUT_MONEY.has(row.code)) {
    findings.report('error', 'figure_not_allowed', row.source, `An amount may not stand on a row of kind ${row.code}.`);
    return undefined;
  }
  return moneyOf(row, row.amount, findings);
}

function moneyOf(row: StatedRow, amount: string, findings: Findings): Cents | undefined {
  if (row.currency !== undefined && row.currency !== 'USD') {
    findings.report('error', 'currency', row.source, 'The amount is not in US dollars; it is left out.');
    return undefined;
  }
  return WITH_FIGURES.has(row.code) ? usableAmount(row, parseCents(amount), findings) : undefined;
}

function percentOfRow(row: StatedRow, findings: Findings): number | undefined {
  if (row.percent === undefined) return undefined;
  if (WITHOUT_PERCENT.has(row.code)) {
    findings.report(
      'error',
      'figure_not_allowed',
      row.source,
      `A percentage may not stand on a row of kind ${row.code}.`,
    );
    return undefined;
  }
  const millionths = scaledDecimal(row.percent, 6);
  if (millionths === undefined || millionths < 0 || millionths > 100_000_000) {
    findings.report('error', 'percent_range', row.source, 'The percentage is not between 0 and 100; it is left out.');
    return undefined;
  }
  if (millionths <= 1_000_000) return millionths / 10_000;
  const message = 'The percentage is written as a whole number where a fraction belongs; it is taken as percent.';
  findings.report('warning', 'percent_range', row.source, message);
  return millionths / 1_000_000;
}

function usableAmount(row: StatedRow, cents: Cents | undefined, findings: Findings): Cents | undefined {
  if (cents === undefined || cents < 0) {
    findings.report(
      'error',
      'amount_range',
      row.source,
      'The amount is no amount of money, or below 0; it is left out.',
    );
    return undefined;
  }
  if (cents > UNLIMITED_ABOVE) {
    findings.report('info', 'unlimited', row.source, 'The amount stands for "no limit"; it is left out.');
    return undefined;
  }
  return cents;
}
