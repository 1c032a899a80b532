import type { Client } from 'pg';

/** Ids of what was erased since a backup was made. */
export interface Erased {
  patients: string[];
  verifications: string[];
  inquiries: string[];
}

/** Everything that was ever erased, of all facilities; needs a log-in that row-level security does not bind. */
export async function erasedIn(client: Client): Promise<Erased> {
  const { rows } = await client.query<{ patient: string; verifications: string[]; inquiries: string[] }>(
    'SELECT patient_id AS patient, verification_ids AS verifications, inquiry_ids AS inquiries FROM erasure',
  );
  return {
    patients: rows.map(({ patient }) => patient),
    verifications: rows.flatMap(({ verifications }) => verifications),
    inquiries: rows.flatMap(({ inquiries }) => inquiries),
  };
}

/** By which column the rows of a table are an erased patient's. What stays of a patient, by ids alone, is not named here. */
const columnOf: Readonly<Record<string, readonly [column: string, of: keyof Erased]>> = {
  verification: ['id', 'verifications'],
  answer: ['inquiry_id', 'inquiries'],
  patient_request: ['patient_id', 'patients'],
};
/** A form that was not sent is gone within days, and may be about anybody. */
const leftOut = new Set(['draft']);
const stays = new Set(['disclosure', 'patient_move', 'erasure']);

/** Which rows of a piece of a backup are kept. @param client a database of the backup's own version, to read the rows with */
export class Pruning {
  private readonly conditions = new Map<string, readonly [column: string, of: keyof Erased] | undefined>();

  constructor(
    private readonly client: Client,
    private readonly erased: Erased,
  ) {}

  async kept(table: string, rows: string[]): Promise<string[]> {
    if (leftOut.has(table)) return [];
    const condition = await this.conditionOf(table);
    if (!condition) return rows;
    const [column, of] = condition;
    const found = await this.client.query<{ row: string }>(
      `SELECT r.row FROM unnest($1::text[]) WITH ORDINALITY AS r (row, place)
       WHERE ((r.row::${table}).${column} = ANY($2)) IS NOT TRUE ORDER BY r.place`,
      [rows, this.erased[of]],
    );
    return found.rows.map(({ row }) => row);
  }

  private async conditionOf(table: string): Promise<readonly [string, keyof Erased] | undefined> {
    if (this.conditions.has(table)) return this.conditions.get(table);
    const condition = columnOf[table] ?? (await this.byVerification(table));
    this.conditions.set(table, condition);
    return condition;
  }

  private async byVerification(table: string): Promise<readonly [string, keyof Erased] | undefined> {
    if (stays.has(table)) return undefined;
    const { rows } = await this.client.query(
      `SELECT FROM pg_attribute WHERE attrelid = $1::regclass AND attname = 'verification_id' AND NOT attisdropped`,
      [table],
    );
    return rows.length > 0 ? ['verification_id', 'verifications'] : undefined;
  }
}
