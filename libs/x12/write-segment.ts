import { textFault } from './character-set';
import type { Delimiters } from './segment';

/** A reason why something is not written, with the field that has to be mended. */
export interface WriteFault {
  /** JSON pointer into what was handed in, e.g. `/subscriber/lastName`. */
  readonly field: string;
  readonly code: WriteFaultCode;
  /** Completes a sentence that begins with the field: `has the character …`. */
  readonly message: string;
}

/**
 * - `missing`: a required value is absent or blank.
 * - `character`: a delimiter or a character that X12 cannot carry.
 * - `length`: too long or too short for its element.
 * - `date`, `number`, `code`: not a day of the calendar, not in range, not in the code set.
 * - `delimiters`: the delimiters asked for cannot be told apart.
 */
export type WriteFaultCode = 'missing' | 'character' | 'length' | 'date' | 'number' | 'code' | 'delimiters';

export type Written =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly faults: WriteFault[] };

/** The value of one element; `undefined` and `''` leave it empty. */
export type ElementContent =
  | string
  | undefined
  | { readonly repetitions: readonly string[] }
  | { readonly components: readonly (string | undefined)[] };

/** A segment to be written: its identifier and its elements from the first on. */
export type SegmentContent = readonly [id: string, ...elements: ElementContent[]];

const SEGMENT_ID = /^[A-Z][A-Z0-9]{1,2}$/;

/**
 * Writes segments, each with its terminator; empty elements at the end are left off. Nothing is escaped or altered:
 * what cannot be said is a fault whose field is `/<segment>/<element>`, both counted as in the array handed in.
 */
export function writeSegments(contents: readonly SegmentContent[], delimiters: Delimiters): Written {
  const faults = [
    ...delimiterFaults(delimiters),
    ...contents.flatMap((content, at) => segmentFaults(content, at, delimiters)),
  ];
  if (faults.length > 0) return { ok: false, faults };
  return { ok: true, text: contents.map((content) => joinSegment(content, delimiters)).join('') };
}

/** Why delimiters cannot be used: letters, digits, blanks, more than one character, or two of them the same. */
export function delimiterFaults(delimiters: Delimiters): WriteFault[] {
  const { element, repetition, component, segment } = delimiters;
  const all = [element, repetition, component, segment];
  const usable = all.every((each) => /^[^A-Za-z0-9\s]$/.test(each)) || isLineTerminated(delimiters);
  if (usable && new Set(all).size === all.length) return [];
  return [
    {
      field: '/delimiters',
      code: 'delimiters',
      message: 'must be four different characters, no letters, digits or blanks',
    },
  ];
}

function isLineTerminated({ element, repetition, component, segment }: Delimiters): boolean {
  return segment === '\n' && [element, repetition, component].every((each) => /^[^A-Za-z0-9\s]$/.test(each));
}

function segmentFaults(content: SegmentContent, at: number, delimiters: Delimiters): WriteFault[] {
  const [id, ...elements] = content;
  const faults: WriteFault[] = [];
  if (!SEGMENT_ID.test(id)) faults.push({ field: `/${at}/0`, code: 'code', message: 'is no segment identifier' });
  elements.forEach((element, index) => {
    const why = partsOf(element)
      .map((part) => textFault(part, delimiters))
      .find((each) => each !== undefined);
    if (why !== undefined) faults.push({ field: `/${at}/${index + 1}`, code: 'character', message: why });
  });
  return faults;
}

function partsOf(element: ElementContent): string[] {
  if (element === undefined) return [];
  if (typeof element === 'string') return [element];
  return 'repetitions' in element ? [...element.repetitions] : element.components.map((part) => part ?? '');
}

function joinSegment(content: SegmentContent, delimiters: Delimiters): string {
  const [id, ...elements] = content;
  const parts = [id, ...elements.map((element) => joinElement(element, delimiters))];
  while (parts.length > 1 && parts.at(-1) === '') parts.pop();
  return parts.join(delimiters.element) + delimiters.segment;
}

function joinElement(element: ElementContent, delimiters: Delimiters): string {
  if (element === undefined || typeof element === 'string') return element ?? '';
  if ('repetitions' in element) return element.repetitions.join(delimiters.repetition);
  const parts = element.components.map((part) => part ?? '');
  while (parts.at(-1) === '') parts.pop();
  return parts.join(delimiters.component);
}
