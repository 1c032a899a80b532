import type { PendingSignIn } from '@openvob/access';
import { CipherError, type FieldCipher } from '@openvob/platform';
import { installation } from '@openvob/store';

const place = { facilityId: installation, table: 'cookie', row: 'provider', column: 'pending' };

/** A sign-in that is under way at a provider, as an encrypted cookie: nothing is stored here until it comes back. */
export class PendingSignIns {
  constructor(private readonly cipher: FieldCipher) {}

  seal(pending: PendingSignIn): string {
    return this.cipher.encrypt(JSON.stringify(pending), place).toString('base64url');
  }

  /** @returns undefined for what was not sealed by us */
  open(value: string | undefined): PendingSignIn | undefined {
    if (value === undefined) return undefined;
    try {
      return JSON.parse(this.cipher.decrypt(Buffer.from(value, 'base64url'), place)) as PendingSignIn;
    } catch (error) {
      if (error instanceof CipherError) return undefined;
      throw error;
    }
  }
}
