import type { AdmissionRequest, Priority } from '@openvob/intake';
import { type FieldCipher, newId } from '@openvob/platform';
import { IsNull, Not } from 'typeorm';
import type { Database, FacilityTransaction } from '../database';
import { BatchLineRow, BatchRow } from '../entities';
import { SealedRow } from '../sealed-row';
import { type Actor, writeAudit } from './audit';
import type { VerificationIntake } from './verification-intake';

/** A row of a file before it is taken in: the request's text, or why there is none. */
export interface StagedRow {
  row: number;
  line: number;
  body?: string;
  problem?: object;
}

/** What a row came to: a verification, or a problem. */
export interface RowOutcome {
  row: number;
  line: number;
  verificationId: string | null;
  status: string | null;
  problem: object | null;
}

/** A row whose text was read. */
export type JudgedRow = { row: number } & ({ request: AdmissionRequest; priority: Priority } | { problem: object });

export interface TakenIn {
  verificationId: string;
  createdAt: Date;
  neededBy?: Date;
}

export type Opened =
  | { kind: 'fresh'; id: string }
  /** All of it came before: it is recognised by the hash of its bytes. */
  | { kind: 'repeated'; id: string; bodyHash: Buffer }
  | { kind: 'in_progress' };

export interface OpeningBatch {
  facilityId: string;
  actor: Actor;
  keyHash: Buffer;
  format: 'csv' | 'ndjson';
  now: Date;
}

/** How far a batch is. */
export interface BatchProgress {
  id: string;
  createdAt: Date;
  receivedAt: Date | null;
  finishedAt: Date | null;
  rows: number;
  refused: number;
  byStatus: Record<string, number>;
}

export interface OpenBatch {
  facilityId: string;
  batchId: string;
}

const keyLifetimeMs = 24 * 60 * 60 * 1000;
/** Who works on a batch says so at least this often, or another one goes on with it. */
const busyMs = 20_000;

/** Files of requests: kept whole, encrypted, before the first row is taken in, so that none is taken in twice or lost. */
export class VerificationBatches {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly intake: VerificationIntake,
  ) {}

  /** Begins a batch under a key, or finds the one that was sent under it within a day. One that broke off while it came begins anew. */
  open({ facilityId, actor, keyHash, format, now }: OpeningBatch): Promise<Opened> {
    return this.database.inFacility(facilityId, async (tx) => {
      await tx.manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
        `${facilityId}:batch:${keyHash.toString('hex')}`,
      ]);
      const earlier = await tx.manager.findOneBy(BatchRow, { facilityId, keyHash });
      const known = earlier && (await this.known(tx, earlier, now));
      if (known) return known;
      const id = newId('bat', now);
      const who = { createdByKind: actor.kind, createdBy: actor.id, emergencyId: actor.emergencyId ?? null };
      const times = { createdAt: now, receivedAt: null, finishedAt: null, busyUntil: busyUntil(now) };
      await tx.manager.insert(BatchRow, { id, facilityId, keyHash, bodyHash: null, format, ...who, ...times });
      return { kind: 'fresh', id };
    });
  }

  /** Keeps rows of a batch that is coming. */
  async stage({ facilityId, batchId }: OpenBatch, rows: readonly StagedRow[], now: Date): Promise<void> {
    await this.database.inFacility(facilityId, async ({ manager }) => {
      const lines = rows.map(({ row, line, body, problem }) => ({
        batchId,
        facilityId,
        rowNumber: row,
        lineNumber: line,
        content: this.sealed(facilityId, batchId, row).seal('content', body),
        verificationId: null,
        problem: problem ?? null,
      }));
      await manager.insert(BatchLineRow, lines);
      await manager.update(BatchRow, { id: batchId }, { busyUntil: busyUntil(now) });
    });
  }

  /** What came of it is of no use. */
  async discard({ facilityId, batchId }: OpenBatch): Promise<void> {
    await this.database.inFacility(facilityId, ({ manager }) =>
      manager.delete(BatchRow, { id: batchId, receivedAt: IsNull() }),
    );
  }

  /** All of it has come: from now on every row will be taken in, whatever happens to whoever sent it. */
  received({ facilityId, batchId }: OpenBatch, bodyHash: Buffer, now: Date): Promise<void> {
    return this.database.inFacility(facilityId, async (tx) => {
      const row = await tx.manager.findOneByOrFail(BatchRow, { id: batchId });
      await tx.manager.update(BatchRow, { id: batchId }, { bodyHash, receivedAt: now, busyUntil: null });
      const rows = await tx.manager.countBy(BatchLineRow, { batchId });
      const actor = actorOf(row);
      await writeAudit(tx, { actor, action: 'batch.received', subjectId: batchId, detail: { rows } }, now);
    });
  }

  /** For one at a time: whoever goes on with the rows of a batch. @returns how they are written; undefined when there is nothing to go on with */
  claim({ facilityId, batchId }: OpenBatch, now: Date): Promise<'csv' | 'ndjson' | undefined> {
    return this.database.inFacility(facilityId, async ({ manager }) => {
      const [rows] = await manager.query<[{ format: 'csv' | 'ndjson' }[], number]>(
        `UPDATE batch SET busy_until = $2 WHERE id = $1 AND received_at IS NOT NULL AND finished_at IS NULL
           AND (busy_until IS NULL OR busy_until <= $3) RETURNING format`,
        [batchId, busyUntil(now), now],
      );
      return rows[0]?.format;
    });
  }

  isFinished({ facilityId, batchId }: OpenBatch): Promise<boolean> {
    return this.database.inFacility(facilityId, ({ manager }) =>
      manager.existsBy(BatchRow, { id: batchId, finishedAt: Not(IsNull()) }),
    );
  }

  /** Lets go of it before its end, so that another one can go on at once. */
  async release({ facilityId, batchId }: OpenBatch): Promise<void> {
    await this.database.inFacility(facilityId, ({ manager }) =>
      manager.update(BatchRow, { id: batchId }, { busyUntil: null }),
    );
  }

  /** The next rows that are not taken in yet. */
  openRows({ facilityId, batchId }: OpenBatch, most: number): Promise<{ row: number; body: string }[]> {
    return this.database.inFacility(facilityId, async ({ manager }) => {
      const rows = await manager
        .createQueryBuilder(BatchLineRow, 'line')
        .where('line.batch_id = :batchId AND line.content IS NOT NULL', { batchId })
        .orderBy('line.row_number')
        .limit(most)
        .getMany();
      return rows.map(({ rowNumber, content }) => ({
        row: rowNumber,
        body: this.sealed(facilityId, batchId, rowNumber).open('content', content) ?? '',
      }));
    });
  }

  /** Makes verifications of rows, all or none of them; a row that was taken in meanwhile is left as it is. */
  takeIn({ facilityId, batchId }: OpenBatch, judged: readonly JudgedRow[], now: Date): Promise<TakenIn[]> {
    return this.database.inFacility(facilityId, async (tx) => {
      const batch = await tx.manager.findOneByOrFail(BatchRow, { id: batchId });
      const open = await this.lockedOpen(
        tx,
        batchId,
        judged.map(({ row }) => row),
      );
      const left = judged.filter(({ row }) => open.has(row));
      const refused = left.flatMap((one) => ('problem' in one ? [{ row: one.row, problem: one.problem }] : []));
      const usable = left.flatMap((one) => ('request' in one ? [one] : []));
      const made = usable.map(({ request, priority }) => ({ actor: actorOf(batch), request, priority, batchId }));
      const ids = await this.intake.insertAll(tx, made, now);
      const came = usable.map(({ row }, index) => ({ row, verificationId: ids[index] ?? '' }));
      await close(tx, batchId, [...refused, ...came]);
      const taken = usable.map(({ request }, index) => ({
        verificationId: ids[index] ?? '',
        createdAt: now,
        ...(request.neededBy ? { neededBy: new Date(request.neededBy) } : {}),
      }));
      await tx.manager.update(BatchRow, { id: batchId }, { busyUntil: busyUntil(now) });
      return taken;
    });
  }

  /** No row is left. */
  async finish({ facilityId, batchId }: OpenBatch, now: Date): Promise<void> {
    await this.database.inFacility(facilityId, ({ manager }) =>
      manager.update(BatchRow, { id: batchId, finishedAt: IsNull() }, { finishedAt: now, busyUntil: null }),
    );
  }

  /** What rows came to, in their order, up to the first that is not taken in yet. */
  outcomes({ facilityId, batchId }: OpenBatch, afterRow: number, most: number): Promise<RowOutcome[]> {
    return this.database.inFacility(facilityId, async ({ manager }) => {
      const rows = await manager.query<(RowOutcome & { open: boolean })[]>(
        `SELECT r.row_number AS row, r.line_number AS line, r.verification_id AS "verificationId", v.status, r.problem, r.content IS NOT NULL AS open
         FROM batch_row r LEFT JOIN verification v ON v.id = r.verification_id
         WHERE r.batch_id = $1 AND r.row_number > $2 ORDER BY r.row_number LIMIT $3`,
        [batchId, afterRow, most],
      );
      const firstOpen = rows.findIndex(({ open }) => open);
      return rows.slice(0, firstOpen < 0 ? rows.length : firstOpen).map(({ open: _open, ...outcome }) => outcome);
    });
  }

  /** Undefined for what is not there, also for what belongs to another facility. */
  progress({ facilityId, batchId }: OpenBatch, actor: Actor, now: Date): Promise<BatchProgress | undefined> {
    return this.database.inFacility(facilityId, async (tx) => {
      const batch = await tx.manager.findOneBy(BatchRow, { id: batchId });
      if (!batch) return undefined;
      await writeAudit(tx, { actor, action: 'batch.read', subjectId: batchId }, now);
      const counts = await tx.manager.query<{ status: string | null; refused: boolean; count: number }[]>(
        `SELECT v.status, r.problem IS NOT NULL AS refused, count(*)::integer AS count
         FROM batch_row r LEFT JOIN verification v ON v.id = r.verification_id WHERE r.batch_id = $1 GROUP BY 1, 2`,
        [batchId],
      );
      const { id, createdAt, receivedAt, finishedAt } = batch;
      return {
        ...{ id, createdAt, receivedAt, finishedAt },
        rows: counts.reduce((sum, { count }) => sum + count, 0),
        refused: counts.find(({ refused }) => refused)?.count ?? 0,
        byStatus: Object.fromEntries(counts.flatMap(({ status, count }) => (status ? [[status, count]] : []))),
      };
    });
  }

  /** Batches that nobody goes on with. */
  left(now: Date, most: number): Promise<OpenBatch[]> {
    return this.database.forUpkeep((manager) =>
      manager.query<OpenBatch[]>(
        `SELECT facility_id AS "facilityId", id AS "batchId" FROM batch
         WHERE finished_at IS NULL AND received_at IS NOT NULL AND (busy_until IS NULL OR busy_until <= $1) ORDER BY id LIMIT $2`,
        [now, most],
      ),
    );
  }

  private async known(tx: FacilityTransaction, earlier: BatchRow, now: Date): Promise<Opened | undefined> {
    const { id, bodyHash, receivedAt, busyUntil, createdAt } = earlier;
    if (receivedAt && bodyHash && now.getTime() - createdAt.getTime() < keyLifetimeMs)
      return { kind: 'repeated', id, bodyHash };
    if (!receivedAt && busyUntil && busyUntil > now) return { kind: 'in_progress' };
    if (receivedAt) await tx.manager.update(BatchRow, { id }, { keyHash: null });
    else await tx.manager.delete(BatchRow, { id });
    return undefined;
  }

  private async lockedOpen(tx: FacilityTransaction, batchId: string, rows: readonly number[]): Promise<Set<number>> {
    const open = await tx.manager.query<{ row: number }[]>(
      `SELECT row_number AS row FROM batch_row WHERE batch_id = $1 AND row_number = ANY ($2) AND content IS NOT NULL FOR UPDATE`,
      [batchId, rows],
    );
    return new Set(open.map(({ row }) => row));
  }

  private sealed(facilityId: string, batchId: string, row: number): SealedRow {
    return new SealedRow(this.cipher, facilityId, 'batch_row', `${batchId}/${row}`);
  }
}

function busyUntil(now: Date): Date {
  return new Date(now.getTime() + busyMs);
}

function actorOf({ createdByKind, createdBy, emergencyId }: BatchRow): Actor {
  return { kind: createdByKind as Actor['kind'], id: createdBy, ...(emergencyId ? { emergencyId } : {}) };
}

/** Rows that came to something are kept no longer. */
async function close(
  tx: FacilityTransaction,
  batchId: string,
  rows: readonly ({ row: number } & ({ verificationId: string } | { problem: object }))[],
): Promise<void> {
  await tx.manager.query(
    `UPDATE batch_row r SET content = NULL, verification_id = c."verificationId", problem = c.problem
     FROM jsonb_to_recordset($2::jsonb) AS c (row integer, "verificationId" text, problem jsonb)
     WHERE r.batch_id = $1 AND r.row_number = c.row`,
    [batchId, JSON.stringify(rows)],
  );
}
