import { readCard } from './read-card';
import { readDate } from './read-date';

const today = '2026-11-22';

describe('a date as people type it', () => {
  test.each([
    ['4/12/1990', '1990-04-12'],
    ['04121990', '1990-04-12'],
    ['041290', '1990-04-12'],
    ['4-12-90', '1990-04-12'],
    ['1990-04-12', '1990-04-12'],
    ['Apr 12, 1990', '1990-04-12'],
    ['12 april 1990', '1990-04-12'],
    ['1/2/26', '2026-01-02'],
    ['1/2/27', '1927-01-02'],
  ])('%s', (text, date) => {
    expect(readDate(text, today)).toBe(date);
  });

  test.each(['', '13/13/1990', '2/30/1990', 'tomorrow', '4/12', '99999999'])('%s is none', (text) => {
    expect(readDate(text, today)).toBeUndefined();
  });
});

describe('the text of a card', () => {
  test('is read by its labels', () => {
    const text =
      'NORTHWIND HEALTH PLAN\nMember Name: AVERY, JORDAN M\nMember ID: NWH 0010001\nGroup #: 77120\nDOB 04/12/1990\nRxBIN 004336';
    expect(readCard(text, today)).toEqual({
      payerName: 'NORTHWIND HEALTH PLAN',
      firstName: 'Jordan',
      lastName: 'Avery',
      memberId: 'NWH0010001',
      groupNumber: '77120',
      birthDate: '1990-04-12',
    });
  });

  test('takes nothing out of what is no card', () => {
    expect(readCard('hello, are you open on Saturday?', today)).toEqual({});
    expect(readCard('\u0000\ufffd🎉'.repeat(50), today)).toEqual({});
  });
});
