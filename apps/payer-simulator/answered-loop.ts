import type { Segment, Transaction, X12File } from '@openvob/x12';

/** The loop of the person whom a 271 answers, and the subscriber's loop: the same one when the subscriber is the patient. */
export interface AnsweredLoop {
  readonly transaction: Transaction;
  readonly patient: readonly Segment[];
  readonly subscriber: readonly Segment[];
}

/** The first person answered in a file: a dependent, or a subscriber with EB or AAA or without dependents. */
export function answeredLoop(file: X12File): AnsweredLoop | undefined {
  for (const transaction of file.transactions) {
    const found = transaction.kind === '271' ? answeredIn(transaction) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function answeredIn(transaction: Transaction): AnsweredLoop | undefined {
  const loops = hierarchy(transaction.segments);
  let subscriber: readonly Segment[] | undefined;
  for (const [index, loop] of loops.entries()) {
    if (levelOf(loop) === '22') subscriber = loop;
    if (subscriber === undefined) continue;
    const answers = loop.some(({ id }) => id === 'EB' || id === 'AAA');
    const hasDependents = levelOf(loops[index + 1]) === '23';
    if (levelOf(loop) === '23' || answers || !hasDependents) return { transaction, patient: loop, subscriber };
  }
  return undefined;
}

/** Segments from each HL to the next. */
export function hierarchy(segments: readonly Segment[]): Segment[][] {
  const loops: Segment[][] = [];
  for (const segment of segments) {
    if (segment.id === 'HL') loops.push([segment]);
    else if (segment.id !== 'SE') loops.at(-1)?.push(segment);
  }
  return loops;
}

/** HL03: `20` source, `21` receiver, `22` subscriber, `23` dependent. */
export function levelOf(loop: readonly Segment[] | undefined): string | undefined {
  return loop?.[0]?.element(3)?.trim();
}

/** The segments of a person loop above its benefits (2000 and 2100). */
export function aboveBenefits(loop: readonly Segment[]): readonly Segment[] {
  const first = loop.findIndex(({ id }) => id === 'EB' || id === 'LS');
  return first < 0 ? loop : loop.slice(0, first);
}
