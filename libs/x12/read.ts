import { DEFAULT_DELIMITERS } from './delimiters';
import { EnvelopeReader, type EnvelopeSink, type Transaction } from './envelope';
import { IssueList, X12Error, type X12Issue, type X12Refusal } from './issue';
import { SegmentScanner } from './scanner';
import type { Delimiters, Segment } from './segment';

export interface Interchange {
  /** The ISA segment. */
  readonly header: Segment;
  readonly delimiters: Delimiters;
  /** TA1 segments between ISA and the first GS. */
  readonly acknowledgements: Segment[];
  readonly transactions: Transaction[];
}

export interface X12File {
  /** Of the first interchange; `*^:~` when there is none. */
  readonly delimiters: Delimiters;
  /** Every segment of the file; text that is no segment takes a number and stands in `issues` alone. */
  readonly segments: Segment[];
  readonly interchanges: Interchange[];
  /** Those of all interchanges and those outside of any, in file order. */
  readonly transactions: Transaction[];
  readonly issues: X12Issue[];
}

/**
 * Reads an X12 file as far as it goes: delimiters, segments, envelopes. Faults are `issues`.
 *
 * @throws X12Error (`code`, `position`, `message`) when the text is no X12 at all.
 */
export function readX12(text: string): X12File {
  const file = new FileBuilder();
  const envelope = new EnvelopeReader(file);
  const scanner = new SegmentScanner({
    issue: (issue) => file.issue(issue),
    segment: (segment) => {
      file.segments.push(segment);
      envelope.accept(segment, scanner.current ?? DEFAULT_DELIMITERS);
    },
  });
  scanner.push(text);
  scanner.end();
  envelope.end();
  return file.build(scanner.current ?? DEFAULT_DELIMITERS);
}

/** As `readX12`, with the refusal as a value. */
export function tryReadX12(text: string): { ok: true; file: X12File } | { ok: false; refusal: X12Refusal } {
  try {
    return { ok: true, file: readX12(text) };
  } catch (error) {
    if (!(error instanceof X12Error)) throw error;
    return { ok: false, refusal: { code: error.code, position: error.position, message: error.message } };
  }
}

class FileBuilder implements EnvelopeSink {
  readonly segments: Segment[] = [];
  private readonly interchanges: Interchange[] = [];
  private readonly transactions: Transaction[] = [];
  private readonly issues = new IssueList();

  interchange(header: Segment, delimiters: Delimiters): void {
    this.interchanges.push({ header, delimiters, acknowledgements: [], transactions: [] });
  }

  acknowledgement(segment: Segment): void {
    this.interchanges.at(-1)?.acknowledgements.push(segment);
  }

  transaction(transaction: Transaction, inside: boolean): void {
    this.transactions.push(transaction);
    if (inside) this.interchanges.at(-1)?.transactions.push(transaction);
  }

  issue(issue: X12Issue): void {
    this.issues.add(issue);
  }

  build(lastDelimiters: Delimiters): X12File {
    const { segments, interchanges, transactions } = this;
    const issues = this.issues.list();
    return { delimiters: interchanges[0]?.delimiters ?? lastDelimiters, segments, interchanges, transactions, issues };
  }
}
