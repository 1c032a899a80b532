import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatTable, measure } from './measure';

describe('measuring by name', () => {
  let folder: string;
  let printed: string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'openvob-measure-'));
    printed = [];
    const print = (text: string): unknown => printed.push(text);
    jest.spyOn(console, 'log').mockImplementation(print);
    jest.spyOn(console, 'error').mockImplementation(print);
    writeFileSync(join(folder, 'run.js'), '');
    writeFileSync(
      join(folder, 'count.js'),
      'exports.run = ({ count = 3 }) => [{ what: "counted", value: count, unit: "things", goal: "at least 3", pass: count >= 3 }];',
    );
  });

  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  test('the last line is the JSON object when it is asked for', async () => {
    expect(await measure(folder, ['count', '1_000', '--json'])).toBe(0);
    expect(JSON.parse(printed.at(-1) ?? '')).toEqual({
      name: 'count',
      rows: [{ what: 'counted', value: 1000, unit: 'things', goal: 'at least 3', pass: true }],
    });
  });

  test('parts of it are chosen by name', async () => {
    writeFileSync(
      join(folder, 'parts.js'),
      'exports.run = ({ only = ["all"] }) => only.map((what) => ({ what, value: 1, unit: "part" }));',
    );
    expect(await measure(folder, ['parts', '--only', 'first,second', '--json'])).toBe(0);
    expect(JSON.parse(printed.at(-1) ?? '').rows).toHaveLength(2);
  });

  test('a missed goal is shown and is the exit code', async () => {
    expect(await measure(folder, ['count', '2'])).toBe(1);
    expect(printed.join('\n')).toContain('MISSED');
  });

  test('an unknown name lists the known ones without the dispatcher', async () => {
    expect(await measure(folder, ['nothing'])).toBe(2);
    expect(printed).toEqual(['There is no "nothing".', 'Name one of: count']);
  });

  test('figures are aligned and shortened for reading', () => {
    const table = formatTable([
      {
        what: 'tokenizing',
        value: 61.24,
        unit: 'MB/s',
        against: 'node-x12',
        ratio: 3.8261,
        goal: 'at least 60',
        pass: true,
      },
      { what: 'lines', value: 1234567.8, unit: '' },
    ]);
    expect(table.split('\n')).toEqual([
      'what            value  unit  against    ratio  goal',
      'tokenizing       61.2  MB/s  node-x12  3.826x  at least 60  ok',
      'lines       1,234,568',
    ]);
  });
});
