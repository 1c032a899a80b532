import { rowsOfAdministrators, rowsOfPayer, writeRows } from '@openvob/payers/directory';
import { In, MoreThan } from 'typeorm';
import type { Database } from '../database';
import { PayerConnectionRow, PayerRow } from '../entities';
import { type KeptPayer, loadPayers } from './payer-rows';

const pageSize = 500;

/** Writes the whole directory as a file that an import takes back without a change; credentials are not in it. */
export class DirectoryExport {
  constructor(private readonly database: Database) {}

  /** The file's text, piece by piece: payers by id, and in the end who administers for whom. */
  async *text({ withConnections }: { withConnections: boolean }): AsyncGenerator<string> {
    yield writeRows([], true);
    for await (const payers of this.pages()) {
      const connections = withConnections ? await this.connectionsOf(payers) : [];
      const rows = payers.flatMap(({ record, withdrawnAt }) =>
        rowsOfPayer(
          record,
          withdrawnAt !== undefined,
          connections.filter(({ payerId }) => payerId === record.id),
        ),
      );
      yield writeRows(rows, false);
    }
    for await (const payers of this.pages()) {
      const rows = payers.flatMap(({ record }) => rowsOfAdministrators(record));
      if (rows.length > 0) yield writeRows(rows, false);
    }
  }

  private connectionsOf(payers: readonly KeptPayer[]): Promise<PayerConnectionRow[]> {
    const where = { payerId: In(payers.map(({ record }) => record.id)) };
    return this.database.directory.find(PayerConnectionRow, { where, order: { preference: 'ASC', id: 'ASC' } });
  }

  private async *pages(): AsyncGenerator<KeptPayer[]> {
    for (let after = ''; ; ) {
      const rows = await this.database.directory.find(PayerRow, {
        select: { id: true },
        where: { id: MoreThan(after) },
        order: { id: 'ASC' },
        take: pageSize,
      });
      if (rows.length > 0)
        yield await loadPayers(
          this.database.directory,
          rows.map(({ id }) => id),
        );
      const last = rows.at(-1);
      if (rows.length < pageSize || !last) return;
      after = last.id;
    }
  }
}
