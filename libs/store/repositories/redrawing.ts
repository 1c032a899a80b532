import type { FieldCipher } from '@openvob/platform';
import {
  draw,
  type EventKind,
  type Ground,
  next,
  type Recorded,
  type Status,
  type Transition,
} from '@openvob/verification';
import type { FacilityTransaction } from '../database';
import { VerificationRow } from '../entities';
import { writeAudit } from './audit';
import { readGround } from './grounds';
import { recheckColumns } from './recheck-plan';
import type { RecordReader } from './record-reader';
import { redrawEarlier } from './redrawn-earlier';
import { readResult, writeResult } from './results';
import type { Target } from './verification-actions';
import { updateGuarded } from './verification-runs';

type GoodUntil = Pick<VerificationRow, 'goodUntil' | 'goodUntilBecause'>;

/** A run that is under way takes the record along itself before it moves on. */
const underWay: readonly string[] = ['received', 'queued', 'asking_payer'];

/** Draws the conclusion again from what it was drawn from, with everything that was recorded by now, behind the lock of the row. */
export class Redrawing {
  constructor(
    private readonly cipher: FieldCipher,
    private readonly records: RecordReader,
  ) {}

  async redraw(tx: FacilityTransaction, row: VerificationRow, target: Target, today: string): Promise<void> {
    if (underWay.includes(row.status)) return;
    const recorded = await this.records.all(tx, row.id);
    const ground = await readGround(tx, this.cipher, row.id, row.round);
    const drawn = ground && draw(ground, recorded, today);
    if (ground && drawn && (drawn.conclusion || (await readResult(tx, this.cipher, row.id, row.round)))) {
      await this.apply(tx, row, target, drawn, { ground, today, until: goodUntilOf(drawn) });
      await writeResult(tx, this.cipher, { row, conclusion: drawn.conclusion ?? {}, now: target.now });
      return;
    }
    const { goodUntil, goodUntilBecause } = row;
    const until = await this.earlierGoodUntil(tx, row, recorded, today);
    if (ground && drawn) {
      await this.apply(tx, row, target, drawn, { ground, today, until: until ?? { goodUntil, goodUntilBecause } });
    } else if (until) {
      await updateGuarded(tx, row, { ...until, updatedAt: target.now });
      await tellMove(tx, row, target, { to: row.status as Status, event: 'recorded', reason: undefined });
    }
  }

  /** How long the last good answer is good, drawn again; a record makes none good that no longer is. */
  private async earlierGoodUntil(
    tx: FacilityTransaction,
    row: VerificationRow,
    recorded: Recorded,
    today: string,
  ): Promise<GoodUntil | undefined> {
    const drawn = await redrawEarlier(tx, this.cipher, row, { recorded, today });
    if (!drawn) return undefined;
    return row.goodUntil === null ? { goodUntil: null, goodUntilBecause: null } : goodUntilOf(drawn);
  }

  /** Moves the row where the lifecycle lets a record move it. */
  private async apply(
    tx: FacilityTransaction,
    row: VerificationRow,
    target: Target,
    drawn: Transition,
    { until, ...from }: { ground: Ground; today: string; until: GoodUntil },
  ): Promise<void> {
    const { event, to } = moveOf(row.status as Status, drawn.to);
    const isWaiting = to === 'waiting_for_payer';
    const { conclusion } = drawn;
    const reason = drawn.to === to ? drawn.reason : (row.reason ?? undefined);
    const plan = await recheckColumns(tx, this.cipher, row, {
      ...from,
      now: target.now,
      transition: { to, ...(reason ? { reason } : {}), ...(conclusion ? { conclusion } : {}) },
      recheckOn: row.recheckOn,
    });
    await updateGuarded(tx, row, {
      status: to,
      reason: reason ?? null,
      needs: drawn.needs,
      ...until,
      updatedAt: target.now,
      ...plan,
      ...(row.status === 'waiting_for_payer' && !isWaiting ? { nextLookAt: null, waitingForConnection: null } : {}),
    });
    await tellMove(tx, row, target, { to, event, reason: drawn.reason });
  }
}

async function tellMove(
  tx: FacilityTransaction,
  { id, status: from, round }: VerificationRow,
  { actor, now }: Target,
  { to, event, reason }: { to: Status; event: EventKind; reason: string | undefined },
): Promise<void> {
  const detail = { from, to, event, reason, round };
  await writeAudit(tx, { actor, action: 'verification.moved', subjectId: id, detail }, now);
}

function goodUntilOf({ goodUntil }: Transition): GoodUntil {
  return { goodUntil: goodUntil?.date ?? null, goodUntilBecause: goodUntil?.because ?? null };
}

/** Where a record leads; where the lifecycle has no such move it stays. */
function moveOf(from: Status, drawn: Status): { event: EventKind; to: Status } {
  const event = drawn === from ? 'recorded' : eventOf(drawn);
  const to = next(from, event);
  return to ? { event, to } : { event: 'recorded', to: from };
}

function eventOf(drawn: Status): EventKind {
  if (drawn === 'verified') return 'record_settled';
  return drawn === 'inactive' ? 'record_inactive' : 'record_left_open';
}
