import { type Cents, type CivilDate, daysBetween, formatUsd } from '@openvob/benefits';
import type { ChangeAssumptionCode } from './change-assumption';
import type { Start, SweptStart } from './sweep-starts';

/** A start date from which the same care costs the patient at least a tenth less. */
export interface BetterStart {
  readonly startDate: CivilDate;
  readonly insteadOf: CivilDate;
  readonly likelyCents: Cents;
  readonly savingCents: Cents;
  /** For the coordinator. */
  readonly text: string;
}

/** Makes a later year look cheaper than it will be: a saving that rests on it is none. */
const FLATTERING: ChangeAssumptionCode = 'limits_not_stated_later';
/** May make a later year look cheaper than it is: a saving that rests on it is given with what to ask. */
const DOUBTFUL: ChangeAssumptionCode = 'deductible_at_least_what_is_left';
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/**
 * The start that costs least by the likely figures, when it saves 10 % or more of what the chosen one costs; of equal ones the
 * nearest to it. Only starts with at least as many program days and each service as often count, and none in a later year whose limits of days
 * or dollars were not stated.
 *
 * @example
 * betterStart(sweepStarts(given, '2026-12-14', '2027-01-08'), '2026-12-14')?.text
 * // 'Start on 4 January 2027 instead of 14 December 2026: $1,450.00 less. …'
 */
export function betterStart(starts: readonly Start[], chosen: CivilDate): BetterStart | undefined {
  const priced = starts.flatMap(pricedStart);
  const now = priced.find(({ startDate }) => startDate === chosen);
  if (!now) return undefined;
  const candidates = priced.filter((start) => isSameCare(start, now) && !isFlattered(start));
  const [best] = candidates.sort((a, b) => a.likelyCents - b.likelyCents || waitOf(a, now) - waitOf(b, now));
  const savingCents = now.likelyCents - (best?.likelyCents ?? now.likelyCents);
  if (!best || savingCents <= 0 || 10 * savingCents < now.likelyCents) return undefined;
  const { startDate, likelyCents } = best;
  return { startDate, insteadOf: chosen, likelyCents, savingCents, text: adviceText(best, chosen, savingCents) };
}

interface PricedStart extends SweptStart {
  readonly likelyCents: Cents;
}

function pricedStart(start: Start): PricedStart[] {
  if (start.kind !== 'worked_out' || start.total.likelyCents === undefined) return [];
  return [{ ...start, likelyCents: start.total.likelyCents }];
}

/** At least as many program days, and each service at least as often. */
function isSameCare(start: SweptStart, now: SweptStart): boolean {
  if (start.programDays < now.programDays) return false;
  return Object.entries(now.services).every(([code, times]) => (start.services[code] ?? 0) >= times);
}

function isFlattered({ assumptions }: SweptStart): boolean {
  return assumptions.some(({ code }) => code === FLATTERING);
}

function waitOf({ startDate }: SweptStart, now: SweptStart): number {
  return Math.abs(daysBetween(now.startDate, startDate));
}

/** Care comes before cost: whoever would wait is told to ask. */
function adviceText({ startDate, assumptions }: SweptStart, chosen: CivilDate, savingCents: Cents): string {
  const isDoubtful = assumptions.some(({ code }) => code === DOUBTFUL);
  return [
    `Start on ${longDate(startDate)} instead of ${longDate(chosen)}: ${formatUsd(savingCents)} less.`,
    ...(isDoubtful ? ['Ask for the full deductible of the later year: it was not stated.'] : []),
    ...(startDate > chosen ? ['Whether waiting is safe is for a clinician to say.'] : []),
  ].join(' ');
}

function longDate(date: CivilDate): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${day} ${MONTHS[(month ?? 1) - 1]} ${year}`;
}
