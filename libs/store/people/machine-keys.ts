import type { MachineKey, NewMachineKey } from '@openvob/access';
import { newId } from '@openvob/platform';
import { IsNull } from 'typeorm';
import type { Database, FacilityTransaction } from '../database';
import { ApiKeyRow } from '../entities';
import { type Actor, writeAudit } from '../repositories/audit';

/** Keys of programs, as a facility's administrators see and change them. */
export class StoredMachineKeys {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  list(facilityId: string): Promise<MachineKey[]> {
    return this.database.inFacility(facilityId, async ({ manager }) => {
      const rows = await manager.find(ApiKeyRow, { where: { facilityId }, order: { createdAt: 'DESC', id: 'DESC' } });
      return rows.map(keyOf);
    });
  }

  put(key: NewMachineKey, now: Date): Promise<MachineKey> {
    return this.database.inFacility(key.facilityId, async (tx) => {
      const row = await insert(tx, { ...key, scopes: [...key.scopes], role: 'machine', replaces: null }, now);
      const detail = { scopes: key.scopes.join(' '), expiresAt: key.expiresAt.toISOString() };
      await writeAudit(tx, { actor: key.actor, action: 'key.made', subjectId: row.id, detail }, now);
      return keyOf(row);
    });
  }

  /** The new key has the name, role and scopes of the former one, which ends with the overlap at the latest. */
  replace(
    id: string,
    key: Omit<NewMachineKey, 'name' | 'scopes'> & { formerEndsAt: Date },
    now: Date,
  ): Promise<MachineKey | undefined> {
    const { facilityId, formerEndsAt, actor } = key;
    return this.database.inFacility(facilityId, async (tx) => {
      const former = await tx.manager.findOne(ApiKeyRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
      if (!former || former.revokedAt || (former.expiresAt && former.expiresAt <= now)) return undefined;
      const expiresAt = former.expiresAt && former.expiresAt < formerEndsAt ? former.expiresAt : formerEndsAt;
      await tx.manager.update(ApiKeyRow, { id }, { expiresAt });
      const { name, role, scopes } = former;
      const row = await insert(tx, { ...key, name, role, scopes, replaces: id }, now);
      const detail = { replaces: id, formerEndsAt: expiresAt.toISOString(), expiresAt: key.expiresAt.toISOString() };
      await writeAudit(tx, { actor, action: 'key.rotated', subjectId: row.id, detail }, now);
      return keyOf(row);
    });
  }

  revoke(ref: { id: string; facilityId: string; actor: Actor }, now: Date): Promise<boolean> {
    return this.database.inFacility(ref.facilityId, async (tx) => {
      const { affected } = await tx.manager.update(ApiKeyRow, { id: ref.id, revokedAt: IsNull() }, { revokedAt: now });
      if (affected !== 1) return false;
      await writeAudit(tx, { actor: ref.actor, action: 'key.revoked', subjectId: ref.id }, now);
      return true;
    });
  }
}

type Insertable = Omit<NewMachineKey, 'scopes' | 'actor'> & {
  scopes: string[] | null;
  role: string;
  replaces: string | null;
  actor: Actor;
};

async function insert({ manager }: FacilityTransaction, key: Insertable, now: Date): Promise<ApiKeyRow> {
  const { facilityId, name, role, scopes, keyHash, expiresAt, replaces, actor } = key;
  const id = newId('key', now);
  const row = { id, facilityId, name, role, scopes, keyHash, createdAt: now, expiresAt, replaces, createdBy: actor.id };
  await manager.insert(ApiKeyRow, row);
  return { ...row, revokedAt: null, lastUsedOn: null };
}

function keyOf(row: ApiKeyRow): MachineKey {
  const { id, name, role, createdAt, scopes, createdBy, expiresAt, revokedAt, replaces, lastUsedOn } = row;
  return {
    id,
    name,
    role,
    createdAt,
    ...(scopes ? { scopes } : {}),
    ...(createdBy ? { createdBy } : {}),
    ...(expiresAt ? { expiresAt } : {}),
    ...(revokedAt ? { revokedAt } : {}),
    ...(replaces ? { replaces } : {}),
    ...(lastUsedOn ? { lastUsedOn } : {}),
  };
}
