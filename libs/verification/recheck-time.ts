import type { CivilDate } from '@openvob/benefits';
import { instantOf } from '@openvob/platform';
import { bucketOf } from './recipe';

/** When a facility has its re-checks made, by its own clock: minutes since midnight. */
export interface RecheckHours {
  readonly timeZone: string;
  readonly fromMinute: number;
  /** Behind `fromMinute`, up to 1440. */
  readonly untilMinute: number;
}

/**
 * The moment of a re-check on a day: always the same for the same verification, and spread over the facility's hours, so that not all of them meet their
 * payers in one minute of the first of the month.
 */
export function recheckInstant(on: CivilDate, { timeZone, fromMinute, untilMinute }: RecheckHours, seed: string): Date {
  const seconds = bucketOf(`recheck:${seed}`) % ((untilMinute - fromMinute) * 60);
  const minute = fromMinute + Math.floor(seconds / 60);
  return new Date(instantOf(timeZone, { date: on, minute }).getTime() + (seconds % 60) * 1000);
}
