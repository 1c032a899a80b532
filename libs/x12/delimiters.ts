import type { X12Issue } from './issue';
import { atSegment } from './issue';
import type { Delimiters } from './segment';

/** What a file without ISA is read with. */
export const DEFAULT_DELIMITERS: Delimiters = { element: '*', repetition: '^', component: ':', segment: '~' };

/** An ISA found in a text: `end` is the offset behind its terminator. */
export interface IsaHeader {
  readonly delimiters: Delimiters;
  /** Without terminator, and without the line breaks inside it. */
  readonly raw: string;
  readonly end: number;
  /** True when line breaks stand inside the ISA: the file was wrapped at a fixed width. */
  readonly wrapped: boolean;
  readonly faults: readonly Pick<X12Issue, 'severity' | 'code' | 'message'>[];
}

/** Where ISA16 and the terminator stand: `tail` is the offset behind the last element separator of the ISA. */
interface Tail {
  readonly component: string;
  readonly segment: string;
  readonly rawEnd: number;
  readonly end: number;
}

/** As much text as is ever needed to read one ISA and recognise what follows it. */
export const ISA_WINDOW = 512;

const ISA_LENGTH = 106;
const ISA_ELEMENTS = 16;
/** With more elements missing or too many it is some other text that begins with ISA. */
const ISA_ELEMENTS_OFF = 2;
/** ISA16 and terminator, and a character or two too many. */
const LONGEST_TAIL = 4;
const LETTER_OR_DIGIT = /^[A-Za-z0-9]$/;

/** Whether a text has `ISA` and a possible element separator at an offset. */
export function isIsaAt(text: string, start: number): boolean {
  if (!text.startsWith('ISA', start)) return false;
  const separator = text[start + 3];
  return separator !== undefined && !/[A-Za-z0-9\r\n ]/.test(separator);
}

/**
 * Reads the delimiters from an ISA, splitting it by its fourth character and never by offset.
 * Source: X12.5 interchange control structures; tolerance for published faults.
 *
 * @returns undefined when the text at `start` cannot be an ISA.
 */
export function readIsa(text: string, start: number): IsaHeader | undefined {
  if (!isIsaAt(text, start)) return undefined;
  const window = text.slice(start, start + ISA_WINDOW);
  const separator = window.charAt(3);
  const tail = regularTail(window, separator) ?? irregularTail(window, separator);
  if (tail === undefined) return undefined;
  const whole = window.slice(0, tail.rawEnd);
  const isBroken = /[\r\n]/.test(whole);
  const raw = isBroken ? whole.replace(/[\r\n]/g, '') : whole;
  const parts = raw.split(separator);
  if (Math.abs(parts.length - 1 - ISA_ELEMENTS) > ISA_ELEMENTS_OFF) return undefined;
  const repetition = repetitionSeparator(parts, [separator, tail.component, tail.segment]);
  const delimiters = { element: separator, repetition, component: tail.component || ':', segment: tail.segment };
  const faults = [...shapeFaults(raw, parts), ...delimiterFaults(delimiters, tail, parts)];
  return { delimiters, raw, end: start + tail.end, wrapped: isBroken && !isLineBreak(tail.segment), faults };
}

/** Sixteen separators, one character, one terminator, and then the next segment or nothing. */
function regularTail(window: string, separator: string): Tail | undefined {
  const last = nthIndex(window, separator, ISA_ELEMENTS);
  const component = window[last + 1];
  const terminator = window[last + 2];
  if (last < 0 || component === undefined || terminator === undefined) return undefined;
  if (/[\r\n]/.test(component)) return undefined;
  if (!segmentFollows(window, last + 3, separator) && !endsStrayText(window, separator, terminator)) return undefined;
  if (isLineBreak(terminator) && endsNextLine(window, last + 2, component)) return undefined;
  return closeTail({ window, component, terminator, at: last + 2 });
}

/** An ISA with a missing or lengthened ISA16 or with missing elements: everything up to the next segment is looked at. */
function irregularTail(window: string, separator: string): Tail | undefined {
  const next = nextSegmentStart(window, separator);
  if (next < 0) return undefined;
  const from = window.lastIndexOf(separator, next - 1) + 1;
  const core = window.slice(from, next).trim();
  if (core.length > LONGEST_TAIL) return undefined;
  const brokenAt = window.slice(from, next).search(/[\r\n]/) + from;
  if (core.length > 1) {
    const at = window.indexOf(core, from) + core.length - 1;
    return closeTail({ window, component: core.charAt(0), terminator: core.charAt(core.length - 1), at });
  }
  const lineTerminated = brokenAt >= from && !endsNextLine(window, brokenAt, core);
  if (core.length === 1 && !lineTerminated) {
    return closeTail({ window, component: '', terminator: core, at: window.indexOf(core, from) });
  }
  if (brokenAt < from) return undefined;
  return closeTail({ window, component: core, terminator: window.charAt(brokenAt), at: brokenAt });
}

function closeTail(found: { window: string; component: string; terminator: string; at: number }): Tail {
  const { window, component, terminator, at } = found;
  const crlf = terminator === '\r' && window[at + 1] === '\n';
  return { component, segment: crlf ? '\n' : terminator, rawEnd: at, end: at + (crlf ? 2 : 1) };
}

function nthIndex(text: string, part: string, nth: number): number {
  let at = -1;
  for (let count = 0; count < nth; count++) {
    at = text.indexOf(part, at + 1);
    if (at < 0) return -1;
  }
  return at;
}

function segmentFollows(window: string, from: number, separator: string): boolean {
  const rest = window.slice(from).trimStart();
  return rest === '' || (/^[A-Z][A-Z0-9]{1,2}/.test(rest) && rest.slice(2, 4).includes(separator));
}

/** True when stray text stands between the ISA and the next segment, itself ended by the terminator. */
function endsStrayText(window: string, separator: string, terminator: string): boolean {
  const next = nextSegmentStart(window, separator);
  return next >= 0 && !LETTER_OR_DIGIT.test(terminator) && window.slice(0, next).trimEnd().endsWith(terminator);
}

/** True when the line after a line break ends with the character: then that character is the terminator. */
function endsNextLine(window: string, lineBreak: number, character: string): boolean {
  const line =
    window
      .slice(lineBreak)
      .trimStart()
      .split(/[\r\n]/, 1)[0] ?? '';
  return line.length > 1 && line.trimEnd().endsWith(character);
}

function nextSegmentStart(window: string, separator: string): number {
  for (const match of window.matchAll(/(?:GS|TA1|IEA|ISA)/g)) {
    const at = match.index;
    const before = window.slice(0, at).trimEnd();
    const touching = before.length === at;
    const bounded = !(touching && (LETTER_OR_DIGIT.test(before.slice(-1)) || before.endsWith(separator)));
    if (at > 3 && bounded && window[at + match[0].length] === separator) return at;
  }
  return -1;
}

/** ISA11 from 00402 on; before that it was a standards identifier (`U`) and nothing repeats. */
function repetitionSeparator(parts: readonly string[], taken: readonly string[]): string {
  const declared = parts[11] ?? '';
  if (/^\d{5}$/.test(parts[12] ?? '') && (parts[12] ?? '') < '00402') return '';
  if (declared.length === 1 && !LETTER_OR_DIGIT.test(declared) && declared !== ' ') return declared;
  return taken.includes(DEFAULT_DELIMITERS.repetition) ? '' : DEFAULT_DELIMITERS.repetition;
}

function isLineBreak(character: string): boolean {
  return character === '\r' || character === '\n';
}

function shapeFaults(raw: string, parts: readonly string[]): IsaHeader['faults'] {
  const length = raw.length + 1;
  if (parts.length - 1 !== ISA_ELEMENTS) {
    const message = `ISA has ${parts.length - 1} elements, expected ${ISA_ELEMENTS}`;
    return [{ severity: 'error', code: 'isa_length', message }];
  }
  if (length === ISA_LENGTH) return [];
  return [
    { severity: 'warning', code: 'isa_length', message: `ISA is ${length} characters long, expected ${ISA_LENGTH}` },
  ];
}

function delimiterFaults(delimiters: Delimiters, tail: Tail, parts: readonly string[]): IsaHeader['faults'] {
  const found: string[] = [];
  const { element, repetition, component, segment } = delimiters;
  if (tail.component === '') found.push('ISA16 is missing, ":" is taken as component separator');
  else if (/[A-Za-z0-9 ]/.test(component))
    found.push('the component separator in ISA16 is a letter, a digit or a space');
  if (LETTER_OR_DIGIT.test(segment)) found.push('the segment terminator is a letter or a digit');
  if (repetition !== '' && repetition !== parts[11]) found.push('ISA11 is no repetition separator, "^" is taken');
  const used = [element, repetition, component, segment].filter((each) => each !== '');
  if (used.some((each, at) => used.indexOf(each) < at)) found.push('two delimiters are the same character');
  return found.map((message) => ({ severity: 'warning', code: 'delimiters', message }));
}

/** The issues of an ISA, placed. */
export function isaIssues(header: IsaHeader, number: number): X12Issue[] {
  return header.faults.map((fault) => ({ ...fault, at: atSegment(number) }));
}
