import { type Adapter, type Answer, type Connection, type Inquiry } from '@openvob/payers';
import { createHttp, systemClock } from '@openvob/platform';
import type { Measurement } from '../setup/measure';

/** An inquiry that a vendor publishes for its test system, and what it is to come to. */
export interface SandboxCase {
  readonly title: string;
  readonly inquiry: Inquiry;
  /** `benefits`, `rejected 42`, … */
  readonly expected: string;
}

const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * Asks a test system every case, one after the other.
 *
 * @throws when the adapter finds a fault with the connection: nothing is sent then
 */
export async function askAll(
  adapter: Adapter,
  connection: Connection,
  cases: readonly SandboxCase[],
): Promise<Measurement[]> {
  const faults = adapter.checkConnection(connection);
  if (faults.length > 0) throw new Error(`This connection cannot be used:\n${faults.join('\n')}`);
  const http = createHttp();
  const rows: Measurement[] = [];
  try {
    for (const { title, inquiry, expected } of cases) {
      const startedAt = performance.now();
      const context = { signal: new AbortController().signal, clock: systemClock, http, log };
      const came = gistOf(await adapter.verify(inquiry, connection, context));
      rows.push({
        what: title,
        value: performance.now() - startedAt,
        unit: 'ms',
        against: came,
        goal: expected,
        pass: came === expected,
      });
    }
  } finally {
    http.close();
  }
  return rows;
}

/** What an answer comes to, without anything of a person. */
export function gistOf(answer: Answer): string {
  switch (answer.kind) {
    case 'rejected':
      return `rejected ${[...new Set(answer.snapshot.rejections.map(({ code }) => code))].join(' ')}`;
    case 'unavailable':
      return `${answer.why} ${answer.detail}`;
    default:
      return answer.kind;
  }
}

/**
 * Variables of the environment that a test system needs.
 *
 * @throws naming those that are missing
 */
export function needed<N extends string>(
  names: readonly N[],
  env: Readonly<Record<string, string | undefined>>,
): Record<N, string> {
  const missing = names.filter((name) => !env[name]);
  if (missing.length > 0) throw new Error(`Nothing is sent: set ${missing.join(' and ')}.`);
  return Object.fromEntries(names.map((name) => [name, env[name]])) as Record<N, string>;
}

/** An inquiry for a test system; the date is today's on the east coast. */
export function sandboxInquiry(about: Pick<Inquiry, 'payer' | 'subscriber' | 'dependent'>): Inquiry {
  const stamp = systemClock.now();
  const trace = `SANDBOX${stamp.getTime()}`;
  return {
    id: `inq_${trace}`,
    trace,
    provider: { name: 'Provider Name', npi: '1999999984' },
    serviceTypes: ['30'],
    serviceDate: new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' }).format(stamp),
    ...about,
  };
}
