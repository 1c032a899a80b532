import { codeOfPlace, joinPlaces } from './places';

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
  (
    'mutual community behavioral network assurance benefit benefits administrators administrator group care medical services service national ' +
    'american united blue cross shield health net first choice family life partners alliance options solutions select preferred premier total ' +
    'complete plus system systems associates association'
  ).split(' '),
);

/** Words that tell one plan of a payer from another: what has them in its name is not meant without them. */
const telling = new Set(
  (
    'north south east west northern southern eastern western central northeast northwest southeast southwest medicaid medicare advantage ' +
    'marketplace exchange tricare chip federal employee employees supplement dual dental vision pharmacy military student international'
  ).split(' '),
);

/** Written as one word or in letters, and what they stand for. */
const abbreviations: Readonly<Record<string, string>> = {
  bcbs: 'blue cross blue shield',
  bcbsa: 'blue cross blue shield association',
  bluecross: 'blue cross',
  blueshield: 'blue shield',
  bluecrossblueshield: 'blue cross blue shield',
  uhc: 'united healthcare',
  unitedhealthcare: 'united healthcare',
  unitedhealth: 'united health',
  healthplan: 'health plan',
  healthplans: 'health plans',
  behavioural: 'behavioral',
  bh: 'behavioral health',
  hlth: 'health',
  natl: 'national',
  ins: 'insurance',
};

export type WordClass = 'filler' | 'shared' | 'telling' | 'place' | 'own';

/** What a word of a payer's name is worth for telling payers apart. */
export function classOf(word: string): WordClass {
  if (fillers.has(word)) return 'filler';
  if (codeOfPlace(word) !== undefined) return 'place';
  if (telling.has(word)) return 'telling';
  return shared.has(word) ? 'shared' : 'own';
}

/** Lower case, no accents, letters and digits only: two names are written alike when this is the same. */
export function lettersOf(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}

/** The words of a name as payers are looked up by: abbreviations written out, a state as one word, in their order. */
export function wordsOf(name: string): string[] {
  const plain = name
    .normalize('NFD')
    .replace(/[\p{M}'’]/gu, '')
    .toLowerCase();
  const words = plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  return joinPlaces(joinHealthCare(words.flatMap(writtenOut)));
}

function writtenOut(word: string): string[] {
  const known = Object.hasOwn(abbreviations, word) ? abbreviations[word] : undefined;
  if (known !== undefined) return known.split(' ');
  const [, state] = /^bcbs([a-z]{2})$/.exec(word) ?? [];
  return state === undefined ? [word] : ['blue', 'cross', 'blue', 'shield', state];
}

function joinHealthCare(words: readonly string[]): string[] {
  return words.flatMap((word, index) => {
    if (word === 'health' && words[index + 1] === 'care') return ['healthcare'];
    return word === 'care' && words[index - 1] === 'health' ? [] : [word];
  });
}
