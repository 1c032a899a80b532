import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { checkSync } from 'recheck';
import type { FoundRegex } from './regexes';

/** What was found out about an expression. */
export interface Verdict {
  readonly status: 'safe' | 'vulnerable' | 'unknown';
  /** How its time grows, e.g. `2nd degree polynomial`. */
  readonly growth?: string;
  /** A text of about `attackLength` that makes it slow. */
  readonly attack?: string;
}

const timeoutMs = 8_000;
export const attackLength = 50_000;

/** Expressions that are judged once and remembered, since that takes half a minute for all of them. */
export class Judge {
  private readonly known: Record<string, Verdict>;

  /**
   * @param file where verdicts are remembered; nowhere when left out
   * @param kept verdicts that stand in the repository: safe ones, by their hashes
   */
  constructor(
    private readonly file?: string,
    kept: readonly string[] = [],
  ) {
    const safe = Object.fromEntries(kept.map((key) => [key, { status: 'safe' } as const]));
    const earlier = file && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, Verdict>) : {};
    this.known = { ...earlier, ...safe };
  }

  verdictOn({ source, flags }: Pick<FoundRegex, 'source' | 'flags'>): Verdict {
    const key = keyOf({ source, flags });
    const known = this.known[key];
    if (known) return known;
    const verdict = judged(source, flags);
    this.known[key] = verdict;
    return verdict;
  }

  remember(): void {
    if (!this.file) return;
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.file, JSON.stringify(this.known));
  }
}

/** What an expression is remembered by. */
export function keyOf({ source, flags }: Pick<FoundRegex, 'source' | 'flags'>): string {
  return createHash('sha256').update(`${flags}/${source}`).digest('hex').slice(0, 24);
}

function judged(source: string, flags: string): Verdict {
  const found = checkSync(source, flags, { timeout: timeoutMs, attackLimit: attackLength });
  const growth = found.status === 'unknown' ? undefined : found.complexity.summary;
  const attack = found.status === 'vulnerable' ? attackOf(found.attack) : undefined;
  return { status: found.status, ...(growth ? { growth } : {}), ...(attack === undefined ? {} : { attack }) };
}

/** The attack's parts repeated until it is as long as attacks are tried here. */
function attackOf({ pumps, suffix }: { pumps: { prefix: string; pump: string }[]; suffix: string }): string {
  const each = Math.floor(attackLength / Math.max(1, pumps.length));
  const parts = pumps.map(({ prefix, pump }) => prefix + pump.repeat(Math.ceil(each / Math.max(1, pump.length))));
  return parts.join('') + suffix;
}
