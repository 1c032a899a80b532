import {
  ELEMENT_FAULTS,
  GROUP_FAULTS,
  INTERCHANGE_FAULTS,
  SEGMENT_FAULTS,
  TRANSACTION_FAULTS,
} from './acknowledgement-codes';
import type { Transaction } from './envelope';
import { GUIDE_999 } from './guide';
import { childLoops, type LoopNode, ownSegments, readLoops } from './loops';
import type { X12File } from './read';
import type { Segment } from './segment';

export interface AcknowledgementError {
  readonly code: string;
  /** Identifier of the segment in fault. */
  readonly segment?: string;
  /** Its place in the transaction that was sent, counted from ST. */
  readonly position?: number;
  /** Number of the element in fault. */
  readonly element?: number;
  readonly text: string;
}

/** What a receiver says of one transaction, one group or one interchange that it got. */
export interface Acknowledgement {
  readonly kind: '999' | 'TA1';
  /** AK202, else AK102; TA101. */
  readonly control?: string;
  readonly accepted: boolean;
  readonly errors: AcknowledgementError[];
}

/** IK501, AK901, TA104: accepted, and accepted with errors noted. */
const ACCEPTED: ReadonlySet<string | undefined> = new Set(['A', 'E']);

/** The acknowledgements of a file in file order: one for every AK2, one for a 999 without AK2, one for every TA1. */
export function readAcknowledgements(file: X12File): Acknowledgement[] {
  const found: { number: number; acknowledgement: Acknowledgement }[] = [];
  for (const segment of file.interchanges.flatMap((interchange) => interchange.acknowledgements)) {
    found.push({ number: segment.number, acknowledgement: acknowledgementOfTa1(segment) });
  }
  for (const transaction of file.transactions.filter(({ kind }) => kind === '999')) {
    const number = transaction.segments[0]?.number ?? 0;
    for (const acknowledgement of acknowledgementsOf(transaction)) found.push({ number, acknowledgement });
  }
  return found.sort((one, other) => one.number - other.number).map(({ acknowledgement }) => acknowledgement);
}

/** What a TA1 says of an interchange. Source: X12.5 TA1. */
export function acknowledgementOfTa1(segment: Segment): Acknowledgement {
  const code = segment.element(5);
  const errors = code === undefined || code === '000' ? [] : [plainError(code, INTERCHANGE_FAULTS)];
  return { kind: 'TA1', ...given('control', segment.element(1)), accepted: ACCEPTED.has(segment.element(4)), errors };
}

/** What a 999 says: one for every AK2, or one of the whole group. Source: TR3 005010X231A1. */
export function acknowledgementsOf(transaction: Transaction): Acknowledgement[] {
  const root = readLoops(GUIDE_999, transaction.segments);
  const own = ownSegments(root);
  const group = own.find((segment) => segment.id === 'AK9');
  const responses = childLoops(root);
  if (responses.length > 0) return responses.map((response) => readResponse(response, group));
  const control = own.find((segment) => segment.id === 'AK1')?.element(2);
  return [{ kind: '999', ...given('control', control), ...readGroup(group) }];
}

/** Loop 2000. A response without its IK5 has the verdict on the group. */
function readResponse(node: LoopNode, group: Segment | undefined): Acknowledgement {
  const own = ownSegments(node);
  const control = own.find((segment) => segment.id === 'AK2')?.element(2);
  const verdict = own.find((segment) => segment.id === 'IK5');
  const errors = childLoops(node).flatMap(readSegmentErrors);
  if (verdict === undefined) {
    const whole = readGroup(group);
    return {
      kind: '999',
      ...given('control', control),
      accepted: whole.accepted,
      errors: [...errors, ...whole.errors],
    };
  }
  errors.push(...codesFrom(verdict, 2, 6).map((code) => plainError(code, TRANSACTION_FAULTS)));
  return { kind: '999', ...given('control', control), accepted: ACCEPTED.has(verdict.element(1)), errors };
}

function readGroup(group: Segment | undefined): Pick<Acknowledgement, 'accepted' | 'errors'> {
  if (group === undefined) return { accepted: false, errors: [] };
  const errors = codesFrom(group, 5, 9).map((code) => plainError(code, GROUP_FAULTS));
  return { accepted: ACCEPTED.has(group.element(1)), errors };
}

/** Loop 2100: what is wrong with the segment (IK3), then with its elements (IK4). */
function readSegmentErrors(node: LoopNode): AcknowledgementError[] {
  const segmentNote = ownSegments(node).find((segment) => segment.id === 'IK3');
  const place = {
    ...given('segment', segmentNote?.element(1)),
    ...given('position', wholeNumber(segmentNote?.element(2))),
  };
  const code = segmentNote?.element(4);
  const ofSegment = code === undefined ? [] : [{ code, ...place, text: textOf(code, SEGMENT_FAULTS) }];
  const notes = childLoops(node)
    .flatMap(ownSegments)
    .filter((segment) => segment.id === 'IK4');
  return [...ofSegment, ...notes.map((note) => readElementError(note, place))];
}

function readElementError(note: Segment, place: Partial<AcknowledgementError>): AcknowledgementError {
  const code = note.element(3) ?? '';
  const element = wholeNumber(note.components(1)[0]);
  return { code, ...place, ...given('element', element), text: textOf(code, ELEMENT_FAULTS) };
}

function codesFrom(segment: Segment, first: number, last: number): string[] {
  const codes: string[] = [];
  for (let position = first; position <= last; position++) {
    const code = segment.element(position);
    if (code !== undefined) codes.push(code);
  }
  return codes;
}

function plainError(code: string, texts: Readonly<Record<string, string>>): AcknowledgementError {
  return { code, text: textOf(code, texts) };
}

function textOf(code: string, texts: Readonly<Record<string, string>>): string {
  return Object.hasOwn(texts, code) ? (texts[code] ?? '') : 'Code not known';
}

function wholeNumber(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,10}$/.test(value) ? Number(value) : undefined;
}

function given<K extends string, V>(key: K, value: V | undefined): { [k in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [k in K]: V });
}
