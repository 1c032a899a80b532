import { spawnSync } from 'node:child_process';
import { readTransaction } from '@openvob/coverage';
import { createX12Stream, type X12StreamItem } from '@openvob/x12';
import { answersText } from './x12.texts';

const MEGABYTE = 1e6;
const REQUEST = { track: 'sud', network: 'in', setting: 'in_person' } as const;

export interface StreamFigures {
  readonly megabytes: number;
  readonly answers: number;
  readonly issues: number;
  /** Of processor time. */
  readonly seconds: number;
  /** The most memory that the process ever held. */
  readonly peakMb: number;
}

/** Reads a batch file of so many megabytes in a process of its own, whose memory is then known. */
export function readInChild(megabytes: number): StreamFigures {
  const child = spawnSync(process.execPath, [__filename, String(megabytes)], { encoding: 'utf8' });
  if (child.status !== 0) throw new Error(`reading ${megabytes} MB failed: ${child.stderr}`);
  return JSON.parse(child.stdout) as StreamFigures;
}

/** Reads a file of so many megabytes, made piece by piece while it is read, to the last decision. */
function readGenerated(megabytes: number): StreamFigures {
  const started = process.cpuUsage();
  const found = { answers: 0, issues: 0 };
  const stream = createX12Stream();
  for (const piece of pieces(megabytes * MEGABYTE)) take(stream.push(piece), found);
  take(stream.end(), found);
  const { user, system } = process.cpuUsage(started);
  const seconds = (user + system) / 1e6;
  return { megabytes, ...found, seconds, peakMb: (process.resourceUsage().maxRSS * 1024) / MEGABYTE };
}

function take(items: readonly X12StreamItem[], found: { answers: number; issues: number }): void {
  for (const item of items) {
    if (item.kind === 'issue') found.issues++;
    if (item.kind !== 'transaction') continue;
    const { answers, issues } = readTransaction(item.transaction, REQUEST);
    found.answers += answers.length;
    found.issues += issues.length;
  }
}

/** One interchange with one group of answers, each with a control number of its own. */
function* pieces(size: number): Generator<string> {
  const [head = '', body = '', tail = ''] = answersText(1).split(/(?=ST\*)|(?=GE\*)/);
  let written = head.length;
  let count = 0;
  yield head;
  while (written < size) {
    const piece = body
      .replaceAll('0001~', `${String(++count).padStart(9, '0')}~`)
      .replace('*0001*', `*${String(count).padStart(9, '0')}*`);
    written += piece.length;
    yield piece;
  }
  yield tail.replace('GE*1*', `GE*${count}*`);
}

if (require.main === module) process.stdout.write(JSON.stringify(readGenerated(Number(process.argv[2]))));
