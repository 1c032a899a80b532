import type { ZxcvbnFactory } from '@zxcvbn-ts/core';

/** NIST SP 800-63B-4, 3.1.1.2: at least 15 characters for a password that may stand alone, at least 64 allowed. */
export const shortestPassword = 15;
export const longestPassword = 256;

/** Searching a longer beginning than this takes too long and finds nothing more. */
const judgedLength = 64;
/** Found by fewer guesses than ten to the power of this: made of common passwords, names, repeats or rows of keys. */
const fewestGuessesLog10 = 10;

/** Why a password is refused, with a sentence for the person. */
export interface PasswordFault {
  code: 'too_short' | 'too_long' | 'too_common';
  detail: string;
}

let judge: Promise<ZxcvbnFactory> | undefined;

/**
 * Length and commonness, and nothing else: no rules on kinds of characters, no expiry (NIST SP 800-63B-4, 3.1.1.2).
 *
 * @param ownWords what an attacker would try first for this person: e-mail, name, facility
 */
export async function passwordFault(password: string, ownWords: readonly string[]): Promise<PasswordFault | undefined> {
  const length = [...password.normalize('NFKC')].length;
  if (length < shortestPassword)
    return {
      code: 'too_short',
      detail: `must have at least ${shortestPassword} characters; three or four words will do`,
    };
  if (length > longestPassword) return { code: 'too_long', detail: `must have at most ${longestPassword} characters` };
  if ((await guessesLog10(password, ownWords)) < fewestGuessesLog10)
    return {
      code: 'too_common',
      detail: 'is made of what is tried first: common passwords, names, repeats or rows of keys',
    };
  return undefined;
}

async function guessesLog10(password: string, ownWords: readonly string[]): Promise<number> {
  judge ??= newJudge();
  const beginning = [...password.normalize('NFKC')].slice(0, judgedLength).join('');
  return (await judge).check(beginning, [...new Set(['openvob', ...ownWords.flatMap(wordsIn)])]).guessesLog10;
}

/** Its dictionaries are read when the first password is chosen, not by every process that starts. */
async function newJudge(): Promise<ZxcvbnFactory> {
  const { ZxcvbnFactory: Judge } = await import('@zxcvbn-ts/core');
  const { adjacencyGraphs: graphs, dictionary } = await import('@zxcvbn-ts/language-common');
  return new Judge({ dictionary, graphs, maxLength: judgedLength });
}

function wordsIn(text: string): string[] {
  const lower = text.toLowerCase();
  return [lower, ...lower.split(/[^\p{L}\p{N}]+/u)].filter((word) => word.length >= 3);
}
