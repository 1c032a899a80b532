export {
  type AttendanceDay,
  type AttendanceSummary,
  asAttended,
  attendanceSummary,
  programDaysOf,
} from './attendance';
export { type AuthorizationRecord, authorizationStatuses, authorizationUnits } from './authorization-record';
export {
  type AuthorizationTimeline,
  attendanceFlags,
  authorizationFlags,
  authorizationTimeline,
  setAsideFlags,
} from './authorization-timeline';
export { authorizedCase, authorizedIop, type CoverageAuthorization } from './authorized-case';
export { type AuthorizedDays, authorizedDays } from './authorized-days';
