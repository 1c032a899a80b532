import { addDays, type CivilDate } from '@openvob/benefits';
import type { RelativeDate } from './content';

/** The civil date that a relative date means for an inquiry about `asked`. */
export function resolveDate(relative: RelativeDate, asked: CivilDate): CivilDate {
  if ('days' in relative) return addDays(asked, relative.days);
  const year = asked.slice(0, 4);
  const monthStart = `${asked.slice(0, 7)}-01`;
  switch (relative.of) {
    case 'year_start':
      return `${year}-01-01`;
    case 'year_end':
      return `${year}-12-31`;
    case 'month_start':
      return monthStart;
    case 'last_month_end':
      return addDays(monthStart, -1);
  }
}

/** `YYYY-MM-DD` as `CCYYMMDD`. */
export function packDate(date: CivilDate): string {
  return date.replaceAll('-', '');
}
