import type { ApiKeyStore, StoredApiKey } from '@openvob/access';
import type { FieldCipher } from '@openvob/platform';
import type { Database } from '../database';
import { ApiKeyRow, IntakeSourceRow } from '../entities';
import { SealedRow } from '../sealed-row';

/** Machine keys, found by the hash of the key before the facility is known. */
export class StoredApiKeys implements ApiKeyStore {
  constructor(private readonly database: Database) {}

  byHash(hash: Buffer): Promise<StoredApiKey | undefined> {
    return this.database.lookingUp({ apiKeyHash: hash }, async (manager) => {
      const row = await manager.findOneBy(ApiKeyRow, { keyHash: hash });
      if (!row) return undefined;
      const ends = {
        ...(row.expiresAt ? { expiresAt: row.expiresAt } : {}),
        ...(row.revokedAt ? { revokedAt: row.revokedAt } : {}),
        ...(row.scopes ? { scopes: row.scopes } : {}),
        ...(row.lastUsedOn ? { lastUsedOn: row.lastUsedOn } : {}),
      };
      return { id: row.id, facilityId: row.facilityId, role: row.role, ...ends };
    });
  }

  async used({ id, facilityId }: StoredApiKey, on: string): Promise<void> {
    await this.database.inFacility(facilityId, ({ manager }) => manager.update(ApiKeyRow, { id }, { lastUsedOn: on }));
  }
}

/** An intake website: whose it is, and the secrets that its webhooks may be signed with (several during rotation). */
export interface IntakeSource {
  id: string;
  facilityId: string;
  secrets: string[];
}

export class StoredIntakeSources {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  async byId(id: string): Promise<IntakeSource | undefined> {
    const row = await this.database.lookingUp({ intakeSourceId: id }, (manager) =>
      manager.findOneBy(IntakeSourceRow, { id }),
    );
    if (!row || row.revokedAt) return undefined;
    // The keys of its facility are open in a transaction of that facility alone.
    return this.database.inFacility(row.facilityId, async () => {
      const sealed = new SealedRow(this.cipher, row.facilityId, 'intake_source', row.id);
      return {
        id: row.id,
        facilityId: row.facilityId,
        secrets: sealed.openJson<string[]>('secrets', row.secrets) ?? [],
      };
    });
  }
}
