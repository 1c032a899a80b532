import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SegmentContent } from '@openvob/x12';
import { writeInterchange } from '@openvob/x12';
import { samplesFolder } from '../setup/samples';

interface Sample {
  readonly path: string;
  /** How many transactions of each kind. */
  readonly st?: Readonly<Record<string, number>>;
}

/** As many answers as in the published batch. */
const BATCH = 153;

/** A batch of answers: the published sample with the most of them, else one of our own. */
export function batchText(): string {
  const [largest] = sampleTexts((answers) => answers > 1);
  return largest ?? answersText(BATCH);
}

/** One answer: the longest published one, else one of our own. */
export function singleText(): string {
  const [longest] = sampleTexts((answers) => answers === 1);
  return longest ?? answersText(1);
}

/** Published files with so many 271s and nothing else, the longest first. */
function sampleTexts(suits: (answers: number) => boolean): string[] {
  const folder = samplesFolder();
  if (folder === undefined) return [];
  const index = JSON.parse(readFileSync(join(folder, 'INDEX.json'), 'utf8')) as Sample[];
  return index
    .filter(({ st = {} }) => suits(st['271'] ?? 0) && Object.keys(st).length === 1)
    .map(({ path }) => readFileSync(join(folder, path), 'utf8'))
    .sort((a, b) => b.length - a.length);
}

/** An interchange of so many answers about invented people. */
export function answersText(count: number): string {
  const result = writeInterchange({
    sender: { qualifier: 'ZZ', id: 'PAYER' },
    receiver: { qualifier: 'ZZ', id: 'CENTER' },
    control: 1,
    writtenOn: '2026-11-21',
    writtenAt: '10:00',
    usage: 'T',
    functionalCode: 'HB',
    version: '005010X279A1',
    transactions: Array.from({ length: count }, (_, at) => ({
      kind: '271',
      control: String(at + 1).padStart(4, '0'),
      segments: answer(at),
    })),
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
