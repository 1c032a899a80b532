import { askedDate } from './asked-date';

describe('the day that a payer is asked about', () => {
  const days = { begins: '2026-12-14', lastDay: '2027-02-05' };
  it.each([
    ['the admission, ahead of it', 1, '2026-12-01', '2026-12-14'],
    ['the admission, asked about for the first time after it', 1, '2026-12-20', '2026-12-14'],
    ['the admission, asked again ahead of it', 2, '2026-12-01', '2026-12-14'],
    ['the admission, on its own day', 2, '2026-12-14', '2026-12-14'],
    ['today, while the program is under way', 2, '2027-01-01', '2027-01-01'],
    ['today, on its last day', 3, '2027-02-05', '2027-02-05'],
    ['the admission, once the program is over', 2, '2027-02-06', '2026-12-14'],
  ])('is %s', (_what, round, today, expected) => {
    expect(askedDate({ ...days, round, today })).toBe(expected);
  });
});
