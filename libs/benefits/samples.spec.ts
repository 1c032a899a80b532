import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { tryReadX12 } from '@openvob/x12';
import type { Source } from './snapshot';
import { snapshotsOf271 } from './x12/snapshots-of-271';

const samples = resolve(__dirname, '../../..', 'shared/samples');
const expectations = join(__dirname, 'fixtures/samples');
const present = existsSync(samples);
const describeSamples = present ? describe : describe.skip;

/**
 * Expected snapshots were worked out from the messages by hand. They hold no text of the samples: `@12.3` stands for element 3
 * of segment 12, a source is its segment number, and advice is left out.
 */
interface Expectation {
  sample: string;
  snapshots: unknown[];
}

describeSamples('published answers', () => {
  const files = readdirSync(expectations).filter((name) => name.endsWith('.json'));

  it.each(files)('are read whole: %s', (name) => {
    const expected: Expectation = JSON.parse(readFileSync(join(expectations, name), 'utf8'));
    const text = readFileSync(join(samples, expected.sample), 'utf8');
    const read = tryReadX12(text);
    if (!read.ok) throw new Error(read.refusal.code);
    const elements = new Map(
      read.file.segments.map(({ number, raw }) => [number, raw.split(read.file.delimiters.element)]),
    );
    const { snapshots } = snapshotsOf271(read.file);
    const wanted = expected.snapshots.map((snapshot) => resolveReferences(snapshot, elements));
    expect(snapshots.map((snapshot) => withoutProse(snapshot))).toEqual(wanted);
  });

  it.each(filesUnder(join(samples, 'x12')))('are read as far as they go, figures with their sources: %s', (path) => {
    const read = tryReadX12(readFileSync(join(samples, 'x12', path), 'utf8'));
    if (!read.ok) return;
    const numbers = new Set(read.file.segments.map(({ number }) => number));
    for (const snapshot of snapshotsOf271(read.file).snapshots) {
      const sourced = [
        ...snapshot.accumulators,
        ...snapshot.limits,
        ...snapshot.costShares,
        ...snapshot.messages,
        ...snapshot.plans,
        ...snapshot.entities,
      ];
      for (const { source } of sourced) {
        const sources: readonly Source[] = Array.isArray(source) ? source : [source];
        expect(sources.length).toBeGreaterThan(0);
        for (const { segment, raw } of sources) {
          expect(numbers.has(segment ?? 0)).toBe(true);
          expect(raw).toBeTruthy();
        }
      }
    }
  });
});

function filesUnder(folder: string): string[] {
  if (!present) return ['(folder absent)'];
  const entries = readdirSync(folder).map((name) => join(folder, name));
  const nested = entries.flatMap((path) =>
    statSync(path).isDirectory() ? filesUnder(path).map((each) => join(path, each)) : [path],
  );
  return nested.filter((path) => !/\.(json|md)$/.test(path)).map((path) => relative(folder, path));
}

function resolveReferences(value: unknown, elements: ReadonlyMap<number, string[]>): unknown {
  if (typeof value === 'string') {
    return value.replace(
      /@(\d+)\.(\d+)/g,
      (_, segment, element) => elements.get(Number(segment))?.[Number(element)]?.trim() ?? '?',
    );
  }
  if (Array.isArray(value)) return value.map((each) => resolveReferences(each, elements));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolveReferences(each, elements)]));
}

/** Without basis and advice, sources as segment numbers. */
function withoutProse(value: unknown, key = ''): unknown {
  if (key === 'source') return Array.isArray(value) ? value.map(segmentOf) : segmentOf(value as Source);
  if (Array.isArray(value)) return value.map((each) => withoutProse(each));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => name !== 'basis' && name !== 'advice');
  return Object.fromEntries(kept.map(([name, each]) => [name, withoutProse(each, name)]));
}

function segmentOf(source: Source): number | undefined {
  return source.segment;
}
