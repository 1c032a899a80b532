import { installationChain } from '@openvob/access';
import type { EntityManager } from 'typeorm';
import type { Database, FacilityTransaction } from '../database';
import { type Actor, writeAudit } from '../repositories/audit';

/** What of a trail is asked for; everything that is left out is not asked about. */
export interface TrailFilter {
  from?: Date;
  /** Up to and not including. */
  to?: Date;
  actor?: string;
  actions?: readonly string[];
  /** A verification, payer, person, …; lines that list it among others count too. */
  subject?: string;
  emergency?: string;
  after?: { at: Date; id: string };
  limit: number;
}

/** A line of a facility's trail. */
export interface TrailEntry {
  id: string;
  at: Date;
  actor: { kind: string; id: string; name?: string };
  action: string;
  subjectId: string;
  detail: Record<string, unknown>;
  /** Its place in the hash chain; none while it is not linked yet. */
  seal?: { position: number; hash: string; at: Date };
}

interface EntryRow {
  id: string;
  at: Date;
  kind: string;
  actor: string;
  name: string | null;
  action: string;
  subject: string;
  detail: Record<string, unknown>;
  position: string | null;
  hash: string | null;
  sealed: Date | null;
}

/** Actions that show several patients at once, and name them in their detail. */
const listing = ['verifications.listed', 'batch.read'];

interface Asked {
  facilityId: string;
  actor: Actor;
  now: Date;
}

/** The trails for auditors. To have read one stands in that of the facility. */
export class AuditTrail {
  constructor(private readonly database: Database) {}

  /** A facility's own trail, newest first. */
  find({ facilityId, actor, now }: Asked, filter: TrailFilter): Promise<TrailEntry[]> {
    return this.database.inFacility(facilityId, async (tx) => {
      const rows = await tx.manager.query<EntryRow[]>(...ofFacility(facilityId, filter));
      const detail = { count: Math.min(rows.length, filter.limit) };
      await writeAudit(tx, { actor, action: 'audit.read', subjectId: filter.subject ?? facilityId, detail }, now);
      return rows.map(entryOf);
    });
  }

  /** What belongs to no facility (accounts without one, key service, keys of the installation); lines about other facilities are left out. */
  findOfInstallation({ facilityId, actor, now }: Asked, filter: TrailFilter): Promise<TrailEntry[]> {
    return this.database.inFacility(facilityId, async (tx) => {
      const rows = await asUpkeep(tx, () => tx.manager.query<EntryRow[]>(...ofInstallation(facilityId, filter)));
      const detail = { count: Math.min(rows.length, filter.limit), trail: installationChain };
      await writeAudit(tx, { actor, action: 'audit.read', subjectId: filter.subject ?? facilityId, detail }, now);
      return rows.map(entryOf);
    });
  }

  /** Where a facility's chain ends; undefined before its first link. */
  head(facilityId: string): Promise<ChainEnd | undefined> {
    return this.database.inFacility(facilityId, ({ manager }) => lastOf(manager, 'audit_seal'));
  }

  headOfInstallation(): Promise<ChainEnd | undefined> {
    return this.database.forUpkeep((manager) => lastOf(manager, 'installation_audit_seal'));
  }
}

export interface ChainEnd {
  position: number;
  hash: string;
  at: Date;
}

async function lastOf(manager: EntityManager, seals: string): Promise<ChainEnd | undefined> {
  const [row] = await manager.query<{ position: string; hash: string; at: Date }[]>(
    `SELECT position, encode(hash, 'hex') AS hash, sealed_at AS at FROM ${seals} ORDER BY position DESC LIMIT 1`,
  );
  return row && { ...row, position: Number(row.position) };
}

/** The application may add to the installation's trail, and read it under this role alone. */
async function asUpkeep<T>({ manager }: FacilityTransaction, work: () => Promise<T>): Promise<T> {
  await manager.query('SET LOCAL ROLE openvob_upkeep');
  const done = await work();
  await manager.query('RESET ROLE');
  return done;
}

const sealColumns = `s.position, encode(s.hash, 'hex') AS hash, s.sealed_at AS sealed`;
const entryColumns = `e.id::text AS id, e.at, e.actor_kind AS kind, e.actor_id AS actor, e.action, e.subject_id AS subject, e.detail, ${sealColumns}`;

function ofFacility(facilityId: string, filter: TrailFilter): [string, unknown[]] {
  const values: unknown[] = [facilityId];
  return [
    `SELECT ${entryColumns}, coalesce(p.name, k.name) AS name
     FROM audit_entry e LEFT JOIN audit_seal s ON s.facility_id = e.facility_id AND s.entry_id = e.id
       LEFT JOIN person p ON e.actor_kind = 'person' AND p.id = e.actor_id
       LEFT JOIN api_key k ON e.actor_kind = 'api_key' AND k.id = e.actor_id
     WHERE e.facility_id = $1 AND ${conditionsOf(filter, values)}`,
    values,
  ];
}

function ofInstallation(facilityId: string, filter: TrailFilter): [string, unknown[]] {
  const values: unknown[] = [facilityId];
  return [
    `SELECT ${entryColumns}, NULL AS name
     FROM installation_audit_entry e LEFT JOIN installation_audit_seal s ON s.entry_id = e.id
     WHERE NOT EXISTS (SELECT FROM facility f WHERE f.id = e.subject_id AND f.id <> $1) AND ${conditionsOf(filter, values)}`,
    values,
  ];
}

/** The rest of a query for lines, newest first. @param values what its places stand for; more are added */
function conditionsOf(filter: TrailFilter, values: unknown[]): string {
  const place = (value: unknown): string => `$${values.push(value)}`;
  const { from, to, actor, actions, subject, emergency, after } = filter;
  const conditions = ['true'];
  if (from) conditions.push(`e.at >= ${place(from)}`);
  if (to) conditions.push(`e.at < ${place(to)}`);
  if (actor) conditions.push(`e.actor_id = ${place(actor)}`);
  if (actions) conditions.push(`e.action = ANY (${place(actions)})`);
  if (subject) conditions.push(naming(place(subject)));
  if (emergency) conditions.push(`e.detail->>'emergencyId' = ${place(emergency)}`);
  if (after) conditions.push(`(e.at, e.id) < (${place(after.at)}, ${place(after.id)}::bigint)`);
  return `${conditions.join(' AND ')} ORDER BY e.at DESC, e.id DESC LIMIT ${place(filter.limit)}`;
}

function naming(place: string): string {
  const actions = listing.map((action) => `'${action}'`).join(', ');
  return `(e.subject_id = ${place} OR (e.action IN (${actions}) AND jsonb_exists(e.detail->'subjects', ${place})))`;
}

function entryOf({ id, at, kind, actor, name, action, subject, detail, position, hash, sealed }: EntryRow): TrailEntry {
  return {
    id,
    at,
    actor: { kind, id: actor, ...(name ? { name } : {}) },
    action,
    subjectId: subject,
    detail,
    ...(position && hash && sealed ? { seal: { position: Number(position), hash, at: sealed } } : {}),
  };
}
