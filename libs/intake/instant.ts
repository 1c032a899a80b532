import { isCivilDate } from '@openvob/benefits';

const shape = /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(?:[Zz]|[+-](\d{2}):(\d{2}))$/;

/**
 * True for an instant of RFC 3339 with its zone, years 2000 to 2199. A date alone, a week (`2027-W01`) or a time without a zone is none, though
 * `Date` would make something of some of them.
 *
 * @example isInstant('2026-11-20T15:00:00-05:00') // true
 */
export function isInstant(text: string): boolean {
  const [, date, hours, minutes, seconds, zoneHours = '00', zoneMinutes = '00'] = shape.exec(text) ?? [];
  if (!isCivilDate(date) || date < '2000' || date >= '2200') return false;
  const isTime = Number(hours) < 24 && Number(minutes) < 60 && Number(seconds) < 60;
  return isTime && Number(zoneHours) < 24 && Number(zoneMinutes) < 60;
}
