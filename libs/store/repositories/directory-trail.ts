import type { EntityManager } from 'typeorm';
import type { Database } from '../database';
import { DirectoryChangeRow } from '../entities';
import { type Actor, writeAudit } from './audit';

/**
 * Who edits the directory. Payers belong to the whole installation: what is changed stands in the directory's own trail, and, when somebody
 * known to a facility changed it, in that facility's too.
 */
export interface Editor {
  readonly actor: Actor;
  /** Left out for a command at the server. */
  readonly facilityId?: string;
}

/** One change of the directory; names of fields, never values. */
export interface DirectoryChange {
  readonly action: string;
  readonly payerId: string;
  readonly connectionId?: string;
  readonly fields: readonly string[];
}

/** A change as it is read back. */
export interface ListedChange extends DirectoryChange {
  readonly id: string;
  readonly at: Date;
  readonly by: Actor;
}

/** Runs an edit in one transaction, which is bound to the editor's facility when there is one. */
export function editing<T>(
  database: Database,
  editor: Editor,
  work: (manager: EntityManager) => Promise<T>,
): Promise<T> {
  if (editor.facilityId === undefined) return database.source.transaction(work);
  return database.inFacility(editor.facilityId, ({ manager }) => work(manager));
}

/** Writes changes in the editor's transaction: when they cannot be written, nothing else is. */
export async function writeChanges(
  manager: EntityManager,
  editor: Editor,
  changes: readonly DirectoryChange[],
  now: Date,
): Promise<void> {
  const { actor } = editor;
  const rows = changes.map(({ action, payerId, connectionId, fields }) => ({
    at: now,
    actorKind: actor.kind,
    actorId: actor.id,
    action,
    payerId,
    connectionId: connectionId ?? null,
    fields: [...fields],
  }));
  if (rows.length > 0) await manager.insert(DirectoryChangeRow, rows);
}

/** One change in the directory's trail and in the facility's. */
export async function writeChange(
  manager: EntityManager,
  editor: Editor,
  change: DirectoryChange,
  now: Date,
): Promise<void> {
  await writeChanges(manager, editor, [change], now);
  if (editor.facilityId === undefined) return;
  const { action, payerId, connectionId, fields } = change;
  const detail = { fields: fields.join(' '), ...(connectionId === undefined ? {} : { connectionId }) };
  await writeAudit(
    { facilityId: editor.facilityId, manager },
    { actor: editor.actor, action, subjectId: payerId, detail },
    now,
  );
}

/** The last changes of a payer and its connections, newest first. */
export async function changesOf(manager: EntityManager, payerId: string, limit: number): Promise<ListedChange[]> {
  const rows = await manager.find(DirectoryChangeRow, { where: { payerId }, order: { id: 'DESC' }, take: limit });
  return rows.map(({ id, at, actorKind, actorId, action, connectionId, fields }) => ({
    id,
    at,
    by: { kind: actorKind as Actor['kind'], id: actorId },
    action,
    payerId,
    ...(connectionId === null ? {} : { connectionId }),
    fields,
  }));
}
