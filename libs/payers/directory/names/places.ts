/** States, the District of Columbia and Puerto Rico, by their two letters. */
export const states: Readonly<Record<string, string>> = {
  AL: 'Alabama',
  AK: 'Alaska',
  AZ: 'Arizona',
  AR: 'Arkansas',
  CA: 'California',
  CO: 'Colorado',
  CT: 'Connecticut',
  DE: 'Delaware',
  DC: 'District of Columbia',
  FL: 'Florida',
  GA: 'Georgia',
  HI: 'Hawaii',
  ID: 'Idaho',
  IL: 'Illinois',
  IN: 'Indiana',
  IA: 'Iowa',
  KS: 'Kansas',
  KY: 'Kentucky',
  LA: 'Louisiana',
  ME: 'Maine',
  MD: 'Maryland',
  MA: 'Massachusetts',
  MI: 'Michigan',
  MN: 'Minnesota',
  MS: 'Mississippi',
  MO: 'Missouri',
  MT: 'Montana',
  NE: 'Nebraska',
  NV: 'Nevada',
  NH: 'New Hampshire',
  NJ: 'New Jersey',
  NM: 'New Mexico',
  NY: 'New York',
  NC: 'North Carolina',
  ND: 'North Dakota',
  OH: 'Ohio',
  OK: 'Oklahoma',
  OR: 'Oregon',
  PA: 'Pennsylvania',
  PR: 'Puerto Rico',
  RI: 'Rhode Island',
  SC: 'South Carolina',
  SD: 'South Dakota',
  TN: 'Tennessee',
  TX: 'Texas',
  UT: 'Utah',
  VT: 'Vermont',
  VA: 'Virginia',
  WA: 'Washington',
  WV: 'West Virginia',
  WI: 'Wisconsin',
  WY: 'Wyoming',
};

/**
 * Two letters that are also a word, a company's ending, or another abbreviation ("MA" is Medicare Advantage as often as Massachusetts, "VA"
 * the Veterans Administration): a person is offered the state, but no payer is taken by them.
 */
const doubtful = new Set('AL CO DE HI ID IN LA MA MD ME MS OK OR PA PR VA'.split(' '));

const joined = (name: string): string => name.toLowerCase().replaceAll(' ', '');
const placeByCode = new Map(Object.entries(states).map(([code, name]) => [code.toLowerCase(), joined(name)]));
const codeByPlace = new Map(Object.entries(states).map(([code, name]) => [joined(name), code]));
const longest = 3;

/** The word of a state as names are compared by it: "New Jersey" is `newjersey`. */
export function placeOfCode(code: string): string | undefined {
  return placeByCode.get(code.toLowerCase());
}

/** The two letters of a place; undefined for another word. */
export function codeOfPlace(word: string): string | undefined {
  return codeByPlace.get(word);
}

export function isDoubtfulCode(code: string): boolean {
  return doubtful.has(code.toUpperCase());
}

/** Writes each state as one word: its name of one to three words, or two letters that mean nothing else. */
export function joinPlaces(words: readonly string[]): string[] {
  const result: string[] = [];
  for (let index = 0; index < words.length; ) {
    const length = placeLengthAt(words, index);
    const word = words[index] ?? '';
    const code = !isDoubtfulCode(word) && words.length > 1 ? placeOfCode(word) : undefined;
    result.push(length > 0 ? words.slice(index, index + length).join('') : (code ?? word));
    index += Math.max(length, 1);
  }
  return result;
}

function placeLengthAt(words: readonly string[], index: number): number {
  for (let length = longest; length >= 1; length -= 1) {
    const part = words.slice(index, index + length);
    if (part.length === length && codeByPlace.has(part.join(''))) return length;
  }
  return 0;
}
