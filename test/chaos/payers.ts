import type { Measurement, MeasureOptions } from '../setup/measure';
import { type Installation, inEachInstallation, inInstallation, withServices } from '../setup/on-each-backend';
import { breakerOpensAndCloses } from './payers.breaker';
import { failingExchanges } from './payers.exchanges';
import { facilitiesShare } from './payers.facilities';
import { failingPayers } from './payers.faults';
import { frozenWorker } from './payers.frozen';
import { limitsAtPayers } from './payers.limits';
import { slowNeighbours } from './payers.neighbours';
import { mixedUpReplies } from './payers.replies';

/** What is promised about payers that fail. `scale` is 1 for the whole and less for a quick look. */
type Bar = (scale: number) => Promise<Measurement[]>;

const bars: Readonly<Record<string, Bar>> = {
  exchanges,
  faults: (scale) => inEachInstallation((where) => faults(where, scale)),
  replies: (scale) => inInstallation('PostgreSQL', (where) => replies(where, scale)),
  neighbours: (scale) => inEachInstallation((where) => neighbours(where, scale)),
  limits: (scale) => inInstallation('PostgreSQL', (where) => limits(where, scale)),
  breaker: (scale) => inInstallation('PostgreSQL', (where) => breaker(where, scale)),
  facilities: (scale) => inEachInstallation((where) => facilities(where, scale)),
  frozen: (scale) => inEachInstallation((where) => frozen(where, scale)),
};

/** Cases of each fault in the whole run; everything else grows and shrinks with it. */
const whole = 500;

/**
 * `npm run chaos -- payers [COUNT] [--only BAR,BAR]`: payers that fail in twelve ways, mix their replies up, hang, throttle and have limits; facilities
 * that share them; a worker that stands still. COUNT is 500 for the whole run.
 */
export async function run({ count = whole, only = Object.keys(bars) }: MeasureOptions): Promise<Measurement[]> {
  const unknown = only.filter((name) => !bars[name]);
  if (unknown.length > 0)
    throw new Error(`No such bar: ${unknown.join(', ')}; there are ${Object.keys(bars).join(', ')}`);
  return withServices(async () => {
    const rows: Measurement[] = [];
    for (const name of only) rows.push(...(await measured(name, count / whole)));
    return rows;
  });
}

/** A bar that could not be measured is missed, and the others are measured all the same. */
async function measured(name: string, scale: number): Promise<Measurement[]> {
  console.error(`${name} …`);
  try {
    return (await bars[name]?.(scale)) ?? [];
  } catch (error) {
    console.error(error);
    return [{ what: `${name}: could not be measured`, value: 0, unit: '', goal: 'measured', pass: false }];
  }
}

function scaled(size: number, scale: number, least: number): number {
  return Math.max(least, Math.round(size * scale));
}

/** A figure that must be 0. */
function none(what: string, value: number, unit: string): Measurement {
  return { what, value, unit, goal: '0', pass: value === 0 };
}

function atMost(what: string, value: number, unit: string, most: number): Measurement {
  return { what, value, unit, goal: `at most ${most}`, pass: value <= most };
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((all, one) => all + one, 0);
}

async function exchanges(scale: number): Promise<Measurement[]> {
  const count = scaled(500, scale, 2);
  const results = await failingExchanges({ count, timeoutMs: scale >= 1 ? 25_000 : 3_000 });
  return results.flatMap(({ adapter, ...result }) => {
    const what = (text: string): string => `12 faults × ${count} through ${adapter}: ${text}`;
    if (sum(result.misnamed) > 0) console.error(result.misnamed);
    return [
      none(what('answers that were called what they are not'), sum(result.misnamed), 'answers'),
      none(what('exchanges that outlived their deadline'), result.late, 'exchanges'),
      none(what('sockets left open'), result.socketsLeft, 'sockets'),
      none(what('places with patient data'), result.leaks.length, 'places'),
      { what: what('longest exchange'), value: result.longestMs / 1000, unit: 's' },
      atMost(what('memory, payers included'), megabytes(result.mostBytes), 'MB', 1024),
    ];
  });
}

async function faults(where: Installation, scale: number): Promise<Measurement[]> {
  const count = scaled(500, scale, 2);
  const result = await failingPayers({ ...where, count, neededAfterMs: 10_000 + count * 200 });
  const what = (text: string): string => `${where.backend}, 12 faults × ${count} through the whole path: ${text}`;
  if (sum(result.astray) > 0) console.error(result.astray);
  if (result.leaks.length > 0) console.error(result.leaks);
  return [
    none(what('not ended, or not where it has to'), sum(result.astray), 'verifications'),
    none(what('places with patient data'), result.leaks.length, 'places'),
    atMost(what('memory of the worker'), megabytes(result.workerBytes), 'MB', 512),
  ];
}

async function replies(where: Installation, scale: number): Promise<Measurement[]> {
  const verifications = scaled(5000, scale, 50);
  const result = await mixedUpReplies({ ...where, verifications, atOnce: Math.min(verifications, 1000) });
  const what = (text: string): string => `${verifications} with replies shuffled, doubled and late: ${text}`;
  if (sum(result.otherwise) > 0) console.error(result.otherwise);
  return [
    none(what('results from somebody else’s answer'), result.wrong, 'verifications'),
    none(what('ended for another reason than that'), sum(result.otherwise), 'verifications'),
    { what: what('answers turned down as another inquiry’s'), value: result.foreign, unit: 'answers' },
    { what: what('verified'), value: result.verified, unit: 'verifications' },
  ];
}

async function neighbours(where: Installation, scale: number): Promise<Measurement[]> {
  const waiting = scaled(500, scale, 20);
  const { baseline, hurt } = await slowNeighbours({ ...where, seconds: scaled(60, scale, 10), perSecond: 10, waiting });
  const what = (text: string): string => `${where.backend}, two payers hang with ${waiting} waiting for each: ${text}`;
  const against = 'all payers well';
  return [
    {
      what: what('p95 of the others'),
      value: hurt.p95Ms,
      unit: 'ms',
      against: `${Math.round(baseline.p95Ms)} ms, ${against}`,
      ratio: hurt.p95Ms / baseline.p95Ms,
      goal: 'at most 1.2x',
      pass: hurt.p95Ms <= 1.2 * baseline.p95Ms,
    },
    {
      what: what('verified a second with the others'),
      value: hurt.perSecond,
      unit: '1/s',
      against: `${baseline.perSecond.toFixed(2)}, ${against}`,
      ratio: hurt.perSecond / baseline.perSecond,
      goal: 'at least 0.95x',
      pass: hurt.perSecond >= 0.95 * baseline.perSecond,
    },
  ];
}

async function limits(where: Installation, scale: number): Promise<Measurement[]> {
  const seconds = scaled(300, scale, 20);
  const result = await limitsAtPayers({ ...where, seconds, restartEverySeconds: 8 });
  const { most, busiestMinute } = result;
  const what = (text: string): string =>
    `${seconds} s, ${result.workers} workers with ${result.restarts} restarts, ${result.inquiries} inquiries: ${text}`;
  return [
    none(what('inquiries beyond a limit'), result.violations, 'inquiries'),
    atMost(what('most in hand at the payer'), most.inHand, 'inquiries', most.allowed),
    atMost(what('most within 60 s at the payer'), busiestMinute.inquiries, 'inquiries', busiestMinute.allowed),
  ];
}

async function breaker(where: Installation, scale: number): Promise<Measurement[]> {
  const probeEveryMs = scale >= 1 ? 30_000 : 2_000;
  const result = await breakerOpensAndCloses({ ...where, probeEveryMs, probes: scale >= 1 ? 3 : 2 });
  const what = (text: string): string => `A payer goes down and comes back: ${text}`;
  return [
    atMost(what('breaker open after'), result.openedAfterMs / 1000, 's', 10),
    none(what(`probes beyond one a half-open state, of ${result.probes}`), result.crowded, 'inquiries'),
    atMost(what('breaker closed after the recovery within'), result.closedAfterMs / 1000, 's', 60),
    { what: what('backlog verified after'), value: result.drainedAfterMs / 1000, unit: 's' },
    none(what('not verified in the end'), result.requested - result.verified, 'verifications'),
    none(`${result.throttledAnswers} answers 429: failed tries counted`, result.attemptsSpentOn429, 'tries'),
  ];
}

async function facilities(where: Installation, scale: number): Promise<Measurement[]> {
  const queued = scaled(5000, scale, 200);
  const result = await facilitiesShare({ ...where, queued, few: 10 });
  const what = (text: string): string => `${where.backend}, another facility’s ${queued} queued: ${text}`;
  return [
    atMost(what('delay of ten'), Math.max(0, result.behindMs - result.aloneMs) / 1000, 's', 5),
    {
      what: what('the ten took'),
      value: result.behindMs / 1000,
      unit: 's',
      against: `${(result.aloneMs / 1000).toFixed(2)} s alone`,
    },
    { what: what('of them done meanwhile'), value: result.overtaken, unit: 'verifications' },
    { what: what('of them still to be done then'), value: result.leftOfMany, unit: 'verifications' },
  ];
}

async function frozen(where: Installation, scale: number): Promise<Measurement[]> {
  const verifications = scaled(100, scale, 10);
  const result = await frozenWorker({ ...where, verifications });
  const what = (text: string): string => `${where.backend}, a worker frozen with ${result.frozen} under way: ${text}`;
  return [
    none(what('results given twice'), result.doubled, 'verifications'),
    none(what('answers kept after the take-over'), result.staleAnswers, 'answers'),
    none(what('moves made after the take-over'), result.staleMoves, 'moves'),
    none(what('not verified in the end'), verifications - (result.rested.verified ?? 0), 'verifications'),
  ];
}

function megabytes(bytes: number): number {
  return bytes / 1024 / 1024;
}
