import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/** Where a chain ended at a moment: kept elsewhere, it betrays whoever rewrites or shortens the chain afterwards. */
export interface ChainHead {
  chain: string;
  position: number;
  /** Hexadecimal. */
  hash: string;
  /** Instant in UTC. */
  at: string;
}

/** A head with an Ed25519 signature over its canonical text. */
export interface SignedHead extends ChainHead {
  /** Base64url of the 32 bytes. */
  publicKey: string;
  /** Base64url of the 64 bytes. */
  signature: string;
}

/** What the seed of the signing key is derived for, from the installation's secret. */
export const headSeedPurpose = 'audit_head_signature';

/** What stands before an Ed25519 private key in PKCS #8, and a public one in SPKI (RFC 8410). */
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/** Signs heads. */
export class HeadSigner {
  private readonly key: KeyObject;
  /** Base64url; what an auditor writes down once. */
  readonly publicKey: string;

  /** @param seed 32 secret bytes; the same seed is the same key */
  constructor(seed: Buffer) {
    this.key = createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: 'der', type: 'pkcs8' });
    const spki = createPublicKey(this.key).export({ format: 'der', type: 'spki' });
    this.publicKey = spki.subarray(publicPrefix.length).toString('base64url');
  }

  sign(head: ChainHead): SignedHead {
    const signature = sign(null, textOf(head), this.key).toString('base64url');
    return { ...head, publicKey: this.publicKey, signature };
  }
}

/** Whether the key that the head names has signed just this head. */
export function isGenuine(head: SignedHead): boolean {
  const raw = Buffer.from(head.publicKey, 'base64url');
  if (raw.length !== 32) return false;
  const key = createPublicKey({ key: Buffer.concat([publicPrefix, raw]), format: 'der', type: 'spki' });
  return verify(null, textOf(head), key, Buffer.from(head.signature, 'base64url'));
}

/**
 * Reads exported heads: one JSON object a line, other lines of a log passed over.
 *
 * @returns heads in the order of the file
 */
export function readHeads(text: string): SignedHead[] {
  return text.split('\n').flatMap((line) => {
    const found = parsed(line);
    return found ? [found] : [];
  });
}

function parsed(line: string): SignedHead | undefined {
  try {
    const { chain, position, hash, at, publicKey, signature } = JSON.parse(line) as SignedHead;
    const texts = [chain, hash, at, publicKey, signature];
    if (!Number.isSafeInteger(position) || texts.some((text) => typeof text !== 'string')) return undefined;
    return { chain, position, hash, at, publicKey, signature };
  } catch {
    return undefined; // another line of a log
  }
}

function textOf({ chain, position, hash, at }: ChainHead): Buffer {
  return Buffer.from(`openvob audit head 1\n${chain}\n${position}\n${hash}\n${at}`);
}
