import { type CivilDate, formatUsd, mondayOf } from '@openvob/benefits';
import {
  type Accumulator,
  type Benefits,
  type Coordination,
  type CostShareRule,
  type Day,
  type Estimate,
  type EstimateCase,
  estimate,
  type Line,
  parseCase,
  type Question,
} from '@openvob/estimate';
import { unknownsOf } from '@openvob/estimate/unknowns';
import { totalOf, workOut } from '@openvob/estimate/worked-out';
import { answered } from './estimate.answers';
import type { CaseBounds } from './estimate.cases';
import {
  type Change,
  everythingFree,
  higherPrices,
  laterBy,
  lessTaken,
  mapCoverages,
  monotone,
  moreCoinsurance,
  moreDeductible,
  moreRoom,
  nothingAcrossDates,
  oneMoreService,
  stoppedUpTo,
} from './estimate.changes';

/** A property that estimates keep for any case within the bounds: `broken` says what was found wrong, or nothing. */
export interface Invariant {
  readonly name: string;
  readonly bounds: CaseBounds;
  readonly broken: (given: EstimateCase) => string | undefined;
}

const ANY: CaseBounds = {};
/** One coverage, in network, one period, nothing unknown. */
const PLAIN: CaseBounds = { plain: true };

/**
 * The invariants of the benefits reference, section 5, by its numbers. Left out: 7 (follows from 3 and 6), 8 (part of 15), and 24, 25
 * and 28, which are about the reading of answers and are held there. Where one is false under the contract, the case that shows it
 * stands in `libs/estimate/counter-examples.spec.ts`.
 *
 * 9 to 13 hold for one coverage in one period only. A second coverage breaks them: an earlier line uses up its deductible, and it
 * pays more of the later ones. So do `copayOnDayDeductibleIsMet: false` and dollar limits of single services (see `monotone`). 13
 * holds in network only: a higher allowance lowers the balance bill. 20 holds line by line only: over an episode the three use up
 * the second coverage's accumulators at different speeds.
 */
export const INVARIANTS: readonly Invariant[] = [
  { name: '1 the parts of a line add up', bounds: ANY, broken: (given) => firstOf(linesOf(worked(given)), brokenLine) },
  { name: '2 the charge is what is allowed and the balance bill', bounds: ANY, broken: brokenCharge },
  { name: '3 and 4 no amount is negative, a fraction or past the allowed amount', bounds: ANY, broken: brokenAmounts },
  { name: '5 and 6 no period takes more than its rooms', bounds: ANY, broken: pastRoom },
  { name: '9 one more service never lowers the total', bounds: PLAIN, broken: loweredBy(oneMoreService) },
  { name: '10 more deductible never lowers the total', bounds: PLAIN, broken: loweredBy(moreDeductible) },
  { name: '11 more out-of-pocket room never lowers the total', bounds: PLAIN, broken: loweredBy(moreRoom) },
  { name: '12 higher coinsurance never lowers the total', bounds: PLAIN, broken: loweredBy(moreCoinsurance) },
  { name: '13 a higher price never lowers the total', bounds: PLAIN, broken: loweredBy(higherPrices) },
  { name: '14 the last period by itself is as in the whole', bounds: ANY, broken: brokenSplit },
  { name: '15 and 27 stopped on any day and resumed it is the same', bounds: PLAIN, broken: brokenResume },
  { name: '16 whole weeks earlier it is the same', bounds: PLAIN, broken: brokenShift },
  { name: '17 no day takes more than its copay', bounds: PLAIN, broken: pastCopay },
  { name: '18 only shares are posted', bounds: ANY, broken: brokenPosting },
  { name: '19 what is free costs nothing', bounds: ANY, broken: costlyThoughFree },
  { name: '20 standard pays most, then maintenance, then non-duplication', bounds: ANY, broken: brokenCoordination },
  { name: '21 low, likely and high stand in order', bounds: ANY, broken: brokenRange },
  { name: '22 an answer never widens the range', bounds: ANY, broken: widenedByAnswer },
  { name: '22 an answered question is asked no more', bounds: ANY, broken: askedAgain },
  { name: '22 a question narrows the range by its swing', bounds: ANY, broken: brokenSwing },
  { name: '23 every part of what is owed is told', bounds: ANY, broken: untold },
  {
    name: '26 the same case gives the same bytes',
    bounds: ANY,
    broken: (given) => differ(worked(given), workedAnew(given)),
  },
  { name: 'lines, days and weeks add up', bounds: ANY, broken: brokenSums },
  { name: 'a side that is not in use changes nothing', bounds: ANY, broken: movedByOtherSide },
];

const PARTS = ['deductibleCents', 'copayCents', 'coinsuranceCents', 'nonCoveredCents', 'penaltyCents'] as const;
const TOLD = ['nonCoveredCents', 'penaltyCents', 'balanceBillCents', 'secondaryPaidCents'] as const;

/** Estimates, answered cases and totals by the case they are of: most invariants look at the same. */
const known = {
  estimates: new WeakMap<EstimateCase, Estimate>(),
  answers: new WeakMap<EstimateCase, AnsweredCases>(),
  totals: new WeakMap<EstimateCase, Estimate['total']>(),
  monotone: new WeakMap<EstimateCase, EstimateCase>(),
};
type AnsweredCases = Map<Question['id'], EstimateCase[]>;

/** Reads the case as `vob estimate` would, and estimates it. */
function worked(given: EstimateCase): Estimate {
  const before = known.estimates.get(given);
  if (before) return before;
  const after = workedAnew(given);
  known.estimates.set(given, after);
  return after;
}

/** Of a case that was made of one that is read: it has the same keys, and reading takes as long as estimating. */
function workedChanged(changed: EstimateCase): Estimate {
  const before = known.estimates.get(changed);
  if (before) return before;
  const after = estimate(changed);
  known.estimates.set(changed, after);
  return after;
}

function workedAnew(given: EstimateCase): Estimate {
  const parsed = parseCase(given);
  if (!parsed.ok) throw new Error(`a random case was refused: ${JSON.stringify(parsed.error)}`);
  return estimate(parsed.case);
}

/** The total of a changed case as it stands: that no extension comes, which an answer may say, is no key of the contract. */
function totalOfChanged(changed: EstimateCase): Estimate['total'] {
  const before = known.totals.get(changed);
  if (before) return before;
  const after = totalOf(workOut(changed));
  known.totals.set(changed, after);
  return after;
}

/** Five invariants change the same case. */
function monotoneCase(given: EstimateCase): EstimateCase {
  const made = known.monotone.get(given) ?? monotone(given);
  known.monotone.set(given, made);
  return made;
}

function answersTo(given: EstimateCase, question: Question): EstimateCase[] {
  const ofCase = known.answers.get(given) ?? new Map<Question['id'], EstimateCase[]>();
  known.answers.set(given, ofCase);
  const cases = ofCase.get(question.id) ?? answered(given, question);
  ofCase.set(question.id, cases);
  return cases;
}

/** The parts of a line; the likely hypothesis has no provider's loss, so the allowed amount is all there. */
function brokenLine(line: Line): string | undefined {
  const owed = sum(PARTS, (part) => line[part]);
  const isWhole = line.allowedCents === owed + line.planPaidCents;
  const isOwed = line.patientCents === owed + line.balanceBillCents - line.secondaryPaidCents;
  return complainUnless(isWhole && isOwed, 'a line does not add up', line);
}

/** Out of network; in network the rest of the charge is written off, which an estimate does not name. */
function brokenCharge(given: EstimateCase): string | undefined {
  return firstOf(linesOf(worked(given)), (line) => {
    if (line.balanceBillCents === 0) return undefined;
    const rate = given.rates.find(({ code, network }) => code === line.code && network === 'out');
    return complainUnless(rate?.chargeCents === line.allowedCents + line.balanceBillCents, 'not the charge', {
      line,
      rate,
    });
  });
}

function brokenAmounts(given: EstimateCase): string | undefined {
  return firstOf(linesOf(worked(given)), (line) => {
    const amounts = Object.values(line).filter((value) => typeof value === 'number');
    const isSound = amounts.every((amount) => Number.isSafeInteger(amount) && amount >= 0);
    return complainUnless(isSound && shareOf(line) <= line.allowedCents, 'an amount is off', line);
  });
}

function pastRoom(given: EstimateCase): string | undefined {
  return firstOf(worked(given).perPeriod, (total) => {
    const period = likelySide(given)?.periods.find(({ from }) => from === total.from);
    const cap = period?.selfOnlyCapRemainingCents ?? Number.POSITIVE_INFINITY;
    const isPast =
      total.deductibleCents > roomOf(period?.deductible) ||
      total.outOfPocketCents > Math.min(cap, roomOf(period?.outOfPocket));
    return complainUnless(!isPast, 'a period takes more than its room', { total, period });
  });
}

function loweredBy(change: Change): Invariant['broken'] {
  return (given) => {
    const before = monotoneCase(given);
    const [less, more] = [owedFor(before), owedFor(change(before))];
    return complainUnless(less <= more, 'the total fell', { less, more });
  };
}

/** Without an authorization, limits or a carryover nothing but the accumulators reaches from one period into the next. */
function brokenSplit(given: EstimateCase): string | undefined {
  const alone = mapCoverages(given, ({ limits: _, authorization: __, outOfNetwork: ___, ...coverage }) => ({
    ...coverage,
    periods: coverage.periods.map(({ deductibleCarryover: ____, ...period }) => period),
  })).coverages.slice(0, 1);
  const whole = { ...given, coverages: alone };
  const last = alone[0]?.periods[1];
  if (!last) return undefined;
  const { days } = workedChanged(whole);
  const earlier = days.map(({ date }) => date).filter((date) => date < last.from);
  const after = (day: Day) => day.date >= last.from;
  return differ(workedChanged(stoppedUpTo(whole, earlier)).days, days.filter(after));
}

function brokenResume(given: EstimateCase): string | undefined {
  const whole = nothingAcrossDates(given);
  const { days } = workedChanged(whole);
  const half = days.slice(0, Math.floor(days.length / 2));
  const lines = half.flatMap(({ lines }) => lines);
  const resumed = lessTaken(
    stoppedUpTo(
      whole,
      half.map(({ date }) => date),
    ),
    sum(lines, ({ deductibleCents }) => deductibleCents),
    sum(lines, shareOf),
  );
  return differ(withoutWords(workedChanged(resumed).days), withoutWords(days.slice(half.length)));
}

function brokenShift(given: EstimateCase): string | undefined {
  const totals = ({ days }: Estimate) => days.map(({ lines }) => lines);
  return differ(totals(workedChanged(laterBy(given, -1))), totals(worked(given)));
}

/** Per rule of a daily copay, by the first rule that matches a line. */
function pastCopay(given: EstimateCase): string | undefined {
  const rules = given.coverages[0]?.costShares ?? [];
  return firstOf(worked(given).days, (day) =>
    firstOf(rules, (rule) => {
      if (!('order' in rule) || (rule.copayPer ?? 'day') !== 'day') return undefined;
      const lines = day.lines.filter((line) => rules.find((candidate) => matches(candidate, line, day)) === rule);
      const isWithin = sum(lines, ({ copayCents }) => copayCents) <= (rule.copayCents ?? 0);
      return complainUnless(isWithin, 'a day takes more than its copay', { rule, lines });
    }),
  );
}

function brokenPosting(given: EstimateCase): string | undefined {
  const [first] = given.coverages;
  const { perPeriod, days } = worked(given);
  return firstOf(perPeriod, (total) => {
    const posted = days
      .filter(({ date }) => date >= total.from && date <= total.to)
      .filter(({ date }) => first?.active.some(({ from, to }) => from <= date && (to === undefined || date <= to)))
      .flatMap(({ lines }) => lines);
    const isPosted =
      total.outOfPocketCents === sum(posted, shareOf) &&
      total.deductibleCents === sum(posted, ({ deductibleCents }) => deductibleCents);
    return complainUnless(isPosted, 'posted is not what was shared', total);
  });
}

function costlyThoughFree(given: EstimateCase): string | undefined {
  const { total, days } = workedChanged(everythingFree(given));
  return complainUnless(
    total.highCents === 0 && days.every(({ patientCents }) => patientCents === 0),
    'not free',
    total,
  );
}

function brokenCoordination(given: EstimateCase): string | undefined {
  const [first, second] = given.coverages;
  if (!first || !second) return undefined;
  const firstLine = (coordination: Coordination) =>
    workedChanged({ ...given, coverages: [first, { ...second, coordination }] }).days[0]?.lines[0]?.patientCents ?? 0;
  const alone = workedChanged({ ...given, coverages: [first] }).days[0]?.lines[0]?.patientCents ?? 0;
  const [standard, maintenance, nonDuplication] = [
    firstLine('standard'),
    firstLine('maintenance_of_benefits'),
    firstLine('non_duplication'),
  ];
  const isActive = isActiveOn(first.active, worked(given).days[0]?.date);
  const isOrdered = standard <= maintenance && maintenance <= nonDuplication && (!isActive || nonDuplication <= alone);
  return complainUnless(isOrdered, 'out of order', { standard, maintenance, nonDuplication, alone });
}

function brokenRange(given: EstimateCase): string | undefined {
  const { total, questions } = worked(given);
  const { lowCents, likelyCents = lowCents, highCents } = total;
  const isOrdered = lowCents <= likelyCents && likelyCents <= highCents;
  const isSettled = questions.length > 0 || (lowCents === highCents && total.likelyCents !== undefined);
  const swings = questions.map(({ swingCents }) => swingCents);
  const areSwings = swings.every(
    (swing, at) => swing >= 0 && swing <= highCents - lowCents && swing <= (swings[at - 1] ?? swing),
  );
  return complainUnless(isOrdered && isSettled && areSwings, 'range or swings are off', { total, questions });
}

function widenedByAnswer(given: EstimateCase): string | undefined {
  const { total, questions, warnings } = worked(given);
  if (warnings.some(({ code }) => code === 'unknowns_pruned')) return undefined;
  return firstOf(questions, (question) =>
    firstOf(answersTo(given, question), (changed) => {
      const after = totalOfChanged(changed);
      const isWithin = total.lowCents <= after.lowCents && after.highCents <= total.highCents;
      return complainUnless(isWithin, 'the range widened', { question, total, after });
    }),
  );
}

function askedAgain(given: EstimateCase): string | undefined {
  return firstOf(worked(given).questions, (question) =>
    firstOf(answersTo(given, question), (changed) => {
      const isGone = unknownsOf(changed).every(({ id }) => id !== question.id);
      return complainUnless(isGone, 'it is asked again', { question, changed });
    }),
  );
}

/** The swing is the range less the smallest range that one of the answers leaves. */
function brokenSwing(given: EstimateCase): string | undefined {
  const { total, questions, warnings } = worked(given);
  if (warnings.some(({ code }) => code === 'unknowns_pruned')) return undefined;
  return firstOf(questions, (question) => {
    const widths = answersTo(given, question).map((changed) => widthOf(totalOfChanged(changed)));
    const narrowed = widthOf(total) - Math.min(...widths);
    return complainUnless(narrowed === question.swingCents, 'it narrows by another amount', { question, narrowed });
  });
}

function widthOf({ lowCents, highCents }: Estimate['total']): number {
  return highCents - lowCents;
}

function untold(given: EstimateCase): string | undefined {
  return firstOf(linesOf(worked(given)), (line) => {
    const words = line.why.join(' ');
    const missing = TOLD.filter((part) => line[part] > 0 && !words.includes(formatUsd(line[part])));
    return complainUnless(line.why.length > 0 && missing.length === 0, `untold: ${missing.join()}`, line);
  });
}

function brokenSums(given: EstimateCase): string | undefined {
  const { days, perWeek, total, firstDayCents, perPeriod } = worked(given);
  const areDays = days.every(({ lines, patientCents }) => patientCents === sum(lines, (line) => line.patientCents));
  const areWeeks = perWeek.every(({ weekOf, patientCents }) => {
    const inWeek = days.filter(({ date }) => mondayOf(date) === weekOf);
    return inWeek.length > 0 && patientCents === sum(inWeek, (day) => day.patientCents);
  });
  const all = sum(days, ({ patientCents }) => patientCents);
  const isTotal = (total.likelyCents ?? all) === all && sum(perWeek, ({ patientCents }) => patientCents) === all;
  const isFirst = firstDayCents === (days[0]?.patientCents ?? 0);
  const isWithin = sum(perPeriod, ({ patientCents }) => patientCents) <= all;
  return complainUnless(areDays && areWeeks && isTotal && isFirst && isWithin, 'sums are off', { total, perWeek });
}

function movedByOtherSide(given: EstimateCase): string | undefined {
  const inNetwork = mapCoverages(given, (coverage) => ({ ...coverage, network: 'in' }));
  const ownOnly = mapCoverages(inNetwork, ({ outOfNetwork: _, ...coverage }) => coverage);
  return differ(workedChanged(inNetwork), workedChanged(ownOnly));
}

/** The side of the first coverage that the likely hypothesis uses. */
function likelySide({ coverages: [first] }: EstimateCase): Benefits | undefined {
  return first?.network === 'out' ? (first.outOfNetwork ?? first) : first;
}

/** Room of an accumulator at the start, by rule 4, the larger of two figures that disagree. */
function roomOf(accumulator: Accumulator | undefined): number {
  const room = (whose: 'individual' | 'family') => {
    const { limitCents, usedCents, remainingCents } = accumulator?.[whose] ?? {};
    const isComputed = limitCents !== undefined && usedCents !== undefined;
    const computed = isComputed ? Math.max(0, limitCents - usedCents) : undefined;
    if (remainingCents === undefined && computed === undefined) return limitCents ?? Number.POSITIVE_INFINITY;
    return Math.max(remainingCents ?? 0, computed ?? 0);
  };
  if (accumulator?.structure === 'individual') return room('individual');
  return accumulator?.structure === 'aggregate' ? room('family') : Math.min(room('individual'), room('family'));
}

function matches({ appliesTo, setting }: CostShareRule, { code, kind }: Line, day: Day): boolean {
  if (setting !== undefined && setting !== day.setting) return false;
  return appliesTo === 'any' || appliesTo.some((one) => one === code || one === kind);
}

function isActiveOn(active: EstimateCase['coverages'][number]['active'], date: CivilDate | undefined): boolean {
  return date !== undefined && active.some(({ from, to }) => from <= date && (to === undefined || date <= to));
}

function shareOf({ deductibleCents, copayCents, coinsuranceCents }: Line): number {
  return deductibleCents + copayCents + coinsuranceCents;
}

function linesOf({ days }: Estimate): Line[] {
  return days.flatMap(({ lines }) => lines);
}

function withoutWords(days: readonly Day[]): Omit<Line, 'why'>[][] {
  return days.map(({ lines }) => lines.map(({ why: _, ...line }) => line));
}

function owedFor(changed: EstimateCase): number {
  return sum(workedChanged(changed).days, ({ patientCents }) => patientCents);
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

function firstOf<T>(items: readonly T[], broken: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = broken(item);
    if (found) return found;
  }
  return undefined;
}

function differ(a: unknown, b: unknown): string | undefined {
  return complainUnless(JSON.stringify(a) === JSON.stringify(b), 'they differ', { a, b });
}

function complainUnless(isSound: boolean, complaint: string, found: unknown): string | undefined {
  return isSound ? undefined : `${complaint}: ${JSON.stringify(found)}`;
}
