import type { Adapter } from '@openvob/payers';
import type { Asked } from './asking';
import { mayHaveBeenAnswered } from './lost-reply';
import type { PayerConnection, RecordedInquiry } from './ports';
import { isParticipantUnknown, outcomeOfRejections } from './rejection-outcome';
import type { Unanswered } from './verdict';

/** A connection over which a payer answers by itself, with what speaks its protocol. */
export interface Way {
  readonly connection: PayerConnection;
  readonly adapter: Adapter;
}

/**
 * The ways over which one question may be put, the preferred first.
 *
 * @param rows what is recorded of this very question. Where an answer was had, or may have been had, the question stays with that way: it is never put
 *   over two. One whose connection proved to be set up wrongly comes last.
 */
export function orderOfWays(ways: readonly Way[], rows: readonly RecordedInquiry[]): readonly Way[] {
  const rowOf = (way: Way) => rows.find(({ connectionId }) => connectionId === way.connection.id);
  const bound = ways.filter((way) => {
    const row = rowOf(way);
    return row !== undefined && !isMisconfigured(row) && mayHaveBeenAnswered(row);
  });
  if (bound.length > 0) return bound;
  const usable = ways.filter((way) => !isMisconfigured(rowOf(way)));
  return usable.length > 0 ? usable : ways.slice(-1);
}

/** True when the next way may be tried at once: this one is paused, down, throttles us or is set up wrongly, and nobody may have answered over it. */
export function leadsOn(asked: Asked): boolean {
  switch (asked.kind) {
    case 'no_permit':
      return asked.permit.kind === 'paused' || asked.permit.kind === 'open';
    case 'unanswered':
      return asked.why === 'configuration' || (isForNow(asked.why) && !mayHaveBeenAnswered(asked.row));
    case 'answered':
      return asked.answer.kind === 'rejected' && isConfiguration(asked.answer.snapshot.rejections);
    default:
      return false;
  }
}

/** Reasons that pass by themselves; of an outage and an unknown participant the answer tells whether the question was heard. */
function isForNow(why: Unanswered['why']): boolean {
  return why === 'down' || why === 'throttled' || why === 'outage' || why === 'participant_unknown';
}

/** Of two ways that lead on, the one that is tried again soon before one that is only waited for, and both before one that operations must mend. */
export function betterOf(one: Asked | undefined, other: Asked): Asked {
  return one === undefined || hopeOf(one) < hopeOf(other) ? other : one;
}

function hopeOf(asked: Asked): number {
  if (asked.kind === 'unanswered' && isForNow(asked.why)) return 2;
  return asked.kind === 'no_permit' ? 1 : 0;
}

/** The connection of this inquiry is set up wrongly: wrong credentials, enrollment missing, payer not known. */
export function isMisconfigured(row: Partial<Pick<RecordedInquiry, 'answer' | 'state'>> | undefined): boolean {
  const answer = row?.answer;
  if (answer?.kind === 'unavailable') return answer.why === 'configuration';
  if (answer?.kind !== 'rejected' || !isConfiguration(answer.snapshot.rejections)) return false;
  // It is asked once more before it counts.
  return row?.state === 'answered' || !isParticipantUnknown(answer.snapshot.rejections);
}

function isConfiguration(rejections: Parameters<typeof outcomeOfRejections>[0]): boolean {
  return outcomeOfRejections(rejections).decisive?.class === 'configuration';
}
