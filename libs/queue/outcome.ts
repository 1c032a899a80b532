import { errorFields } from '@openvob/platform';
import { DelayedError, type Job } from 'bullmq';

/** What a job's run ended in (`STYLE.md`: outcomes are values). Anything thrown is a bug and spends an attempt. */
export type JobOutcome = { kind: 'done' } | { kind: 'later'; afterMs: number };

/** The one place where outcomes become BullMQ's moves. A wait spends no attempt; its end is told by the clock that BullMQ itself goes by. */
export async function applyOutcome(outcome: JobOutcome, job: Job, token: string | undefined): Promise<void> {
  if (outcome.kind === 'done') return;
  await job.moveToDelayed(Date.now() + Math.max(outcome.afterMs, 1), token);
  throw new DelayedError();
}

/** True when a further failure would be the last one that the queue tries again after. */
export function isLastAttempt(job: Job): boolean {
  return job.attemptsMade + 1 >= (job.opts.attempts ?? 1);
}

/**
 * What may be thrown to the queue, which keeps message and stack in plain sight: the error's name and code. A foreign error's message can
 * hold values (a database error quotes the offending row).
 */
export function failureOf(thrown: unknown): Error {
  const { error, code } = errorFields(thrown);
  const failure = new Error(code === undefined ? String(error) : `${error} ${code}`);
  failure.stack = failure.message;
  return failure;
}
