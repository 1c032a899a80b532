import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { childEnvironment } from '@openvob/platform';
import { freePort } from './ports';
import { isStillRunning, type ProcessIdentity, until } from './processes';

const repository = resolve(__dirname, '../..');
const built = resolve(__dirname, '../../dist/apps/standalone');

/** The shell blocks of the README. */
function readmeCommands(): string[] {
  const text = readFileSync(join(repository, 'README.md'), 'utf8');
  return [...text.matchAll(/```sh\n([\s\S]+?)```/g)].map(([, block = '']) => block);
}

interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  output(): string;
}

/** One checkout's demonstration, from its first start to its reset: the tests below follow one another. */
describe('npm start', () => {
  let folder: string;
  let home: string;
  let port: number;
  let environment: Record<string, string | undefined>;
  const runs: Run[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), `openvob-test-${process.pid}-`)); // cleared by the next run if this one is killed
    chmodSync(folder, 0o755);
    home = join(folder, '.openvob');
    port = await freePort();
    const elsewhere = { DATABASE_URL: '', REDIS_URL: '' };
    environment = childEnvironment({ ...elsewhere, PORT: String(port), SIMULATOR_PORT: String(await freePort()) });
  });

  afterAll(async () => {
    for (const { child, ended } of runs) {
      child.kill('SIGTERM');
      await ended;
    }
    await reset(true).ended;
    rmSync(folder, { recursive: true, force: true });
  });

  function run(program: string, more: Readonly<Record<string, string>> = {}): Run {
    const options = { cwd: folder, env: { ...environment, ...more } };
    const child = spawn(process.execPath, ['-e', program.replaceAll(`'./`, `'${built}/`)], options);
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk));
    const ended = new Promise<number | null>((done) => child.once('close', done));
    return { child, ended, output: () => text };
  }

  /** A reset whose question is answered so; undefined for no terminal. */
  function reset(agreed: boolean | undefined): Run {
    const talk = `{ say: console.log, confirm: async () => ${agreed} }`;
    const failed = '(error) => { console.error(error.message); process.exit(1); }';
    return run(`require('./removal.js').reset(${JSON.stringify(home)}, ${talk}).catch(${failed})`);
  }

  function start(more: Readonly<Record<string, string>> = {}): Run {
    const started = run(`require('./main.js').main()`, more);
    runs.push(started);
    return started;
  }

  async function ready(started: Run): Promise<string> {
    const settled = await until(() => /npm run reset removes them/.test(started.output()) || hasEnded(started), 60_000);
    if (!settled || hasEnded(started)) throw new Error(`It is not ready:\n${started.output()}`);
    return started.output();
  }

  const hasEnded = ({ child }: Run): boolean => child.exitCode !== null || child.signalCode !== null;
  interface Demo {
    url: string;
    apiKey: string;
    metricsToken: string;
    users: { email: string; password: string; role: string }[];
  }
  const demo = (): Demo => JSON.parse(readFileSync(join(home, 'demo.json'), 'utf8'));
  const programsOnRecord = (): ProcessIdentity[] =>
    JSON.parse(readFileSync(join(home, 'instance.json'), 'utf8')).children;

  async function get(id: string): Promise<{ status: number; body: { status: string } }> {
    const { url, apiKey } = demo();
    const response = await fetch(`${url}/v1/verifications/${id}`, { headers: { authorization: `Bearer ${apiKey}` } });
    return { status: response.status, body: (await response.json()) as { status: string } };
  }

  let first: Run;
  let firstId: string;

  test('starts everything from nothing and shows a verified result', async () => {
    first = start();
    const text = await ready(first);
    for (const line of [
      /status +verified/,
      /decision +\w/,
      /first day +\$/,
      /typical week +\$/,
      /whole program +\$/,
      /good until +\d{4}-/,
    ]) {
      expect(text).toMatch(line);
    }
    expect(text).toContain(`http://127.0.0.1:${port}/docs`);
    firstId = /ver_\w+/.exec(text)?.[0] ?? '';
    expect(await get(firstId)).toMatchObject({ status: 200, body: { status: 'verified' } });
  }, 90_000);

  test('the README’s commands work as they are printed', async () => {
    symlinkSync(join(repository, 'apps'), join(folder, 'apps'));
    const simulatorPort = environment.SIMULATOR_PORT ?? '';
    const shown = readmeCommands().filter((command) => command.includes('curl'));
    expect(shown.length).toBe(3);
    for (const command of shown) {
      const script = command.replaceAll('127.0.0.1:3900', `127.0.0.1:${simulatorPort}`);
      const { stdout, status } = spawnSync('bash', ['-euc', script], { cwd: folder, encoding: 'utf8' });
      expect([command, status]).toEqual([command, 0]);
      if (command.includes('webhook-endpoints'))
        expect(JSON.parse(stdout)).toMatchObject({ enabled: true, secret: expect.stringMatching(/^whsec_/) });
      if (command.includes('?wait='))
        expect(JSON.parse(stdout)).toMatchObject({ status: 'verified', decision: {}, estimate: {} });
    }
  });

  test('every other command of the README is run by a suite of its own', () => {
    const others = readmeCommands()
      .filter((command) => !command.includes('curl'))
      .flatMap((command) => command.trim().split('\n'));
    expect(others).toEqual([
      'npm start', // this suite
      'npm test', // what runs it
      'npm run --silent vob -- read apps/cli/examples/answer.271', // test/scenarios/shell.int.spec.ts
      'npm run --silent vob -- estimate apps/cli/examples/case.json', // test/scenarios/shell.int.spec.ts
      'npm run --silent vob -- estimate apps/cli/examples/case.json --explain', // test/scenarios/shell.int.spec.ts
      'npm run --silent vob -- whatif apps/cli/examples/case.json --start 2026-12-14..2027-01-11', // test/scenarios/shell.int.spec.ts
      'npm run payers -- import libs/payers/directory/payers.csv', // apps/payers/payers.int.spec.ts
      'npm run chaos -- worker-kill', // test/chaos/worker-kill.int.spec.ts
      'npm run chaos -- payers', // test/chaos/payers.int.spec.ts
      'npm run chaos -- lifecycle', // test/chaos/lifecycle.int.spec.ts
      'npm run chaos -- week', // test/scenarios/week/week.int.spec.ts
    ]);
  });

  test('one person a role can sign in as it is printed', async () => {
    const { url, users } = demo();
    expect(users.map(({ role }) => role)).toEqual(['coordinator', 'supervisor', 'biller', 'ops', 'auditor', 'admin']);
    for (const { email, password, role } of users) {
      expect(first.output()).toContain(`${email}  ${password}`);
      const headers = { 'content-type': 'application/json', 'x-openvob-csrf': '1', origin: url };
      const response = await fetch(`${url}/v1/session`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ email, password }),
      });
      expect([response.status, await response.json()]).toEqual([200, expect.objectContaining({ role })]);
    }
  });

  test('its figures are read with a token of its own, by the line that is printed', async () => {
    const { url, apiKey, metricsToken } = demo();
    const command = first.output().match(/^ *(curl -s \S+\/metrics .*)$/m)?.[1] ?? '';
    expect(spawnSync('bash', ['-euc', command], { encoding: 'utf8' }).stdout).toMatch(/^openvob_workers 1$/m);
    for (const [token, status] of Object.entries({ [metricsToken]: 200, [apiKey]: 401 })) {
      const { status: told } = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
      expect(told).toBe(status);
    }
  });

  test('a second start of the same checkout is refused and disturbs nothing', async () => {
    const second = start({ PORT: String(await freePort()) });
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(`already runs here: http://127.0.0.1:${port}`);
    expect((await get(firstId)).status).toBe(200);
  });

  test('Ctrl-C, pressed once but delivered twice, stops everything with code 0', async () => {
    const programs = programsOnRecord();
    expect(programs.filter(isStillRunning)).toHaveLength(3);
    first.child.kill('SIGINT');
    first.child.kill('SIGINT');
    expect(await first.ended).toBe(0);
    expect(programs.filter(isStillRunning)).toEqual([]);
    expect(existsSync(join(home, 'postgres/cluster/data/postmaster.pid'))).toBe(false);
    expect(existsSync(join(home, 'instance.json'))).toBe(false);
  }, 60_000);

  test('keeps its data and its keys, and starts again although all of it was killed', async () => {
    const killed = start();
    await ready(killed);
    const programs = programsOnRecord();
    const { apiKey, users, metricsToken } = demo();
    killed.child.kill('SIGKILL');
    await killed.ended;
    const again = start();
    await ready(again);
    expect(programs.filter(isStillRunning)).toEqual([]);
    expect(demo()).toMatchObject({ apiKey, users, metricsToken });
    expect(await get(firstId)).toMatchObject({ status: 200, body: { status: 'verified' } });
    again.child.kill('SIGTERM');
    expect(await again.ended).toBe(0);
  }, 120_000);

  test('Ctrl-C in the middle of a start stops what has started', async () => {
    const interrupted = start();
    expect(await until(() => interrupted.output().includes('PostgreSQL'), 30_000)).toBe(true);
    interrupted.child.kill('SIGINT');
    expect(await interrupted.ended).toBe(0);
    expect(existsSync(join(home, 'postgres/cluster/data/postmaster.pid'))).toBe(false);
  }, 60_000);

  test('a taken port is told with its holder and a port that is free', async () => {
    const holder = createServer();
    await new Promise<void>((done) => holder.listen(port, '127.0.0.1', done));
    const refused = start();
    expect(await refused.ended).toBe(1);
    expect(refused.output()).toMatch(new RegExp(`Port ${port} is in use.*PORT=\\d+ npm start`));
    if (process.platform === 'linux')
      expect(refused.output()).toContain(`in use by ${basename(process.execPath)} (process ${process.pid}). `);
    await new Promise((done) => holder.close(done));
  });

  test('a Redis that does not answer, and a URL that is none, are told before anything starts', async () => {
    const silent = start({ REDIS_URL: `redis://127.0.0.1:${await freePort()}` });
    expect(await silent.ended).toBe(1);
    expect(silent.output()).toMatch(/REDIS_URL names a Redis that does not answer \(ECONNREFUSED\): start it/);
    const wrong = start({ REDIS_URL: 'localhost:6379', PORT: '0' });
    expect(await wrong.ended).toBe(1);
    expect(wrong.output()).toMatch(/REDIS_URL must be a redis:.*PORT must be a port number/s);
    for (const refused of [silent, wrong]) expect(refused.output()).not.toContain('PostgreSQL  ');
    expect(existsSync(join(home, 'instance.json'))).toBe(false);
  });

  test('a program that cannot start is told with its last words, and everything else is stopped', async () => {
    const failed = start({ LOG_LEVEL: 'shout' });
    expect(await failed.ended).toBe(1);
    expect(failed.output()).toMatch(/ended with code 1.*LOG_LEVEL must be one of/s);
    expect(existsSync(join(home, 'postgres/cluster/data/postmaster.pid'))).toBe(false);
  }, 60_000);

  test('a reset stops what runs and leaves nothing, once somebody agreed', async () => {
    const running = start();
    await ready(running);
    for (const [agreed, why] of [
      [undefined, 'npm run reset -- --yes'],
      [false, 'Nothing was stopped or removed'],
    ] as const) {
      const refused = reset(agreed);
      expect(await refused.ended).toBe(1);
      expect(refused.output()).toContain(why);
    }
    expect((await get(firstId)).status).toBe(200);
    expect(await reset(true).ended).toBe(0);
    expect(await running.ended).toBe(0);
    expect(existsSync(home)).toBe(false);
  }, 90_000);
});
