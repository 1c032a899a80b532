import { type Cents, type CivilDate, divideHalfUp, isWithin } from '@openvob/benefits';
import type { Estimate } from '../worksheet';
import { type CauseTotal, causeTotals, type Difference } from './difference';
import { type ExplainContext, explainLine, type Terms } from './explain-line';
import { estimatedLines, isUncovered, type LineFigures, type LineTable, settledLines, shareOf } from './line-figures';
import type { Remittance, RemittanceLines, RemittanceTotals } from './remittance';

/** One service on one date, estimated and settled. */
export interface LineComparison {
  readonly serviceDate: CivilDate;
  readonly code: string;
  /** Left out where the estimate has no such line, or no likely figures. */
  readonly estimatedCents?: Cents;
  /** Left out where the remittance has no such line. */
  readonly settledCents?: Cents;
  /** They add up to the difference of the two. */
  readonly differences: readonly Difference[];
}

/** An estimate held against what the payer settled, for the dates settled so far. */
export interface RemittanceComparison {
  readonly payerId: string;
  readonly payerName?: string;
  readonly from: CivilDate;
  readonly through: CivilDate;
  readonly settledCents: Cents;
  /** The likely figures of the same dates; left out, with the difference, where the estimate has no likely total. */
  readonly estimatedCents?: Cents;
  /** Settled less estimated. */
  readonly differenceCents?: Cents;
  /** Empty where only totals were told. */
  readonly lines: readonly LineComparison[];
  /** They add up to the difference. */
  readonly causes: readonly CauseTotal[];
  /** Every date of the estimate is settled. */
  readonly isWhole: boolean;
  /** Told when every date is settled: what was owed lies between low and high. */
  readonly isWithinRange?: boolean;
}

/**
 * Holds an estimate against a remittance and explains the difference, line by line where lines were told: rate, share rule,
 * accumulators that moved, days attended, not covered. What is settled later is left for later: only dates from the first to the last
 * settled one are compared. What a second coverage would pay counts only when the remittance tells what it paid.
 */
export function compareRemittance(estimate: Estimate, remittance: Remittance): RemittanceComparison {
  return remittance.kind === 'lines' ? compareLines(estimate, remittance) : compareTotals(estimate, remittance);
}

function compareLines(estimate: Estimate, remittance: RemittanceLines): RemittanceComparison {
  const settled = settledLines(remittance.lines);
  const span = spanOf(remittance, [...settled.values()]);
  const tellsOther = remittance.lines.some(({ otherPaidCents }) => otherPaidCents !== undefined);
  const days = estimate.days.filter(({ date }) => isWithin(date, span));
  const estimated = estimatedLines({ days }, tellsOther);
  const hasLikely = estimate.total.likelyCents !== undefined;
  const lines = hasLikely ? pairedLines(estimated, settled) : [...settled.values()].map(onlySettled);
  const differences = lines.flatMap((line) => line.differences);
  return {
    ...headOf(estimate, remittance, { ...span, settledCents: sumOf(settled) }),
    ...(hasLikely ? comparedWith(sumOf(estimated), sumOf(settled)) : {}),
    lines,
    causes: causeTotals(differences),
  };
}

function compareTotals(estimate: Estimate, remittance: RemittanceTotals): RemittanceComparison {
  const { from, through, patientCents } = remittance;
  const days = estimate.days.filter(({ date }) => isWithin(date, { from, to: through }));
  const head = headOf(estimate, remittance, { from, to: through, settledCents: patientCents });
  if (estimate.total.likelyCents === undefined) return { ...head, lines: [], causes: [] };
  const estimatedCents = sumOf(estimatedLines({ days }, true));
  const causes = causeTotals(totalDifferences(days, estimatedCents, remittance));
  return { ...head, ...comparedWith(estimatedCents, patientCents), lines: [], causes };
}

function headOf(
  estimate: Estimate,
  { payerId, payerName }: Remittance,
  { from, to, settledCents }: { from: CivilDate; to: CivilDate; settledCents: Cents },
): Omit<RemittanceComparison, 'lines' | 'causes'> {
  const { lowCents, highCents } = estimate.total;
  const isWhole = estimate.days.every(({ date }) => isWithin(date, { from, to }));
  return {
    payerId,
    ...(payerName === undefined ? {} : { payerName }),
    from,
    through: to,
    settledCents,
    isWhole,
    ...(isWhole ? { isWithinRange: lowCents <= settledCents && settledCents <= highCents } : {}),
  };
}

function comparedWith(
  estimatedCents: Cents,
  settledCents: Cents,
): Pick<RemittanceComparison, 'estimatedCents' | 'differenceCents'> {
  return { estimatedCents, differenceCents: settledCents - estimatedCents };
}

function spanOf(
  { from, through }: RemittanceLines,
  settled: readonly LineFigures[],
): { from: CivilDate; to: CivilDate } {
  const dates = settled.map(({ serviceDate }) => serviceDate).sort();
  const [first = ''] = dates;
  const last = dates.at(-1) ?? first;
  return {
    from: from !== undefined && from < first ? from : first,
    to: through !== undefined && through > last ? through : last,
  };
}

function sumOf(lines: LineTable): Cents {
  return [...lines.values()].reduce((sum, { patientCents }) => sum + patientCents, 0);
}

function onlySettled({ serviceDate, code, patientCents }: LineFigures): LineComparison {
  return { serviceDate, code, settledCents: patientCents, differences: [] };
}

/** Every line of the one or the other, by date; within a date those estimated first. */
function pairedLines(estimated: LineTable, settled: LineTable): LineComparison[] {
  const context = contextOf(estimated, settled);
  const keys = [...new Set([...estimated.keys(), ...settled.keys()])];
  return keys
    .map((key) => comparedLine(estimated.get(key), settled.get(key), context))
    .filter((line): line is LineComparison => line !== undefined)
    .sort((a, b) => (a.serviceDate < b.serviceDate ? -1 : Number(a.serviceDate > b.serviceDate)));
}

interface Context extends Omit<ExplainContext, 'terms'> {
  readonly termsOf: ReadonlyMap<string, Terms>;
  readonly estimatedDates: ReadonlySet<CivilDate>;
  readonly settledDates: ReadonlySet<CivilDate>;
}

const NO_TERMS: Terms = { copayCents: 0, coinsurance: { cents: 0, ofCents: 0 } };

function comparedLine(
  estimated: LineFigures | undefined,
  settled: LineFigures | undefined,
  context: Context,
): LineComparison | undefined {
  if (!settled) return estimated && notSettled(estimated, context);
  if (!estimated) return notEstimated(settled, context);
  const { serviceDate, code } = settled;
  const terms = context.termsOf.get(code) ?? NO_TERMS;
  return {
    serviceDate,
    code,
    estimatedCents: estimated.patientCents,
    settledCents: settled.patientCents,
    differences: explainLine({ estimated, settled }, { ...context, terms }),
  };
}

function notSettled({ serviceDate, code, patientCents }: LineFigures, { settledDates }: Context): LineComparison {
  const difference: Difference = settledDates.has(serviceDate)
    ? { cause: 'services', cents: -patientCents, text: 'It was not billed on this day.' }
    : { cause: 'attendance', cents: -patientCents, text: 'The day was not attended, or not billed.' };
  return { serviceDate, code, estimatedCents: patientCents, differences: patientCents === 0 ? [] : [difference] };
}

function notEstimated({ serviceDate, code, patientCents }: LineFigures, { estimatedDates }: Context): LineComparison {
  const difference: Difference = estimatedDates.has(serviceDate)
    ? { cause: 'services', cents: patientCents, text: 'It was not planned for this day.' }
    : { cause: 'attendance', cents: patientCents, text: 'The day was not planned.' };
  return { serviceDate, code, settledCents: patientCents, differences: patientCents === 0 ? [] : [difference] };
}

function contextOf(estimated: LineTable, settled: LineTable): Context {
  const [ofEstimate, ofPayer] = [[...estimated.values()], [...settled.values()]];
  return {
    termsOf: termsByCode(ofEstimate),
    hasDeductible: ofEstimate.some(({ deductibleCents }) => deductibleCents > 0),
    estimatedMaximumOn: ofEstimate
      .filter(({ isAtMaximum }) => isAtMaximum)
      .map(dateOf)
      .sort()[0],
    settledMaximumOn: nothingMoreFrom(ofPayer),
    estimatedDates: new Set(ofEstimate.map(({ serviceDate }) => serviceDate)),
    settledDates: new Set(ofPayer.map(({ serviceDate }) => serviceDate)),
  };
}

/** What the estimate asks of a code on the first line that is not all deductible. */
function termsByCode(lines: readonly LineFigures[]): Map<string, Terms> {
  const terms = new Map<string, Terms>();
  for (const { code, allowedCents, deductibleCents, copayCents, coinsuranceCents } of lines) {
    const ofCents = allowedCents - deductibleCents - copayCents;
    if (terms.has(code) || allowedCents === deductibleCents) continue;
    terms.set(code, { copayCents, coinsurance: { cents: coinsuranceCents, ofCents } });
  }
  return terms;
}

/**
 * The last date on which the payer asked for a share, when it had done so on every date before, and did not on those after it: there
 * a maximum is met. A copay that is taken once does not look like that: a share on two dates at least is needed.
 */
function nothingMoreFrom(lines: readonly LineFigures[]): CivilDate | undefined {
  const covered = lines.filter((line) => !isUncovered(line));
  const asked = new Set(covered.filter((line) => shareOf(line) !== 0).map(dateOf));
  const last = [...asked].sort().at(-1);
  if (last === undefined || asked.size < 2) return undefined;
  const others = covered.map(dateOf).filter((date) => !asked.has(date));
  return others.length > 0 && others.every((date) => date > last) ? last : undefined;
}

function dateOf({ serviceDate }: LineFigures): CivilDate {
  return serviceDate;
}

/** In proportion, as totals tell no lines: days attended first, then the allowed amount, the rest is not known. */
function totalDifferences(days: Estimate['days'], estimatedCents: Cents, remittance: RemittanceTotals): Difference[] {
  const { patientCents, allowedCents, programDays } = remittance;
  const estimatedDays = days.filter(({ lines }) => lines.some(({ kind }) => kind === 'iop_day')).length;
  const attended = programDays ?? estimatedDays;
  const forDays = inProportion(estimatedCents, attended, estimatedDays);
  const lines = days.flatMap((day) => day.lines);
  const estimatedAllowed = lines.reduce((sum, line) => sum + line.allowedCents, 0);
  const allowedForDays = inProportion(estimatedAllowed, attended, estimatedDays);
  const forRate = inProportion(forDays, allowedCents ?? allowedForDays, allowedForDays);
  return [
    { cause: 'attendance', cents: forDays - estimatedCents, text: `${attended} program days, not ${estimatedDays}.` },
    { cause: 'rate', cents: forRate - forDays, text: 'Another allowed amount, in proportion.' },
    { cause: 'unknown', cents: patientCents - forRate, text: 'Totals do not tell why.' },
  ];
}

/** Half up; the amount itself where there is nothing to take a proportion of. */
function inProportion(cents: Cents, part: number, whole: number): Cents {
  return whole <= 0 ? cents : Number(divideHalfUp(BigInt(cents) * BigInt(part), BigInt(whole)));
}
