import type { CivilDate } from '@openvob/benefits';

/** The days that decide which one a payer is asked about. */
export interface RoundDays {
  readonly round: number;
  /** The day on which the program begins, or is taken to. */
  readonly begins: CivilDate;
  readonly lastDay: CivilDate;
  readonly today: CivilDate;
}

/**
 * The day that a payer is asked about: the admission, and once the program is under way, today. Whoever asks again on the first of January about
 * somebody who began in December wants to know of January.
 */
export function askedDate({ round, begins, lastDay, today }: RoundDays): CivilDate {
  return round > 1 && begins < today && today <= lastDay ? today : begins;
}
