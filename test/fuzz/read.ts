import { readPayerMessage } from '@openvob/coverage';
import type { Measurement, MeasureOptions } from '../setup/measure';
import { faultOf } from './read.faults';
import { benefitMessages } from './read.messages';
import { messages } from './x12.messages';
import { pick, randomFrom, spoil } from './x12.spoilers';
import { Trial } from './x12.trial';

const CASES = 20_000;
const TRACKS = ['sud', 'mh', 'dual'] as const;
const NETWORKS = ['in', 'out'] as const;
const SETTINGS = ['in_person', 'virtual'] as const;

/**
 * Reads spoilt answers of payers the whole way, from the text to the decision for a program. Besides what every trial asks
 * for, no figure may stand without a source and nothing may come out that JSON cannot say.
 */
export function run({ count = CASES, seed = 1 }: MeasureOptions & { readonly seed?: number } = {}): Measurement[] {
  const random = randomFrom(seed);
  const corpus = [...benefitMessages(), ...messages()];
  const trial = new Trial('read', (text) => {
    const request = { track: pick(random, TRACKS), network: pick(random, NETWORKS), setting: pick(random, SETTINGS) };
    const result = readPayerMessage(text, request);
    const fault = faultOf(result);
    if (fault !== undefined) throw new Error(fault);
    return !('error' in result);
  });
  for (let at = 0; at < count; at++) trial.try(spoil(pick(random, corpus), corpus, random));
  return trial.rows();
}
