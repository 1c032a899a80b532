import { type Adapter, connectionDefaults, faultsOfConnection } from '@openvob/payers';
import type { FieldCipher } from '@openvob/platform';
import { IsNull } from 'typeorm';
import type { Database } from '../database';
import { PayerConnectionRow } from '../entities';
import { connectionOf } from './payer-connections';

const pageSize = 500;
/** A start names so many faults; whoever mends these sees the others. */
const mostFaults = 50;

/** Looks at every connection that is in use before anything is asked over it. */
export class ConnectionInspection {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly adapters: ReadonlyMap<string, Adapter>,
  ) {}

  /** Faults of connections, each naming connection, payer, setting and remedy; empty when all can be asked over. */
  async faults(): Promise<string[]> {
    const faults: string[] = [];
    for await (const row of this.rows()) {
      faults.push(...this.faultsOf(row).map((fault) => `Connection ${row.id} of payer ${row.payerId}: ${fault}`));
      if (faults.length >= mostFaults) break;
    }
    return faults.slice(0, mostFaults);
  }

  /** Limits that nobody agreed upon follow their adapter's. @returns how many connections changed */
  async applyDefaults(): Promise<number> {
    let changed = 0;
    const rows = await this.database.directory.find(PayerConnectionRow, {
      select: { id: true, adapter: true, maxInFlight: true },
      where: { agreedInFlight: IsNull() },
    });
    for (const { id, adapter, maxInFlight } of rows) {
      const byAdapter = connectionDefaults(this.adapters.get(adapter)).maxInFlight;
      if (byAdapter === maxInFlight) continue;
      const { affected } = await this.database.directory.update(
        PayerConnectionRow,
        { id, agreedInFlight: IsNull() },
        { maxInFlight: byAdapter },
      );
      changed += affected ?? 0;
    }
    return changed;
  }

  private faultsOf(row: PayerConnectionRow): string[] {
    try {
      return faultsOfConnection(connectionOf(this.cipher, row), this.adapters);
    } catch {
      // What the cipher says may quote what it could not open.
      return ['credentials: cannot be opened with the keys at hand; give them anew or bring the key back'];
    }
  }

  private async *rows(): AsyncGenerator<PayerConnectionRow> {
    for (let after = ''; ; ) {
      const page = await this.database.directory
        .createQueryBuilder(PayerConnectionRow, 'connection')
        .where('connection.disabled_at IS NULL AND connection.id > :after', { after })
        .andWhere('EXISTS (SELECT FROM payer WHERE id = connection.payer_id AND withdrawn_at IS NULL)')
        .orderBy('connection.id')
        .limit(pageSize)
        .getMany();
      yield* page;
      const last = page.at(-1);
      if (page.length < pageSize || !last) return;
      after = last.id;
    }
  }
}
