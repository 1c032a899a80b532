import { spawnSync } from 'node:child_process';
import { X12Reading } from '@openvob/coverage';
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
  const reading = new X12Reading(REQUEST);
  let answers = 0;
  for (const piece of pieces(megabytes * MEGABYTE)) answers += reading.push(piece).length;
  answers += reading.end().length;
  const rest = reading.rest();
  if ('error' in rest) throw new Error(`the benchmark reads what cannot be read: ${rest.error.message}`);
  const { user, system } = process.cpuUsage(started);
  const seconds = (user + system) / 1e6;
  const peakMb = (process.resourceUsage().maxRSS * 1024) / MEGABYTE;
  return { megabytes, answers, issues: rest.issues.length, seconds, peakMb };
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
