import { classOf, lettersOf, wordsOf } from './words';

/** Raised whenever folding changes: rows that were folded by another edition are folded anew. */
export const foldingEdition = 1;

/** A name as it is stored for look-ups. */
export interface FoldedName {
  readonly text: string;
  /** Letters and digits alone: the same for "Northwind PPO" and "north-wind ppo". */
  readonly letters: string;
  /** What the name says, in no order and without fillers: the same for "BCBS of Texas" and "Texas Blue Cross & Blue Shield". */
  readonly canonical: string;
  /** First letters of the words that must be said, in their order. */
  readonly initials: string;
  readonly words: readonly string[];
  /** What likeness is measured against. */
  readonly searchText: string;
}

/** Folds a name or an alias of a payer. */
export function foldName(text: string): FoldedName {
  const words = wordsOf(text);
  const letters = lettersOf(text);
  const key = keyOf(words);
  return {
    text,
    letters,
    canonical: canonicalOf(words),
    initials: key.map((word) => word.slice(0, 1)).join(''),
    words: [...new Set(words)],
    searchText: [...new Set([...words, letters])].join(' '),
  };
}

/** True when words name somebody: not by what many payers share, nor by a place or a plan alone. */
export function isNamed(words: readonly string[]): boolean {
  return words.some((word) => classOf(word) === 'own');
}

const legal = new Set('a and the of for co company corp corporation inc incorporated llc ltd'.split(' '));
const subject = new Set(['health', 'healthcare']);

/** What a name says; of a single word that others share, everything in its order: "Health First" is not "First Health". */
export function canonicalOf(words: readonly string[]): string {
  const strong = words.filter((word) => classOf(word) !== 'filler');
  if (isNamed(strong) || strong.length > 1) return [...strong].sort().join(' ');
  const about = words.filter((word) => classOf(word) !== 'filler' || subject.has(word));
  return (about.length > 1 ? about : words.filter((word) => !legal.has(word))).join(' ');
}

/**
 * The words of a name that must be said for it to be meant: what sets it apart, with everything between, and what tells it from the payer's
 * other plans. Of a name without a word of its own, every word but fillers.
 */
export function keyOf(words: readonly string[]): string[] {
  const said = words.filter((word) => classOf(word) !== 'filler');
  if (!isNamed(said)) return said;
  // "Blue Heron" is set apart by both words; "Blue" alone never stands for it.
  const first = said.findIndex((word) => classOf(word) === 'own');
  const last = said.findLastIndex((word) => classOf(word) === 'own');
  return said.filter((word, index) => index < last || index === first || index === last || mustBeSaid(word));
}

function mustBeSaid(word: string): boolean {
  return ['own', 'telling', 'place'].includes(classOf(word));
}
