import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { commandLineOf, isAlive } from '../processes';

/** A running server of a data folder. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
}

/**
 * The server that runs on `data`, if one does: it may have survived a `kill -9` of the program that started it. A lock
 * file whose process number meanwhile belongs to another program would keep the next server from starting; it is removed.
 */
export function findPostmaster(data: string): Postmaster | undefined {
  const path = join(data, 'postmaster.pid');
  if (!existsSync(path)) return undefined;
  const [pid = 0, , , port = 0] = readFileSync(path, 'utf8').split('\n').map(Number);
  if (!isAlive(pid)) return undefined; // PostgreSQL clears it away by itself
  if (commandLineOf(pid).includes(data)) return { pid, port };
  rmSync(path);
  return undefined;
}
