import type { Segment } from './segment';
import { createSegmentStream } from './stream';
import { segmentOf } from './text-stretch';

const delimiters = { element: '*', repetition: '^', component: ':', segment: '~' };
const segment = (raw: string) => segmentOf(4, raw, delimiters);

describe('a segment', () => {
  test('numbers its elements as the guides do', () => {
    const eb = segment('EB*C*IND*30**GOLD PPO*23*1500');
    expect([eb.id, eb.number, eb.element(1), eb.element(3), eb.element(7)]).toEqual(['EB', 4, 'C', '30', '1500']);
  });

  test.each([
    ['empty', 'EB*1**30', 2],
    ['of blanks alone', 'EB*1*   *30', 2],
    ['behind the last one', 'EB*1*IND*30', 4],
    ['number 0, which is the identifier', 'EB*1', 0],
    ['of a negative number', 'EB*1', -1],
  ])('says nothing for an element that is %s', (_what, raw, position) => {
    expect(segment(raw).element(position)).toBeUndefined();
    expect(segment(raw).repetitions(position)).toEqual([]);
    expect(segment(raw).components(position)).toEqual([]);
  });

  test('keeps blanks inside and around a value', () => {
    expect(segment('MSG* A  B ').element(1)).toBe(' A  B ');
  });

  test.each([
    ['MSG* A  B ', 'A  B'],
    ['MSG*A', 'A'],
    ['MSG*\u00a0A\u00a0', 'A'],
    ['MSG*é', 'é'],
    ['MSG*  ', undefined],
    ['MSG**A', undefined],
    ['MSG', undefined],
  ])('of %j has %j without the blanks around it', (raw, value) => {
    expect(segment(raw).value(1)).toBe(value);
  });

  test('splits repetitions and leaves out empty ones', () => {
    expect(segment('EB*1*IND*30^^MH^ ').repetitions(3)).toEqual(['30', 'MH']);
  });

  test.each(['LE', 'A*1', 'MSG*X', 'REF*18*1', 'HL*1**20*1', 'EB*', 'EB***', '*', 'LONGID*1', ''])(
    'of %j has as many elements as it has separators, each at its place',
    (raw) => {
      const found = segment(raw);
      const parts = raw.split('*');
      expect(found.elementCount).toBe(parts.length - 1);
      const starts = parts.map((_, at) => (at === 0 ? 0 : found.endOf(at - 1) + 1));
      expect(starts.map((start, at) => found.text.slice(start, found.endOf(at)))).toEqual(parts);
      expect(found.raw).toBe(raw);
    },
  );

  test('splits components and keeps the place of empty ones', () => {
    expect(segment('EB*************HC::H0015').components(13)).toEqual(['HC', '', 'H0015']);
  });

  test('does not repeat when the file has no repetition separator', () => {
    const old = segmentOf(1, 'EB*1**A^B', { ...delimiters, repetition: '' });
    expect(old.repetitions(3)).toEqual(['A^B']);
  });

  test('is the same whether it stands alone or among many, short and long', () => {
    const raws = Array.from(
      { length: 5000 },
      (_, at) => `EB*${at}${'*'.repeat(at % 40)}MH*${'9'.repeat((at * 7) % 300)}`,
    );
    raws.splice(2500, 0, `MSG${'*'.repeat(60_000)}`, `MSG*${'A'.repeat(60_000)}`);
    const stream = createSegmentStream();
    const found = [...stream.push(`ST*271*0001~\n${raws.join('~\n')}~`), ...stream.end()].slice(1);
    const saidBy = (each: Segment) => [
      each.raw,
      each.id,
      each.elementCount,
      each.element(1),
      each.value(each.elementCount),
    ];
    expect(found.map(saidBy)).toEqual(raws.map((raw) => saidBy(segment(raw))));
  });

  test('is its identifier alone when there is no element', () => {
    expect(segment('LE').id).toBe('LE');
  });

  test('gives the same values however often it is asked', () => {
    const eb = segment('EB*1*IND*30^MH');
    expect(eb.repetitions(3)).toEqual(eb.repetitions(3));
    expect(eb.element(1)).toBe('1');
  });
});
