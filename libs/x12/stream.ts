import { DEFAULT_DELIMITERS } from './delimiters';
import { EnvelopeReader, type Transaction } from './envelope';
import type { X12Issue } from './issue';
import { SegmentScanner } from './scanner';
import type { Delimiters, Segment } from './segment';

/** What a stream found, in file order. */
export type X12StreamItem =
  | { readonly kind: 'interchange'; readonly header: Segment; readonly delimiters: Delimiters }
  | { readonly kind: 'transaction'; readonly transaction: Transaction }
  | { readonly kind: 'ta1'; readonly segment: Segment }
  | { readonly kind: 'issue'; readonly issue: X12Issue };

export interface X12Stream<Item> {
  /** Takes the next piece of text, of any size, and gives what has become complete. */
  push(chunk: string): Item[];
  /** Tells that there is no more text, and gives the rest. */
  end(): Item[];
}

/**
 * Reads a file piece by piece, in memory no larger than its largest transaction. What it gives is what `readX12` gives:
 * the same transactions, segment numbers and issues.
 *
 * `push` and `end` throw X12Error when the text is no X12 at all.
 */
export function createX12Stream(): X12Stream<X12StreamItem> {
  const found = new Batch<X12StreamItem>();
  const issue = (each: X12Issue) => found.add({ kind: 'issue', issue: each });
  const envelope = new EnvelopeReader({
    issue,
    interchange: (header, delimiters) => found.add({ kind: 'interchange', header, delimiters }),
    acknowledgement: (segment) => found.add({ kind: 'ta1', segment }),
    transaction: (transaction) => found.add({ kind: 'transaction', transaction }),
  });
  const scanner = new SegmentScanner({
    issue,
    segment: (segment) => envelope.accept(segment, scanner.current ?? DEFAULT_DELIMITERS),
  });
  return {
    push: (chunk) => {
      scanner.push(chunk);
      return found.take();
    },
    end: () => {
      scanner.end();
      envelope.end();
      return found.take();
    },
  };
}

/**
 * Cuts a file into segments piece by piece, in constant memory and without regard to envelopes. Text that is no segment
 * is passed over.
 *
 * `push` and `end` throw X12Error when the text is no X12 at all.
 */
export function createSegmentStream(): X12Stream<Segment> {
  const found = new Batch<Segment>();
  const scanner = new SegmentScanner({ segment: (segment) => found.add(segment), issue: () => undefined });
  return {
    push: (chunk) => {
      scanner.push(chunk);
      return found.take();
    },
    end: () => {
      scanner.end();
      return found.take();
    },
  };
}

class Batch<Item> {
  private items: Item[] = [];

  add(item: Item): void {
    this.items.push(item);
  }

  take(): Item[] {
    const taken = this.items;
    this.items = [];
    return taken;
  }
}
