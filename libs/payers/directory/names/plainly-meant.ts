import { canonicalOf, isNamed, keyOf } from './folded-name';
import { codeOfPlace } from './places';
import { isMisspelling } from './spelling';
import { classOf, lettersOf, wordsOf } from './words';

/** A payer with everything it is called by. */
export interface NamedPayer {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
}

/** A name of a single word is taken with a slip only from this length on: a shorter one is easily another name. */
const longEnoughAlone = 6;
/** Words below this length, initials above all, are taken as they stand. */
const shortestMisspelled = 4;

/**
 * The one payer that a name means without asking back: written like a name or alias of it, saying the same in other words ("BCBS of Texas"), or a
 * plain misspelling. Undefined when there is none or more than one: an inquiry to the wrong payer discloses a patient to it.
 *
 * @param payers all that may be meant, and all that are called alike
 */
export function payerNamed<P extends NamedPayer>(payers: readonly P[], name: string): P | undefined {
  const letters = lettersOf(name);
  if (letters === '') return undefined;
  const alike = payers.filter((payer) => calledBy(payer).some((known) => lettersOf(known) === letters));
  if (alike.length > 0) return only(alike);
  const canonical = canonicalOf(wordsOf(name));
  const same = payers.filter(
    (payer) => canonical !== '' && calledBy(payer).some((known) => canonicalOf(wordsOf(known)) === canonical),
  );
  const [first, ...others] = same;
  if (first === undefined) return plainlyMeant(payers, name);
  const saying = calledBy(first).filter((known) => canonicalOf(wordsOf(known)) === canonical);
  return others.length === 0 && saying.some((known) => !isRenamed(name, wordsOf(known))) ? first : undefined;
}

function plainlyMeant<P extends NamedPayer>(payers: readonly P[], name: string): P | undefined {
  const meant = payers.flatMap((payer) => {
    const said = calledBy(payer).flatMap((known) => meaning(name, known) ?? []);
    return said.length > 0 ? [{ payer, said }] : [];
  });
  const [found] = meant;
  if (found === undefined || meant.length > 1) return undefined;
  return isUnrivalled(found, payers) ? found.payer : undefined;
}

/** A name that was plainly said in full has no rival; one of which a part was said has those whose names hold that part too. */
function isUnrivalled(
  { payer, said }: { payer: NamedPayer; said: readonly Meaning[] },
  payers: readonly NamedPayer[],
): boolean {
  return said.some(
    ({ isPlain, isWhole, words }) =>
      isPlain &&
      (isWhole ||
        !payers.some((other) => other.id !== payer.id && calledBy(other).some((known) => holds(known, words)))),
  );
}

function holds(known: string, words: readonly string[]): boolean {
  const own = new Set(wordsOf(known));
  return words.every((word) => own.has(word));
}

/** How much of a known name was said. */
export interface Meaning {
  /** Nothing of it but fillers was left out. */
  readonly isWhole: boolean;
  /** What was added and left out makes no other insurer's name of it, of the thousands that the directory does not hold. */
  readonly isPlain: boolean;
  /** The known name's words that were said. */
  readonly words: readonly string[];
}

/** What of a known name was said, when every word that must be said is, in its order and misspelled at most, and nothing else is. */
export function meaning(given: string, known: string): Meaning | undefined {
  const knownWords = wordsOf(known);
  const key = keyOf(knownWords);
  const common = knownWords.filter((word) => !key.includes(word));
  const said = wordsOf(given).filter((word) => classOf(word) !== 'filler');
  const own = said.filter((word) => !isOneOf(word, common, key));
  if (key.length === 0 || own.length !== key.length) return undefined;
  if (!isNamed(key) && key.length < 2) return undefined;
  const shortest = key.length === 1 ? longEnoughAlone : shortestMisspelled;
  if (!own.every((word, index) => isSaid(word, key[index] ?? '', shortest))) return undefined;
  const shared = common.filter((word) => classOf(word) !== 'filler');
  const sharedSaid = shared.filter((word) => isAmong(word, said));
  const isWhole = sharedSaid.length === shared.length;
  const isPlain = isWhole ? !isRenamed(given, knownWords) : isPlainPart(given, { key, shared });
  return { isWhole, isPlain, words: [...key, ...sharedSaid] };
}

const subjects = ['health', 'healthcare', 'plan', 'plans'];
const blues = ['blue', 'cross', 'shield'];

/**
 * A single word with "Health" or "Plan" put behind it is easily another's name: Carelon Health is not Carelon Behavioral Health, that is known as
 * Carelon. Where the known name says as much itself, nothing is put to it.
 */
function isRenamed(given: string, knownWords: readonly string[]): boolean {
  const about = wordsOf(given).filter(isAboutHealth);
  const own = knownWords.filter(isAboutHealth);
  return (
    keyOf(knownWords).length === 1 &&
    about.length > 0 &&
    !about.some((word) => own.some((one) => isSaid(word, one, shortestMisspelled)))
  );
}

/**
 * A part that stands for the whole says nothing of health or plan, and of a single word leaves "Blue Cross" not out: Capital Health Plan is not
 * Capital Blue Cross.
 */
function isPlainPart(given: string, known: { key: readonly string[]; shared: readonly string[] }): boolean {
  const words = wordsOf(given);
  if (words.some(isAboutHealth)) return false;
  return known.key.length > 1 || words.some(isOfBlues) || !known.shared.some(isOfBlues);
}

function isOfBlues(word: string): boolean {
  return blues.includes(word);
}

function isAboutHealth(word: string): boolean {
  return subjects.some((subject) => isSaid(word, subject, shortestMisspelled));
}

/** A state is never a misspelling of another. */
function isSaid(given: string, known: string, shortest: number): boolean {
  if (codeOfPlace(given) !== undefined && given !== known) return false;
  return isMisspelling(given, known, shortest);
}

/** A word, perhaps misspelled, of those that a name shares with others, unless it is one that sets the name apart. */
function isOneOf(word: string, common: readonly string[], key: readonly string[]): boolean {
  return !key.includes(word) && common.some((one) => isSaid(word, one, shortestMisspelled));
}

function isAmong(known: string, said: readonly string[]): boolean {
  return said.some((word) => isSaid(word, known, shortestMisspelled));
}

function calledBy({ name, aliases }: NamedPayer): string[] {
  return [name, ...aliases];
}

function only<T>(found: readonly T[]): T | undefined {
  return found.length === 1 ? found[0] : undefined;
}
