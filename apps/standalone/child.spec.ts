import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child } from './child';
import { isAlive, until } from './processes';

describe('a supervised program', () => {
  let folder: string;
  let child: Child | undefined;
  let pids: number[];
  let crashes: string[];

  beforeEach(() => {
    child = undefined;
    folder = mkdtempSync(join(tmpdir(), 'openvob-child-'));
    pids = [];
    crashes = [];
  });

  afterEach(async () => {
    await child?.stop(0);
    rmSync(folder, { recursive: true });
  });

  function run(program: string): Child {
    const script = join(folder, 'program.js');
    writeFileSync(script, program);
    const made = new Child({
      name: 'program',
      script,
      environment: { GREETING: 'hello' },
      logFile: join(folder, 'program.log'),
      onStart: (pid) => pids.push(pid),
      onCrash: (message) => crashes.push(message),
    });
    child = made;
    return made;
  }

  const ready = `process.send({ ready: true, url: process.env.GREETING }); setInterval(() => {}, 1000);`;
  const isGone = (): boolean => !isAlive(pids[0] ?? 0);

  test('is ready when it says so, has its environment, and is out of the terminal’s reach', async () => {
    expect(await run(ready).start()).toEqual({ ready: true, url: 'hello' });
    expect(() => process.kill(-(pids[0] ?? 0), 0)).not.toThrow(); // it leads a process group of its own
  });

  test('one that ends before it is ready fails with its last words', async () => {
    const program = `console.log('one'); console.error('two'); process.exit(3);`;
    await expect(run(program).start()).rejects.toThrow(/program ended with code 3.*last words.*\n {4}one\n {4}two/);
    expect(crashes).toEqual([]);
  });

  test('one that cannot be loaded fails with the reason', async () => {
    await expect(run(`require('./nowhere')`).start()).rejects.toThrow(/Cannot find module '\.\/nowhere'/);
  });

  test('finishes what it is at when it is stopped', async () => {
    const done = join(folder, 'done');
    await run(
      `process.on('SIGTERM', () => setTimeout(() => { require('fs').writeFileSync(${JSON.stringify(done)}, ''); process.exit(); }, 50)); ${ready}`,
    ).start();
    await child?.stop(10_000);
    expect(existsSync(done)).toBe(true);
    expect(isGone()).toBe(true);
    expect(crashes).toEqual([]);
  });

  test('one that does not stop is ended by force', async () => {
    await run(`process.on('SIGTERM', () => {}); ${ready}`).start();
    await child?.stop(100);
    expect(isGone()).toBe(true);
  });

  test('is started again when it ends unasked, and stays stopped once it is stopped', async () => {
    await run(ready).start();
    process.kill(pids[0] ?? 0, 'SIGKILL');
    expect(await until(() => pids.length === 2, 10_000)).toBe(true);
    expect(crashes).toEqual([expect.stringContaining('program was ended by SIGKILL; starting it again in 0.5 s')]);
    await child?.stop(1_000);
    expect(isAlive(pids[1] ?? 0)).toBe(false);
  });

  test('one that only listens for its starter ends when it has nothing else to do', async () => {
    const closes = `const timer = setInterval(() => {}, 1000); process.once('SIGTERM', () => clearInterval(timer));`;
    await run(`${closes} process.on('disconnect', () => {}); process.send({ ready: true });`).start();
    await child?.stop(10_000);
    expect(isGone()).toBe(true);
    expect(existsSync(join(folder, 'program.log'))).toBe(true);
  });

  test('ends as on SIGTERM when its starter is killed', async () => {
    const done = join(folder, 'done');
    const program = join(folder, 'orphan.js');
    const finish = `require('fs').writeFileSync(${JSON.stringify(done)}, String(process.pid)); process.exit();`;
    writeFileSync(program, `process.once('SIGTERM', () => { ${finish} }); ${ready}`);
    const starter = `
      const tied = ${JSON.stringify(join(__dirname, 'tied.cjs'))};
      const stdio = ['ignore', 'ignore', 'ignore', 'ipc'];
      const child = require('child_process').spawn(process.execPath, ['--require', tied, ${JSON.stringify(program)}], { stdio, detached: true });
      child.on('message', () => process.kill(process.pid, 'SIGKILL'));`;
    expect(spawnSync(process.execPath, ['-e', starter]).signal).toBe('SIGKILL');
    expect(await until(() => existsSync(done), 10_000)).toBe(true);
  });

  test('waits longer each time that it fails again', async () => {
    const once = join(folder, 'once');
    await run(`
      const fs = require('fs');
      if (fs.existsSync(${JSON.stringify(once)})) process.exit(1);
      fs.writeFileSync(${JSON.stringify(once)}, '');
      ${ready}
    `).start();
    process.kill(pids[0] ?? 0, 'SIGKILL');
    expect(await until(() => crashes.length === 3, 15_000)).toBe(true);
    expect(crashes.map((message) => /again in ([\d.]+) s/.exec(message)?.[1])).toEqual(['0.5', '1', '2']);
  }, 30_000);
});
