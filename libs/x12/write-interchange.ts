import { sayId } from './character-set';
import { writeDate, writeTime } from './date';
import { DEFAULT_DELIMITERS } from './delimiters';
import type { Delimiters } from './segment';
import { delimiterFaults, type SegmentContent, type WriteFault, type Written, writeSegments } from './write-segment';

/** A party of the interchange: ISA05/06 or ISA07/08. */
export interface Party {
  /** E.g. `ZZ` mutually agreed, `30` tax number, `01` DUNS. */
  readonly qualifier: string;
  /** At most 15 characters. */
  readonly id: string;
}

/** Everything about an interchange but its content. Nothing is taken from a clock. */
export interface EnvelopeContent {
  readonly sender: Party;
  readonly receiver: Party;
  /** GS02 and GS03; the interchange's own ids when absent. */
  readonly groupSender?: string;
  readonly groupReceiver?: string;
  /** ISA13, 1 to 999,999,999. */
  readonly control: number;
  /** GS06; as `control` when absent. */
  readonly groupControl?: number;
  /** Civil date `YYYY-MM-DD` and time `HH:MM` of writing. */
  readonly writtenOn: string;
  readonly writtenAt: string;
  /** ISA15: production or test. */
  readonly usage: 'P' | 'T';
  /** ISA14: whether a TA1 is asked for. Default false. */
  readonly acknowledgementRequested?: boolean;
  /** Default `*^:~`. */
  readonly delimiters?: Delimiters;
  /** Whether each segment stands on a line of its own. Default false. */
  readonly lineBreaks?: boolean;
}

export interface TransactionContent {
  /** ST01, e.g. `271`. */
  readonly kind: string;
  /** ST02, 4 to 9 characters; the number of the transaction in the interchange (`0001`) when absent. */
  readonly control?: string;
  /** What stands between ST and SE. */
  readonly segments: readonly SegmentContent[];
}

export interface InterchangeContent extends EnvelopeContent {
  /** GS01, e.g. `HB` for a 271, and GS08, which becomes ST03 too. Needed as soon as there is a transaction. */
  readonly functionalCode?: string;
  readonly version?: string;
  /** TA1 segments. */
  readonly acknowledgements?: readonly SegmentContent[];
  readonly transactions: readonly TransactionContent[];
}

const HIGHEST_CONTROL = 999_999_999;

/**
 * Writes one interchange with at most one group: ISA, TA1s, GS, the transactions with their counts, GE, IEA.
 * The same content always gives the same text.
 *
 * @returns faults whose fields are JSON pointers into the content, e.g. `/sender/id` or
 *   `/transactions/0/segments/3/2` (element 2 of the fourth segment).
 */
export function writeInterchange(content: InterchangeContent): Written {
  const delimiters = content.delimiters ?? DEFAULT_DELIMITERS;
  const faults = [...envelopeFaults(content, delimiters), ...groupFaults(content)];
  const acknowledgements = located(writeSegments(content.acknowledgements ?? [], delimiters), '/acknowledgements');
  const bodies = content.transactions.map((transaction, at) =>
    located(writeSegments(transaction.segments, delimiters), `/transactions/${at}/segments`),
  );
  for (const part of [acknowledgements, ...bodies]) if (!part.ok) faults.push(...part.faults);
  if (faults.length > 0) return { ok: false, faults };
  const text =
    isa(content, delimiters) +
    textOf(acknowledgements) +
    group(content, delimiters, bodies.map(textOf)) +
    iea(content, delimiters);
  return { ok: true, text: content.lineBreaks === true ? breakLines(text, delimiters.segment) : text };
}

/** The faults of an envelope alone. */
function envelopeFaults(content: EnvelopeContent, delimiters: Delimiters): WriteFault[] {
  return [
    ...delimiterFaults(delimiters),
    ...partyFaults('/sender', content.sender, delimiters),
    ...partyFaults('/receiver', content.receiver, delimiters),
    ...idFaults('/groupSender', content.groupSender, delimiters),
    ...idFaults('/groupReceiver', content.groupReceiver, delimiters),
    ...controlFaults('/control', content.control),
    ...controlFaults('/groupControl', content.groupControl ?? content.control),
    ...momentFaults(content),
  ];
}

function partyFaults(field: string, party: Party, delimiters: Delimiters): WriteFault[] {
  const faults = idFaults(`${field}/id`, party.id, delimiters);
  if (/^[A-Z0-9]{2}$/.test(party.qualifier)) return faults;
  return [{ field: `${field}/qualifier`, code: 'code', message: 'must be a code of two characters' }, ...faults];
}

/** Data elements 124, 142 (2 to 15 characters) and I06, I07 (15). */
function idFaults(field: string, id: string | undefined, delimiters: Delimiters): WriteFault[] {
  if (id === undefined) return [];
  const said = sayId(id, delimiters);
  if (!said.ok) return [{ field, code: 'character', message: said.why }];
  if (said.text.length >= 2 && said.text.length <= 15) return [];
  return [{ field, code: 'length', message: 'must be 2 to 15 characters long' }];
}

function controlFaults(field: string, control: number): WriteFault[] {
  if (Number.isInteger(control) && control >= 1 && control <= HIGHEST_CONTROL) return [];
  return [{ field, code: 'number', message: `must be a whole number from 1 to ${HIGHEST_CONTROL}` }];
}

function momentFaults(content: EnvelopeContent): WriteFault[] {
  const faults: WriteFault[] = [];
  if (writeDate(content.writtenOn) === undefined) {
    faults.push({ field: '/writtenOn', code: 'date', message: 'must be a date YYYY-MM-DD' });
  }
  if (writeTime(content.writtenAt) === undefined) {
    faults.push({ field: '/writtenAt', code: 'date', message: 'must be a time HH:MM' });
  }
  return faults;
}

function groupFaults(content: InterchangeContent): WriteFault[] {
  const faults: WriteFault[] = [];
  if (content.transactions.length > 0 && !/^[A-Z]{2}$/.test(content.functionalCode ?? '')) {
    faults.push({ field: '/functionalCode', code: 'code', message: 'must be a code of two letters' });
  }
  if (content.transactions.length > 0 && !/^[A-Z0-9]{1,12}$/.test(content.version ?? '')) {
    faults.push({ field: '/version', code: 'code', message: 'must be 1 to 12 letters and digits' });
  }
  content.transactions.forEach(({ kind, control }, at) => {
    const field = `/transactions/${at}`;
    if (!/^\d{3}$/.test(kind)) faults.push({ field: `${field}/kind`, code: 'code', message: 'must be three digits' });
    if (control === undefined || /^[A-Za-z0-9]{4,9}$/.test(control)) return;
    faults.push({ field: `${field}/control`, code: 'length', message: 'must be 4 to 9 letters and digits' });
  });
  return faults;
}

function located(written: Written, place: string): Written {
  if (written.ok) return written;
  const faults = written.faults.filter((fault) => fault.code !== 'delimiters');
  return { ok: false, faults: faults.map((fault) => ({ ...fault, field: place + fault.field })) };
}

function textOf(written: Written): string {
  return written.ok ? written.text : '';
}

function isa(content: EnvelopeContent, delimiters: Delimiters): string {
  const { sender, receiver } = content;
  const elements = [
    ...['ISA', '00', ' '.repeat(10), '00', ' '.repeat(10)],
    ...[sender.qualifier, sender.id.trim().padEnd(15), receiver.qualifier, receiver.id.trim().padEnd(15)],
    ...[(writeDate(content.writtenOn) ?? '').slice(2), writeTime(content.writtenAt) ?? ''],
    ...[delimiters.repetition, '00501', padControl(content.control)],
    ...[content.acknowledgementRequested === true ? '1' : '0', content.usage, delimiters.component],
  ];
  return elements.join(delimiters.element) + delimiters.segment;
}

function iea(content: InterchangeContent, delimiters: Delimiters): string {
  const groups = content.transactions.length > 0 ? '1' : '0';
  return ['IEA', groups, padControl(content.control)].join(delimiters.element) + delimiters.segment;
}

function group(content: InterchangeContent, delimiters: Delimiters, bodies: readonly string[]): string {
  if (bodies.length === 0) return '';
  const line = (...elements: string[]) => elements.join(delimiters.element) + delimiters.segment;
  const { sender, receiver, functionalCode = '', version = '' } = content;
  const groupControl = String(content.groupControl ?? content.control);
  const parties = [(content.groupSender ?? sender.id).trim(), (content.groupReceiver ?? receiver.id).trim()];
  const moment = [writeDate(content.writtenOn) ?? '', writeTime(content.writtenAt) ?? ''];
  const transactions = content.transactions.map(({ kind, control, segments }, at) => {
    const number = control ?? String(at + 1).padStart(4, '0');
    return line('ST', kind, number, version) + (bodies[at] ?? '') + line('SE', String(segments.length + 2), number);
  });
  const header = line('GS', functionalCode, ...parties, ...moment, groupControl, 'X', version);
  return header + transactions.join('') + line('GE', String(bodies.length), groupControl);
}

function padControl(control: number): string {
  return String(control).padStart(9, '0');
}

function breakLines(text: string, terminator: string): string {
  return terminator === '\n' ? text : text.replaceAll(terminator, `${terminator}\n`);
}
