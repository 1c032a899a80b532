import pino from 'pino';

/** What a log line may carry: identifiers, states, counts and durations; never patient data. */
export type LogFields = Record<string, string | number | boolean | undefined>;

export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** JSON lines on standard output: one event per state change. */
export function createLog(name: string, level: string): Log {
  const logger = pino({ name, level, base: { name }, timestamp: pino.stdTimeFunctions.isoTime });
  return {
    debug: (event, fields) => logger.debug({ event, ...fields }),
    info: (event, fields) => logger.info({ event, ...fields }),
    warn: (event, fields) => logger.warn({ event, ...fields }),
    error: (event, fields) => logger.error({ event, ...fields }),
  };
}

/**
 * What may be logged of an error: its name, its code and where it was thrown. Never the message of a foreign error, which can
 * hold values (a database error quotes the offending row, an HTTP error its body).
 */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 6);
  return { error: error.name, code, at: frames.map((line) => line.trim().slice(3)).join(' < ') };
}
