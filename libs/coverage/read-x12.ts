import { codeTable, type Issue, snapshotsOf271, snapshotsOfTransaction } from '@openvob/benefits';
import {
  checkInterchangeAcknowledgement,
  checkTransaction,
  readAcknowledgements,
  type Transaction,
  tryReadX12,
  type X12File,
} from '@openvob/x12';
import type { ReadAnswer } from './iop-benefit';
import { answersOf } from './read-answer';
import { type ReadError, type ReadFormat, type ReadRequest, type ReadResult, readError } from './read-result';

type X12Format = Extract<ReadFormat, `x12-${string}`>;

const FORMATS = codeTable<X12Format>({ 271: 'x12-271', 999: 'x12-999' });

/** Reads 271, 999 and TA1 of an X12 file, mixed as they may be. Anything else in it is passed over with an issue. */
export function readX12Message(text: string, request: ReadRequest): ReadResult | ReadError {
  const read = tryReadX12(text);
  if (!read.ok) return refused(read.refusal.code, read.refusal.position);
  const { file } = read;
  const [format] = formatsOf(file);
  if (format === undefined) return withoutAnswer(file);
  if (request.format !== undefined && !formatsOf(file).includes(request.format as X12Format)) {
    return readError('format_mismatch', 0, `The file has no ${request.format.slice(4).toUpperCase()}.`);
  }
  const { snapshots, issues } = snapshotsOf271(file, request.on === undefined ? {} : { on: request.on });
  const chosen = answersOf(snapshots, request);
  return {
    format: request.format ?? format,
    answers: chosen.answers,
    acknowledgements: readAcknowledgements(file),
    issues: bySegment([...issues, ...otherIssues(file), ...chosen.issues]),
  };
}

/**
 * Everything that one 271 says, as a stream gives it (`createX12Stream`), so that files of any size can be read. The faults
 * of its envelope are the stream's.
 */
export function readTransaction(
  transaction: Transaction,
  request: ReadRequest,
): { answers: ReadAnswer[]; issues: Issue[] } {
  const { snapshots, issues } = snapshotsOfTransaction(transaction, request.on === undefined ? {} : { on: request.on });
  const chosen = answersOf(snapshots, request);
  return { answers: chosen.answers, issues: bySegment([...issues, ...chosen.issues]) };
}

/** What the file holds of what is read, in file order, each once. */
function formatsOf(file: X12File): X12Format[] {
  const ta1 = file.interchanges
    .flatMap(({ acknowledgements }) => acknowledgements)
    .map(({ number }) => ({ number, format: 'x12-ta1' as const }));
  const transactions = file.transactions.flatMap(({ kind, segments }) => {
    const format = FORMATS[kind];
    return format === undefined ? [] : [{ number: segments[0]?.number ?? 0, format }];
  });
  const sorted = [...ta1, ...transactions].sort((a, b) => a.number - b.number);
  return [...new Set(sorted.map(({ format }) => format))];
}

function otherIssues(file: X12File): Issue[] {
  const acknowledgements = file.interchanges.flatMap((interchange) => interchange.acknowledgements);
  return [...acknowledgements.flatMap(checkInterchangeAcknowledgement), ...transactionIssues(file)];
}

function transactionIssues(file: X12File): Issue[] {
  return file.transactions.flatMap((transaction): Issue[] => {
    if (transaction.kind === '271') return [];
    if (transaction.kind === '999') return checkTransaction(transaction);
    const at = `segment ${transaction.segments[0]?.number ?? 1}`;
    const message = 'A transaction that is neither a 271 nor a 999 is passed over.';
    return [{ severity: 'info', code: 'other_transaction', at, message }];
  });
}

function bySegment(issues: readonly Issue[]): Issue[] {
  const numbered = issues.map((issue) => ({ issue, number: Number(issue.at.slice('segment '.length)) }));
  return numbered.sort((a, b) => a.number - b.number).map(({ issue }) => issue);
}

function refused(code: string, position: number): ReadError {
  if (code === 'empty') return readError('empty', position, 'There is no text.');
  if (code === 'isa_unreadable') {
    return readError(
      'not_a_payer_message',
      position,
      'The text begins like X12, but the delimiters of its ISA cannot be told.',
    );
  }
  return readError('not_a_payer_message', position, 'The text is neither X12, nor JSON, nor FHIR.');
}

function withoutAnswer({ transactions }: X12File): ReadError {
  const first = transactions[0];
  if (first?.kind === '270') return readError('inquiry', 0, "This is an inquiry (270), not a payer's answer.");
  const what = first === undefined ? 'no transaction at all' : 'no 271, 999 or TA1';
  return readError('x12_unknown', 0, `The X12 file has ${what}.`);
}
