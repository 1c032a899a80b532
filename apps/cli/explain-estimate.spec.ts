import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runEstimate } from './estimate';
import type { Display } from './io';
import { testIo } from './io.fixture';

const FOLDER = join(__dirname, 'fixtures', 'worksheet');
const CASES = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));

async function explain(file: string, display?: Display): Promise<string> {
  const io = { ...testIo({ files: { [file]: textOf(file) } }), ...(display === undefined ? {} : { display }) };
  expect(await runEstimate([file, '--explain'], io)).toBe(0);
  expect(io.written.err).toBe('');
  return io.written.out;
}

function textOf(file: string): string {
  return readFileSync(join(FOLDER, file), 'utf8');
}

/** What a terminal shows: without the codes that set colours. */
function withoutColour(text: string): string {
  const [first = '', ...rest] = text.split(`${String.fromCharCode(27)}[`);
  return first + rest.map((part) => part.replace(/^\d*m/, '')).join('');
}

describe('vob estimate --explain', () => {
  it.each(CASES)('prints the worksheet of %s as people read it', async (file) => {
    expect(await explain(file)).toBe(textOf(file.replace('.json', '.txt')));
  });

  it.each(CASES)('colours %s without changing a word', async (file) => {
    const coloured = await explain(file, { columns: 80, colour: true });
    expect(coloured).not.toBe(await explain(file));
    expect(withoutColour(coloured)).toBe(await explain(file));
  });

  it.each([40, 60, 100, 200])('keeps within a display of %i columns', async (columns) => {
    for (const file of CASES) {
      const lines = (await explain(file, { columns, colour: false })).split('\n');
      expect(lines.filter((line) => [...line].length > Math.min(120, columns))).toEqual([]);
    }
  });

  it('still prints the fault of a bad case as JSON', async () => {
    const io = testIo({ files: { 'bad.json': '{}' } });
    expect(await runEstimate(['bad.json', '--explain'], io)).toBe(2);
    expect(JSON.parse(io.written.out).error).toMatchObject({ code: 'missing', path: '/startDate' });
  });

  it('is for one case', async () => {
    const io = testIo();
    expect(await runEstimate(['--ndjson', '--explain'], io)).toBe(2);
    expect(io.written.err).toContain('--explain prints one case, not --ndjson');
  });
});
