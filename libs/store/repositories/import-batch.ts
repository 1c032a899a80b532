import {
  blankPayer,
  changedFields,
  changedPayer,
  datedFaults,
  type PayerRecord,
  type RecordFault,
  type RowChange,
  type RowFault,
} from '@openvob/payers/directory';
import { type EntityManager, In } from 'typeorm';
import { PayerConnectionRow, PayerRow } from '../entities';
import { blankConnection, type ChangeTools, changedConnection, changedSettings } from './connection-change';
import { faultsOf } from './connection-edits';
import { type DirectoryChange, type Editor, writeChanges } from './directory-trail';
import type { Findings } from './import-tally';
import { writeRecord } from './payer-edits';
import { insertPayers, loadPayers } from './payer-rows';

export interface BatchOptions {
  editor: Editor;
  now: Date;
  /** Nothing is kept. */
  dryRun: boolean;
  /** Whether connections may be changed: whoever sets an address sees patients. */
  mayConnect: boolean;
}

/** A payer as it stands in the middle of a batch. */
interface Working {
  readonly before: PayerRecord | undefined;
  readonly wasWithdrawn: boolean;
  record: PayerRecord;
  withdrawn: boolean;
}

/** Some hundred rows in one transaction. */
export class Batch {
  private readonly payers = new Map<string, Working>();
  private readonly connections = new Map<string, PayerConnectionRow>();
  private readonly known = new Set<string>();
  private readonly trail: DirectoryChange[] = [];

  constructor(
    private readonly manager: EntityManager,
    private readonly tools: ChangeTools,
    private readonly found: Findings,
    private readonly options: BatchOptions,
  ) {}

  async bring(changes: readonly RowChange[]): Promise<void> {
    await this.load(changes);
    const connecting: RowChange[] = [];
    for (const change of changes) {
      const faults = this.faultsOf(change);
      if (faults === 'waits') continue;
      if (faults.length > 0) this.found.refuse(faults);
      else {
        this.apply(change);
        if (change.connection) connecting.push(change);
      }
    }
    await this.write();
    for (const change of connecting) await this.connect(change);
    if (!this.options.dryRun) await writeChanges(this.manager, this.options.editor, this.trail, this.options.now);
  }

  private async load(changes: readonly RowChange[]): Promise<void> {
    const ids = [...new Set(changes.map(({ payer }) => payer))].sort();
    await this.manager.query('SELECT FROM payer WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE', [ids]);
    for (const { record, withdrawnAt } of await loadPayers(this.manager, ids)) {
      const isWithdrawn = withdrawnAt !== undefined;
      this.payers.set(record.id, { before: record, record, wasWithdrawn: isWithdrawn, withdrawn: isWithdrawn });
    }
    const named = changes.flatMap(({ administrator }) => administrator?.administratorId ?? []);
    const rows = await this.manager.find(PayerRow, { select: { id: true }, where: { id: In(named) } });
    for (const { id } of rows) this.known.add(id);
    const connections = changes.flatMap(({ connection }) => connection?.id ?? []);
    for (const row of await this.manager.find(PayerConnectionRow, { where: { id: In(connections) } }))
      this.connections.set(row.id, row);
  }

  private faultsOf(change: RowChange): RowFault[] | 'waits' {
    const { line, payer, facts, administrator, connection } = change;
    const undated = facts ? datedFaults(changedPayer(this.recordOf(payer), facts)) : [];
    if (undated.length > 0)
      return undated.map((fault) => ({ line, column: columnOf(fault) ?? 'name', detail: fault.detail }));
    if (connection && !this.options.mayConnect)
      return [{ line, column: 'adapter', detail: 'connections are changed by the role ops alone: leave the row out' }];
    if (!facts && !this.payers.has(payer) && !this.found.hasAdded(payer))
      return this.found.wait(change)
        ? 'waits'
        : [{ line, column: 'payer', detail: 'is no payer of this directory: add a row with its name' }];
    if (administrator && administrator.administratorId === payer)
      return [{ line, column: 'administrator', detail: 'must be another payer' }];
    if (administrator && !change.remove && !this.isKnown(administrator.administratorId))
      return this.found.wait(change)
        ? 'waits'
        : [{ line, column: 'administrator', detail: 'is no payer of this directory: add a row with its name' }];
    return [];
  }

  private recordOf(payer: string): PayerRecord {
    return this.payers.get(payer)?.record ?? blankPayer(payer);
  }

  private isKnown(id: string): boolean {
    return this.known.has(id) || this.payers.has(id) || this.found.hasAdded(id);
  }

  private apply(change: RowChange): void {
    const { payer, facts, identifier, phone, administrator, remove } = change;
    this.found.seen.add(payer);
    const working = this.payers.get(payer) ?? {
      before: undefined,
      wasWithdrawn: false,
      record: blankPayer(payer),
      withdrawn: false,
    };
    this.payers.set(payer, working);
    const { record } = working;
    if (facts) {
      working.record = changedPayer(record, facts);
      const isAboutItself = !identifier && !phone && !administrator && !change.connection;
      working.withdrawn = remove && isAboutItself ? true : (facts.withdrawn ?? working.withdrawn);
    }
    working.record = {
      ...working.record,
      identifiers: put(record.identifiers, identifier, remove, (one) => `${one.network} ${one.identifier}`),
      phones: put(record.phones, phone, remove, (one) => `${one.purpose} ${one.number}`),
      administrators: put(
        record.administrators,
        administrator,
        remove,
        (one) => `${one.administratorId} ${one.state ?? ''} ${one.planKind ?? ''}`,
      ),
    };
  }

  private async write(): Promise<void> {
    const { now, dryRun } = this.options;
    const fresh = [...this.payers.values()].filter(({ before }) => before === undefined);
    const records = fresh.map(({ record }) => record);
    if (!dryRun) await insertPayers(this.manager, records, now);
    for (const [id, working] of this.payers) {
      const { before, record, wasWithdrawn, withdrawn } = working;
      const fields = changedFields(before ?? blankPayer(id), record);
      if (before && !dryRun) await writeRecord(this.manager, record, fields, now);
      if (withdrawn !== wasWithdrawn && !dryRun)
        await this.manager.update(PayerRow, { id }, { withdrawnAt: withdrawn ? now : null, updatedAt: now });
      this.note(id, {
        isNew: before === undefined,
        fields,
        withdrawal: withdrawn === wasWithdrawn ? undefined : withdrawn,
      });
    }
  }

  private note(
    id: string,
    { isNew, fields, withdrawal }: { isNew: boolean; fields: string[]; withdrawal: boolean | undefined },
  ): void {
    if (isNew) this.found.added.add(id);
    else if (fields.length > 0 || withdrawal !== undefined) this.found.changed.add(id);
    if (fields.length > 0) this.trail.push({ action: isNew ? 'payer.added' : 'payer.changed', payerId: id, fields });
    if (withdrawal !== undefined)
      this.trail.push({ action: withdrawal ? 'payer.withdrawn' : 'payer.restored', payerId: id, fields: [] });
  }

  private async connect({ line, payer, connection, remove }: RowChange): Promise<void> {
    if (!connection) return;
    const { now } = this.options;
    const before = this.connections.get(connection.id) ?? blankConnection(connection.id, payer, 1);
    const isNew = !this.connections.has(connection.id);
    if (before.payerId !== payer)
      return this.found.refuse([
        { line, column: 'connection', detail: 'is a connection of another payer: choose another id' },
      ]);
    const change = { ...connection.change, settings: replaced(before.settings, connection.change.settings) };
    const row = changedConnection(before, remove ? { disabled: true } : change, this.tools, now);
    const faults = faultsOf(row, this.tools);
    if (faults.length > 0) return this.found.refuse(faults.map((fault) => toldOfConnection(fault, line)));
    const fields = changedSettings(before, row, change);
    if (fields.length === 0) return;
    if (!this.options.dryRun) await this.manager.save(PayerConnectionRow, row);
    this.connections.set(row.id, row);
    this.found[isNew ? 'connectionsAdded' : 'connectionsChanged'] += 1;
    const action = isNew ? 'connection.added' : 'connection.changed';
    this.trail.push({ action, payerId: payer, connectionId: row.id, fields });
  }
}

/** The columns for when and where something was read are of everything in their row. */
function columnOf({ pointer }: RecordFault): 'as_of' | 'source' | undefined {
  return ({ '/asOf': 'as_of', '/source': 'source' } as const)[pointer];
}

function toldOfConnection(fault: RecordFault, line: number): RowFault {
  const column = columnOf(fault);
  return column
    ? { line, column, detail: fault.detail }
    : { line, column: 'settings', detail: `${fault.pointer.slice(1)} ${fault.detail}` };
}

/** A list with an item in the place of the one with the same key, or without it. */
function put<T>(items: readonly T[], item: T | undefined, remove: boolean, key: (item: T) => string): readonly T[] {
  if (item === undefined) return items;
  const others = items.filter((one) => key(one) !== key(item));
  return remove ? others : [...others, item];
}

/** A file names all settings of a connection: those that it leaves out are taken away. */
function replaced(
  before: Readonly<Record<string, string>>,
  after: Record<string, string | null> | undefined,
): Record<string, string | null> {
  if (after === undefined) return {};
  return { ...Object.fromEntries(Object.keys(before).map((name) => [name, null])), ...after };
}
