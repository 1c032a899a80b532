import { hasMoreFieldsThan } from './json-faults';

describe('the count of fields', () => {
  test.each([
    ['nothing', {}, 0],
    ['a text', 'x', 0],
    ['fields of fields', { a: { b: 1 }, c: [1, 2] }, 5],
    ['lists of lists', [[[]], [1]], 4],
  ])('of %s is told exactly', (_name, body, count) => {
    expect([hasMoreFieldsThan(body, count), count === 0 || hasMoreFieldsThan(body, count - 1)]).toEqual([false, true]);
  });

  test('walks a body of a million fields no further than it has to', () => {
    const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`k${at}`, at]));
    expect(hasMoreFieldsThan(wide, 1_000)).toBe(true);
    let deep: unknown = 1;
    for (let depth = 0; depth < 100_000; depth += 1) deep = { a: deep };
    expect([hasMoreFieldsThan(deep, 99_999), hasMoreFieldsThan(deep, 100_000)]).toEqual([true, false]);
  });
});
