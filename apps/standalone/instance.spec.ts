import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Instance, stopInstance } from './instance';
import { identityOf, until } from './processes';

describe('the record of a running instance', () => {
  let home: string;
  let sleepers: ChildProcess[];

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'openvob-instance-'));
    sleepers = [];
  });

  afterEach(() => {
    for (const sleeper of sleepers) sleeper.kill('SIGKILL');
    rmSync(home, { recursive: true });
  });

  const url = 'http://127.0.0.1:3000';

  async function sleeper(): Promise<number> {
    const child = spawn(process.execPath, ['-e', `console.log(); setInterval(() => {}, 1000)`]);
    sleepers.push(child);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    return child.pid ?? 0;
  }

  const hasEnded = (index: number): boolean =>
    sleepers[index]?.exitCode !== null || sleepers[index]?.signalCode !== null;

  /** Rewrites the record as if another process had made it. */
  function recordedBy(main: { pid: number; started: string }): void {
    const path = join(home, 'instance.json');
    writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), main }));
  }

  test('a second instance is refused, told where the first one is', async () => {
    await Instance.claim(home, url);
    await expect(Instance.claim(home, url)).rejects.toThrow(`already runs here: ${url} (process ${process.pid})`);
  });

  test('one that has released it leaves the place free', async () => {
    (await Instance.claim(home, url)).release();
    await Instance.claim(home, url);
  });

  test('what a killed instance left running is stopped by the next', async () => {
    const instance = await Instance.claim(home, url);
    instance.addChild(await sleeper());
    recordedBy({ pid: 2 ** 22 + 1, started: 'long ago' });
    await Instance.claim(home, url);
    expect(hasEnded(0)).toBe(true);
  });

  test('a process that merely has the same number as a killed instance or its child is let alone', async () => {
    const instance = await Instance.claim(home, url);
    const stranger = await sleeper();
    instance.addChild(stranger);
    const path = join(home, 'instance.json');
    const { started } = identityOf(stranger);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(`"${started}"`, '"another time"'));
    recordedBy({ pid: stranger, started: 'another time' });
    await Instance.claim(home, url);
    expect(await stopInstance(mkdtempSync(join(home, 'empty-')))).toBe(false);
    expect(hasEnded(0)).toBe(false);
  });

  test('a record that a kill cut short is as good as none', async () => {
    writeFileSync(join(home, 'instance.json'), '{"main":');
    await Instance.claim(home, url);
  });

  test('a reset stops the instance and its children', async () => {
    const instance = await Instance.claim(home, url);
    instance.addChild(await sleeper());
    recordedBy(identityOf(await sleeper()));
    expect(await stopInstance(home)).toBe(true);
    expect(await until(() => hasEnded(0) && hasEnded(1), 5_000)).toBe(true);
  });
});
