import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { childEnvironment, generateKeyRing } from '@openvob/platform';
import { createTestDatabase, type TestDatabase } from '../../test/setup/database';

const program = resolve(__dirname, '../../dist/apps/payers/main.js');
const header = 'payer,name,states,network,identifier,source,as_of';
const file = `${header}\npay_aspen,Aspen Mutual,NJ,edi,ASP01,a list,2026-11-20\npay_birch,Birch Plan,NJ | NY,,,a list,2026-11-20\n`;

describe('the command for the payer directory', () => {
  let database: TestDatabase;
  let folder: string;
  const keys = generateKeyRing();

  beforeAll(async () => {
    database = await createTestDatabase();
    folder = mkdtempSync(join(tmpdir(), 'openvob-payers-'));
    writeFileSync(join(folder, 'payers.csv'), file);
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await database.drop();
  });

  const here = (): Record<string, string> => ({ DATABASE_URL: database.applicationUrl, OPENVOB_KEYS: keys });

  function payers(
    args: readonly string[],
    environment: Record<string, string> = here(),
    input = '',
  ): Promise<{ code: number | null; out: string; err: string }> {
    const env = childEnvironment({ DATABASE_URL: '', OPENVOB_KEYS_FILE: '', ...environment });
    const child = spawn(process.execPath, [program, ...args], { cwd: folder, env });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk));
    child.stdin.end(input);
    return new Promise((done) => child.once('close', (code) => done({ code, out, err })));
  }

  test('looks at a file without keeping it, brings it in, and brings it in again without a change', async () => {
    const looked = await payers(['import', 'payers.csv', '--dry-run']);
    expect(looked).toMatchObject({ code: 0, out: expect.stringContaining('Nothing is kept. Payers: 2 added') });
    expect((await payers(['import', 'payers.csv'])).out).toContain('Payers: 2 added, 0 changed, 0 as they were.');
    expect((await payers(['import', 'payers.csv'])).out).toContain('Payers: 0 added, 0 changed, 2 as they were.');
  });

  test('tells what it left out, and that it did by its exit code', async () => {
    const broken = `${header}\npay_cedar,Cedar Plan,Jersey,,,a list,2026-11-20\npay_dogwood,Dogwood Plan,,,,a list,2026-11-20\n`;
    const { code, out } = await payers(['import', '-'], here(), broken);
    expect(code).toBe(1);
    expect(out).toMatch(/^line 2, states: item 1 must be the two letters of a state/);
    expect(out).toContain('Payers: 1 added');
    expect(out).toContain('1 of 2 rows were left out.');
  });

  test('brings in the payers that come with the product', async () => {
    const shipped = resolve(__dirname, '../../libs/payers/directory/payers.csv');
    expect(await payers(['import', shipped])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Payers: 95 added/),
    });
    expect((await payers(['import', shipped])).out).toMatch(/^Payers: 0 added, 0 changed, 95 as they were/);
  });

  test('writes what it can bring in', async () => {
    expect((await payers(['export', 'out.csv'])).code).toBe(0);
    const written = readFileSync(join(folder, 'out.csv'), 'utf8');
    expect(written).toContain('pay_aspen,Aspen Mutual,');
    expect((await payers(['export'])).out).toBe(written);
    expect((await payers(['import', 'out.csv'])).out).toContain('Payers: 0 added, 0 changed, 98 as they were.');
  });

  test('takes the demonstration of the folder when no database is named', async () => {
    mkdirSync(join(folder, '.openvob'));
    writeFileSync(join(folder, '.openvob/database-url'), `${database.applicationUrl}\n`);
    writeFileSync(join(folder, '.openvob/keys.json'), keys);
    expect((await payers(['import', 'payers.csv'], {})).out).toContain('2 as they were.');
    rmSync(join(folder, '.openvob'), { recursive: true });
  });

  test.each([
    [['import'], 2, /npm run payers -- import FILE/],
    [['fly'], 2, /npm run payers -- import FILE/],
    [['import', 'none.csv'], 1, /ENOENT/],
  ])('says how to use it for %j', async (args, code, message) => {
    expect(await payers(args)).toMatchObject({ code, err: expect.stringMatching(message) });
  });

  test('names the setting that is missing, and what a file without a header lacks', async () => {
    expect((await payers(['export'], {})).err).toMatch(/DATABASE_URL is missing/);
    expect(await payers(['import', '-'], here(), 'colour\nblue\n')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^In the file, the first row must name columns; these are none: "colour"/),
    });
  });
});
