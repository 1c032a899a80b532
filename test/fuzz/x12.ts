import { checkTransaction, createX12Stream, readAcknowledgements, readHierarchy, tryReadX12 } from '@openvob/x12';
import type { Measurement, MeasureOptions } from '../setup/measure';
import { messages } from './x12.messages';
import { pick, randomFrom, spoil } from './x12.spoilers';
import { Trial } from './x12.trial';

const CASES = 20_000;

/** Reads messages spoilt at random as X12: segments, envelopes, levels, guide, at once and as a stream. */
export function run({ count = CASES, seed = 1 }: MeasureOptions & { readonly seed?: number } = {}): Measurement[] {
  const random = randomFrom(seed);
  const corpus = messages();
  const trial = new Trial('x12', readAll);
  for (let at = 0; at < count; at++) trial.try(spoil(pick(random, corpus), corpus, random));
  return trial.rows();
}

/** Everything that is ever done with a message. @returns false when the text was refused. */
function readAll(text: string): boolean {
  const result = tryReadX12(text);
  if (!result.ok) return false;
  for (const transaction of result.file.transactions) {
    readHierarchy(transaction);
    checkTransaction(transaction);
  }
  readAcknowledgements(result.file);
  const stream = createX12Stream();
  for (let at = 0; at < text.length; at += 4096) stream.push(text.slice(at, at + 4096));
  stream.end();
  for (const segment of result.file.segments) {
    segment.repetitions(3);
    segment.components(13);
  }
  return true;
}
