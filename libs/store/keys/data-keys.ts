import { randomBytes } from 'node:crypto';
import {
  type Clock,
  type KeyChain,
  type KeyManagement,
  type KeyRing,
  KeyServiceError,
  type Log,
  type OpenKeys,
  Problem,
} from '@openvob/platform';
import type { EntityManager } from 'typeorm';
import type { Database, KeyGenerations, TransactionKeys } from '../database';
import { type DataKeyRow, DataKeyRows, installation, type KeyPurpose, keyPurposes } from './data-key-rows';

export interface DataKeyParts {
  management: KeyManagement;
  /** Opens what earlier versions encrypted; empty where there is nothing of the kind. */
  ring: KeyRing;
  clock: Clock;
  log: Log;
}

interface Held {
  keys: OpenKeys;
  generation: string;
  openedAt: number;
}

/** After so long data keys are unwrapped anew, so that a master key that was disabled closes everything soon. */
const openForMs = 5 * 60_000;
/** A key service that does not answer is bridged for so long; one that refuses is not. */
const bridgedForMs = 60 * 60_000;
const tellEveryMs = 60_000;

/** Data keys of facilities, unwrapped while they are in use; each transaction finds out whether they have changed. */
export class DataKeys implements KeyChain, TransactionKeys {
  private readonly held = new Map<string, Held>();
  private readonly opening = new Map<string, Promise<void>>();
  private readonly toldAt = new Map<string, number>();

  constructor(
    private readonly database: Database,
    readonly parts: DataKeyParts,
  ) {}

  /** @throws Problem `keys_destroyed`, `keys_unavailable` */
  of(owner: string): OpenKeys {
    const held = this.held.get(owner);
    if (!held) throw new Problem('keys_unavailable');
    if (held.keys.current === 0) throw new Problem('keys_destroyed');
    return held.keys;
  }

  /** Opens the owner's keys outside any transaction, and makes them for one that has none yet. @throws Problem `keys_unavailable` */
  async ready(owner: string): Promise<void> {
    const held = this.held.get(owner);
    if (held && this.parts.clock.now().getTime() - held.openedAt < openForMs) return;
    const running = this.opening.get(owner) ?? this.open(owner).finally(() => this.opening.delete(owner));
    this.opening.set(owner, running);
    await running;
  }

  /** Opens changed keys inside the transaction that noticed. */
  async within(manager: EntityManager, facilityId: string | undefined, now: KeyGenerations): Promise<void> {
    const owners = [[installation, now.installation] as const, ...(facilityId ? [[facilityId, now.own] as const] : [])];
    for (const [owner, generation] of owners) {
      if (generation === '0' || this.held.get(owner)?.generation === generation) continue;
      await this.keep(owner, await new DataKeyRows(manager, owner).all());
    }
  }

  private async open(owner: string): Promise<void> {
    const rows = await this.database.plainly(owner, async (manager) => {
      const keys = new DataKeyRows(manager, owner);
      const found = await keys.all();
      return found.length > 0 || !(await isKnown(manager, owner)) ? found : this.make(keys, owner);
    });
    if (rows.length > 0) await this.keep(owner, rows);
  }

  /** The first keys of an owner. What may be there already is under the ring, and is brought under them. */
  private async make(keys: DataKeyRows, owner: string): Promise<DataKeyRow[]> {
    await keys.lock();
    if ((await keys.all()).length > 0) return keys.all();
    const now = this.parts.clock.now();
    for (const purpose of keyPurposes) {
      if (this.parts.ring.current !== '')
        await keys.insert({ purpose, version: 0, state: 'retiring', masterKey: null, wrapped: null }, now);
      await this.add(keys, owner, purpose, 1);
    }
    if (owner === installation) await this.add(keys, owner, 'secret', 1);
    return keys.all();
  }

  /** A fresh key that encrypts from now on. */
  async add(keys: DataKeyRows, owner: string, purpose: KeyPurpose, version: number): Promise<void> {
    const { management, clock } = this.parts;
    const context = { facility: owner, purpose, version: String(version) };
    const { masterKey, bytes } = await this.asking(owner, () => management.wrap(randomBytes(32), context));
    await keys.insert({ purpose, version, state: 'current', masterKey, wrapped: bytes }, clock.now());
  }

  private async keep(owner: string, rows: readonly DataKeyRow[]): Promise<void> {
    const held = this.held.get(owner);
    const now = this.parts.clock.now().getTime();
    try {
      const keys = await this.unwrapped(owner, rows);
      this.held.set(owner, { keys, generation: rows[0]?.generation ?? '0', openedAt: now });
    } catch (error) {
      const isUnreachable = error instanceof Problem && isUnreachableCause(error.cause);
      const isSame = held?.generation === rows[0]?.generation;
      if (held && isSame && isUnreachable && now - held.openedAt < bridgedForMs) return;
      this.held.delete(owner);
      throw error;
    }
  }

  private async unwrapped(owner: string, rows: readonly DataKeyRow[]): Promise<OpenKeys> {
    const fields = new Map<number, Buffer>();
    const index: { version: number; key: Buffer }[] = [];
    let secret: Buffer | undefined;
    for (const row of rows.filter(({ state }) => state !== 'destroyed')) {
      const key = row.version === 0 ? undefined : await this.unwrap(owner, row);
      if (row.purpose === 'fields' && key) fields.set(row.version, key);
      if (row.purpose === 'secret') secret = key;
      if (row.purpose === 'index') index.push({ version: row.version, key: key ?? this.parts.ring.index });
    }
    const current = rows.find(({ purpose, state }) => purpose === 'fields' && state === 'current')?.version ?? 0;
    index.sort((one, other) => other.version - one.version);
    return { current, fields, index: index.map(({ key }) => key), ...(secret ? { secret } : {}) };
  }

  private unwrap(owner: string, { purpose, version, masterKey, wrapped }: DataKeyRow): Promise<Buffer> {
    const context = { facility: owner, purpose, version: String(version) };
    const sealed = { masterKey: masterKey ?? '', bytes: wrapped ?? Buffer.alloc(0) };
    return this.asking(owner, () => this.parts.management.unwrap(sealed, context));
  }

  /** What goes wrong at the key service is told to operations, and refuses the request in one sentence. */
  async asking<T>(owner: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      const why = cause instanceof KeyServiceError ? { kind: cause.kind, code: cause.code } : { kind: 'other' };
      await this.tell(owner, why);
      const detail = 'Patient data cannot be opened at the moment, since the key service does not give out the keys.';
      throw new Problem('keys_unavailable', { detail, retryAfterSeconds: 30, cause });
    }
  }

  private async tell(owner: string, why: Record<string, string>): Promise<void> {
    const now = this.parts.clock.now();
    if (now.getTime() - (this.toldAt.get(owner) ?? 0) < tellEveryMs) return;
    this.toldAt.set(owner, now.getTime());
    this.parts.log.error('keys.unavailable', { facilityId: owner, ...why });
    await this.database.recordKeyFault(owner, why, now).catch(() => undefined);
  }
}

function isUnreachableCause(cause: unknown): boolean {
  return cause instanceof KeyServiceError && cause.kind === 'unreachable';
}

/** A facility that is being set up has no row yet, and nothing to encrypt. */
async function isKnown(manager: EntityManager, owner: string): Promise<boolean> {
  if (owner === installation) return true;
  const rows = await manager.query<unknown[]>('SELECT FROM facility WHERE id = $1', [owner]);
  return rows.length > 0;
}
