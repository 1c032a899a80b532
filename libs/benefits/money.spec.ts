import { assert, integer, property } from 'fast-check';
import { divideHalfUp, formatUsd, parseCents, percentOf, scaledDecimal } from './money';

describe('money', () => {
  it.each([
    ['1294.84', 129484],
    ['3200', 320000],
    ['.5', 50],
    ['5.', 500],
    ['0', 0],
    ['-0', 0],
    ['00.00', 0],
    ['-3.1', -310],
    ['+2', 200],
    ['1.005', 101],
    ['1.004', 100],
    ['0.285', 29],
    ['999999.99', 99999999],
    ['', undefined],
    ['.', undefined],
    ['-', undefined],
    ['1,000', undefined],
    ['1e3', undefined],
    ['$5', undefined],
    ['99999999999999999999', undefined],
    [undefined, undefined],
  ])('reads %p as %p cents', (text, cents) => {
    expect(parseCents(text)).toBe(cents);
  });

  it('reads every amount of cents back exactly', () => {
    assert(
      property(integer({ min: -10_000_000_00, max: 10_000_000_00 }), (cents) => {
        expect(parseCents(formatUsd(cents).replace(/[$,]/g, ''))).toBe(cents);
      }),
    );
  });

  it.each([
    [1005, 50, 503],
    [1, 50, 1],
    [1, 49.9999, 0],
    [12345, 20, 2469],
    [33333, 33.3333, 11111],
    [10000, 0, 0],
    [10000, 100, 10000],
    [105, 1.1, 1],
    [150, 0.3333, 0],
  ])('takes of %i cents %f percent: %i', (cents, percent, expected) => {
    expect(percentOf(cents, percent)).toBe(expected);
  });

  it('rounds half up in exact integers', () => {
    expect([1n, 2n, 3n, -1n, -2n].map((n) => divideHalfUp(n, 2n))).toEqual([1n, 1n, 2n, -1n, -1n]);
  });

  it('reads decimals to any number of places', () => {
    expect(scaledDecimal('.2', 4)).toBe(2000);
    expect(scaledDecimal('0.33335', 4)).toBe(3334);
    expect(scaledDecimal('30', 0)).toBe(30);
  });

  it.each([
    [0, '$0.00'],
    [5, '$0.05'],
    [123450, '$1,234.50'],
    [-100000000, '-$1,000,000.00'],
    [99999, '$999.99'],
  ])('writes %i cents as %s', (cents, text) => {
    expect(formatUsd(cents)).toBe(text);
  });
});
