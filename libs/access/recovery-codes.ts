import { createHash, randomInt } from 'node:crypto';

/** Without letters and digits that are taken for one another. */
const alphabet = '23456789abcdefghjkmnpqrstvwxyz';
const groups = 4;
const groupLength = 4;
export const recoveryCodeCount = 10;

/** Ten codes of 78 random bits, each good for one sign-in without the authenticator app; shown once. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: recoveryCodeCount }, newCode);
}

/** With the person bound in, so that equal hashes cannot be looked for across people. Typed with or without hyphens, in any case. */
export function hashRecoveryCode(personId: string, code: string): Buffer {
  const plain = code.toLowerCase().replace(/[^0-9a-z]/g, '');
  return createHash('sha256').update(`${personId}\0${plain}`).digest();
}

function newCode(): string {
  const group = (): string => Array.from({ length: groupLength }, () => alphabet[randomInt(alphabet.length)]).join('');
  return Array.from({ length: groups }, group).join('-');
}
