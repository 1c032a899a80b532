import { codeTable, type Issue, snapshotsOfTransaction } from '@openvob/benefits';
import {
  type Acknowledgement,
  acknowledgementOfTa1,
  acknowledgementsOf,
  checkInterchangeAcknowledgement,
  checkTransaction,
  createX12Stream,
  IssueList,
  type Segment,
  type Transaction,
  X12Error,
  type X12StreamItem,
} from '@openvob/x12';
import type { ReadAnswer } from './iop-benefit';
import { answersOf } from './read-answer';
import { type ReadError, type ReadFormat, type ReadRequest, type ReadResult, readError } from './read-result';

type X12Format = Extract<ReadFormat, `x12-${string}`>;

const FORMATS = codeTable<X12Format>({ 271: 'x12-271', 999: 'x12-999' });

/** Whether a text begins as X12 does, so that it is read as nothing else; other X12 may stand behind a mail header. */
export function beginsLikeX12(text: string): boolean {
  return /^[\s\uFEFF]*(?:ISA|GS|ST)[^A-Za-z0-9\s]/.test(text);
}

/** What stands in a result beside its answers. */
export type ReadRest = Omit<ReadResult, 'answers'>;

/**
 * Reads 271, 999 and TA1 of an X12 file, mixed as they may be, piece by piece: answers are given as they become complete and
 * are not kept, so that a file of any size is read in little memory. Anything else in it is passed over with an issue.
 */
export class X12Reading {
  private readonly stream = createX12Stream();
  private readonly formats = new Set<X12Format>();
  private readonly acknowledgements: Acknowledgement[] = [];
  private readonly found = new FoundIssues();
  private firstKind: string | undefined;
  private refusal: X12Error | undefined;

  constructor(private readonly request: ReadRequest) {}

  /** The format of what came first; undefined while nothing came that is read. */
  get format(): X12Format | undefined {
    const [first] = this.formats;
    return first;
  }

  /** Takes the next piece of text and gives the answers that it completes, in file order. */
  push(text: string): ReadAnswer[] {
    return this.take(() => this.stream.push(text));
  }

  /** Tells that there is no more text, and gives the last answers. */
  end(): ReadAnswer[] {
    return this.take(() => this.stream.end());
  }

  /** What stands beside the answers, or why there are none; to be asked when the text has ended. */
  rest(): ReadRest | ReadError {
    if (this.refusal !== undefined) return refused(this.refusal);
    const { format } = this;
    if (format === undefined) return withoutAnswer(this.firstKind);
    const wanted = this.request.format as X12Format | undefined;
    if (wanted !== undefined && !this.formats.has(wanted)) {
      return readError('format_mismatch', 0, `The file has no ${wanted.slice(4).toUpperCase()}.`);
    }
    return { format: wanted ?? format, acknowledgements: this.acknowledgements, issues: this.found.list() };
  }

  /** What is no X12 at all is told at the end. */
  private take(items: () => readonly X12StreamItem[]): ReadAnswer[] {
    if (this.refusal !== undefined) return [];
    try {
      return this.answersIn(items());
    } catch (thrown) {
      if (!(thrown instanceof X12Error)) throw thrown;
      this.refusal = thrown;
      return [];
    }
  }

  private answersIn(items: readonly X12StreamItem[]): ReadAnswer[] {
    const answers: ReadAnswer[] = [];
    for (const item of items) {
      if (item.kind === 'issue') this.found.file.add(item.issue);
      else if (item.kind === 'ta1') this.takeTa1(item.segment);
      else if (item.kind === 'transaction') for (const answer of this.read(item.transaction)) answers.push(answer);
    }
    return answers;
  }

  private takeTa1(segment: Segment): void {
    this.formats.add('x12-ta1');
    this.acknowledgements.push(acknowledgementOfTa1(segment));
    addAll(checkInterchangeAcknowledgement(segment), this.found.others);
  }

  private read(transaction: Transaction): readonly ReadAnswer[] {
    const { kind } = transaction;
    this.firstKind ??= kind;
    const format = FORMATS[kind];
    if (format !== undefined) this.formats.add(format);
    if (kind === '271') return this.readAnswers(transaction);
    if (kind === '999') {
      addAll(acknowledgementsOf(transaction), this.acknowledgements);
      addAll(checkTransaction(transaction), this.found.others);
    } else this.found.others.push(passedOver(transaction));
    return [];
  }

  private readAnswers(transaction: Transaction): readonly ReadAnswer[] {
    const { on } = this.request;
    const { snapshots, issues } = snapshotsOfTransaction(transaction, on === undefined ? {} : { on });
    const chosen = answersOf(snapshots, this.request);
    addAll(issues, this.found.answers);
    addAll(chosen.issues, this.found.choices);
    return chosen.answers;
  }
}

/** Issues of one segment stand in this order: of the file, of an answer, of anything else, of a decision. */
class FoundIssues {
  readonly file = new IssueList();
  readonly answers: Issue[] = [];
  readonly others: Issue[] = [];
  readonly choices: Issue[] = [];

  /** In the order of their segments. */
  list(): Issue[] {
    const all: Issue[] = [...this.file.list(), ...this.answers, ...this.others, ...this.choices];
    const numbered = all.map((issue) => ({ issue, number: Number(issue.at.slice('segment '.length)) }));
    return numbered.sort((a, b) => a.number - b.number).map(({ issue }) => issue);
  }
}

function addAll<T>(more: readonly T[], into: T[]): void {
  for (const each of more) into.push(each);
}

function passedOver({ segments }: Transaction): Issue {
  const at = `segment ${segments[0]?.number ?? 1}`;
  const message = 'A transaction that is neither a 271 nor a 999 is passed over.';
  return { severity: 'info', code: 'other_transaction', at, message };
}

function refused({ code, position }: X12Error): ReadError {
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

function withoutAnswer(firstKind: string | undefined): ReadError {
  if (firstKind === '270') return readError('inquiry', 0, "This is an inquiry (270), not a payer's answer.");
  const what = firstKind === undefined ? 'no transaction at all' : 'no 271, 999 or TA1';
  return readError('x12_unknown', 0, `The X12 file has ${what}.`);
}
