import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(__dirname, '../..');

/** The `vob` command as it is typed: npm, launcher, build and all. */
function vob(args: string[], input?: string): { status: number | null; stdout: string; stderr: string } {
  const options = { cwd: root, encoding: 'utf8' as const, ...(input === undefined ? {} : { input }) };
  return spawnSync('npm', ['run', '--silent', 'vob', '--', ...args], options);
}

describe('vob from a shell', () => {
  test('reads the README’s answer', () => {
    const { status, stdout } = vob(['read', 'apps/cli/examples/answer.271']);
    expect([status, JSON.parse(stdout).answers[0].iop.decision]).toEqual([0, 'covered']);
  });

  test('estimates the README’s case', () => {
    const { status, stdout } = vob(['estimate', 'apps/cli/examples/case.json']);
    expect([status, JSON.parse(stdout).total]).toEqual([
      0,
      { lowCents: 134_700, likelyCents: 386_200, highCents: 386_200 },
    ]);
  });

  test('explains it, and compares start dates', () => {
    const explained = vob(['estimate', 'apps/cli/examples/case.json', '--explain']);
    expect([explained.status, explained.stdout]).toEqual([0, expect.stringContaining('Likely      $3,862.00')]);
    const compared = vob(['whatif', 'apps/cli/examples/case.json', '--start', '2026-12-14..2027-01-11']);
    expect([compared.status, compared.stdout]).toEqual([0, expect.stringContaining('Mon 2027-01-11')]);
  });

  test('reads standard input, and says what it cannot read', () => {
    const { status, stdout } = vob(['read', '-'], '<html>down</html>');
    expect([status, Object.keys(JSON.parse(stdout).error).sort()]).toEqual([2, ['code', 'message', 'position']]);
  });
});
