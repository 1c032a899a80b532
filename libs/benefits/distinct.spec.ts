import { distinct } from './distinct';

interface Entry {
  kind: string;
  serviceTypes: string[];
  percent?: number;
  text?: string;
  source: { segment: number };
}

const source = (segment: number) => ({ segment });
const filler = (count: number): Entry[] =>
  Array.from({ length: count }, (_, at) => ({ kind: `filler ${at}`, serviceTypes: [], source: source(at) }));

describe.each([
  ['few entries', 0],
  ['many entries', 40],
])('of %s', (_what, others) => {
  const kept = (...entries: Entry[]) => distinct([...filler(others), ...entries]).slice(others);

  it('keeps the first of those that differ in their source alone', () => {
    const one = { kind: 'A', serviceTypes: ['MH', '30'], percent: 20, text: 'SAME', source: source(1) };
    expect(kept(one, { ...one, serviceTypes: ['MH', '30'], source: source(2) })).toEqual([one]);
  });

  it.each<[string, Partial<Entry>]>([
    ['kind', { kind: 'B' }],
    ['number', { percent: 30 }],
    ['length of a list', { serviceTypes: ['MH'] }],
    ['order of a list', { serviceTypes: ['30', 'MH'] }],
    ['middle of a text', { text: 'SOME' }],
  ])('keeps both of those that differ in their %s', (_field, change) => {
    const one = { kind: 'A', serviceTypes: ['MH', '30'], percent: 20, text: 'SAME', source: source(1) };
    expect(kept(one, { ...one, ...change })).toHaveLength(2);
  });

  it('keeps both of those of which one says more, whichever comes first', () => {
    const bare = { kind: 'A', serviceTypes: [], source: source(1) };
    const more = { ...bare, percent: 0 };
    expect(kept(bare, more)).toHaveLength(2);
    expect(kept(more, bare)).toHaveLength(2);
  });
});
