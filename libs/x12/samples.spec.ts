import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readAcknowledgements } from './acknowledgement';
import { checkTransaction } from './check';
import { readHierarchy } from './hierarchy';
import { readX12 } from './read';
import { createX12Stream } from './stream';

/** Published messages, kept beside the checkout and not in it. */
const folder = resolve(__dirname, '../../..', 'shared/samples/x12');
const present = existsSync(folder);

interface Entry {
  path: string;
  st: Record<string, number>;
  flags: string[];
  aaa: [string, string, string][];
  stc: string[];
}

const index: Entry[] = present ? JSON.parse(readFileSync(join(folder, 'INDEX.json'), 'utf8')) : [];
const paths = present
  ? readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !/\.(json|md)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
  : [];
const read = (path: string) => readX12(readFileSync(path, 'utf8'));

(present ? describe : describe.skip)('every published sample', () => {
  test('is among those that are read', () => expect(paths.length).toBeGreaterThan(80));

  test.each(paths.map((path) => [path.slice(folder.length + 1), path]))('%s', (name, path) => {
    const file = read(path);
    const entry = index.find((each) => each.path === name);
    const kinds = file.transactions.map(({ kind }) => kind);
    const counts = Object.fromEntries(
      [...new Set(kinds)].map((kind) => [kind, kinds.filter((each) => each === kind).length]),
    );
    expect(counts).toEqual(entry?.st ?? counts);
    if (entry?.flags.includes('SE count wrong')) expect(file.issues.map(({ code }) => code)).toContain('segment_count');
    if (entry?.flags.includes('ISA not 106 chars')) expect(file.issues.map(({ code }) => code)).toContain('isa_length');
    if (entry?.flags.includes('envelope unbalanced')) expect(file.issues.map(({ code }) => code)).toContain('envelope');
    if (entry?.flags.includes('2 ISA')) expect(file.interchanges).toHaveLength(2);

    for (const transaction of file.transactions) {
      expect(checkTransaction(transaction).every(({ severity }) => severity === 'warning')).toBe(true);
      if (transaction.kind === '999') continue;
      const { levels, header } = readHierarchy(transaction);
      const placed = levels.reduce(
        (sum, level) =>
          sum + level.header.length + level.name.length + level.benefits.flatMap(({ segments }) => segments).length,
        header.length,
      );
      expect(placed).toBe(transaction.segments.length);
    }
    expect(readAcknowledgements(file).length > 0).toBe(kinds.includes('999') || kinds.length === 0);
  });

  test.each(index.filter(({ st }) => st['271'] === 1).map((entry) => [entry.path, entry]))(
    '%s says what its index says',
    (_name, entry) => {
      const [transaction] = read(join(folder, entry.path)).transactions;
      if (transaction === undefined) throw new Error('there is no transaction');
      const benefits = readHierarchy(transaction).levels.flatMap((level) => level.benefits);
      const serviceTypes = new Set(benefits.flatMap(({ segment }) => segment.repetitions(3)));
      expect([...serviceTypes].sort()).toEqual(expect.arrayContaining([...entry.stc].slice(0, 3)));
    },
  );

  test('is the same in pieces', () => {
    for (const path of paths) {
      const text = readFileSync(path, 'utf8');
      const stream = createX12Stream();
      const items = [...(text.match(/[\s\S]{1,97}/g) ?? []).flatMap((chunk) => stream.push(chunk)), ...stream.end()];
      const numbers = items.flatMap((item) =>
        item.kind === 'transaction' ? item.transaction.segments.map(({ number }) => number) : [],
      );
      expect(numbers).toEqual(
        readX12(text).transactions.flatMap(({ segments }) => segments.map(({ number }) => number)),
      );
    }
  });
});
