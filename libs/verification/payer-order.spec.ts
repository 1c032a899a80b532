import fc from 'fast-check';
import { orderOfPayers } from './payer-order';

describe('the order in which payers pay', () => {
  test.each([
    [[], [0, 1, 2]],
    [[{ first: 1, second: 0 }], [1, 0, 2]],
    [[{ first: 2, second: 0 }], [1, 2, 0]],
    [
      [
        { first: 2, second: 1 },
        { first: 1, second: 0 },
      ],
      [2, 1, 0],
    ],
    [[{ first: 0, second: 1 }], [0, 1, 2]],
  ])('is as it was given, but for what is said: %j', (said, order) => {
    expect(orderOfPayers(3, said)).toEqual({ kind: 'told', order });
  });

  test.each([
    [
      [
        { first: 0, second: 1 },
        { first: 1, second: 0 },
      ],
    ],
    [
      [
        { first: 0, second: 1 },
        { first: 1, second: 2 },
        { first: 2, second: 0 },
      ],
    ],
  ])('is disputed when what is said goes in a circle: %j', (said) => {
    expect(orderOfPayers(3, said)).toEqual({ kind: 'disputed' });
  });

  test('keeps everything that was said, and everybody', () => {
    const before = fc.record({ first: fc.nat(3), second: fc.nat(3) }).filter(({ first, second }) => first !== second);
    fc.assert(
      fc.property(fc.array(before, { maxLength: 4 }), (said) => {
        const found = orderOfPayers(4, said);
        if (found.kind === 'disputed') return;
        expect([...found.order].sort()).toEqual([0, 1, 2, 3]);
        for (const { first, second } of said)
          expect(found.order.indexOf(first)).toBeLessThan(found.order.indexOf(second));
      }),
    );
  });
});
