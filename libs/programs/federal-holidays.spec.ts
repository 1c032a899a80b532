import { federalClosures, federalHolidays } from './federal-holidays';

describe('federal holidays', () => {
  it('of 2026 are those that the Office of Personnel Management publishes', () => {
    expect(federalHolidays(2026).map(({ date, observedOn }) => [date, observedOn])).toEqual([
      ['2026-01-01', '2026-01-01'],
      ['2026-01-19', '2026-01-19'],
      ['2026-02-16', '2026-02-16'],
      ['2026-05-25', '2026-05-25'],
      ['2026-06-19', '2026-06-19'],
      ['2026-07-04', '2026-07-03'],
      ['2026-09-07', '2026-09-07'],
      ['2026-10-12', '2026-10-12'],
      ['2026-11-11', '2026-11-11'],
      ['2026-11-26', '2026-11-26'],
      ['2026-12-25', '2026-12-25'],
    ]);
  });

  it('on a Sunday are kept on Monday', () => {
    expect(federalHolidays(2027).find(({ name }) => name === 'Independence Day')).toMatchObject({
      date: '2027-07-04',
      observedOn: '2027-07-05',
    });
  });

  it('close a program on the days on which they are kept, also on the last of the year before', () => {
    expect(federalClosures('2026-12-24', '2027-01-18')).toEqual(['2026-12-25', '2027-01-01', '2027-01-18']);
    expect(federalClosures('2027-12-20', '2027-12-31')).toEqual(['2027-12-24', '2027-12-31']);
    expect(federalClosures('2026-03-01', '2026-03-31')).toEqual([]);
  });
});
