import type { Rate } from './estimate-case';
import { rateBook } from './rate-book';

const price = (allowedCents: number, dates: Pick<Rate, 'from' | 'to'> = {}): Rate => ({
  code: 'H0015',
  network: 'in',
  allowedCents,
  ...dates,
});

describe('the rate book', () => {
  const yearly = [
    price(100, { to: '2026-12-31' }),
    price(110, { from: '2027-01-01', to: '2027-12-31' }),
    price(120, { from: '2028-02-01' }),
  ];

  test.each([
    ['of two without dates', [price(1), price(2)], '2026-05-01', 1],
    ['of two that hold on the day', [price(1, { from: '2026-01-01' }), price(2)], '2026-05-01', 1],
    ['of two of which one holds', [price(1, { from: '2026-06-01' }), price(2)], '2026-05-01', 2],
    ['on the last day of one', yearly, '2026-12-31', 100],
    ['on the first day of the next', yearly, '2027-01-01', 110],
    ['in a gap, the one that ended last', yearly, '2028-01-15', 110],
    ['before all, the one that begins first', yearly.slice(1), '2026-05-01', 110],
  ])('%s', (_, rates, on, cents) => {
    expect(rateBook(rates).find('H0015', 'in', on)?.allowedCents).toBe(cents);
  });

  test('has none for another network or code', () => {
    const book = rateBook(yearly);
    expect([book.find('H0015', 'out', '2026-05-01'), book.find('90837', 'in', '2026-05-01')]).toEqual([
      undefined,
      undefined,
    ]);
  });
});
