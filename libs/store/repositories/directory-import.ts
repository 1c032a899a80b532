import type { FileRow, RowChange } from '@openvob/payers/directory';
import { errorFields, type Log } from '@openvob/platform';
import type { Database } from '../database';
import { isDatabaseAway } from '../database-away';
import { writeAudit } from './audit';
import type { ChangeTools } from './connection-change';
import { editing } from './directory-trail';
import { Batch, type BatchOptions } from './import-batch';
import { Findings, type ImportReport, Tally } from './import-tally';

export type { ImportReport };

export interface ImportOptions extends BatchOptions {
  /** Left out for a command, which shows the report. */
  log?: Log;
}

const batchSize = 500;

/**
 * Brings a file of payers in: row by row, some hundred payers a transaction, the same file a second time without a trace. A row that cannot be
 * kept, for whatever reason, costs itself alone.
 */
export class DirectoryImport {
  constructor(
    private readonly database: Database,
    private readonly tools: ChangeTools,
  ) {}

  async run(rows: AsyncIterable<FileRow>, options: ImportOptions): Promise<ImportReport> {
    const tally = new Tally(options.dryRun);
    let batch: RowChange[] = [];
    for await (const row of rows) {
      tally.rows += 1;
      if ('faults' in row) tally.refuse(row.faults);
      else batch.push(row.change);
      if (batch.length < batchSize) continue;
      await this.bring(batch, tally, options);
      batch = [];
    }
    await this.bring(batch, tally, options);
    const waiting = tally.endWaiting();
    for (let at = 0; at < waiting.length; at += batchSize)
      await this.bring(waiting.slice(at, at + batchSize), tally, options);
    const report = tally.report();
    await this.note(report, options);
    return report;
  }

  /** Rows that cannot be kept together are brought by halves, down to the one that is to blame. */
  private async bring(changes: readonly RowChange[], tally: Tally, options: ImportOptions): Promise<void> {
    const [first] = changes;
    if (first === undefined) return;
    const found = new Findings(tally);
    try {
      await editing(this.database, options.editor, (manager) =>
        new Batch(manager, this.tools, found, options).bring(changes),
      );
    } catch (error) {
      if (!mayBeOfRow(error)) throw error;
      if (changes.length === 1) return refuse(first, error, tally, options);
      const half = Math.ceil(changes.length / 2);
      await this.bring(changes.slice(0, half), tally, options);
      return this.bring(changes.slice(half), tally, options);
    }
    tally.take(found);
  }

  /** One line in the trail of whoever imported; what happened to each payer stands in the directory's own. */
  private async note(report: ImportReport, { editor, now, dryRun }: ImportOptions): Promise<void> {
    const { facilityId, actor } = editor;
    if (dryRun || facilityId === undefined) return;
    const { rows, added, changed, connectionsAdded, connectionsChanged, faultyRows } = report;
    const detail = { rows, added, changed, connectionsAdded, connectionsChanged, faultyRows };
    await this.database.inFacility(facilityId, (tx) =>
      writeAudit(tx, { actor, action: 'directory.imported', subjectId: 'directory', detail }, now),
    );
  }
}

/** What the error says may quote the row: its name and code alone are told. */
function refuse({ line }: RowChange, error: unknown, tally: Tally, { log }: ImportOptions): void {
  const { error: name, code } = errorFields(error);
  log?.warn('directory.row_failed', { line, ...errorFields(error) });
  const cause = [name, code].filter((word) => word !== undefined).join(' ');
  tally.refuse([{ line, detail: `could not be kept, and nothing of it was (${cause}): look its cells over` }]);
}

/** SQLSTATE classes of a database that would take no other row either: rights, state, resources, operator, system. */
const ofDatabase = /^(?:25|42|53|57|58|XX)/;

function mayBeOfRow(error: unknown): boolean {
  if (isDatabaseAway(error)) return false;
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  return !(code.length === 5 && ofDatabase.test(code));
}
