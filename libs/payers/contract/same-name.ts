import { NAME_REPLACEMENTS } from '@openvob/x12';
import { areNicknames } from './nicknames';

const suffixes = new Set(['JR', 'SR', 'II', 'III', 'IV', '2ND', '3RD', '4TH', 'ESQ', 'MD', 'DO', 'PHD', 'RN']);
const titles = new Set(['MR', 'MRS', 'MS', 'MISS', 'DR']);
/** Payers cut names at 10 characters and more; below this a shared beginning says nothing. */
const shortestCut = 8;
const shortestForm = 3;

/**
 * Whether two last names can be one person's: case, accents, punctuation, blanks and suffixes do not count, one part of
 * a double name is enough, and a long name may be cut off. `undefined` when one of them says nothing.
 *
 * @example isSameLastName('García-López', 'GARCIA LOPEZ JR') // true
 */
export function isSameLastName(one: string | undefined, other: string | undefined): boolean | undefined {
  const [a, b] = [wordsOf(one), wordsOf(other)];
  if (a.length === 0 || b.length === 0) return undefined;
  return isOneWord(a, b) || isPart(a, b) || isCut(a, b);
}

/**
 * Whether two first names can be one person's. Initials, short forms and nicknames count only where the birth date
 * agrees: brothers and sisters share everything else. `undefined` when one of them says nothing.
 *
 * @example isSameFirstName('Bob', 'ROBERT', { birthDateAgrees: true }) // true
 */
export function isSameFirstName(
  one: string | undefined,
  other: string | undefined,
  { birthDateAgrees }: { readonly birthDateAgrees: boolean },
): boolean | undefined {
  const [a, b] = [wordsOf(one), wordsOf(other)];
  if (a.length === 0 || b.length === 0) return undefined;
  if (isOneWord(a, b) || isCut(a, b)) return true;
  if (a[0] === b[0] && Math.min(a.length, b.length) === 1) return true;
  return birthDateAgrees && (isPart(a, b) || isFormOf(a[0] ?? '', b[0] ?? ''));
}

/** Upper-case words without accents and punctuation; titles in front and suffixes behind are left off. */
function wordsOf(name: string | undefined): string[] {
  const plain = [...(name ?? '')].map((character) => NAME_REPLACEMENTS[character] ?? character).join('');
  const letters = plain.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase().replace(/['.]/g, '');
  const words = letters.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  while (words.length > 1 && suffixes.has(words.at(-1) ?? '')) words.pop();
  while (words.length > 1 && titles.has(words[0] ?? '')) words.shift();
  return words;
}

function isOneWord(a: readonly string[], b: readonly string[]): boolean {
  return a.join('') === b.join('');
}

/** All words of one among those of the other; initials alone are no part. */
function isPart(a: readonly string[], b: readonly string[]): boolean {
  const [few, many] = a.length <= b.length ? [a, b] : [b, a];
  return few.some((word) => word.length > 1) && few.every((word) => many.includes(word));
}

function isCut(a: readonly string[], b: readonly string[]): boolean {
  const [short, long] = [a.join(''), b.join('')].sort((x, y) => x.length - y.length);
  return short !== undefined && long !== undefined && short.length >= shortestCut && long.startsWith(short);
}

/** An initial, a beginning of three letters and more, or a nickname. */
function isFormOf(one: string, other: string): boolean {
  const [short, long] = [one, other].sort((x, y) => x.length - y.length);
  if (short === undefined || long === undefined) return false;
  const isBeginning = long.startsWith(short) && (short.length === 1 || short.length >= shortestForm);
  return isBeginning || areNicknames(one, other);
}
