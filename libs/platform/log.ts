import pino from 'pino';
import { redacted } from './redact';

/** What a log line may carry: identifiers, states, counts and durations; never patient data. */
export type LogFields = Record<string, string | number | boolean | undefined>;

export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** JSON lines on standard output, past the redactor: one event per state change. */
export function createLog(name: string, level: string): Log {
  const logger = pino({ name, level, base: { name }, timestamp: pino.stdTimeFunctions.isoTime });
  return {
    debug: (event, fields) => {
      if (logger.isLevelEnabled('debug')) logger.debug({ event, ...shown(fields) });
    },
    info: (event, fields) => logger.info({ event, ...shown(fields) }),
    warn: (event, fields) => logger.warn({ event, ...shown(fields) }),
    error: (event, fields) => logger.error({ event, ...shown(fields) }),
  };
}

function shown(fields: LogFields = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, redacted(key, value)]));
}

/** What the framework would print by itself: that something happened and where, never its text, which can quote a value. */
export function frameworkLog(log: Log): Record<'log' | 'warn' | 'error' | 'fatal', (...words: unknown[]) => void> {
  const tell =
    (level: 'warn' | 'error') =>
    (message: unknown, ...rest: unknown[]) => {
      const context = rest.at(-1);
      const where = typeof context === 'string' && /^\w{1,60}$/.test(context) ? { context } : {};
      log[level]('framework.fault', { ...where, ...(message instanceof Error ? errorFields(message) : {}) });
    };
  return { log: () => undefined, warn: tell('warn'), error: tell('error'), fatal: tell('error') };
}

/** Ends the process on an error that nobody caught, after a line without its text: left alone, Node would print all that it holds. */
export function endOnBug(log: Log): void {
  for (const event of ['uncaughtException', 'unhandledRejection'])
    process.on(event, (error: unknown) => {
      log.error('process.bug', errorFields(error));
      process.exit(1);
    });
}

/**
 * Ends a process that was told to end and does not: with a database or a queue that no longer answers, taking leave of it takes for ever. Nothing is lost by
 * that: what it was at stands in rows, and whoever takes over resumes it.
 *
 * @param patienceMs how long its own end may take
 */
export function endInTime(log: Log, patienceMs: number): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      setTimeout(() => {
        log.warn('process.ended_late', { patienceMs });
        process.exit(1);
      }, patienceMs).unref();
    });
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
