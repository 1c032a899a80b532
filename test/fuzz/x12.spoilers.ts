/** No text gets longer than this many characters. */
export const LONGEST = 200_000;

/** Numbers from 0 up to 1. */
export type Random = () => number;
type Spoiler = (text: string, other: string, random: Random) => string;

const DELIMITERS = [...'*~:^|>}\n\r\u001d', '\r\n', 'A', '0', ' ', ''];
const WORDS = [
  'ISA',
  'GS*',
  'ST*271*',
  'SE*',
  'IEA*',
  'HL*',
  'EB*',
  'LS*2120',
  'NM1*',
  '~~~~',
  '\ufeff',
  '\u0000',
  'constructor',
  '*__proto__*',
  '{',
  '<',
  '😀',
];

const SPOILERS: readonly Spoiler[] = [
  function flipBit(text, _other, random) {
    const at = below(random, text.length);
    return text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << below(random, 8))) + text.slice(at + 1);
  },
  function cutEnd(text, _other, random) {
    return text.slice(0, below(random, text.length));
  },
  function cutMiddle(text, _other, random) {
    const at = below(random, text.length);
    return text.slice(0, at) + text.slice(at + below(random, 400));
  },
  function splice(text, other, random) {
    return text.slice(0, below(random, text.length)) + other.slice(below(random, other.length));
  },
  function swapDelimiter(text, _other, random) {
    return text.replaceAll(pick(random, ['*', '~', ':', '^', '|', '\n']), pick(random, DELIMITERS));
  },
  function floodDigits(text, _other, random) {
    const at = below(random, text.length);
    return text.slice(0, at) + '9'.repeat(below(random, 20_000)) + text.slice(at);
  },
  function repeatPart(text, _other, random) {
    const at = below(random, text.length);
    const part = text.slice(at, at + below(random, 120));
    return text.slice(0, at) + part.repeat(below(random, 200)) + text.slice(at);
  },
  function insertWord(text, _other, random) {
    const at = below(random, text.length);
    return text.slice(0, at) + pick(random, WORDS) + text.slice(at);
  },
  function shuffleSegments(text, _other, random) {
    const segments = text.split('~');
    const from = segments.splice(below(random, segments.length), 1 + below(random, 8));
    segments.splice(below(random, segments.length), 0, ...from);
    return segments.join('~');
  },
];

/** A message spoilt in one to four ways. */
export function spoil(message: string, corpus: readonly string[], random: Random): string {
  let text = message;
  for (let round = 1 + below(random, 4); round > 0; round--) {
    text = pick(random, SPOILERS)(text, pick(random, corpus), random).slice(0, LONGEST);
  }
  return text;
}

/** A whole number from 0 up to the limit, the limit left out. */
export function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

/** One of several. */
export function pick<T>(random: Random, from: readonly T[]): T {
  const found = from[below(random, from.length)];
  if (found === undefined) throw new Error('there is nothing to pick from');
  return found;
}

/** Mulberry32: the same cases for the same seed. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
