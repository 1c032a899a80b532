import { earlier, recheckAfterRejection, recheckBeforeAdmission } from './recheck';

const rejection = (followUp: string) => ({
  level: 'subscriber' as const,
  code: '75',
  followUp,
  class: 'member_data' as const,
  advice: '',
  source: {},
});

describe('the day on which a payer is asked again', () => {
  test.each([
    ['2026-12-14', '2026-11-20', '2026-12-01'],
    ['2026-12-01', '2026-11-20', '2026-12-01'],
    ['2026-11-25', '2026-11-20', '2026-11-25'],
    ['2026-11-20', '2026-11-20', undefined],
    ['2026-03-02', '2026-11-20', undefined],
  ])('about an admission on %s, asked on %s: %s', (startDate, today, expected) => {
    expect(recheckBeforeAdmission(startDate, today)).toBe(expected);
  });

  test.each([
    ['W', '2026-12-20'],
    ['X', '2026-11-30'],
    ['C', undefined],
  ])('after follow-up %s: %s', (followUp, expected) => {
    expect(recheckAfterRejection([rejection(followUp)], '2026-11-20')).toBe(expected);
  });

  test('is the earlier of two', () => {
    expect([
      earlier('2026-12-01', '2026-11-30'),
      earlier(undefined, '2026-11-30'),
      earlier(undefined, undefined),
    ]).toEqual(['2026-11-30', '2026-11-30', undefined]);
  });
});
