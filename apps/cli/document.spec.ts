import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testIo } from './io.fixture';
import { runVob } from './subcommands';

const CASE = readFileSync(join(__dirname, 'examples/case.json'), 'utf8');

async function vob(argv: readonly string[], text = CASE) {
  const io = testIo({ files: { 'case.json': text } });
  const code = await runVob(['document', ...argv], io);
  return { code, ...io.written };
}
const usual = ['case.json', '--facility', 'Testwood Recovery', '--date', '2026-11-02'];

describe('vob document', () => {
  it('prints the estimate in plain words as a page without scripts', async () => {
    const { code, out } = await vob([...usual, '--program', 'Testwood Mornings']);
    expect([code, out.slice(0, 15).toLowerCase()]).toEqual([0, '<!doctype html>']);
    for (const part of ['Testwood Recovery', 'Testwood Mornings', 'November 2, 2026']) expect(out).toContain(part);
    expect(out).not.toContain('<script');
  });

  it('prints it in Spanish and large', async () => {
    const { out } = await vob([...usual, '--language', 'es', '--print', 'large']);
    expect(out).toContain('lang="es"');
  });

  it('writes a PDF where it is told to', async () => {
    const { code, out, files } = await vob([...usual, '--pdf', 'estimate.pdf']);
    expect([code, out]).toEqual([0, '']);
    expect(
      Buffer.from(files['estimate.pdf'] ?? [])
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  });

  it('prints what is wrong with a bad case', async () => {
    const { code, out } = await vob(usual, '{}');
    expect([code, JSON.parse(out).error.path]).toEqual([2, expect.any(String)]);
  });

  it.each([
    [['case.json'], '--facility'],
    [['--facility', 'x'], 'a case file is needed'],
    [[...usual, 'other.json'], 'one case file'],
    [[...usual, '--language', 'fr'], '--language must be one of en, es'],
    [[...usual, '--print', 'huge'], '--print must be one of'],
    [['case.json', '--facility', 'x', '--date', 'soon'], '--date must be'],
    [['nowhere.json', '--facility', 'x'], 'cannot read nowhere.json'],
  ])('%j is refused', async (argv, words) => {
    const { code, err } = await vob(argv);
    expect([code, err]).toEqual([2, expect.stringContaining(words)]);
  });

  it('helps', async () => {
    expect((await vob(['--help'])).out).toContain('Usage: vob document');
  });
});
