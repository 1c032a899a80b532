import { programDaysOf } from '@openvob/estimate';
import { type Ground, nextRecheck, recheckInstant, type Transition } from '@openvob/verification';
import type { FacilityTransaction } from '../database';
import type { VerificationRow } from '../entities';
import { facilityRow } from './facility-directory';

/** What a round came to, and what it was drawn from. */
export interface Concluded {
  readonly transition: Pick<Transition, 'to' | 'conclusion'>;
  /** Not there where no payer was asked. */
  readonly ground?: Ground | undefined;
  readonly today: string;
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
  { id }: Pick<VerificationRow, 'id'>,
  { transition, ground, today, recheckOn }: Concluded,
): Promise<typeof nothingPlanned> {
  if (!ground) return nothingPlanned;
  const { to, conclusion } = transition;
  const facility = await facilityRow(tx);
  const assumed = conclusion?.basis?.assumptions ?? [];
  const plan = nextRecheck({
    to,
    today,
    startDate: ground.startDate,
    lastDay: lastDayOf(ground, conclusion),
    isElectronic: ground.outcomes[0].kind !== 'by_phone',
    estimateCase: conclusion?.estimateCase,
    named: recheckOn
      ? { on: recheckOn, askedForToday: assumed.some(({ code }) => code === 'asked_for_today') }
      : undefined,
    daysBeforeReset: facility.recheckDaysBeforeReset,
  });
  if (!plan) return nothingPlanned;
  const { timeZone, recheckFromMinute: fromMinute, recheckUntilMinute: untilMinute } = facility;
  return {
    nextRecheckAt: recheckInstant(plan.on, { timeZone, fromMinute, untilMinute }, id),
    nextRecheckBecause: plan.because,
  };
}

/** Attendance may have drawn the program out beyond its plan. */
function lastDayOf({ plan, startDate }: Ground, conclusion: Transition['conclusion']): string {
  const estimated = conclusion?.estimate?.days.at(-1)?.date ?? startDate;
  const planned = programDaysOf(plan, startDate).at(-1) ?? startDate;
  return estimated > planned ? estimated : planned;
}
