import { DEFAULT_DELIMITERS } from './delimiters';
import { EnvelopeReader, type Transaction } from './envelope';
import { X12Error, type X12Issue, type X12Refusal } from './issue';
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

/** More faults than these are counted, not listed. */
const MOST_ISSUES = 1000;

/**
 * Reads an X12 file as far as it goes: delimiters, segments, envelopes. Faults are `issues`.
 *
 * @throws X12Error (`code`, `position`, `message`) when the text is no X12 at all.
 */
export function readX12(text: string): X12File {
  const issues: X12Issue[] = [];
  const file: X12File = {
    delimiters: { ...DEFAULT_DELIMITERS },
    segments: [],
    interchanges: [],
    transactions: [],
    issues,
  };
  let unlisted = 0;
  const issue = (found: X12Issue) => (issues.length < MOST_ISSUES ? issues.push(found) : unlisted++);
  const envelope = new EnvelopeReader({
    issue,
    interchange: (header, delimiters) =>
      file.interchanges.push({ header, delimiters, acknowledgements: [], transactions: [] }),
    acknowledgement: (segment) => file.interchanges.at(-1)?.acknowledgements.push(segment),
    transaction: (transaction) => {
      file.transactions.push(transaction);
      if (transaction.interchange !== undefined) file.interchanges.at(-1)?.transactions.push(transaction);
    },
  });
  const scanner = new SegmentScanner({
    issue,
    segment: (segment) => {
      file.segments.push(segment);
      envelope.accept(segment, scanner.current ?? DEFAULT_DELIMITERS);
    },
  });
  scanner.push(text);
  scanner.end();
  envelope.end();
  Object.assign(file.delimiters, file.interchanges[0]?.delimiters ?? scanner.current);
  if (unlisted > 0) {
    const message = `${unlisted} more faults are not listed`;
    issues.push({ severity: 'warning', code: 'too_many_issues', at: issues.at(-1)?.at ?? 'segment 1', message });
  }
  return file;
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
