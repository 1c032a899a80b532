import { type Clock, Problem } from '@openvob/platform';
import { generateApiKey, hashApiKey } from './api-keys';
import { actingFor } from './members';
import type { Principal } from './principal';
import type { Scope } from './scopes';

/** A key as administrators see it: everything but the key. */
export interface MachineKey {
  id: string;
  name: string;
  role: string;
  scopes?: readonly string[];
  createdAt: Date;
  createdBy?: string;
  expiresAt?: Date;
  revokedAt?: Date;
  replaces?: string;
  lastUsedOn?: string;
}

/** A key to store. */
export interface NewMachineKey {
  facilityId: string;
  name: string;
  scopes: readonly Scope[];
  keyHash: Buffer;
  expiresAt: Date;
  actor: ReturnType<typeof actingFor>;
}

/** What administering keys needs of the database. */
export interface MachineKeyStore {
  list(facilityId: string): Promise<MachineKey[]>;
  put(key: NewMachineKey, now: Date): Promise<MachineKey>;
  /** @returns the key that replaces it; undefined for one that is not there or holds no more */
  replace(
    id: string,
    key: Omit<NewMachineKey, 'name' | 'scopes'> & { formerEndsAt: Date },
    now: Date,
  ): Promise<MachineKey | undefined>;
  /** @returns false for one that is not there or holds no more */
  revoke(ref: { id: string; facilityId: string; actor: ReturnType<typeof actingFor> }, now: Date): Promise<boolean>;
}

const dayMs = 24 * 3_600_000;

/** Keys of programs: made, replaced and revoked by administrators. The key itself is shown once. */
export class MachineKeys {
  constructor(
    private readonly store: MachineKeyStore,
    private readonly clock: Clock,
  ) {}

  list(caller: Principal): Promise<MachineKey[]> {
    return this.store.list(caller.facilityId);
  }

  async make(
    caller: Principal,
    wanted: { name: string; scopes: readonly Scope[]; expiresInDays: number },
  ): Promise<{ key: MachineKey; secret: string }> {
    const { name, scopes, expiresInDays } = wanted;
    const { secret, ...made } = this.fresh(caller, expiresInDays);
    return { key: await this.store.put({ ...made, name, scopes }, this.clock.now()), secret };
  }

  /**
   * Makes another key with the same name and scopes; the former one goes on for the overlap, so that no call is refused meanwhile.
   *
   * @throws Problem `not_found`
   */
  async rotate(
    caller: Principal,
    id: string,
    wanted: { overlapHours: number; expiresInDays: number },
  ): Promise<{ key: MachineKey; secret: string }> {
    const { secret, ...made } = this.fresh(caller, wanted.expiresInDays);
    const now = this.clock.now();
    const formerEndsAt = new Date(now.getTime() + wanted.overlapHours * 3_600_000);
    const key = await this.store.replace(id, { ...made, formerEndsAt }, now);
    if (!key) throw new Problem('not_found');
    return { key, secret };
  }

  /** @throws Problem `not_found` */
  async revoke(caller: Principal, id: string): Promise<void> {
    const ref = { id, facilityId: caller.facilityId, actor: actingFor(caller) };
    if (!(await this.store.revoke(ref, this.clock.now()))) throw new Problem('not_found');
  }

  /** Whether a key opens anything now. */
  stateOf({ revokedAt, expiresAt }: MachineKey): 'active' | 'expired' | 'revoked' {
    if (revokedAt) return 'revoked';
    return expiresAt && expiresAt <= this.clock.now() ? 'expired' : 'active';
  }

  private fresh(caller: Principal, expiresInDays: number) {
    const secret = generateApiKey();
    const expiresAt = new Date(this.clock.now().getTime() + expiresInDays * dayMs);
    const { facilityId } = caller;
    return { secret, facilityId, keyHash: hashApiKey(secret), expiresAt, actor: actingFor(caller) };
  }
}
