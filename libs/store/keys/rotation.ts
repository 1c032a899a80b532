import type { FieldCipher } from '@openvob/platform';
import type { Database, FacilityTransaction } from '../database';
import { type Actor, writeAudit } from '../repositories/audit';
import { SealedRow } from '../sealed-row';
import { type DataKeyRow, DataKeyRows, installation, type KeyPurpose } from './data-key-rows';
import type { DataKeys } from './data-keys';
import { type SealedTable, sealedTables } from './sealed-tables';

export interface RotationParts {
  database: Database;
  cipher: FieldCipher;
  keys: DataKeys;
}

/** How far an owner's rows have been brought under its current keys. */
export interface RotationProgress {
  owner: string;
  isDone: boolean;
  lookedAt: number;
  rewritten: number;
}

type Values = Readonly<Record<string, unknown>>;

const batchRows = 200;
/** Nobody writes under the former keys any more after so long: processes ask for keys anew after half of it, and statements end before. */
const settledAfterMs = 10 * 60_000;

/**
 * Replaces keys while requests flow: the former keys go on reading until every row has been written anew, in batches that may be
 * interrupted anywhere, by one process at a time for each owner.
 */
export class KeyRotation {
  constructor(private readonly parts: RotationParts) {}

  /** Facilities that have keys, and the installation. */
  async owners(): Promise<string[]> {
    const rows = await this.parts.database.asKeeper(installation, ({ manager }) =>
      manager.query<{ id: string }[]>('SELECT DISTINCT facility_id AS id FROM data_key ORDER BY 1'),
    );
    return [installation, ...rows.map(({ id }) => id)];
  }

  /** The keys of an owner, without what they are wrapped in. */
  async keysOf(owner: string): Promise<Omit<DataKeyRow, 'wrapped' | 'generation'>[]> {
    const rows = await this.rowsOf(owner);
    return rows.map(({ wrapped: _wrapped, generation: _generation, ...row }) => row);
  }

  /** Wraps an owner's data keys under the master key that is current. @returns how many were under another */
  async rewrap(owner: string): Promise<number> {
    const { management } = this.parts.keys.parts;
    const current = await this.parts.keys.asking(owner, () => management.masterKey());
    const former = (await this.rowsOf(owner)).filter(({ wrapped, masterKey }) => wrapped && masterKey !== current);
    for (const row of former) await this.rewrapOne(owner, row);
    return former.length;
  }

  /** Gives an owner fresh data keys and, when asked, a fresh key for its blind indexes. Rows follow by `advance`. */
  async begin(owner: string, by: Actor, purposes: readonly KeyPurpose[] = ['fields']): Promise<void> {
    const { database, keys } = this.parts;
    const now = keys.parts.clock.now();
    await database.inFacility(owner, async (tx) => {
      const rows = new DataKeyRows(tx.manager, owner);
      await rows.lock();
      const all = await rows.all();
      for (const purpose of purposes) {
        const last = Math.max(...all.filter((row) => row.purpose === purpose).map(({ version }) => version), 0);
        await rows.retire(purpose);
        await keys.add(rows, owner, purpose, last + 1);
      }
      await tx.manager.query('DELETE FROM key_rewrite WHERE facility_id = $1', [owner]);
      const detail = { purposes: purposes.join(' ') };
      await recordKeyChange(tx, { actor: by, action: 'keys.rotation_begun', subjectId: owner, detail }, now);
    });
  }

  /** Rewrites at most so many rows of an owner whose former keys are still about; ends those keys once nothing needs them. */
  async advance(owner: string, mostRows: number): Promise<RotationProgress> {
    const retiring = (await this.rowsOf(owner)).some(({ state }) => state === 'retiring');
    let left = mostRows;
    for (const table of retiring ? tablesOf(owner) : []) {
      while (left > 0) {
        const looked = await this.rewriteBatch(owner, table, Math.min(batchRows, left));
        left -= looked ?? 0;
        if (looked === undefined) break;
      }
    }
    if (retiring && left > 0) await this.end(owner);
    return this.progress(owner);
  }

  async progress(owner: string): Promise<RotationProgress> {
    return this.parts.database.plainly(owner, async (manager) => {
      const rows = await new DataKeyRows(manager, owner).all();
      const [sum] = await manager.query<{ lookedAt: string; rewritten: string }[]>(
        `SELECT coalesce(sum(looked_at), 0) AS "lookedAt", coalesce(sum(rewritten), 0) AS rewritten
         FROM key_rewrite WHERE facility_id = $1`,
        [owner],
      );
      const isDone = !rows.some(({ state }) => state === 'retiring');
      return { owner, isDone, lookedAt: Number(sum?.lookedAt ?? 0), rewritten: Number(sum?.rewritten ?? 0) };
    });
  }

  /** Destroys all keys of an owner: what was encrypted under them is unreadable from then on, here and in every backup of the database. */
  async destroy(owner: string, by: Actor): Promise<number> {
    const now = this.parts.keys.parts.clock.now();
    return this.parts.database.plainly(owner, async (manager) => {
      const rows = new DataKeyRows(manager, owner);
      await rows.lock();
      const count = await rows.destroy(['current', 'retiring'], now);
      const tx = { facilityId: owner, manager };
      await recordKeyChange(tx, { actor: by, action: 'keys.destroyed', subjectId: owner, detail: { count } }, now);
      return count;
    });
  }

  private rowsOf(owner: string): Promise<DataKeyRow[]> {
    return this.parts.database.plainly(owner, (manager) => new DataKeyRows(manager, owner).all());
  }

  private async rewrapOne(owner: string, row: DataKeyRow): Promise<void> {
    const { keys, database } = this.parts;
    const { management } = keys.parts;
    const context = { facility: owner, purpose: row.purpose, version: String(row.version) };
    const sealed = { masterKey: row.masterKey ?? '', bytes: row.wrapped ?? Buffer.alloc(0) };
    const { masterKey, bytes } = await keys.asking(owner, async () =>
      management.wrap(await management.unwrap(sealed, context), context),
    );
    await database.plainly(owner, (manager) => new DataKeyRows(manager, owner).rewrap(row, masterKey, bytes));
  }

  /** @returns how many rows were looked at; undefined when the table has been gone through, or another process is at it */
  private rewriteBatch(owner: string, table: SealedTable, limit: number): Promise<number | undefined> {
    return this.parts.database.inFacility(owner, async (tx) => {
      const progress = await this.takeUp(tx, table);
      if (!progress || progress.finished) return undefined;
      await tx.manager.query('SET LOCAL ROLE openvob_keeper');
      const rows = await tx.manager.query<Values[]>(...batchQuery(table, progress.after, limit));
      let rewritten = 0;
      for (const row of rows) rewritten += await this.rewriteRow(tx, table, row);
      await tx.manager.query('RESET ROLE');
      await this.note(tx, table, rows, { rewritten, isLast: rows.length < limit });
      return rows.length < limit ? undefined : rows.length;
    });
  }

  /** The progress on a table, its row locked; undefined while another process holds it. */
  private async takeUp(
    { manager, facilityId }: FacilityTransaction,
    { table }: SealedTable,
  ): Promise<{ after: string[] | null; finished: boolean } | undefined> {
    await manager.query(
      'INSERT INTO key_rewrite (facility_id, table_name, began_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [facilityId, table, this.parts.keys.parts.clock.now()],
    );
    const [row] = await manager.query<{ after: string[] | null; finished: boolean }[]>(
      `SELECT after_row AS after, finished_at IS NOT NULL AS finished FROM key_rewrite
       WHERE facility_id = $1 AND table_name = $2 FOR UPDATE SKIP LOCKED`,
      [facilityId, table],
    );
    return row;
  }

  private async note(
    { manager, facilityId }: FacilityTransaction,
    table: SealedTable,
    rows: readonly Values[],
    { rewritten, isLast }: { rewritten: number; isLast: boolean },
  ): Promise<void> {
    const last = rows.at(-1);
    await manager.query(
      `UPDATE key_rewrite SET looked_at = looked_at + $3, rewritten = rewritten + $4,
         after_row = coalesce($5, after_row), finished_at = $6 WHERE facility_id = $1 AND table_name = $2`,
      [
        ...[facilityId, table.table, rows.length, rewritten],
        last ? table.key.map(({ column }) => String(last[`key_${column}`])) : null,
        isLast ? this.parts.keys.parts.clock.now() : null,
      ],
    );
  }

  /** Writes what is under former keys anew, unless somebody wrote the row meanwhile. @returns 1 when it did */
  private async rewriteRow(tx: FacilityTransaction, table: SealedTable, row: Values): Promise<number> {
    const changes = this.changesOf(tx.facilityId, table, row);
    const columns = Object.keys(changes);
    if (columns.length === 0) return 0;
    const sealed = table.columns.filter((column) => row[column] !== null);
    const values = [...table.key.map(({ column }) => row[`key_${column}`]), ...Object.values(changes)];
    const sets = columns.map((column, index) => `${column} = $${table.key.length + 1 + index}`);
    const unchanged = sealed.map((column, index) => `${column} = $${values.length + 1 + index}`);
    const [, count] = await tx.manager.query<[unknown, number]>(
      `UPDATE ${table.table} SET ${sets.join(', ')} WHERE ${[...keyConditions(table), ...unchanged].join(' AND ')}`,
      [...values, ...sealed.map((column) => row[column])],
    );
    return count;
  }

  private changesOf(owner: string, table: SealedTable, row: Values): Record<string, Buffer | null> {
    const { cipher } = this.parts;
    const name = table.key.map(({ column }) => String(row[`key_${column}`])).join('/');
    const sealed = new SealedRow(cipher, owner, table.table, name);
    const changes: Record<string, Buffer | null> = {};
    const open = (column: string): string | undefined => sealed.open(column, (row[column] ?? null) as Buffer | null);
    for (const column of table.columns) {
      const bytes = row[column];
      if (bytes instanceof Buffer && !cipher.isCurrent(bytes, owner))
        changes[column] = sealed.seal(column, open(column));
    }
    for (const index of table.indexes ?? []) {
      const text = index.of(open(index.from) ?? '');
      const hash = text === '' ? null : cipher.blindIndex(index.purpose, owner, text);
      const before = row[index.column] as Buffer | null;
      if (hash && !before?.equals(hash)) changes[index.column] = hash;
    }
    return changes;
  }

  /** When all tables have been gone through since nobody wrote under former keys any more, those end; else it goes through them once more. */
  private async end(owner: string): Promise<void> {
    const { database, keys } = this.parts;
    const now = keys.parts.clock.now();
    const settledBefore = new Date(now.getTime() - settledAfterMs);
    await database.inFacility(owner, async (tx) => {
      const rows = new DataKeyRows(tx.manager, owner);
      await rows.lock();
      const since = await keysSince(tx, owner);
      if (!since || since > settledBefore) return;
      const settledAt = new Date(since.getTime() + settledAfterMs);
      const [open] = await tx.manager.query<{ unfinished: number; early: number }[]>(
        `SELECT ($2 - count(*) FILTER (WHERE finished_at IS NOT NULL))::integer AS unfinished,
           count(*) FILTER (WHERE began_at < $3)::integer AS early FROM key_rewrite WHERE facility_id = $1`,
        [owner, tablesOf(owner).length, settledAt],
      );
      if (!open || open.unfinished > 0) return;
      // Whoever still wrote under a former key did so during the first pass: the second one finds the last of it.
      if (open.early > 0) {
        await tx.manager.query(
          'UPDATE key_rewrite SET began_at = $2, after_row = NULL, finished_at = NULL WHERE facility_id = $1',
          [owner, now],
        );
        return;
      }
      const count = await rows.destroy(['retiring'], now);
      const line = { actor: keeper, action: 'keys.rotation_ended', subjectId: owner, detail: { count } };
      await recordKeyChange(tx, line, now);
    });
  }
}

const keeper: Actor = { kind: 'worker', id: 'keys' };

/** A facility's keys are on its own record, those of the installation on the installation's. */
async function recordKeyChange(
  tx: FacilityTransaction,
  line: Parameters<typeof writeAudit>[1],
  now: Date,
): Promise<void> {
  if (tx.facilityId !== installation) return writeAudit(tx, line, now);
  await tx.manager.query(
    `INSERT INTO installation_audit_entry (at, actor_kind, actor_id, action, subject_id, detail) VALUES ($1, $2, $3, $4, $5, $6)`,
    [now, line.actor.kind, line.actor.id, line.action, line.subjectId, JSON.stringify(line.detail ?? {})],
  );
}

async function keysSince({ manager }: FacilityTransaction, owner: string): Promise<Date | undefined> {
  const table = owner === installation ? 'installation_data_key' : 'data_key';
  const [row] = await manager.query<{ since: Date | null }[]>(
    `SELECT max(created_at) AS since FROM ${table} WHERE state = 'current'`,
  );
  return row?.since ?? undefined;
}

function tablesOf(owner: string): readonly SealedTable[] {
  return sealedTables.filter((table) => table.of === (owner === installation ? 'installation' : 'facility'));
}

function keyConditions({ key }: SealedTable): string[] {
  return key.map(({ column, type }, index) => `${column} = ${keyPlace(index + 1, type)}`);
}

/** A key column as text, and back. */
function keyPlace(position: number, type: string): string {
  return type === 'bytea' ? `decode($${position}, 'hex')` : `$${position}::${type}`;
}

function keyText({ column, type }: SealedTable['key'][number]): string {
  return `${type === 'bytea' ? `encode(${column}, 'hex')` : `${column}::text`} AS key_${column}`;
}

/** The next rows after one, in the order of the primary key; row-level security leaves those of the owner. */
function batchQuery(table: SealedTable, after: readonly string[] | null, limit: number): [string, unknown[]] {
  const keys = table.key.map(({ column }) => column);
  const columns = [...new Set([...table.columns, ...(table.indexes ?? []).map(({ column }) => column)])];
  const later = after
    ? `WHERE (${keys.join(', ')}) > (${table.key.map(({ type }, index) => keyPlace(index + 1, type)).join(', ')})`
    : '';
  return [
    `SELECT ${[...table.key.map(keyText), ...columns].join(', ')} FROM ${table.table} ${later} ORDER BY ${keys.join(', ')} LIMIT ${limit}`,
    [...(after ?? [])],
  ];
}
