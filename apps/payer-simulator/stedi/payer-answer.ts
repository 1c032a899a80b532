import { type HierarchyLevel, readHierarchy, type Segment, type Transaction, tryReadX12 } from '@openvob/x12';

/** A payer's 271 as the clearinghouse takes it apart: its first transaction and its four levels. */
export interface PayerAnswer {
  readonly x12: string;
  readonly transaction: Transaction;
  /** ISA13. */
  readonly control: string;
  /** BHT03: the trace that the payer gave back. */
  readonly reference: string | undefined;
  readonly source: HierarchyLevel | undefined;
  readonly receiver: HierarchyLevel | undefined;
  readonly subscriber: HierarchyLevel | undefined;
  readonly dependent: HierarchyLevel | undefined;
}

/** What came from a payer. */
export type FromPayer =
  | { readonly kind: 'answer'; readonly answer: PayerAnswer }
  /** A 999 in the place of a 271. */
  | {
      readonly kind: 'acknowledgement';
      readonly x12: string;
      readonly code: string;
      readonly error: string | undefined;
    }
  /** Nothing that can be read to its end. */
  | { readonly kind: 'broken' };

/** Reads what a payer sent to the clearinghouse. */
export function readFromPayer(x12: string): FromPayer {
  const read = tryReadX12(x12);
  if (!read.ok) return { kind: 'broken' };
  const [transaction] = read.file.transactions;
  const verdict = transaction?.segments.find(({ id }) => id === 'IK5');
  if (transaction?.kind === '999' && verdict !== undefined) {
    return { kind: 'acknowledgement', x12, code: verdict.element(1) ?? '', error: verdict.element(2) };
  }
  if (transaction?.kind !== '271' || transaction.segments.at(-1)?.id !== 'SE') return { kind: 'broken' };
  return { kind: 'answer', answer: answerIn(x12, transaction) };
}

function answerIn(x12: string, transaction: Transaction): PayerAnswer {
  const { header, levels } = readHierarchy(transaction);
  const of = (kind: HierarchyLevel['kind']) => levels.find((level) => level.kind === kind);
  return {
    x12,
    transaction,
    control: transaction.interchange?.control ?? '',
    reference: header.find(({ id }) => id === 'BHT')?.element(3),
    source: of('source'),
    receiver: of('receiver'),
    subscriber: of('subscriber'),
    dependent: of('dependent'),
  };
}

/** Whoever is asked about: the dependent, if there is one. */
export function patientOf({ subscriber, dependent }: PayerAnswer): HierarchyLevel | undefined {
  return dependent ?? subscriber;
}

/** A segment of a level's name loop. */
export function named(level: HierarchyLevel | undefined, id: string): Segment | undefined {
  return level?.name.find((segment) => segment.id === id);
}

/** AAA of a level itself. */
export function rejectionsOf(level: HierarchyLevel | undefined): Segment[] {
  return level === undefined ? [] : [...level.header, ...level.name].filter(({ id }) => id === 'AAA');
}

/** An object without the members that have no value. */
export function filled(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

/** X12 leaves out the zero in front of the point, the vendor does not: `.2` is `0.2`. */
export function decimal(x12: string | undefined): string | undefined {
  return x12?.replace(/^(-?)\./, '$10.');
}
