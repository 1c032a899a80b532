import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '@openvob/platform';
import { type Principal, roles } from './principal';

/** An API key's row, as far as checking it needs. */
export interface StoredApiKey {
  id: string;
  facilityId: string;
  role: string;
  expiresAt?: Date;
  revokedAt?: Date;
}

/** Finds a key's row by the hash of the key. */
export interface ApiKeyStore {
  byHash(hash: Buffer): Promise<StoredApiKey | undefined>;
}

const keyShape = /^ovk_[0-9A-Za-z_-]{43}$/;

/** A new key: 256 random bits, shown once; only its hash is stored. */
export function generateApiKey(): string {
  return `ovk_${randomBytes(32).toString('base64url')}`;
}

/** SHA-256 suffices: the key has 256 bits of entropy, so there is nothing to guess. */
export function hashApiKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/** Tells who stands behind an `Authorization` header. */
export class ApiKeys {
  constructor(
    private readonly store: ApiKeyStore,
    private readonly clock: Clock,
  ) {}

  /** @returns undefined for a missing, malformed, unknown, expired or revoked key alike */
  async authenticate(authorization: string | undefined): Promise<Principal | undefined> {
    const key = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    if (!key || !keyShape.test(key)) return undefined;
    const row = await this.store.byHash(hashApiKey(key));
    const role = roles.find((known) => known === row?.role);
    if (!row || !role || row.revokedAt || (row.expiresAt && row.expiresAt <= this.clock.now())) return undefined;
    return { kind: 'api_key', id: row.id, facilityId: row.facilityId, role };
  }
}
