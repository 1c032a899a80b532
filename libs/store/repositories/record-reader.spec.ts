import fc from 'fast-check';
import { type KeptRecord, lastForms } from './record-reader';

const record = (id: string, amends?: string): KeptRecord<string> => ({
  id,
  recordedAt: new Date(0),
  recordedBy: 'api_key:key_1',
  ...(amends ? { amends } : {}),
  content: `content of ${id}`,
});
const idsOf = (records: readonly KeptRecord[]): string[] => lastForms(records).map(({ id }) => id);

describe('records in their last form', () => {
  it.each<[string, KeptRecord[], string[]]>([
    ['none', [], []],
    ['records that nobody amended', [record('a'), record('b')], ['a', 'b']],
    ['an amended one', [record('a'), record('b'), record('c', 'a')], ['c', 'b']],
    ['an amendment that was amended', [record('a'), record('b', 'a'), record('c', 'b')], ['c']],
    ['one that was amended twice: the later counts', [record('a'), record('b', 'a'), record('c', 'a')], ['c']],
    ['two that were amended', [record('a'), record('b'), record('c', 'b'), record('d', 'a')], ['d', 'c']],
  ])('are, of %s', (_name, records, last) => {
    expect(idsOf(records)).toEqual(last);
  });

  it('are one for each record that amends none', () => {
    const amends = fc.array(fc.option(fc.nat(), { nil: undefined }), { maxLength: 30 });
    fc.assert(
      fc.property(amends, (list) => {
        const records = list.map((to, at) =>
          record(`r${at}`, to === undefined || at === 0 ? undefined : `r${to % at}`),
        );
        expect(lastForms(records)).toHaveLength(records.filter((one) => one.amends === undefined).length);
      }),
    );
  });
});
