import { DEFAULT_DELIMITERS } from './delimiters';
import type { Delimiters } from './segment';

/**
 * What is written instead of characters that X12 cannot carry. Besides these: letters go out in upper case, accents are
 * left off (`é` is written `E`), blanks at either end are left off. Nothing else is ever changed: what cannot be said is
 * refused.
 */
export const NAME_REPLACEMENTS: Readonly<Record<string, string>> = {
  // apostrophes
  '\u2018': "'",
  '\u2019': "'",
  '\u02bc': "'",
  '\u2032': "'",
  '\u00b4': "'",
  // quotation marks
  '\u201c': '"',
  '\u201d': '"',
  // hyphens and dashes
  '\u2010': '-',
  '\u2011': '-',
  '\u2012': '-',
  '\u2013': '-',
  '\u2014': '-',
  '\u2212': '-',
  // blanks
  '\u00a0': ' ',
  '\u202f': ' ',
  // letters that are no letter with an accent
  ß: 'SS',
  ẞ: 'SS',
  æ: 'AE',
  Æ: 'AE',
  œ: 'OE',
  Œ: 'OE',
  ø: 'O',
  Ø: 'O',
  ł: 'L',
  Ł: 'L',
  đ: 'D',
  Đ: 'D',
  ð: 'D',
  Ð: 'D',
  þ: 'TH',
  Þ: 'TH',
  ħ: 'H',
  Ħ: 'H',
  ŧ: 'T',
  Ŧ: 'T',
  ı: 'I',
};

/** A text as it is sent, or the reason why it cannot be. */
export type Sayable = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly why: string };

const ACCENTS = /^[\u0300-\u036f]+$/;
const LETTER_OR_DIGIT = /[A-Z0-9]/i;

/**
 * A name as it is written into X12, by the rules of `NAME_REPLACEMENTS`.
 *
 * @example sayName('O’Brien-Müller') // { ok: true, text: "O'BRIEN-MULLER" }
 */
export function sayName(name: string, delimiters: Delimiters = DEFAULT_DELIMITERS): Sayable {
  let text = '';
  let position = 0;
  for (const character of trimBlanks(name)) {
    position++;
    const written = writeCharacter(character, text);
    const fault = written === undefined ? describe(character, position) : characterFault(written, delimiters, position);
    if (fault !== undefined) return { ok: false, why: fault };
    text += written;
  }
  if (text !== '' && !LETTER_OR_DIGIT.test(text)) return { ok: false, why: 'has neither letter nor digit' };
  return { ok: true, text };
}

/**
 * An identifier as it is written into X12: unchanged but for blanks at either end.
 */
export function sayId(id: string, delimiters: Delimiters = DEFAULT_DELIMITERS): Sayable {
  const text = trimBlanks(id);
  const fault = textFault(text, delimiters);
  if (fault !== undefined) return { ok: false, why: fault };
  if (text !== '' && !LETTER_OR_DIGIT.test(text)) return { ok: false, why: 'has neither letter nor digit' };
  return { ok: true, text };
}

/**
 * Why a name cannot be sent to a payer in X12, naming the character; undefined when it can. A blank text is no fault here.
 *
 * @example nameFault('SMITH*JONES') // 'has the character "*" at position 6, which separates the parts of a message'
 */
export function nameFault(text: string, delimiters: Delimiters = DEFAULT_DELIMITERS): string | undefined {
  const said = sayName(text, delimiters);
  return said.ok ? undefined : said.why;
}

/** Why a text cannot stand in an element as it is: a delimiter or a character outside of the extended character set. */
export function textFault(text: string, delimiters: Delimiters): string | undefined {
  let position = 0;
  for (const character of text) {
    position++;
    const fault = characterFault(character, delimiters, position);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** Leaves off spaces at either end; line breaks, tabs and the like stay and are refused. */
function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0xa0;
}

function writeCharacter(character: string, before: string): string | undefined {
  if (ACCENTS.test(character)) return LETTER_OR_DIGIT.test(before.slice(-1)) ? '' : undefined;
  const replaced = NAME_REPLACEMENTS[character];
  if (replaced !== undefined) return replaced;
  const [base = '', ...marks] = character.normalize('NFD');
  if (marks.some((mark) => !ACCENTS.test(mark))) return undefined;
  if (marks.length > 0 && !/[A-Za-z]/.test(base)) return NAME_REPLACEMENTS[base];
  return /^[a-z]$/.test(base) ? base.toUpperCase() : base;
}

/** The extended character set of X12 is printable ASCII; the delimiters of the message are taken out of it. */
function characterFault(text: string, delimiters: Delimiters, position: number): string | undefined {
  const { element, repetition, component, segment } = delimiters;
  for (const character of text) {
    if (character < ' ' || character > '~') return describe(character, position);
    if (character === element || character === repetition || character === component || character === segment) {
      return `has the character "${character}" at position ${position}, which separates the parts of a message`;
    }
  }
  return undefined;
}

/** Letters are shown, anything that might not show is given by its code point alone. */
function describe(character: string, position: number): string {
  const point = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  const shown = /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character) ? `"${character}" (${point})` : point;
  return `has the character ${shown} at position ${position}, which X12 cannot carry`;
}
