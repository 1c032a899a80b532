import { installationChain, type WalkedLink } from '@openvob/access';
import type { EntityManager } from 'typeorm';
import type { Database } from '../database';
import { inChain, lineColumns, type Trail } from './trails';

const pageSize = 2000;
/** A line that is older and not linked was kept out of the chain. */
const linkedWithinMs = 15 * 60_000;

/** Reads chains from one end to the other, for whoever verifies them. */
export class AuditWalk {
  constructor(private readonly database: Database) {}

  /** Every chain: the installation's, and one a facility. */
  async chains(): Promise<string[]> {
    const rows = await this.database.forUpkeep((manager) =>
      manager.query<{ id: string }[]>('SELECT id FROM facility ORDER BY id'),
    );
    return [installationChain, ...rows.map(({ id }) => id)];
  }

  async *links(chain: string): AsyncGenerator<WalkedLink> {
    for (let after = 0; ; ) {
      const page = await inChain(this.database, chain, (manager, trail) => pageOf(manager, trail, after));
      yield* page;
      const last = page.at(-1);
      if (!last || page.length < pageSize) return;
      after = last.position;
    }
  }

  /** Ids of lines that ought to be linked by now and are not. */
  notLinked(chain: string, now: Date): Promise<string[]> {
    return inChain(this.database, chain, async (manager, trail) => {
      if (trail.readAs) await manager.query(`SET LOCAL ROLE ${trail.readAs}`);
      const rows = await manager.query<{ id: string }[]>(
        `SELECT e.id::text AS id FROM ${trail.entries} e WHERE e.at < $1
           AND NOT EXISTS (SELECT FROM ${trail.seals} s WHERE s.entry_id = e.id${trail.readAs ? '' : ' AND s.facility_id = e.facility_id'}) ORDER BY e.id LIMIT 1000`,
        [new Date(now.getTime() - linkedWithinMs)],
      );
      return rows.map(({ id }) => id);
    });
  }
}

interface LinkRow {
  position: string;
  linked: string;
  hash: Buffer;
}

async function pageOf(manager: EntityManager, trail: Trail, after: number): Promise<WalkedLink[]> {
  const links = await manager.query<LinkRow[]>(
    `SELECT position, entry_id::text AS linked, hash FROM ${trail.seals} WHERE position > $1 ORDER BY position LIMIT ${pageSize}`,
    [after],
  );
  if (trail.readAs) await manager.query(`SET LOCAL ROLE ${trail.readAs}`);
  const lines = await manager.query<NonNullable<WalkedLink['line']>[]>(
    `SELECT ${lineColumns} FROM ${trail.entries} WHERE id = ANY ($1::bigint[])`,
    [links.map(({ linked }) => linked)],
  );
  const byId = new Map(lines.map((line) => [line.entryId, line]));
  return links.map(({ position, linked, hash }) => {
    const line = byId.get(linked);
    return { position: Number(position), entryId: linked, hash, ...(line ? { line } : {}) };
  });
}
