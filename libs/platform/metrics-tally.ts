import type { Log, LogFields } from './log';

/** How much a counter grew. */
export interface Count {
  readonly metric: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/**
 * Counts in this process what is added up over all processes elsewhere: whoever keeps the sums takes the growth from time to time, so
 * that no sum falls when a process ends.
 */
export class Tally {
  private counts = new Map<string, Count>();

  add(metric: string, labels: Readonly<Record<string, string>> = {}, by = 1): void {
    const key = [
      metric,
      ...Object.keys(labels)
        .sort()
        .map((name) => `${name}=${labels[name]}`),
    ].join('\n');
    this.counts.set(key, { metric, labels, value: (this.counts.get(key)?.value ?? 0) + by });
  }

  /** What was counted since the last time. */
  take(): Count[] {
    const taken = [...this.counts.values()];
    this.counts = new Map();
    return taken;
  }

  /** Counts that could not be kept go into the next taking. */
  giveBack(counts: readonly Count[]): void {
    for (const { metric, labels, value } of counts) this.add(metric, labels, value);
  }
}

/** A log whose events are counted by their names as well: events are few and say every change of state. */
export function countedLog(log: Log, tally: Tally): Log {
  const counted =
    (level: keyof Log) =>
    (event: string, fields?: LogFields): void => {
      log[level](event, fields);
      tally.add('events', { event, level });
      if (event === 'sweep.done') addSweep(tally, fields);
      if (event === 'verification.moved') addMove(tally, fields);
      if (event === 'inquiry.reused') addReuse(tally, fields);
    };
  return { debug: counted('debug'), info: counted('info'), warn: counted('warn'), error: counted('error') };
}

function addMove(tally: Tally, { to, reason }: LogFields = {}): void {
  tally.add('moves', { to: String(to) });
  if (to === 'failed') tally.add('failures', { reason: String(reason) });
}

function addSweep(tally: Tally, fields: LogFields = {}): void {
  for (const result of ['due', 'made']) tally.add('sweep_rows', { result }, Number(fields[result]) || 0);
}

function addReuse(tally: Tally, fields: LogFields = {}): void {
  const connection = String(fields.connectionId);
  tally.add('reused', { connection });
  tally.add('saved_cents', { connection }, Number(fields.costCents) || 0);
}
