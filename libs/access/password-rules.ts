import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

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

let judge: ZxcvbnFactory | undefined;

/**
 * Length and commonness, and nothing else: no rules on kinds of characters, no expiry (NIST SP 800-63B-4, 3.1.1.2).
 *
 * @param ownWords what an attacker would try first for this person: e-mail, name, facility
 */
export function passwordFault(password: string, ownWords: readonly string[]): PasswordFault | undefined {
  const length = [...password.normalize('NFKC')].length;
  if (length < shortestPassword)
    return {
      code: 'too_short',
      detail: `must have at least ${shortestPassword} characters; three or four words will do`,
    };
  if (length > longestPassword) return { code: 'too_long', detail: `must have at most ${longestPassword} characters` };
  if (guessesLog10(password, ownWords) < fewestGuessesLog10)
    return {
      code: 'too_common',
      detail: 'is made of what is tried first: common passwords, names, repeats or rows of keys',
    };
  return undefined;
}

function guessesLog10(password: string, ownWords: readonly string[]): number {
  judge ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: judgedLength });
  const beginning = [...password.normalize('NFKC')].slice(0, judgedLength).join('');
  return judge.check(beginning, [...new Set(['openvob', ...ownWords.flatMap(wordsIn)])]).guessesLog10;
}

function wordsIn(text: string): string[] {
  const lower = text.toLowerCase();
  return [lower, ...lower.split(/[^\p{L}\p{N}]+/u)].filter((word) => word.length >= 3);
}
