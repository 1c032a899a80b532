import { hoursText, isOpenAt, readHours } from './opening-hours';

const week = ['mon', 'tue', 'wed', 'thu', 'fri'];

describe('opening hours', () => {
  test.each([
    ['Mon-Fri 08:00-18:00', [{ days: week, from: '08:00', to: '18:00' }]],
    [
      'mon - fri 8:00 – 18:00; Sat 09:00-12:00',
      [
        { days: week, from: '08:00', to: '18:00' },
        { days: ['sat'], from: '09:00', to: '12:00' },
      ],
    ],
    ['Mon, Wed-Fri 09:00-17:00', [{ days: ['mon', 'wed', 'thu', 'fri'], from: '09:00', to: '17:00' }]],
    ['Mon-Sun 00:00-24:00', [{ days: [...week, 'sat', 'sun'], from: '00:00', to: '24:00' }]],
  ])('%j are read', (text, spans) => {
    expect(readHours(text)).toEqual(spans);
  });

  test.each(['9 to 5', 'Mon-Fri', 'Fri-Mon 08:00-18:00', 'Mon-Fri 18:00-08:00', 'Foo 08:00-18:00', 'Mon-Fri 8am-6pm'])(
    '%j are left as they are written',
    (text) => {
      expect(readHours(text)).toBeUndefined();
    },
  );

  test.each([
    ['Mon-Fri 08:00-18:00'],
    ['Mon-Fri 08:00-18:00; Sat 09:00-12:00'],
    ['Mon, Wed-Fri 09:00-17:00'],
    ['Mon-Sun 00:00-24:00'],
  ])('%j are written as they were read', (text) => {
    expect(hoursText(readHours(text) ?? [])).toBe(text);
  });

  test.each([
    ['2026-03-02T13:00:00Z', 'America/New_York', true],
    ['2026-03-02T12:59:00Z', 'America/New_York', false],
    ['2026-03-02T23:00:00Z', 'America/New_York', false],
    ['2026-03-02T13:00:00Z', 'America/Los_Angeles', false],
    ['2026-03-01T18:00:00Z', 'America/New_York', false],
    ['2026-03-02T13:00:00Z', 'Eastern', undefined],
  ])('at %s in %s somebody answers: %j', (at, zone, answers) => {
    expect(isOpenAt(readHours('Mon-Fri 08:00-18:00') ?? [], zone, new Date(at))).toBe(answers);
  });
});
