import type { CivilDate } from '@openvob/benefits';
import { errorFields } from '@openvob/platform';
import { draw, type Ground } from './ground';
import { type LeaseParts, Leases } from './lease';
import { PayerInquiries, type PayerInquiriesParts } from './payer-inquiries';
import { type Claim, type ClaimResult, suspectFrom, type Transition, type VerifyTarget } from './ports';
import type { Recorded } from './recorded';
import { Round, type RoundResult } from './round';

/** What a run ended in, for the queue: finished, or look again later (which spends no attempt). */
export type RunOutcome = { kind: 'done' } | { kind: 'later'; afterMs: number };

export interface RunnerParts extends PayerInquiriesParts, LeaseParts {
  /** Names this process in claims. */
  holder: string;
}

/** After so many crashes in a row nobody tries again by itself. */
const crashesToSetAside = 3;
const suspectWaitMs = 2000;

/** One job: take a verification from where it stands to where it must wait or rest. */
export class Runner {
  private runs = 0;
  /** The one under way that is suspected of crashing its process. */
  private suspect: string | undefined;
  private readonly round: Round;
  private readonly leases: Leases;

  constructor(private readonly parts: RunnerParts) {
    const { store, directory, adapters, clock } = parts;
    this.leases = new Leases(parts);
    this.round = new Round({ store, directory, adapters, clock, inquiries: new PayerInquiries(parts) });
  }

  /** @throws only on a bug or a lost database; the queue then tries again */
  async run(job: VerifyTarget, signal: AbortSignal): Promise<RunOutcome> {
    const claimed = await this.claim(job);
    if (claimed.kind === 'nothing_to_do') return { kind: 'done' };
    if (claimed.kind === 'later') return claimed;
    const { claim, holder } = claimed;
    if (claim.crashes >= crashesToSetAside) return this.giveUpCrashing(claim);
    const leave = this.enter(claim);
    const lease = this.leases.keep(claim.fence, holder, signal);
    let isHeld = true;
    try {
      if (!leave) return { kind: 'later', afterMs: suspectWaitMs };
      const result = await this.round.advance(claim, lease.signal);
      // Told to stop in the middle of an exchange: the row keeps its state, and whoever takes over resumes it.
      if (signal.aborted) return { kind: 'later', afterMs: 0 };
      const outcome = await this.take(claim, result);
      isHeld = false;
      return outcome;
    } finally {
      leave?.();
      await lease.end(isHeld);
    }
  }

  /** One that is suspected of crashing processes runs beside no other such one; undefined when it is not its turn. */
  private enter({ crashes, fence }: Claim): (() => void) | undefined {
    if (crashes < suspectFrom) return () => undefined;
    if (this.suspect !== undefined) return undefined;
    this.suspect = fence.verificationId;
    return () => {
      this.suspect = undefined;
    };
  }

  /** It took its process down again and again: it rests until somebody asks again, and operations are told. */
  private async giveUpCrashing(claim: Claim): Promise<RunOutcome> {
    const { verificationId, facilityId } = claim.fence;
    this.parts.log.error('verification.set_aside', { verificationId, facilityId, crashes: claim.crashes });
    await this.settle(claim, gaveUp(claim, 'set_aside'));
    return { kind: 'done' };
  }

  /** A verification that failed again and again for a reason of ours is given to a person; never turned into an answer. */
  async setAside(job: VerifyTarget): Promise<void> {
    const claimed = await this.claim(job);
    if (claimed.kind !== 'claimed') return;
    await this.settle(claimed.claim, gaveUp(claimed.claim, 'internal_error'));
  }

  private async claim(
    job: VerifyTarget,
  ): Promise<Exclude<ClaimResult, { kind: 'claimed' }> | { kind: 'claimed'; claim: Claim; holder: string }> {
    this.runs += 1;
    const holder = `${this.parts.holder}-${this.runs}`;
    const by = { holder, takesSuspects: this.suspect === undefined };
    const result = await this.parts.store.claim(job, by, this.parts.clock.now());
    return result.kind === 'claimed' ? { ...result, holder } : result;
  }

  /** Moves a verification as its round came out; what was recorded meanwhile is taken in. */
  private async take(claim: Claim, result: RoundResult): Promise<RunOutcome> {
    if (result.kind === 'superseded') return { kind: 'done' };
    if (result.kind === 'moves')
      return outcomeOf(result.transition, (await this.settle(claim, result.transition)) === true);
    const { facilityId, verificationId } = claim.fence;
    for (let { recorded } = claim; ; recorded = await this.parts.store.recorded(facilityId, verificationId)) {
      const transition = { ...drawn(result.ground, recorded, result.today), ...result.known };
      const moved = await this.settle(claim, transition);
      if (moved !== 'recorded_meanwhile') return outcomeOf(transition, moved);
    }
  }

  private async settle({ fence, round, lane }: Claim, transition: Transition): Promise<boolean | 'recorded_meanwhile'> {
    const { store, clock, log } = this.parts;
    const moved = await store.move(fence, transition, clock.now());
    if (moved === 'recorded_meanwhile') return moved;
    const { verificationId, facilityId } = fence;
    const { to, reason, waitsForConnection } = transition;
    const move = { verificationId, facilityId, round, from: 'asking_payer', to, reason };
    log.info(moved ? 'verification.moved' : 'verification.superseded', move);
    // Of bulk work there are thousands: upkeep sees to a slot that one of them missed.
    if (moved && waitsForConnection && lane !== 'bulk') await this.lookOnceMore(waitsForConnection);
    return moved;
  }

  /** A slot may have become free between the refusal and the beginning of the wait; nobody would wake it for that one. */
  private async lookOnceMore(connectionId: string): Promise<void> {
    const { pacing, clock, log } = this.parts;
    await pacing
      .handOver(connectionId, clock.now())
      .catch((error: unknown) => log.warn('pacing.not_handed_over', { connectionId, ...errorFields(error) }));
  }
}

/** Found by its payer still, so that it can be asked again once the fault is mended. */
function gaveUp({ history }: Claim, reason: 'set_aside' | 'internal_error'): Transition {
  const first = history.find(({ coveragePosition }) => coveragePosition === 0) ?? history[0];
  return { event: 'gave_up', to: 'failed', reason, needs: [], ...(first ? { payerId: first.payerId } : {}) };
}

/** The conclusion from this ground and from what was recorded, with what it was drawn from. */
function drawn(ground: Ground, recorded: Recorded, today: CivilDate): Transition {
  return { ...draw(ground, recorded, today), drawnFrom: { ground, recordedVersion: recorded.version, today } };
}

/** Who waits for a slot is woken by whoever frees one, with a job of its own. */
function outcomeOf({ lookAgainAfterMs, waitsForConnection }: Transition, moved: boolean): RunOutcome {
  if (!moved || lookAgainAfterMs === undefined || waitsForConnection) return { kind: 'done' };
  return { kind: 'later', afterMs: lookAgainAfterMs };
}
