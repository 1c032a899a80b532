import { type Algorithm, hash, verify } from '@node-rs/argon2';

/** Argon2id by OWASP's Password Storage Cheat Sheet: 19 MiB, two passes, one lane. The enum of the library is a type only. */
const settings = { algorithm: 2 as Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const prefix = `$argon2id$v=19$m=${settings.memoryCost},t=${settings.timeCost},p=${settings.parallelism}$`;
/** Two at once leave threads to everything else; 19 MiB each. */
const atOnce = 2;

/** Hashes and checks passwords, a few at a time however many ask. */
export class PasswordHasher {
  private readonly waiting: (() => void)[] = [];
  private running = 0;
  private decoy: Promise<string> | undefined;

  hash(password: string): Promise<string> {
    return this.turn(() => hash(normalised(password), settings));
  }

  /**
   * Without a stored hash as much work is done, so that time does not tell whether there is an account.
   *
   * @returns false without a stored hash, and for one that cannot be read
   */
  async verify(stored: string | undefined, password: string): Promise<boolean> {
    const against = stored ?? (await this.decoyHash());
    const matches = await this.turn(() => verify(against, normalised(password)).catch(() => false));
    return matches && stored !== undefined;
  }

  /** Whether a stored hash was made by other settings than today's. */
  isOutdated(stored: string): boolean {
    return !stored.startsWith(prefix);
  }

  private decoyHash(): Promise<string> {
    this.decoy ??= this.hash('nobody has this password');
    return this.decoy;
  }

  private async turn<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= atOnce) await new Promise<void>((go) => this.waiting.push(go));
    else this.running += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}

/** The same password typed on another keyboard is the same (NIST SP 800-63B, 3.1.1.2: normalise by NFKC). */
function normalised(password: string): string {
  return password.normalize('NFKC');
}
