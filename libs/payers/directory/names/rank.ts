import { canonicalOf, isNamed, keyOf } from './folded-name';
import { codeOfPlace, placeOfCode } from './places';
import { isMisspelling } from './spelling';
import { classOf, lettersOf, type WordClass, wordsOf } from './words';

/** A payer as a search looks at it. */
export interface Rankable {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly states: readonly string[];
}

/** Below this a payer is not shown: it has less than half of what was typed. */
const leastLikeness = 0.45;
/** Typing errors are looked for in words of this length and longer; initials are taken as they stand. */
const shortestMisspelled = 4;

const weights: Readonly<Record<WordClass, number>> = { filler: 0.15, shared: 0.5, telling: 0.7, place: 0.8, own: 1 };

/** Words of plans, as they stand on a card beside the payer's name; they say nothing of who it is, and a payer without them may be meant. */
const ofPlans = new Set(
  (
    'open access managed prime gold silver bronze platinum part standard basic high low option options choice plus elect select value core ' +
    'simple classic network advantage premier preferred ii iii iv b c d'
  ).split(' '),
);
/** A name of a single word is heard in another one only from this length on. */
const longEnoughAlone = 5;

/** A word that was typed, with what else it may mean: "MA" is also Massachusetts. */
interface Token {
  readonly word: string;
  readonly place?: string;
  readonly weight: number;
}

/** Payers that a text may mean, best first: likeness from 0 to about 1.5. */
export function rankPayers<P extends Rankable>(payers: readonly P[], text: string): { payer: P; likeness: number }[] {
  const typed = { tokens: tokensOf(text), letters: lettersOf(text), canonical: canonicalOf(wordsOf(text)) };
  return payers
    .map((payer) => ({ payer, likeness: likenessOf(payer, typed) }))
    .filter(({ likeness }) => likeness >= leastLikeness)
    .sort(
      (a, b) =>
        b.likeness - a.likeness ||
        a.payer.name.length - b.payer.name.length ||
        a.payer.name.localeCompare(b.payer.name) ||
        a.payer.id.localeCompare(b.payer.id),
    );
}

/** The words to look up in an index for what was typed: fillers only when there is nothing else. */
export function searchWords(text: string): string[] {
  const words = tokensOf(text).flatMap(({ word, place }) => (place === undefined ? [word] : [word, place]));
  const telling = words.filter((word) => classOf(word) !== 'filler');
  return [...new Set(telling.length > 0 ? telling : words)];
}

/** What a word counts in an index look-up: one that sets a payer apart more than several that hundreds of them share. */
export function searchWeight(word: string): number {
  return classOf(word) === 'own' && !ofPlans.has(word) ? 3 : 1;
}

interface Typed {
  readonly tokens: readonly Token[];
  readonly letters: string;
  readonly canonical: string;
}

function tokensOf(text: string): Token[] {
  const words = wordsOf(text);
  // Words of plans alone may be a name all the same: "Preferred One", "Network Health".
  const isBeside = words.some((word) => classOf(word) !== 'filler' && !ofPlans.has(word));
  return words.map((word) => {
    const place = placeOfCode(word);
    if (place !== undefined) return { word, weight: weights.place, place };
    return { word, weight: weights[isBeside && ofPlans.has(word) ? 'filler' : classOf(word)] };
  });
}

function likenessOf(payer: Rankable, typed: Typed): number {
  const names = [payer.name, ...payer.aliases];
  const best = Math.max(...names.map((name, index) => nameLikeness(name, payer, typed) - (index === 0 ? 0 : 0.01)));
  return isElsewhere(payer, typed) ? best * 0.6 : best;
}

function nameLikeness(name: string, { states }: Rankable, { tokens, letters, canonical }: Typed): number {
  const words = wordsOf(name);
  const matches = tokens.map((token) => bestMatch(token, words, states));
  const typedWeight = sum(tokens.map(({ weight }) => weight));
  const coverage =
    typedWeight === 0 ? 0 : sum(matches.map(({ match }, at) => match * (tokens[at]?.weight ?? 0))) / typedWeight;
  const said = new Set(matches.flatMap(({ word, match }) => (word === undefined || match < 0.5 ? [] : [word])));
  const nameWeight = sum(words.map((word) => weights[classOf(word)]));
  const precision =
    sum(words.map((word) => (said.has(word) ? weights[classOf(word)] : 0))) / Math.max(nameWeight, 0.01);
  return (
    Math.max(coverage * (0.8 + 0.2 * precision), run(lettersOf(name), letters), beside(words, tokens)) +
    sameness(name, words, letters, canonical)
  );
}

/**
 * All that sets a name apart was typed, with something beside it: a card has the plan as well. Above what is merely alike and below what was typed
 * alone; of several names the one that comes first, for the payer stands before the plan.
 */
function beside(words: readonly string[], tokens: readonly Token[]): number {
  const key = keyOf(words);
  const needed = isNamed(key) ? key : words;
  const shortest = needed.length === 1 ? longEnoughAlone : shortestMisspelled;
  const at = needed.map((word) =>
    tokens.findIndex((token) => token.place === word || isMisspelling(token.word, word, shortest)),
  );
  if (needed.length === 0 || at.includes(-1)) return 0;
  return 0.75 + 0.1 / (1 + Math.min(...at));
}

/** Written alike is better than saying the same, and that better than holding the same words. */
function sameness(name: string, words: readonly string[], letters: string, canonical: string): number {
  if (lettersOf(name) === letters) return 0.5;
  return canonical !== '' && canonicalOf(words) === canonical ? 0.3 : 0;
}

/** Words run together, or a name that is being typed. */
function run(name: string, letters: string): number {
  if (letters.length < 2 || !name.startsWith(letters)) return 0;
  return 0.75 + 0.2 * (letters.length / name.length);
}

/** A state that the name leaves out may be one of those where the payer is. */
function bestMatch(
  token: Token,
  words: readonly string[],
  states: readonly string[],
): { match: number; word?: string } {
  let best: { match: number; word?: string } = { match: stateMatch(token, states) };
  for (const word of words) {
    const match = Math.max(wordMatch(token.word, word), token.place === word ? 1 : 0);
    if (match > best.match) best = { match, word };
  }
  return best;
}

function stateMatch({ word, place }: Token, states: readonly string[]): number {
  const code = codeOfPlace(place ?? word);
  return code !== undefined && states.includes(code) ? 0.9 : 0;
}

function wordMatch(typed: string, word: string): number {
  if (typed === word) return 1;
  if (typed.length >= 2 && word.startsWith(typed)) return 0.8 + 0.15 * (typed.length / word.length);
  if (codeOfPlace(typed) !== undefined && codeOfPlace(word) !== undefined) return 0;
  if (isMisspelling(typed, word, shortestMisspelled)) return 0.85;
  if (typed.length >= 5 && isMisspelling(typed, word.slice(0, typed.length), shortestMisspelled)) return 0.7;
  const shared = trigramLikeness(typed, word);
  return shared >= 0.3 && typed.length >= shortestMisspelled ? 0.35 + 0.5 * shared : 0;
}

/** As pg_trgm has it: the share of three-letter pieces that two words have in common. */
function trigramLikeness(one: string, other: string): number {
  const pieces = trigrams(one);
  const others = trigrams(other);
  const common = [...pieces].filter((piece) => others.has(piece)).length;
  return common / (pieces.size + others.size - common);
}

function trigrams(word: string): Set<string> {
  const padded = `  ${word} `;
  return new Set(Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3)));
}

/** A state was named, and the payer is known to be in others only. */
function isElsewhere({ name, states }: Rankable, { tokens }: Typed): boolean {
  const asked = tokens.flatMap(
    ({ word, place }) => codeOfPlace(word) ?? (place === undefined ? [] : (codeOfPlace(place) ?? [])),
  );
  const own = [...states, ...wordsOf(name).flatMap((word) => codeOfPlace(word) ?? [])];
  return asked.length > 0 && own.length > 0 && !asked.some((code) => own.includes(code));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
