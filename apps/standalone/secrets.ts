import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Reads a secret that only this user may read; makes and keeps it at the first start. */
export function keptSecret(path: string, make: () => string): string {
  if (existsSync(path)) return readFileSync(path, 'utf8');
  const secret = make();
  writeFileSync(path, secret, { mode: 0o600, flag: 'wx' });
  return secret;
}
