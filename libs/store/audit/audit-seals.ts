import { installationChain, type Link, linkOn, type Seals, type TrailLine } from '@openvob/access';
import type { EntityManager } from 'typeorm';
import type { Database } from '../database';
import { inChain, lineColumns, type Trail } from './trails';

const mostAtOnce = 1000;
/** The rest of a long backlog has to wait for the next pass, so that a stopping process soon ends. */
const mostBatches = 20;

/** Links lines to the chains; one process at a time does so for a chain, and nobody who writes a line waits for it. */
export class StoredSeals implements Seals {
  constructor(private readonly database: Database) {}

  async waiting(): Promise<string[]> {
    const facilities = await this.database.forUpkeep((manager) =>
      manager.query<{ id: string }[]>('SELECT DISTINCT facility_id AS id FROM audit_unsealed ORDER BY 1'),
    );
    const [others] = await this.database.directory.query<{ any: boolean }[]>(
      'SELECT EXISTS (SELECT FROM installation_audit_unsealed) AS any',
    );
    return [...facilities.map(({ id }) => id), ...(others?.any ? [installationChain] : [])];
  }

  async seal(chain: string, now: Date): Promise<{ position: number; hash: string } | undefined> {
    let end: Link | undefined;
    for (let batch = 0; batch < mostBatches; batch += 1) {
      const links = await inChain(this.database, chain, (manager, trail) => sealSome({ manager, trail, chain, now }));
      end = links.at(-1) ?? end;
      if (links.length < mostAtOnce) break;
    }
    return end && { position: end.position, hash: end.hash.toString('hex') };
  }
}

interface Sealed {
  manager: EntityManager;
  trail: Trail;
  chain: string;
  now: Date;
}

/** None when somebody else is at this chain. */
async function sealSome({ manager, trail, chain, now }: Sealed): Promise<Link[]> {
  const [lock] = await manager.query<{ held: boolean }[]>(
    `SELECT pg_try_advisory_xact_lock(hashtextextended('openvob audit ' || $1, 0)) AS held`,
    [chain],
  );
  if (!lock?.held) return [];
  const lines = await takeWaiting(manager, trail);
  const links = linkOn(chain, await lastLink(manager, trail), lines);
  await insertLinks(manager, trail, { links, now });
  return links;
}

async function takeWaiting(manager: EntityManager, trail: Trail): Promise<TrailLine[]> {
  const [taken] = await manager.query<[{ id: string }[], number]>(
    `DELETE FROM ${trail.waiting} WHERE entry_id IN (SELECT entry_id FROM ${trail.waiting} ORDER BY entry_id LIMIT ${mostAtOnce})
     RETURNING entry_id AS id`,
  );
  if (taken.length === 0) return [];
  if (trail.readAs) await manager.query(`SET LOCAL ROLE ${trail.readAs}`);
  const lines = await manager.query<TrailLine[]>(
    `SELECT ${lineColumns} FROM ${trail.entries} WHERE id = ANY ($1::bigint[]) ORDER BY id`,
    [taken.map(({ id }) => id)],
  );
  if (trail.readAs) await manager.query('RESET ROLE');
  return lines;
}

async function lastLink(manager: EntityManager, trail: Trail): Promise<Pick<Link, 'position' | 'hash'> | undefined> {
  const [row] = await manager.query<{ position: string; hash: Buffer }[]>(
    `SELECT position, hash FROM ${trail.seals} ORDER BY position DESC LIMIT 1`,
  );
  return row && { position: Number(row.position), hash: row.hash };
}

async function insertLinks(
  manager: EntityManager,
  trail: Trail,
  { links, now }: { links: readonly Link[]; now: Date },
): Promise<void> {
  if (links.length === 0) return;
  await manager.query(
    `INSERT INTO ${trail.seals} (position, entry_id, hash, sealed_at)
     SELECT position, entry_id, decode(hash, 'hex'), $4 FROM unnest($1::bigint[], $2::bigint[], $3::text[]) AS l (position, entry_id, hash)`,
    [
      links.map(({ position }) => position),
      links.map(({ entryId }) => entryId),
      links.map(({ hash }) => hash.toString('hex')),
      now,
    ],
  );
}
