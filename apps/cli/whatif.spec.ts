import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Display } from './io';
import { testIo } from './io.fixture';
import { runVob } from './subcommands';

const OPEN = readFileSync(join(__dirname, 'fixtures/worksheet/two-networks-and-an-approval.json'), 'utf8');
/** Eight weeks of coinsurance after a deductible that starts again at New Year. */
const STRADDLING = JSON.stringify({
  startDate: '2026-12-14',
  program: {
    track: 'sud',
    phases: [{ weeks: 8, weekdays: ['mon', 'wed', 'fri'] }],
    services: [{ code: 'H0015', kind: 'iop_day', on: { every: 'program_day' } }],
  },
  rates: [{ code: 'H0015', network: 'in', allowedCents: 30_000 }],
  coverages: [
    {
      network: 'in',
      active: [{ from: '2026-01-01' }],
      periods: [
        {
          from: '2026-01-01',
          to: '2026-12-31',
          deductible: { structure: 'individual', individual: { limitCents: 150_000, remainingCents: 150_000 } },
        },
      ],
      costShares: [{ appliesTo: 'any', order: 'deductible_then_coinsurance', coinsurancePercent: 20 }],
    },
  ],
});

async function vob(text: string, argv: readonly string[], display?: Display) {
  const io = { ...testIo({ files: { 'case.json': text } }), ...(display ? { display } : {}) };
  const code = await runVob(['whatif', 'case.json', ...argv], io);
  return { code, ...io.written };
}

describe('vob whatif --start', () => {
  it('shows every start date beside the planned one, the best marked', async () => {
    const { code, out, err } = await vob(STRADDLING, ['--start', '2027-01-01..2027-01-05']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toBe(readFileSync(join(__dirname, 'fixtures/whatif-starts.txt'), 'utf8'));
  });

  it('prints the same as JSON', async () => {
    const { out } = await vob(STRADDLING, ['--start', '2026-12-14..2027-01-04', '--json']);
    const result = JSON.parse(out);
    expect(result).toMatchObject({
      kind: 'sweep',
      chosen: '2026-12-14',
      better: { startDate: '2027-01-04', insteadOf: '2026-12-14', savingCents: 120_000 },
    });
    expect(result.starts).toHaveLength(22);
    expect(result.starts[21]).toMatchObject({ startDate: '2027-01-04', total: { likelyCents: 264_000 } });
  });

  it('leaves the mark out where nothing saves a tenth, and says why a date cannot be', async () => {
    const { out } = await vob(STRADDLING, ['--start', '2025-12-31..2026-01-02']);
    expect(out).not.toContain('instead of');
    expect(out).toContain('a rate for H0015 with network self_pay is needed');
  });

  it('colours a page without changing a word', async () => {
    const argv = ['--start', '2026-12-14..2027-01-05'];
    const { out } = await vob(STRADDLING, argv, { columns: 80, colour: true });
    const [first = '', ...rest] = out.split(`${String.fromCharCode(27)}[`);
    expect(rest.length).toBeGreaterThan(3);
    expect(first + rest.map((part) => part.replace(/^\d*m/, '')).join('')).toBe((await vob(STRADDLING, argv)).out);
  });

  it.each([40, 80, 120])('keeps within a display of %i columns', async (columns) => {
    const { out } = await vob(STRADDLING, ['--start', '2026-12-14..2027-01-05'], { columns, colour: false });
    expect(out.split('\n').filter((line) => line.length > columns)).toEqual([]);
  });
});

describe('vob whatif', () => {
  it('compares a case with itself once something is different', async () => {
    const { code, out } = await vob(OPEN, [
      '--network',
      'out',
      '--answer',
      'accumulator_conflict=smaller',
      '--answer',
      'authorization:0=12',
    ]);
    expect(code).toBe(0);
    expect(out).toBe(readFileSync(join(__dirname, 'fixtures/whatif-change.txt'), 'utf8'));
  });

  it('takes one other start, and a share as JSON', async () => {
    const share = '{"order":"copay","copayCents":500}';
    const open = OPEN.replace(/"costShares": .*/, '"costShares": [{ "appliesTo": "any", "unknown": true }],');
    const { out } = await vob(open, [
      '--start',
      '2027-01-04',
      '--network',
      'in',
      '--answer',
      `cost_share:0:0=${share}`,
      '--json',
    ]);
    const result = JSON.parse(out);
    expect(result.after.days[0]).toMatchObject({ date: '2027-01-04', patientCents: 500 });
    expect(result.assumptions).toMatchObject([{ code: 'listed_dates_move_with_start' }]);
  });

  it.each([
    ['{}', ['--network', 'in'], 'missing', '/startDate'],
    [OPEN, ['--network', 'both'], 'unknown_value', '/network'],
    [OPEN, ['--answer', 'network:1=in'], 'no_such_question', '/answers/network:1'],
    [OPEN, ['--answer', 'network:0=perhaps'], 'unknown_value', '/answers/network:0'],
    [STRADDLING, ['--network', 'out'], 'rate_missing', '/rates'],
  ])('prints what is wrong with a case or a change and ends with 2: %#', async (text, argv, code, path) => {
    const written = await vob(text, argv);
    expect(written.code).toBe(2);
    expect(JSON.parse(written.out).error).toMatchObject({ code, path });
  });

  it.each([
    [['--start', '2026-12-14...2026-12-15'], '--start is DATE..DATE'],
    [['--start', '2026-12-15..2026-12-14'], '--start is 1 to 366 dates'],
    [['--start', '2026-01-01..2027-12-31'], '--start is 1 to 366 dates'],
    [['--answer', 'network:0'], '--answer is ID=VALUE'],
    [['other.json'], 'one case file is taken at a time'],
  ])('refuses %j, saying why on standard error', async (argv, reason) => {
    const written = await vob(OPEN, argv);
    expect([written.code, written.out]).toEqual([2, '']);
    expect(written.err).toContain(`vob whatif: ${reason}`);
  });

  it('needs a file, and says how it is used', async () => {
    const [none, help] = [testIo(), testIo()];
    expect(await runVob(['whatif'], none)).toBe(2);
    expect(none.written.err).toContain('a case file is needed');
    expect(await runVob(['whatif', '--help'], help)).toBe(0);
    expect(help.written.out).toContain('Usage: vob whatif');
  });
});
