/** What a job's data may hold; anything else that ever gets into a queue is not shown. */
const idKeys = new Set(['facilityId', 'verificationId', 'round', 'sentAt']);
const idShape = /^[\w.-]{1,80}$/;
/** An error's name and code, or a sentence of BullMQ's own. */
const codeShape = /^(\w{0,40}(Error|Failure|Problem)( [A-Z0-9_]{1,40})?|job stalled more than allowable limit)$/;

/** Keys under which a queue keeps what a program gave it or what went wrong, with what may be shown of it. */
const shown = new Map<string, (value: unknown) => unknown>([
  ['data', idsOf],
  ['returnValue', () => null],
  ['returnvalue', () => null],
  ['progress', (value) => (typeof value === 'number' ? value : 0)],
  ['stacktrace', () => []],
  ['failedReason', codeOf],
  ['deferredFailure', codeOf],
]);

/** A queue's answer as it may be shown: ids, times, counts and codes; whatever a job might hold beyond that is left out. */
export function idsOnly(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(idsOnly);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, (shown.get(key) ?? idsOnly)(inner)]));
}

function idsOf(data: unknown): unknown {
  if (Array.isArray(data)) return data.filter((entry) => typeof entry === 'number');
  if (typeof data !== 'object' || data === null) return {};
  return Object.fromEntries(Object.entries(data).filter(([key, value]) => idKeys.has(key) && isId(value)));
}

function isId(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && idShape.test(value));
}

function codeOf(reason: unknown): unknown {
  if (reason === undefined || reason === null) return reason;
  return typeof reason === 'string' && (reason === '' || codeShape.test(reason)) ? reason : 'hidden';
}
