import { DelayedError, type Job } from 'bullmq';

/** What a job's run ended in (`STYLE.md`: outcomes are values). Anything thrown is a bug and spends an attempt. */
export type JobOutcome = { kind: 'done' } | { kind: 'later'; afterMs: number };

/** The one place where outcomes become BullMQ's moves. A wait spends no attempt. */
export async function applyOutcome(outcome: JobOutcome, job: Job, token: string | undefined, now: Date): Promise<void> {
  if (outcome.kind === 'done') return;
  await job.moveToDelayed(now.getTime() + Math.max(outcome.afterMs, 1), token);
  throw new DelayedError();
}

/** True when a further failure would be the last one that the queue tries again after. */
export function isLastAttempt(job: Job): boolean {
  return job.attemptsMade + 1 >= (job.opts.attempts ?? 1);
}
