import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Display } from './io';
import { testIo } from './io.fixture';
import { runRead } from './read';

const FOLDER = join(__dirname, 'fixtures', 'explain');
const MESSAGES = readdirSync(FOLDER).filter((file) => !file.endsWith('.txt'));

async function explain(file: string, display?: Display, argv: readonly string[] = []): Promise<string> {
  const io = { ...testIo({ files: { [file]: textOf(file) } }), ...(display === undefined ? {} : { display }) };
  expect(await runRead([file, '--explain', ...argv], io)).toBe(0);
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

describe('vob read --explain', () => {
  it.each(MESSAGES)('tells people what %s says', async (file) => {
    expect(await explain(file)).toBe(textOf(`${file}.txt`));
  });

  it.each(MESSAGES)('colours %s without changing a word', async (file) => {
    const plain = await explain(file);
    const coloured = await explain(file, { columns: 80, colour: true });
    expect(coloured).not.toBe(plain);
    expect(withoutColour(coloured)).toBe(plain);
  });

  it.each([20, 40, 60, 100, 120, 200])('keeps within a display of %i columns', async (columns) => {
    const width = Math.min(120, Math.max(40, columns));
    for (const file of MESSAGES) {
      const lines = (await explain(file, { columns, colour: false })).split('\n');
      expect(lines.filter((line) => [...line].length > width)).toEqual([]);
    }
  });

  it('ends lines with their sources at the right edge', async () => {
    const lines = (await explain('carved-out.271', { columns: 100, colour: false })).split('\n');
    const sourced = lines.filter((line) => / {2}#\d+$/.test(line));
    expect(sourced.length).toBeGreaterThan(4);
    expect(new Set(sourced.map((line) => line.length))).toEqual(new Set([100]));
  });

  it('lets no text of a payer command the terminal', async () => {
    const page = await explain('faults-and-hostile-text.271');
    expect(page).toContain('EXAMPLE \ufffd[31mHEALTH\ufffd');
    expect(page.replaceAll('\n', '')).toMatch(/^[^\p{Cc}\p{Cf}]*$/u);
  });

  it('names the program, network, setting and date that it is worked out for', async () => {
    const argv = ['--track', 'dual', '--network', 'out', '--setting', 'virtual', '--on', '2026-04-01'];
    const page = await explain('nothing-said-of-behavioral-health.271', undefined, argv);
    expect(page).toContain('substance use and mental health, out of network, virtual, on 2026-04-01');
  });

  it("still prints what is no payer's message as JSON", async () => {
    const io = testIo({ files: { 'page.html': '<html></html>' } });
    expect(await runRead(['page.html', '--explain'], io)).toBe(2);
    expect(JSON.parse(io.written.out).error.code).toBe('markup');
  });
});
