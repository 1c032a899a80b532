import { testIo } from './io.fixture';
import { runVob } from './subcommands';

const CASE = JSON.stringify({
  startDate: '2026-01-05',
  program: {
    track: 'sud',
    phases: [{ weeks: 1, weekdays: ['mon', 'wed'] }],
    services: [{ code: 'H0015', kind: 'iop_day', on: { every: 'program_day' } }],
  },
  rates: [{ code: 'H0015', network: 'in', allowedCents: 30_000 }],
  coverages: [
    {
      network: 'in',
      active: [{ from: '2026-01-01' }],
      periods: [{ from: '2026-01-01', to: '2026-12-31' }],
      costShares: [{ appliesTo: 'any', order: 'copay', copayCents: 4000 }],
    },
  ],
});
const BAD = CASE.replace('2026-01-05', '2026-02-30');

describe('vob estimate', () => {
  it('prints the estimate of a case file', async () => {
    const io = testIo({ files: { 'case.json': CASE } });
    expect(await runVob(['estimate', 'case.json'], io)).toBe(0);
    expect(JSON.parse(io.written.out)).toMatchObject({ total: { likelyCents: 8000 }, firstDayCents: 4000 });
    expect(io.written.err).toBe('');
  });

  it('reads a case from standard input for -, also with a byte order mark', async () => {
    const io = testIo({ input: ['\uFEFF', CASE] });
    expect(await runVob(['estimate', '-'], io)).toBe(0);
    expect(JSON.parse(io.written.out).total.likelyCents).toBe(8000);
  });

  it('prints the fault of a bad case and ends with 2', async () => {
    const io = testIo({ files: { 'bad.json': BAD, 'text.txt': 'nope' } });
    expect(await runVob(['estimate', 'bad.json'], io)).toBe(2);
    expect(JSON.parse(io.written.out)).toEqual({
      error: { code: 'no_such_date', path: '/startDate', message: 'a date of the calendar is expected, YYYY-MM-DD' },
    });
    const other = testIo({ files: { 'text.txt': 'nope' } });
    expect(await runVob(['estimate', 'text.txt'], other)).toBe(2);
    expect(JSON.parse(other.written.out).error).toMatchObject({ code: 'invalid_json', path: '' });
  });

  it('prints one line for each line of standard input, in order, faults in their places', async () => {
    const cut = 100;
    const io = testIo({ input: [`${CASE}\n${BAD.slice(0, cut)}`, `${BAD.slice(cut)}\r\n\nnope\n`, CASE] });
    expect(await runVob(['estimate', '--ndjson'], io)).toBe(0);
    const lines = io.written.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map((line) => line.error?.code ?? line.total.likelyCents)).toEqual([
      8000,
      'no_such_date',
      'invalid_json',
      'invalid_json',
      8000,
    ]);
  });

  it('prints a line for a blank one too, so that the n-th line is always of the n-th case', async () => {
    const codes = async (input: string) => {
      const io = testIo({ input: [input] });
      await runVob(['estimate', '--ndjson'], io);
      const lines = io.written.out.split('\n').slice(0, -1);
      return lines.map((line) => JSON.parse(line)).map((line) => line.error?.code ?? line.total.likelyCents);
    };
    expect(await codes(`${CASE}\n\n${CASE}\n`)).toEqual([8000, 'invalid_json', 8000]);
    expect(await codes(`\n  \r\n${CASE}`)).toEqual(['invalid_json', 'invalid_json', 8000]);
    expect(await codes(`${CASE}\n\n`)).toEqual([8000, 'invalid_json']);
    expect(await codes('')).toEqual([]);
  });

  it('prints the same bytes for the same case', async () => {
    const [first, second] = [testIo({ input: [CASE] }), testIo({ input: [CASE] })];
    await runVob(['estimate', '--ndjson'], first);
    await runVob(['estimate', '--ndjson'], second);
    expect(second.written.out).toBe(first.written.out);
  });

  it.each([
    [[], 'a case file is needed'],
    [['nowhere.json'], 'cannot read nowhere.json'],
    [['a.json', 'b.json'], 'one case file'],
    [['--ndjson', 'a.json'], '--ndjson reads standard input and takes no file'],
    [['--pretty'], "Unknown option '--pretty'"],
  ])('refuses %j, saying why on standard error', async (argv, reason) => {
    const io = testIo();
    expect(await runVob(['estimate', ...argv], io)).toBe(2);
    expect(io.written.err).toContain(`vob estimate: ${reason}`);
    expect(io.written.out).toBe('');
  });
});

describe('vob', () => {
  it.each([['--help'], ['-h'], ['help']])('lists its subcommands for %s', async (option) => {
    const io = testIo();
    expect(await runVob([option], io)).toBe(0);
    expect(io.written.out).toMatch(/read .*\n +estimate /);
  });

  it.each([['read'], ['estimate']])('says how to use %s', async (name) => {
    const io = testIo();
    expect(await runVob([name, '--help'], io)).toBe(0);
    expect(io.written.out).toContain(`Usage: vob ${name}`);
  });

  it('refuses no subcommand and an unknown one', async () => {
    const [none, unknown] = [testIo(), testIo()];
    expect(await runVob([], none)).toBe(2);
    expect(none.written.err).toContain('Usage: vob SUBCOMMAND');
    expect(await runVob(['guess'], unknown)).toBe(2);
    expect(unknown.written.err).toContain('there is no subcommand guess');
  });
});
