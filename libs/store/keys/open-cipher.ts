import {
  type Clock,
  ConfigError,
  createKeyManagement,
  FieldCipher,
  type KeyRing,
  type KeysConfig,
  type Log,
  Problem,
} from '@openvob/platform';
import type { Database } from '../database';
import { installation } from './data-key-rows';
import { DataKeys } from './data-keys';

/** A cipher with the keys that it encrypts under. */
export interface OpenCipher {
  cipher: FieldCipher;
  keys: DataKeys;
}

/** The cipher of a process: from now on each transaction of this database has its facility's data keys open. */
export function openCipher(
  database: Database,
  { keys, keyRing }: { keys: KeysConfig; keyRing: KeyRing },
  { clock, log }: { clock: Clock; log: Log },
): OpenCipher {
  const dataKeys = new DataKeys(database, { management: createKeyManagement(keys), ring: keyRing, clock, log });
  database.openKeysBy(dataKeys);
  return { cipher: new FieldCipher(keyRing, dataKeys), keys: dataKeys };
}

/**
 * Opens the installation's keys at the start of a process, so that one that cannot read anything does not begin.
 *
 * @throws ConfigError naming what the key service said
 */
export async function refuseUnusableKeys(database: Database, keys: DataKeys): Promise<void> {
  try {
    await keys.ready(installation);
  } catch (error) {
    await database.close();
    if (!(error instanceof Problem)) throw error;
    const why = error.options.cause instanceof Error ? error.options.cause.message : error.message;
    throw new ConfigError([
      `The encryption keys cannot be used (${why}): check KEY_SERVICE and its settings, and that the master key which the data keys were wrapped under is still there`,
    ]);
  }
}
