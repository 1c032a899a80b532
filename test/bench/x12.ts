import type { Measurement, MeasureOptions } from '../setup/measure';
import { type Contender, contenders, DECIDING, JSON_PARSE, READING, RIVALS, TOKENIZING } from './x12.contenders';
import { readInChild } from './x12.stream';
import { batchText, singleText } from './x12.texts';

/** The first six or so are needed until everything is compiled for the text at hand. */
const ROUNDS = 24;
/** A round goes through so many characters, so that the clock is fine enough. */
const ROUND_LENGTH = 2_000_000;
const TOKENIZING_GOAL = 60;
const MEGABYTES = 1000;
const MOST_MEMORY_MB = 200;

/**
 * Reading speed of X12 on one core beside the parsers of npm and `JSON.parse`, on a batch file and on a single answer; then
 * the memory that a large batch file takes.
 *
 * @param count megabytes of the large file, 1000 when absent
 */
export async function run({ count = MEGABYTES }: MeasureOptions = {}): Promise<Measurement[]> {
  return [...(await compare('batch', batchText())), ...(await compare('one answer', singleText())), ...memory(count)];
}

/** All contenders in turn, round after round, so that compilation and memory meet them alike; the best round counts. */
async function compare(label: string, text: string): Promise<Measurement[]> {
  const all = contenders(text);
  const best = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const contender of all) {
      best.set(contender.name, Math.max(best.get(contender.name) ?? 0, await speedOf(contender)));
    }
  }
  const speed = (name: string) => best.get(name) ?? 0;
  const fastest = RIVALS.reduce((a, b) => (speed(a) > speed(b) ? a : b));
  const what = `${label} of ${(text.length / 1000).toFixed(1)} kB:`;
  const rival = { unit: 'MB/s', against: fastest };
  return [
    {
      what: `${what} ${TOKENIZING}`,
      value: speed(TOKENIZING),
      ...rival,
      ratio: speed(TOKENIZING) / speed(fastest),
      goal: `at least ${TOKENIZING_GOAL}`,
      pass: speed(TOKENIZING) >= TOKENIZING_GOAL,
    },
    ...[READING, DECIDING].map((name) => ({
      what: `${what} ${name}`,
      value: speed(name),
      ...rival,
      ratio: speed(name) / speed(fastest),
    })),
    ...RIVALS.map((name) => ({
      what: `${what} ${name}, tokenizing alone`,
      value: speed(name),
      unit: 'MB/s',
      against: READING,
      ratio: speed(name) / speed(READING),
    })),
    { what: `${what} ${JSON_PARSE} of the same content`, value: speed(JSON_PARSE), unit: 'MB/s' },
  ];
}

/** Megabytes a second of one round, of processor time: what else the machine does meanwhile does not count. */
async function speedOf({ length, work }: Contender): Promise<number> {
  const times = Math.ceil(ROUND_LENGTH / length);
  const started = process.cpuUsage();
  for (let time = 0; time < times; time++) await work();
  const { user, system } = process.cpuUsage(started);
  return (length * times) / (user + system);
}

function memory(megabytes: number): Measurement[] {
  const { answers, seconds, peakMb } = readInChild(megabytes);
  return [
    { what: `stream of ${megabytes} MB: answers read to their decisions`, value: answers, unit: 'answers' },
    { what: `stream of ${megabytes} MB: ${DECIDING}`, value: megabytes / seconds, unit: 'MB/s' },
    {
      what: `stream of ${megabytes} MB: memory at its peak`,
      value: peakMb,
      unit: 'MB',
      goal: `below ${MOST_MEMORY_MB}`,
      pass: peakMb < MOST_MEMORY_MB,
    },
  ];
}
