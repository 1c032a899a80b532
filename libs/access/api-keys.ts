import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '@openvob/platform';
import { type Principal, roles } from './principal';
import { type Scope, scopes } from './scopes';

/** An API key's row, as far as checking it needs. */
export interface StoredApiKey {
  id: string;
  facilityId: string;
  role: string;
  expiresAt?: Date;
  revokedAt?: Date;
  /** Left out: everything that the role may do. */
  scopes?: readonly string[];
  /** UTC. */
  lastUsedOn?: string;
}

/** Finds a key's row by the hash of the key. */
export interface ApiKeyStore {
  byHash(hash: Buffer): Promise<StoredApiKey | undefined>;
  /** Notes the day on which the key was used last. */
  used(key: StoredApiKey, on: string): Promise<void>;
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
    const now = this.clock.now();
    if (!row || !role || row.revokedAt || (row.expiresAt && row.expiresAt <= now)) return undefined;
    const today = now.toISOString().slice(0, 10);
    if (row.lastUsedOn !== today) await this.store.used(row, today);
    const who = { kind: 'api_key', id: row.id, facilityId: row.facilityId, role } as const;
    return row.scopes ? { ...who, scopes: knownScopes(row.scopes) } : who;
  }
}

function knownScopes(stored: readonly string[]): Scope[] {
  return scopes.filter((scope) => stored.includes(scope));
}
