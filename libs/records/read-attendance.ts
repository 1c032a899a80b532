import type { AttendanceDay } from '@openvob/estimate';
import type { AttendanceContent, RecordContext } from '@openvob/store';
import { readBody, refused } from './body';

const mostDays = 750;
const mostServices = 40;

/**
 * Reads a sheet of attendance: one entry a date.
 *
 * @throws Problem `validation_failed`
 */
export function readAttendanceBody(body: unknown): AttendanceDay[] {
  return readBody(body, (fields) => {
    fields.only('days');
    const seen = new Set<string>();
    return fields.list('days', mostDays, (day): AttendanceDay => {
      day.only('date', 'attended', 'services');
      const date = day.date('date', 'needed') ?? '';
      if (seen.has(date)) day.fault('date', 'duplicate', 'stands twice on this sheet');
      seen.add(date);
      const attended = day.flag('attended', 'needed') ?? false;
      const services = day.texts('services', mostServices);
      if (services && !attended) day.fault('services', 'out_of_range', 'are of a day that was attended');
      return { date, attended, ...(services ? { services } : {}) };
    });
  });
}

/**
 * What of a sheet is new; nothing when all of it is recorded so already.
 *
 * @throws Problem `validation_failed`
 */
export function readAttendance(
  days: readonly AttendanceDay[],
  { ground, recorded, today }: RecordContext,
): { content: AttendanceContent } | undefined {
  const codes = new Set(ground?.plan.services.map(({ code }) => code));
  const faults = days.flatMap(({ date, services }, index) => [
    ...(date > today
      ? [{ pointer: `/days/${index}/date`, code: 'in_the_future', detail: 'must not lie in the future' }]
      : []),
    ...(ground && services?.some((code) => !codes.has(code))
      ? [
          {
            pointer: `/days/${index}/services`,
            code: 'unknown_value',
            detail: `must be among ${[...codes].join(', ')}`,
          },
        ]
      : []),
  ]);
  if (faults.length > 0) throw refused(faults);
  const known = new Map(recorded.attendance.map((day) => [day.date, JSON.stringify(day)]));
  const fresh = days.filter((day) => known.get(day.date) !== JSON.stringify(day));
  return fresh.length > 0 ? { content: { days: fresh } } : undefined;
}
