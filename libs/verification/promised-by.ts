/** What was measured of the way to a payer. */
export interface MeasuredWay {
  /** Of late exchanges that it answered, milliseconds, in any order. */
  readonly durationsMs: readonly number[];
  /** Inquiries that one verification took lately, on average. */
  readonly inquiriesEach: number;
  readonly inFlight: number;
  readonly maxInFlight: number;
  readonly perMinute?: number | undefined;
  /** Verifications that wait for it, and come first. */
  readonly ahead: number;
}

/** The lane that a verification waits in before anybody looks at it. */
export interface MeasuredLane {
  /** Verifications that were put in it before. */
  readonly ahead: number;
  /** So many are looked at at once, by all workers together; 0: nobody is there. */
  readonly atOnce: number;
}

export interface Waiting {
  readonly now: Date;
  /** Since when the payer has been asked, where it is being asked. */
  readonly askedSince?: Date | undefined;
  /** Nothing happens before: the payer is given time, or bulk work leaves it alone. */
  readonly notBefore?: Date | undefined;
}

/** Fewer exchanges are no measure. */
const leastMeasured = 5;

/** Whether there is enough of it to promise anything by. */
export function isMeasured({ durationsMs }: Pick<MeasuredWay, 'durationsMs'>): boolean {
  return durationsMs.length >= leastMeasured;
}

const share = 0.9;

/**
 * By when nine of ten such verifications have their answer: the payer's own times of late, what waits before it, its slots and its rate. Of one that is
 * being asked already only those exchanges count that took as long as it has.
 *
 * @returns undefined where nothing was measured, nobody works, or it takes longer than anything that was measured
 */
export function promisedBy(way: MeasuredWay, lane: MeasuredLane, waiting: Waiting): Date | undefined {
  const { now, askedSince, notBefore } = waiting;
  if (!isMeasured(way) || lane.atOnce === 0) return undefined;
  const times = way.durationsMs.map((ms) => ms * Math.max(1, way.inquiriesEach)).sort((a, b) => a - b);
  if (askedSince) {
    const elapsed = now.getTime() - askedSince.getTime();
    const left = times.filter((ms) => ms > elapsed);
    return left.length === 0 ? undefined : new Date(askedSince.getTime() + quantile(left));
  }
  const begins = Math.max(now.getTime(), notBefore?.getTime() ?? 0);
  const median = times[Math.floor(times.length / 2)] ?? 0;
  const inLane = Math.floor(lane.ahead / lane.atOnce) * median;
  return new Date(begins + inLane + turnMs(way, median) + quantile(times));
}

/** How long until it is its turn at the payer: slots that others hold, and the rate that was agreed. */
function turnMs({ inFlight, maxInFlight, ahead, perMinute, inquiriesEach }: MeasuredWay, medianMs: number): number {
  const bySlots = Math.floor((inFlight + ahead) / maxInFlight) * medianMs;
  const byRate = perMinute === undefined ? 0 : ((ahead * Math.max(1, inquiriesEach)) / perMinute) * 60_000;
  return Math.max(bySlots, byRate);
}

/** @param sorted ascending, at least one */
function quantile(sorted: readonly number[]): number {
  return sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
}

/**
 * Whether an answer may come too late: it is promised for later than it is needed; or nothing can be promised of a payer that is waited for; or the time has
 * passed.
 */
export function isAtRisk(
  neededBy: Date | undefined,
  promised: Date | undefined,
  { now, isWaiting }: { now: Date; isWaiting: boolean },
): boolean {
  if (neededBy === undefined) return false;
  return neededBy <= now || (promised ? promised > neededBy : isWaiting);
}
