import type { SegmentContent } from '@openvob/x12';
import { checkTransaction, createSegmentStream, readHierarchy, readX12, writeInterchange } from '@openvob/x12';
import type { Measurement } from '../setup/measure';

const SIZE = 24 * 1024 * 1024;
const CHUNK = 64 * 1024;
const ROUNDS = 5;
const GOAL_MB_PER_S = 60;

/** Reading speed of X12 on one core, beside `JSON.parse` of a text of the same size and content. */
export function run(): Measurement[] {
  const x12 = answers(SIZE);
  const json = JSON.stringify(readX12(x12).segments.map((segment) => segment.raw.split('*'))).padEnd(x12.length, ' ');
  const megabytes = x12.length / 1e6;
  const parse = json.length / 1e6 / best(() => JSON.parse(json) as unknown);
  const speed = (work: () => unknown): number => megabytes / best(work);
  const tokenizing = speed(() => tokenize(x12));
  const row = (what: string, value: number): Measurement => ({
    what,
    value,
    unit: 'MB/s',
    against: 'JSON.parse',
    ratio: value / parse,
  });
  return [
    {
      ...row('X12 into segments, in chunks', tokenizing),
      goal: `at least ${GOAL_MB_PER_S}`,
      pass: tokenizing >= GOAL_MB_PER_S,
    },
    row(
      'X12 into segments, every element split',
      speed(() => splitAll(x12)),
    ),
    row(
      'X12 file with its envelopes',
      speed(() => readX12(x12).segments.length),
    ),
    row(
      '271 into levels and benefits',
      speed(() => readX12(x12).transactions.map(readHierarchy).length),
    ),
    row(
      '271 held against its guide',
      speed(() => readX12(x12).transactions.map(checkTransaction).length),
    ),
    { what: 'JSON.parse of the same content', value: parse, unit: 'MB/s' },
  ];
}

function tokenize(text: string): number {
  const stream = createSegmentStream();
  let count = 0;
  for (let at = 0; at < text.length; at += CHUNK) count += stream.push(text.slice(at, at + CHUNK)).length;
  return count + stream.end().length;
}

function splitAll(text: string): number {
  let filled = 0;
  for (const segment of readX12(text).segments) if (segment.element(1) !== undefined) filled++;
  return filled;
}

/** Seconds of the fastest of some rounds. */
function best(work: () => unknown): number {
  let fastest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const started = process.hrtime.bigint();
    work();
    fastest = Math.min(fastest, Number(process.hrtime.bigint() - started) / 1e9);
  }
  return fastest;
}

/** A batch file of 271s of the given size. */
function answers(size: number): string {
  const one = answer(1);
  const length = written([one]).length - written([]).length;
  return written(Array.from({ length: Math.ceil(size / length) }, (_, at) => answer(at)));
}

function written(transactions: readonly (readonly SegmentContent[])[]): string {
  const result = writeInterchange({
    sender: { qualifier: 'ZZ', id: 'PAYER' },
    receiver: { qualifier: 'ZZ', id: 'CENTER' },
    control: 1,
    writtenOn: '2026-11-21',
    writtenAt: '10:00',
    usage: 'T',
    functionalCode: 'HB',
    version: '005010X279A1',
    transactions: transactions.map((segments, at) => ({ kind: '271', control: String(1000 + at), segments })),
  });
  if (!result.ok) throw new Error('the benchmark writes what cannot be written');
  return result.text;
}

function answer(at: number): SegmentContent[] {
  const benefits = ['30', '98', 'MH', 'AI', 'A8'].flatMap((serviceType): SegmentContent[] => [
    ['EB', '1', 'IND', serviceType, 'PR', 'GOLD PPO'],
    ['EB', 'C', 'IND', serviceType, '', '', '23', '1500', '', '', '', 'N', 'Y'],
    ['EB', 'C', 'IND', serviceType, '', '', '29', '750.5', '', '', '', 'N', 'Y'],
    ['EB', 'A', 'IND', serviceType, '', '', '27', '', '.2', '', '', 'Y', 'Y'],
    ['HSD', 'VS', '30', '', '', '22'],
    ['MSG', 'PRIOR AUTHORIZATION IS REQUIRED BEFORE THE FIRST DAY OF TREATMENT'],
  ]);
  return [
    ['BHT', '0022', '11', `T${at}`, '20261121', '1000'],
    ['HL', '1', '', '20', '1'],
    ['NM1', 'PR', '2', 'EXAMPLE HEALTH PLAN', '', '', '', '', 'PI', '12345'],
    ['HL', '2', '1', '21', '1'],
    ['NM1', '1P', '2', 'EXAMPLE RECOVERY CENTER', '', '', '', '', 'XX', '1234567893'],
    ['HL', '3', '2', '22', '0'],
    ['TRN', '2', `T${at}`, '9OPENVOB01'],
    ['NM1', 'IL', '1', 'EXAMPLE', 'PAT', '', '', '', 'MI', `W${at}`],
    ['DMG', 'D8', '19900101', 'F'],
    ['DTP', '346', 'D8', '20260101'],
    ...benefits,
  ];
}
