import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A package as the lockfile names it. */
export interface LockedPackage {
  /** E.g. `node_modules/axios`. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

/** Every package of `package-lock.json`, the repository itself left out. @throws Error when it is not of version 3 */
export function readLockfile(root: string): LockedPackage[] {
  return lockedIn(readFileSync(join(root, 'package-lock.json'), 'utf8'));
}

/** As `readLockfile`, of a lock's text. */
export function lockedIn(text: string): LockedPackage[] {
  const lock = JSON.parse(text) as { lockfileVersion: number; packages: Record<string, Omit<LockedPackage, 'path'>> };
  if (lock.lockfileVersion !== 3) throw new Error(`package-lock.json is of version ${lock.lockfileVersion}, not 3`);
  return Object.entries(lock.packages)
    .filter(([path]) => path !== '')
    .map(([path, one]) => ({ ...one, path, name: one.name ?? path.slice(path.lastIndexOf('node_modules/') + 13) }));
}
