import { addDays, isCivilDate, weekdayOf } from '@openvob/benefits';
import { usualConsent, usualStart } from './seed';

const daysOf = (year: number) => Array.from({ length: 365 }, (_, day) => addDays(`${year}-01-01`, day));

test.each([2026, 2027, 2028, 2029, 2032])('a usual request of any day of %i may be made on it', (year) => {
  for (const today of daysOf(year)) {
    const now = new Date(`${today}T12:00:00Z`);
    const start = usualStart(now);
    const { signedOn } = usualConsent(now);
    expect([isCivilDate(start), weekdayOf(start), start.slice(0, 7)]).toEqual([true, 'mon', `${year}-03`]);
    expect(start >= addDays(today, -365) && start <= addDays(today, 500)).toBe(true);
    expect(isCivilDate(signedOn) && signedOn < today).toBe(true);
  }
});
