import { normaliseForIndex } from './admission-requests';

/** A payer with everything it is called by. */
export interface NamedPayer {
  name: string;
  aliases: readonly string[];
}

/** Words that say nothing about who the payer is; they may be added or left out. */
const fillers = new Set(
  'a and the of for co company corp corporation inc incorporated llc ltd insurance insurer ins plan plans health healthcare ppo hmo epo pos'.split(
    ' ',
  ),
);

/**
 * Words that many payers share. They do not tell payers apart, but they tell a payer from its relations ("Behavioral Network"), so they may be
 * left out and not added.
 */
const shared = new Set(
  'new jersey york mutual community behavioral network assurance benefit benefits administrators administrator group care medical services service national american united blue cross shield north south east west northern southern eastern western central'.split(
    ' ',
  ),
);

/** From this length on a word may have two slips; below, one. */
const longWord = 8;
/** A name of a single word is taken with a slip only from this length on: a shorter one is easily another name. */
const longEnoughAlone = 6;
/** Words below this length, initials above all, are taken as they stand. */
const shortestMisspelled = 4;

/**
 * The one payer that a name means without asking back: the name or an alias of it, or a plain misspelling of one. Undefined when there is none
 * or more than one: an inquiry to the wrong payer discloses a patient to it.
 */
export function payerNamed<P extends NamedPayer>(payers: readonly P[], name: string): P | undefined {
  const wanted = normaliseForIndex(name);
  if (wanted === '') return undefined;
  const called = (payer: P): string[] => [payer.name, ...payer.aliases];
  const same = payers.filter((payer) => called(payer).some((known) => normaliseForIndex(known) === wanted));
  if (same.length > 0) return only(same);
  return only(payers.filter((payer) => called(payer).some((known) => isPlainlyMeant(name, known))));
}

/** True when every word that sets the known name apart is said, in its order and misspelled at most, and nothing else is. */
export function isPlainlyMeant(given: string, known: string): boolean {
  const knownWords = wordsOf(known);
  const wanted = distinctiveOf(knownWords);
  const common = knownWords.filter((word) => !wanted.includes(word));
  const said = wordsOf(given).filter((word) => !fillers.has(word));
  const own = said.filter((word) => !isOneOf(word, common, wanted));
  if (wanted.length === 0 || own.length !== wanted.length) return false;
  const alone = wanted.length === 1;
  return own.every((word, index) =>
    isMisspelling(word, wanted[index] ?? '', alone ? longEnoughAlone : shortestMisspelled),
  );
}

/** A word, perhaps misspelled, of those that a name shares with others, unless it is one that sets the name apart. */
function isOneOf(word: string, common: readonly string[], wanted: readonly string[]): boolean {
  return !wanted.includes(word) && common.some((one) => isMisspelling(word, one, shortestMisspelled));
}

/** What sets a name apart: its words that are not generic; when all are, the words that other payers share too. */
function distinctiveOf(words: readonly string[]): string[] {
  const own = words.filter((word) => !fillers.has(word));
  // "Blue Heron" is set apart by both words; "Blue" or "New Jersey" alone never stands for it.
  const isNamed = own.some((word) => !shared.has(word));
  if (!isNamed) return own;
  const first = own.findIndex((word) => !shared.has(word));
  const last = own.findLastIndex((word) => !shared.has(word));
  return own.filter((word, index) => !shared.has(word) || index < first || (index > first && index < last));
}

function isMisspelling(given: string, known: string, shortest: number): boolean {
  if (given === known) return true;
  const longest = Math.max(given.length, known.length);
  if (longest < shortest || given[0] !== known[0] || /\d/.test(given + known)) return false;
  return slips(given, known) <= (longest >= longWord ? 2 : anotherLetter);
}

/**
 * Another letter in a letter's place weighs more than a letter too many, too few or two exchanged: two of them make another word
 * ("Northbend" for "Northwind").
 */
const anotherLetter = 1.5;

/** Optimal string alignment distance with the weights above. */
function slips(given: string, known: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: known.length + 1 }, (_, column) => column);
  for (let row = 1; row <= given.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= known.length; column += 1) {
      const same = given[row - 1] === known[column - 1];
      const swapped =
        row > 1 && column > 1 && given[row - 1] === known[column - 2] && given[row - 2] === known[column - 1];
      current.push(
        Math.min(
          (last[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (last[column - 1] ?? 0) + (same ? 0 : anotherLetter),
          swapped ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    beforeLast = last;
    last = current;
  }
  return last[known.length] ?? 0;
}

function wordsOf(name: string): string[] {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

function only<T>(found: readonly T[]): T | undefined {
  return found.length === 1 ? found[0] : undefined;
}
