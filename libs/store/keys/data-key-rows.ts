import type { EntityManager } from 'typeorm';

/** What the keys belong to when not to a facility: accounts, mail and the credentials of payer connections. */
export const installation = 'installation';

export const keyPurposes = ['fields', 'index'] as const;
/** `secret` is the installation's alone, and never replaced. */
export type KeyPurpose = (typeof keyPurposes)[number] | 'secret';

/** A row of `data_key`, or of the installation's own table. */
export interface DataKeyRow {
  purpose: KeyPurpose;
  version: number;
  state: 'current' | 'retiring' | 'destroyed';
  masterKey: string | null;
  wrapped: Buffer | null;
  /** Of all rows of the owner together; what `key_generations` says. */
  generation: string;
}

/** The keys of a facility or of the installation, in the transaction of that owner. */
export class DataKeyRows {
  private readonly table: string;
  private readonly own: string;

  constructor(
    private readonly manager: EntityManager,
    private readonly owner: string,
  ) {
    this.table = owner === installation ? 'installation_data_key' : 'data_key';
    this.own = owner === installation ? 'true' : "facility_id = current_setting('openvob.facility_id', true)";
  }

  all(): Promise<DataKeyRow[]> {
    return this.manager.query<DataKeyRow[]>(
      `SELECT purpose, version, state, master_key AS "masterKey", wrapped, (sum(change) OVER ())::text AS generation
       FROM ${this.table} WHERE ${this.own} ORDER BY purpose, version`,
    );
  }

  /** Whoever changes keys does so alone. */
  async lock(): Promise<void> {
    await this.manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`data_key:${this.owner}`]);
  }

  async insert(row: Omit<DataKeyRow, 'generation'>, now: Date): Promise<void> {
    const facility = this.owner === installation ? '' : 'facility_id, ';
    const given = [row.purpose, row.version, row.state, row.masterKey, row.wrapped, now];
    const places = given.map((_, index) => `$${index + 1}`);
    await this.manager.query(
      `INSERT INTO ${this.table} (${facility}purpose, version, state, master_key, wrapped, created_at)
       VALUES (${facility === '' ? '' : "current_setting('openvob.facility_id'), "}${places.join(', ')})`,
      given,
    );
  }

  /** Puts a key's wrapping under another master key, unless somebody else did so meanwhile. */
  async rewrap(row: DataKeyRow, masterKey: string, wrapped: Buffer): Promise<void> {
    await this.manager.query(
      `UPDATE ${this.table} SET master_key = $3, wrapped = $4
       WHERE ${this.own} AND purpose = $1 AND version = $2 AND wrapped = $5`,
      [row.purpose, row.version, masterKey, wrapped, row.wrapped],
    );
  }

  async retire(purpose: KeyPurpose): Promise<void> {
    await this.manager.query(
      `UPDATE ${this.table} SET state = 'retiring' WHERE ${this.own} AND purpose = $1 AND state = 'current'`,
      [purpose],
    );
  }

  /** Ends keys for good: without its wrapping a data key is nowhere. */
  async destroy(states: readonly DataKeyRow['state'][], now: Date): Promise<number> {
    const [, count] = await this.manager.query<[unknown, number]>(
      `UPDATE ${this.table} SET state = 'destroyed', wrapped = NULL, ended_at = $2 WHERE ${this.own} AND state = ANY($1)`,
      [states, now],
    );
    return count;
  }
}
