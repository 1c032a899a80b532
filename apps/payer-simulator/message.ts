import type { Segment } from '@openvob/x12';

/** Elements of one segment, the identifier first; a list is one element's repetitions. */
export type Elements = readonly (string | readonly string[])[];

/** Who sent the 270 to whom; an answer goes the other way. */
export interface Envelope {
  /** ISA of the inquiry; none when there was none to read. */
  readonly header?: Segment | undefined;
  /** GS02 and GS03 of the inquiry. */
  readonly groupSenderId?: string | undefined;
  readonly groupReceiverId?: string | undefined;
  /** GS06 and ST02 of the inquiry. */
  readonly groupControl?: string | undefined;
  readonly transactionControl?: string | undefined;
  /** Number of this answer, for ISA13, GS06 and ST02. */
  readonly control: number;
  readonly now: Date;
}

const delimiters = { element: '*', repetition: '^', component: ':', segment: '~' };
const anyDelimiter = /[*^:~\r\n]/g;

/** A functional group of one transaction in an interchange addressed to the sender of the inquiry. */
export function writeMessage(envelope: Envelope, kind: '271' | '999', body: readonly Elements[]): string {
  const version = kind === '271' ? '005010X279A1' : '005010X231A1';
  const control = String(envelope.control).padStart(4, '0');
  const { date, time } = stampOf(envelope.now);
  const from = envelope.groupReceiverId ?? 'SIMULATOR';
  const to = envelope.groupSenderId ?? 'SENDER';
  return writeInterchange(envelope, [
    ['GS', kind === '271' ? 'HB' : 'FA', from, to, date, time, control, 'X', version],
    ['ST', kind, control, version],
    ...body,
    ['SE', String(body.length + 2), control],
    ['GE', '1', control],
  ]);
}

/** A refusal of a whole interchange: TA1 with a note code of TA105, no functional group. */
export function writeInterchangeRefusal(envelope: Envelope, noteCode: string): string {
  const { date, time } = stampOf(envelope.now);
  const control = envelope.header?.element(13) ?? '000000000';
  const asked = [envelope.header?.element(9) ?? date.slice(2), envelope.header?.element(10) ?? time];
  return writeInterchange(envelope, [['TA1', control, ...asked, 'R', noteCode]], 0);
}

function writeInterchange(envelope: Envelope, segments: readonly Elements[], groups = 1): string {
  const control = String(envelope.control).padStart(9, '0');
  const all = [headerOf(envelope, control), ...segments, ['IEA', String(groups), control]];
  return all.map((elements, index) => joinSegment(elements, index === 0)).join('');
}

function headerOf({ header, now }: Envelope, control: string): Elements {
  const { date, time } = stampOf(now);
  const blank = ' '.repeat(10);
  const party = (position: number, fallback: string) => (header?.element(position) ?? fallback).trim().padEnd(15);
  const from = [header?.element(7) ?? 'ZZ', party(8, 'SIMULATOR')];
  const to = [header?.element(5) ?? 'ZZ', party(6, 'SENDER')];
  const usage = header?.element(15) ?? 'T';
  const fixed = ['^', '00501', control, '0', usage, delimiters.component];
  return ['ISA', '00', blank, '00', blank, ...from, ...to, date.slice(2), time, ...fixed];
}

/** Joins elements. What a value must not hold becomes a blank; empty elements at the end are dropped. */
function joinSegment(elements: Elements, isHeader: boolean): string {
  const texts = elements.map((element) => (isHeader ? String(element) : elementText(element)));
  const last = texts.findLastIndex((text) => text !== '');
  return `${texts.slice(0, last + 1).join(delimiters.element)}${delimiters.segment}`;
}

function elementText(element: string | readonly string[]): string {
  const values = typeof element === 'string' ? [element] : element;
  return values.map((value) => value.replace(anyDelimiter, ' ')).join(delimiters.repetition);
}

function stampOf(now: Date): { date: string; time: string } {
  const digits = now.toISOString().replace(/\D/g, '');
  return { date: digits.slice(0, 8), time: digits.slice(8, 12) };
}
