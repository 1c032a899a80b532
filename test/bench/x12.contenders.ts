import { snapshotsOf271 } from '@openvob/benefits';
import { readPayerMessage } from '@openvob/coverage';
import { createSegmentStream, readX12, type Segment } from '@openvob/x12';
import { X12Parser } from 'node-x12';
import { X12parser } from 'x12-parser';

/**
 * One way to go through a text. Whoever tokenizes looks at every element, so that none is left uncut or unjoined until it is
 * asked for, and what is returned is used, so that nothing can be left undone.
 */
export interface Contender {
  readonly name: string;
  /** Characters that it goes through. */
  readonly length: number;
  work(): number | Promise<number>;
}

const REQUEST = { track: 'sud', network: 'in', setting: 'in_person' } as const;

/**
 * Our tokenizing, our whole reading from the text to snapshots with sources, and that with a decision; the two parsers of npm,
 * which tokenize and do no more; and `JSON.parse` of a text of the same size and content.
 */
export function contenders(text: string): Contender[] {
  const json = asJson(text);
  const bytes = Buffer.from(text);
  const { length } = text;
  return [
    { name: TOKENIZING, length, work: () => tokenize(text) },
    { name: READING, length, work: () => readToSnapshots(text) },
    { name: DECIDING, length, work: () => readToDecisions(text) },
    { name: 'x12-parser', length, work: () => tokenizeByX12Parser(bytes) },
    { name: 'node-x12', length, work: () => tokenizeByNodeX12(text) },
    { name: JSON_PARSE, length: json.length, work: () => (JSON.parse(json) as unknown[]).length },
  ];
}

export const TOKENIZING = 'tokenizing';
export const READING = 'the full read, with sources';
export const DECIDING = 'the full read and the decision';
export const JSON_PARSE = 'JSON.parse';
/** Those that tokenize and do no more. */
export const RIVALS: readonly string[] = ['x12-parser', 'node-x12'];

function tokenize(text: string): number {
  const stream = createSegmentStream();
  let seen = 0;
  for (const segment of stream.push(text)) seen += lookAtElements(segment);
  for (const segment of stream.end()) seen += lookAtElements(segment);
  return seen;
}

function lookAtElements(segment: Segment): number {
  let seen = segment.elementCount;
  for (let position = segment.elementCount; position > 0; position--) seen += look(segment.element(position) ?? '');
  return seen;
}

/** Whoever asks for a character needs the whole text. */
function look(text: string): number {
  return text === '' ? 0 : text.charCodeAt(text.length - 1);
}

function readToSnapshots(text: string): number {
  return snapshotsOf271(readX12(text)).snapshots.length;
}

function readToDecisions(text: string): number {
  const result = readPayerMessage(text, REQUEST);
  if ('error' in result) throw new Error(`the benchmark reads what cannot be read: ${result.error.message}`);
  return result.answers.length;
}

function tokenizeByX12Parser(bytes: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const parser = new X12parser();
    let seen = 0;
    parser.on('data', (segment: Readonly<Record<string, unknown>>) => {
      for (const element of Object.values(segment)) seen += look(String(element));
    });
    parser.on('end', () => resolve(seen));
    parser.on('error', reject);
    parser.end(bytes);
  });
}

function tokenizeByNodeX12(text: string): number {
  const interchange = new X12Parser(false).parse(text);
  if (!('functionalGroups' in interchange)) throw new Error('the benchmark has one interchange');
  let seen = 0;
  for (const { transactions } of interchange.functionalGroups) {
    for (const { segments } of transactions) {
      for (const { elements } of segments) for (const { value } of elements) seen += look(value ?? '');
    }
  }
  return seen;
}

/** The segments with all their elements, padded to the length of the text. */
function asJson(text: string): string {
  const { segments, delimiters } = readX12(text);
  return JSON.stringify(segments.map(({ raw }) => raw.split(delimiters.element))).padEnd(text.length, ' ');
}
