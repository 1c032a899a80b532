/** What a log line may carry: identifiers, states, counts and durations; never patient data. */
export type LogFields = Record<string, string | number | boolean | undefined>;

export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}
