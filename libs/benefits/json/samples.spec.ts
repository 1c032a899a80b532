import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Source } from '../snapshot';
import { jsonFormatOf, snapshotsOfJson } from './json-formats';
import { JsonNode } from './json-node';

const samples = resolve(__dirname, '../../../..', 'shared/samples');
const expectations = join(__dirname, '../fixtures/samples/stedi-v3');
const describeSamples = existsSync(samples) ? describe : describe.skip;

/**
 * Expected snapshots were worked out from the documents by hand. They hold no text of the samples: `@/a/0` stands for what
 * the document has there, a source is its pointer, and advice is left out.
 */
interface Expectation {
  sample: string;
  format: 'stedi-v3';
  issues: string[];
  snapshots: unknown[];
}

describeSamples('published answers in JSON', () => {
  it.each(readdirSync(expectations))('are read whole: %s', (name) => {
    const expected: Expectation = JSON.parse(readFileSync(join(expectations, name), 'utf8'));
    const document: unknown = JSON.parse(readFileSync(join(samples, expected.sample), 'utf8'));
    expect(jsonFormatOf(document)).toBe(expected.format);
    const { snapshots, issues } = snapshotsOfJson(document, expected.format);
    expect(snapshots.map((snapshot) => bare(snapshot))).toEqual(
      expected.snapshots.map((each) => filled(each, document)),
    );
    expect(issues.map(({ code, at }) => `${code} ${at}`)).toEqual(expected.issues);
  });
});

function filled(value: unknown, document: unknown): unknown {
  if (typeof value === 'string' && value.startsWith('@/')) {
    return new JsonNode(document).at(...value.slice(2).split('/')).asText();
  }
  if (Array.isArray(value)) return value.map((each) => filled(each, document));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each, document)]));
}

/** Without basis and advice, sources as pointers. */
function bare(value: unknown, key = ''): unknown {
  if (key === 'source') return Array.isArray(value) ? value.map(pathOf) : pathOf(value as Source);
  if (Array.isArray(value)) return value.map((each) => bare(each));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([name]) => name !== 'basis' && name !== 'advice');
  return Object.fromEntries(kept.map(([name, each]) => [name, bare(each, name)]));
}

function pathOf({ path }: Source): string | undefined {
  return path;
}
