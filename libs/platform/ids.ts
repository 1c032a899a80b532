import { randomBytes } from 'node:crypto';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** Prefixes of opaque ids, one per kind of row. */
export type IdPrefix =
  | 'ver'
  | 'fac'
  | 'key'
  | 'src'
  | 'prg'
  | 'rat'
  | 'pay'
  | 'con'
  | 'inq'
  | 'ans'
  | 'cst'
  | 'dis'
  | 'pat'
  | 'ptr'
  | 'hld'
  | 'cov'
  | 'bat'
  | 'att'
  | 'viw'
  | 'trc'
  | 'cal'
  | 'crv'
  | 'nte'
  | 'aut'
  | 'att'
  | 'rem'
  | 'per'
  | 'ses'
  | 'dev'
  | 'lnk'
  | 'idp'
  | 'emg'
  | 'eml'
  | 'whe'
  | 'whd'
  | 'evt';

/** A new opaque id: prefix, then 48 bits of time and 80 random bits in lower-case base 32, so that ids sort by creation. */
export function newId(prefix: IdPrefix, now: Date): string {
  return `${prefix}_${encode(BigInt(now.getTime()), 10)}${encode(BigInt(`0x${randomBytes(10).toString('hex')}`), 16)}`;
}

function encode(value: bigint, length: number): string {
  let rest = value;
  let text = '';
  for (let index = 0; index < length; index += 1) {
    text = (alphabet[Number(rest & 31n)] ?? '') + text;
    rest >>= 5n;
  }
  return text;
}
