import { programDaysOf } from '@openvob/estimate';
import { type FieldCipher, todayIn } from '@openvob/platform';
import { type Conclusion, type Ground, nextRecheck, recheckInstant, type Transition } from '@openvob/verification';
import type { FacilityTransaction } from '../database';
import type { VerificationRow } from '../entities';
import { facilityRow } from './facility-directory';
import { readGround } from './grounds';
import { readEarlierResult } from './results';

/** What a round came to, and what it was drawn from. */
export interface Concluded {
  readonly transition: Pick<Transition, 'to' | 'reason' | 'conclusion'>;
  /** Not there where no payer was asked. */
  readonly ground?: Ground | undefined;
  /** The facility's day on which it was drawn; left out where nothing was, it is that of `now`. */
  readonly today?: string | undefined;
  readonly now: Date;
  /** A day on which the round itself wants to ask again. */
  readonly recheckOn: string | null;
}

const nothingPlanned: Pick<VerificationRow, 'nextRecheckAt' | 'nextRecheckBecause'> = {
  nextRecheckAt: null,
  nextRecheckBecause: null,
};

/** When the row is to be asked about again by itself. The row is all that says so: what is lost of the queue is lost of no re-check. */
export async function recheckColumns(
  tx: FacilityTransaction,
  cipher: FieldCipher,
  row: Pick<VerificationRow, 'id' | 'round' | 'subjectChangedAt'>,
  concluded: Concluded,
): Promise<typeof nothingPlanned> {
  const earlier = await earlierAnswer(tx, cipher, row, concluded.transition);
  const ground = concluded.ground ?? earlier?.ground;
  if (!ground) return nothingPlanned;
  const { transition, recheckOn } = concluded;
  const conclusion = transition.conclusion ?? earlier?.conclusion;
  const facility = await facilityRow(tx);
  const { timeZone, recheckFromMinute: fromMinute, recheckUntilMinute: untilMinute } = facility;
  const { today = todayIn(timeZone, concluded.now) } = concluded;
  const assumed = conclusion?.basis?.assumptions ?? [];
  const plan = nextRecheck({
    to: transition.to,
    today,
    startDate: ground.startDate,
    lastDay: lastDayOf(ground, conclusion),
    isElectronic: ground.outcomes.some(({ kind }) => kind !== 'by_phone'),
    hasEarlierAnswer: earlier !== undefined,
    estimateCase: conclusion?.estimateCase,
    named: recheckOn
      ? { on: recheckOn, askedForToday: assumed.some(({ code }) => code === 'asked_for_today') }
      : undefined,
    daysBeforeReset: facility.recheckDaysBeforeReset,
  });
  if (!plan) return nothingPlanned;
  return {
    nextRecheckAt: recheckInstant(plan.on, { timeZone, fromMinute, untilMinute }, row.id),
    nextRecheckBecause: plan.because,
  };
}

/** What a round that failed leaves as it was. One that took its process down again and again rests until somebody asks. */
async function earlierAnswer(
  tx: FacilityTransaction,
  cipher: FieldCipher,
  row: Pick<VerificationRow, 'id' | 'round' | 'subjectChangedAt'>,
  { to, reason }: Concluded['transition'],
): Promise<{ conclusion: Conclusion; ground: Ground | undefined } | undefined> {
  if (to !== 'failed' || reason === 'set_aside' || row.round === 1) return undefined;
  const earlier = await readEarlierResult(tx, cipher, row);
  if (!earlier?.conclusion.estimateCase) return undefined;
  return {
    conclusion: earlier.conclusion,
    ground: await readGround(tx, cipher, row.id, earlier.resultOf.round),
  };
}

/** Attendance may have drawn the program out beyond its plan. */
function lastDayOf({ plan, startDate }: Ground, conclusion: Transition['conclusion']): string {
  const estimated = conclusion?.estimate?.days.at(-1)?.date ?? startDate;
  const planned = programDaysOf(plan, startDate).at(-1) ?? startDate;
  return estimated > planned ? estimated : planned;
}
