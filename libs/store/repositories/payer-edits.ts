import {
  blankPayer,
  changedFields,
  changedPayer,
  datedFaults,
  idOfName,
  type PayerChange,
  type PayerRecord,
  type RecordFault,
} from '@openvob/payers/directory';
import { type EntityManager, In } from 'typeorm';
import type { Database } from '../database';
import { PayerRow } from '../entities';
import { changesOf, type Editor, editing, type ListedChange, writeChange } from './directory-trail';
import {
  type KeptPayer,
  loadPayers,
  writeAdministrators,
  writeFacts,
  writeIdentifiers,
  writePhones,
} from './payer-rows';

/** What an edit came to. */
export type Edited =
  | { kind: 'done'; payer: KeptPayer }
  | { kind: 'unknown' }
  /** There is a payer of this id. */
  | { kind: 'taken'; id: string }
  | { kind: 'faulty'; faults: RecordFault[] };

const mostChangesShown = 100;

/** Adds, changes and withdraws payers; every edit leaves a line behind. */
export class PayerEdits {
  constructor(private readonly database: Database) {}

  /** Everything about a payer, a withdrawn one too; undefined when there never was one. */
  async read(id: string): Promise<KeptPayer | undefined> {
    const [payer] = await loadPayers(this.database.directory, [id]);
    return payer;
  }

  /** Adds a payer, by its own id or one made of its name. */
  async add(given: PayerChange & { id?: string; name: string }, editor: Editor, now: Date): Promise<Edited> {
    const { id = idOfName(given.name), ...change } = given;
    return editing(this.database, editor, async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`payer ${id}`]);
      if (await manager.existsBy(PayerRow, { id })) return { kind: 'taken', id };
      return this.write(manager, { id, change, editor, action: 'payer.added' }, now);
    });
  }

  /** Changes a payer; what stays the same leaves no line. */
  async change(id: string, change: PayerChange, editor: Editor, now: Date): Promise<Edited> {
    return editing(this.database, editor, async (manager) => {
      if (!(await lockPayer(manager, id))) return { kind: 'unknown' };
      return this.write(manager, { id, change, editor, action: 'payer.changed' }, now);
    });
  }

  /** Takes a payer out of use: it is neither found nor asked any more, and what refers to it stays. */
  withdraw(id: string, editor: Editor, now: Date): Promise<Edited> {
    return this.change(id, { withdrawn: true }, editor, now);
  }

  /** The last changes of a payer, newest first. */
  changes(id: string): Promise<ListedChange[]> {
    return changesOf(this.database.directory, id, mostChangesShown);
  }

  private async write(manager: EntityManager, edit: Edit, now: Date): Promise<Edited> {
    const { id, change, editor, action } = edit;
    const [before] = await loadPayers(manager, [id]);
    const after = changedPayer(before?.record ?? blankPayer(id), change);
    const faults = [...datedFaults(after), ...(await administratorFaults(manager, id, change))];
    if (faults.length > 0) return { kind: 'faulty', faults };
    const fields = changedFields(before?.record ?? blankPayer(id), after);
    await writeRecord(manager, after, fields, now);
    const withdrawal = await setWithdrawn(manager, before, { id, withdrawn: change.withdrawn }, now);
    if (fields.length > 0) await writeChange(manager, editor, { action, payerId: id, fields }, now);
    if (withdrawal) await writeChange(manager, editor, { action: withdrawal, payerId: id, fields: [] }, now);
    const [payer] = await loadPayers(manager, [id]);
    return payer ? { kind: 'done', payer } : { kind: 'unknown' };
  }
}

interface Edit {
  id: string;
  change: PayerChange;
  editor: Editor;
  action: string;
}

const ownFields = new Set<keyof PayerRecord>([
  'name',
  'aliases',
  'memberIdPrefixes',
  'states',
  'kind',
  'portalUrl',
  'source',
  'asOf',
]);

/** Writes what changed of a payer, and nothing when nothing did. */
export async function writeRecord(
  manager: EntityManager,
  record: PayerRecord,
  changed: readonly (keyof PayerRecord)[],
  now: Date,
): Promise<void> {
  const { id, identifiers, phones, administrators } = record;
  if (changed.length === 0) return;
  if (changed.some((field) => ownFields.has(field))) await writeFacts(manager, record, now);
  else await manager.update(PayerRow, { id }, { updatedAt: now });
  if (changed.includes('identifiers')) await writeIdentifiers(manager, id, identifiers);
  if (changed.includes('phones')) await writePhones(manager, id, phones);
  if (changed.includes('administrators')) await writeAdministrators(manager, id, administrators);
}

/** @returns the action, when it changed anything */
async function setWithdrawn(
  manager: EntityManager,
  before: KeptPayer | undefined,
  { id, withdrawn }: { id: string; withdrawn: boolean | undefined },
  now: Date,
): Promise<string | undefined> {
  if (withdrawn === undefined || withdrawn === (before?.withdrawnAt !== undefined)) return undefined;
  await manager.update(PayerRow, { id }, { withdrawnAt: withdrawn ? now : null, updatedAt: now });
  return withdrawn ? 'payer.withdrawn' : 'payer.restored';
}

async function administratorFaults(manager: EntityManager, id: string, change: PayerChange): Promise<RecordFault[]> {
  const named = change.administrators ?? [];
  const rows = await manager.find(PayerRow, {
    select: { id: true },
    where: { id: In(named.map(({ administratorId }) => administratorId)) },
  });
  const known = new Set(rows.map((row) => row.id));
  return named.flatMap(({ administratorId }, index) => {
    const detail =
      administratorId === id
        ? 'must be another payer'
        : known.has(administratorId)
          ? ''
          : 'must be the id of a payer of this directory';
    return detail === '' ? [] : [{ pointer: `/administrators/${index}/administratorId`, code: 'malformed', detail }];
  });
}

/** Holds a payer for the rest of the transaction. @returns false when there is none */
export async function lockPayer(manager: EntityManager, id: string): Promise<boolean> {
  const rows = await manager.query<unknown[]>('SELECT FROM payer WHERE id = $1 FOR NO KEY UPDATE', [id]);
  return rows.length > 0;
}
