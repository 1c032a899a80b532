import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { answersText } from '../../test/bench/x12.texts';

const root = resolve(__dirname, '../..');
const program = join(root, 'dist/apps/cli/main.js');
const CASE = JSON.stringify(JSON.parse(readFileSync(join(__dirname, 'examples/case.json'), 'utf8')));
const LINES = 3000;
/** Some 3 MB; the text of what they say is twenty times as long. */
const BATCH = 2000;

/** `vob` as a process, with so many lines of cases on its standard input. */
function vob(argv: readonly string[], lines: number) {
  const child = spawn(process.execPath, [program, ...argv], { stdio: 'pipe' });
  child.stdin.on('error', () => {}); // it may end before it has read everything
  child.stdin.end(`${CASE}\n`.repeat(lines));
  return child;
}

/** Counts how often something stands in a stream, piece by piece and without keeping it. */
async function timesIn(what: string, stream: Readable): Promise<number> {
  let count = 0;
  let rest = '';
  for await (const piece of stream.setEncoding('utf8')) {
    const parts = (rest + String(piece)).split(what);
    count += parts.length - 1;
    rest = (parts.at(-1) ?? '').slice(1 - what.length);
  }
  return count;
}

async function exitCode(child: ChildProcess): Promise<number> {
  const [code] = await once(child, 'close');
  return Number(code);
}

describe('vob as a process', () => {
  it('estimates line after line, for a reader that takes its time too', async () => {
    const child = vob(['estimate', '--ndjson'], LINES);
    const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), exitCode(child)]);
    expect(new Set(out.trimEnd().split('\n')).size).toBe(1);
    expect(out.split('\n')).toHaveLength(LINES + 1);
    expect([err, code]).toEqual(['', 0]);
  });

  it('ends quietly when its reader leaves', async () => {
    const child = vob(['estimate', '--ndjson'], LINES);
    const err = text(child.stderr);
    await once(child.stdout, 'data');
    child.stdout.destroy();
    expect(await exitCode(child)).toBe(0);
    expect(await err).toBe('');
  });

  it('reads a large batch file in little memory, answer by answer', async () => {
    const [head = '', body = '', tail = ''] = answersText(1).split(/(?=ST\*)|(?=GE\*)/);
    const file = join(mkdtempSync(join(tmpdir(), 'openvob-test-')), 'batch.271');
    writeFileSync(file, head + body.repeat(BATCH) + tail.replace('GE*1*', `GE*${BATCH}*`));
    const child = spawn(process.execPath, ['--max-old-space-size=64', program, 'read', file], { stdio: 'pipe' });
    const [answers, err, code] = await Promise.all([
      timesIn('"iop": {', child.stdout),
      text(child.stderr),
      exitCode(child),
    ]);
    expect([answers, err, code]).toEqual([BATCH, '', 0]);
  });

  it('tells a bad case by its exit code', async () => {
    const child = spawn(process.execPath, [program, 'estimate', '-'], { stdio: 'pipe' });
    child.stdin.end('{}');
    const [out, code] = await Promise.all([text(child.stdout), exitCode(child)]);
    expect(JSON.parse(out).error).toMatchObject({ code: 'missing', path: '/startDate' });
    expect(code).toBe(2);
  });
});
