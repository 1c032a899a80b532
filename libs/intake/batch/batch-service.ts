import { createHash } from 'node:crypto';
import { type Clock, errorFields, type Log, Problem, type ProblemField, todayIn } from '@openvob/platform';
import type {
  Actor,
  JudgedRow,
  OpenBatch,
  RowOutcome,
  StagedRow,
  TakenIn,
  VerificationBatches,
  VerificationIntake,
} from '@openvob/store';
import type { KnownPayers } from '../intake-service';
import { readRequest } from '../read-request';
import { type KnownReferences, rememberingReferences, unknownReferences } from '../references';
import { FileLines, FileTooLarge, mostFileBytes } from './file-lines';
import { problemOfRow, withColumns } from './row-problem';
import { type BatchFormat, mostRows, stagedRows } from './staged-rows';

export interface BatchQueue {
  enqueueBulk(facilityId: string, due: readonly TakenIn[]): Promise<void>;
}

export interface BatchParts {
  batches: VerificationBatches;
  intake: VerificationIntake;
  payers: KnownPayers;
  queue: BatchQueue;
  clock: Clock;
  log: Log;
}

/** A file of requests on its way in. */
export interface ComingBatch {
  facilityId: string;
  actor: Actor;
  idempotencyKey: string | undefined;
  format: BatchFormat;
  chunks: AsyncIterable<Uint8Array>;
}

const longestKey = 255;
/** Rows kept, and rows taken in, in one transaction. */
const stagedAtOnce = 200;
const takenInAtOnce = 100;
const waitForOtherMs = 500;

/** Takes in files of requests: each row is a request of its own, and one that is broken does not keep the others. */
export class BatchService {
  private stopped = false;

  constructor(private readonly parts: BatchParts) {}

  /** Takes no more rows in; answers under way break off, as they would if the process died. */
  stop(): void {
    this.stopped = true;
  }

  /**
   * Keeps the whole file before any row of it is taken in; memory holds a few hundred rows at most.
   *
   * @throws Problem `idempotency_key_missing`, `in_progress`, `idempotency_key_reused`, `body_too_large`, `validation_failed`
   */
  async receive(coming: ComingBatch): Promise<OpenBatch> {
    const { batches, clock } = this.parts;
    const { facilityId, actor, format, chunks } = coming;
    const opened = await batches.open({ facilityId, actor, keyHash: keyHashOf(coming), format, now: clock.now() });
    if (opened.kind === 'in_progress') throw new Problem('in_progress', { retryAfterSeconds: 5 });
    const batch = { facilityId, batchId: opened.id };
    const file = new FileLines(chunks);
    if (opened.kind === 'repeated') {
      await this.drained(file);
      if (!bodyHashOf(file, format).equals(opened.bodyHash)) throw new Problem('idempotency_key_reused');
      return batch;
    }
    await this.keep(batch, file, format);
    return batch;
  }

  /**
   * What the rows came to, in their order; takes in those that nobody has taken in yet, on and on until none is left.
   *
   * @throws Problem `unavailable` when the process stops
   */
  async *outcomes(batch: OpenBatch): AsyncGenerator<RowOutcome[]> {
    const { batches } = this.parts;
    let held = await this.begin(batch);
    let after = 0;
    try {
      for (let finished = false; !finished; ) {
        if (this.stopped) throw new Problem('unavailable');
        finished = held ? await this.takeInNext(held) : await batches.isFinished(batch);
        for (let known = await batches.outcomes(batch, after, stagedAtOnce); known.length > 0; ) {
          yield known;
          after = known.at(-1)?.row ?? after;
          known = await batches.outcomes(batch, after, stagedAtOnce);
        }
        if (held || finished) continue;
        // Somebody else takes the rows in: that one is followed, and taken over from when it falls silent.
        await new Promise((resolve) => setTimeout(resolve, waitForOtherMs));
        held = await this.begin(batch);
      }
    } finally {
      if (held) await batches.release(batch);
    }
  }

  /** Goes on with batches that nobody goes on with, e.g. since a process died. */
  async resume(): Promise<void> {
    const { batches, clock, log } = this.parts;
    for (const batch of await batches.left(clock.now(), 10)) {
      log.info('batch.resumed', { facilityId: batch.facilityId, batchId: batch.batchId });
      for await (const rows of this.outcomes(batch)) void rows;
    }
  }

  private async drained(file: FileLines): Promise<void> {
    try {
      for await (const line of file.lines()) void line;
    } catch (error) {
      throw error instanceof FileTooLarge ? tooLarge() : error;
    }
  }

  /** A file that cannot be used leaves nothing behind; the rest of it is read all the same, so that the answer arrives. */
  private async keep(batch: OpenBatch, file: FileLines, format: BatchFormat): Promise<void> {
    const { batches, clock } = this.parts;
    try {
      const lines = file.lines();
      const fault = await this.stage(batch, stagedRows(unclosed(lines), format));
      for await (const line of lines) void line;
      if (fault) throw fault;
      await batches.received(batch, bodyHashOf(file, format), clock.now());
    } catch (error) {
      await batches.discard(batch);
      throw error instanceof FileTooLarge ? tooLarge() : error;
    }
  }

  private async stage(batch: OpenBatch, rows: AsyncIterable<StagedRow>): Promise<Problem | undefined> {
    const { batches, clock } = this.parts;
    let [held, count]: [StagedRow[], number] = [[], 0];
    try {
      for await (const row of rows) {
        held.push(row);
        count += 1;
        if (held.length < stagedAtOnce) continue;
        await batches.stage(batch, held, clock.now());
        held = [];
      }
    } catch (error) {
      if (error instanceof Problem) return error;
      throw error;
    }
    if (held.length > 0) await batches.stage(batch, held, clock.now());
    return count > 0 ? undefined : new Problem('validation_failed', { fields: [noRows] });
  }

  private async begin(batch: OpenBatch): Promise<TakingIn | undefined> {
    const { batches, intake, payers, clock } = this.parts;
    const format = await batches.claim(batch, clock.now());
    if (!format) return undefined;
    const { facilityId } = batch;
    const { timeZone } = await intake.facility(facilityId);
    const known = rememberingReferences({
      program: (id) => intake.hasProgram(facilityId, id),
      payer: async (id) => (await payers.byId(id)) !== undefined,
    });
    return { batch, format, known, today: todayIn(timeZone, clock.now()) };
  }

  /** @returns true when no row was left */
  private async takeInNext(taking: TakingIn): Promise<boolean> {
    const { batches, clock } = this.parts;
    const { batch } = taking;
    const open = await batches.openRows(batch, takenInAtOnce);
    if (open.length === 0) {
      await batches.finish(batch, clock.now());
      return true;
    }
    const judged: JudgedRow[] = [];
    for (const row of open) judged.push(await this.judge(taking, row));
    await this.enqueue(batch, await this.takenIn(batch, judged));
    return false;
  }

  /** Should rows fail together, each is tried by itself, so that one does not keep the others. */
  private async takenIn(batch: OpenBatch, judged: readonly JudgedRow[]): Promise<TakenIn[]> {
    const { batches, clock, log } = this.parts;
    try {
      return await batches.takeIn(batch, judged, clock.now());
    } catch (error) {
      const [only] = judged;
      if (!only) throw error;
      log.warn('batch.rows_not_taken_in', { batchId: batch.batchId, rows: judged.length, ...errorFields(error) });
      if (judged.length === 1)
        return batches.takeIn(batch, [{ row: only.row, problem: problemOfRow('internal_error') }], clock.now());
      const taken: TakenIn[] = [];
      for (const one of judged) taken.push(...(await this.takenIn(batch, [one])));
      return taken;
    }
  }

  private async enqueue({ facilityId, batchId }: OpenBatch, taken: readonly TakenIn[]): Promise<void> {
    try {
      await this.parts.queue.enqueueBulk(facilityId, taken);
    } catch (error) {
      this.parts.log.warn('batch.not_enqueued', { batchId, rows: taken.length, ...errorFields(error) });
    }
  }

  private async judge(
    { known, today, format }: TakingIn,
    { row, body }: { row: number; body: string },
  ): Promise<JudgedRow> {
    const json = parsed(body);
    if (!json) return { row, problem: problemOfRow('unparsable_body') };
    const { request, missing, unusable } = readRequest(json.value, today);
    const faults = [...missing, ...unusable];
    const told = (fields: readonly ProblemField[]): readonly ProblemField[] =>
      format === 'csv' ? withColumns(fields) : fields;
    if (faults.length > 0) return { row, problem: problemOfRow('validation_failed', told(faults)) };
    const unknown = await unknownReferences(known, request);
    const [first] = unknown;
    if (first) return { row, problem: problemOfRow(first.code as 'unknown_program' | 'unknown_payer', told(unknown)) };
    return { row, request, priority: request.priority ?? 'routine' };
  }
}

/** A batch whose rows this process takes in. */
interface TakingIn {
  batch: OpenBatch;
  format: BatchFormat;
  known: KnownReferences;
  today: string;
}

const noRows: ProblemField = { pointer: '', code: 'too_few', detail: 'has no rows' };

function tooLarge(): Problem {
  return new Problem('body_too_large', {
    detail: `A file may have ${mostRows} rows and ${mostFileBytes / 1024 / 1024} MB at most.`,
  });
}

function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    // The row is named; what stands in it is not repeated.
    return undefined;
  }
}

/** Leaving it early does not close what it runs over. */
function unclosed<T>(items: AsyncIterator<T>): AsyncIterable<T> {
  return { [Symbol.asyncIterator]: () => ({ next: () => items.next() }) };
}

function keyHashOf({ idempotencyKey }: ComingBatch): Buffer {
  if (idempotencyKey && idempotencyKey.length <= longestKey) return sha256(idempotencyKey);
  const detail = idempotencyKey
    ? `It may have ${longestKey} characters at most.`
    : 'Send a fresh one, such as a UUID, with each new file.';
  throw new Problem('idempotency_key_missing', { detail });
}

/** The same bytes read as another format are another file. */
function bodyHashOf(file: FileLines, format: BatchFormat): Buffer {
  return createHash('sha256').update(format).update(file.digest()).digest();
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
