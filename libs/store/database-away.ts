/** Of the connection: it was refused, cut or never came about. */
const lost = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND']);

/** SQLSTATEs of a server that stops, starts, or takes no more connections. */
const turnedAway = new Set(['57P01', '57P02', '57P03', '53300']);

/** What the driver says without a code when the connection ends under a statement, or none becomes free in time. */
const ended = [
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'Client has encountered a connection error and is not queryable',
];

/**
 * True of an error that tells that the database cannot be reached now, and nothing of what it was asked: the same may be asked again in a moment.
 * Whether a statement that was under way has been done is not known.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // SQLSTATE class 08: connection exception.
  if (lost.has(code) || turnedAway.has(code) || (code.length === 5 && code.startsWith('08'))) return true;
  return ended.some((words) => error.message.startsWith(words));
}
