import { randomUUID } from 'node:crypto';
import type { CivilDate } from '@openvob/benefits';

/** What is shown of a verification, as `GET /v1/verifications/{id}` answers it. */
export interface ShownVerification {
  readonly id: string;
  readonly status: string;
  readonly reason?: string;
  readonly needs?: readonly { readonly message: string }[];
  readonly payer?: { readonly name: string };
  readonly program?: { readonly name: string };
  readonly startDate?: CivilDate;
  readonly decision?: { readonly decision: string; readonly conditions: readonly string[] };
  readonly estimate?: {
    readonly total: { readonly lowCents: number; readonly likelyCents?: number; readonly highCents: number };
    readonly firstDayCents: number;
    readonly perWeek: readonly { readonly patientCents: number }[];
  };
  readonly goodUntil?: { readonly date: CivilDate; readonly because: string };
}

export interface Caller {
  readonly url: string;
  readonly apiKey: string;
}

const waitSeconds = 20;

/**
 * Asks for one verification as any caller would, over HTTP, and waits for its result.
 *
 * @throws Error with the API's own words when it is refused or does not rest in time
 */
export async function runFirstVerification(caller: Caller, request: unknown): Promise<ShownVerification> {
  const accepted = await send(caller, 'POST', '/v1/verifications', request);
  const shown = await send(caller, 'GET', `/v1/verifications/${accepted.id}?wait=${waitSeconds}`);
  if (underWay.has(shown.status)) throw new Error(`it still is ${shown.status} after ${waitSeconds} s`);
  return shown;
}

const underWay = new Set(['received', 'queued', 'asking_payer', 'waiting_for_payer']);

async function send({ url, apiKey }: Caller, method: string, path: string, body?: unknown): Promise<ShownVerification> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${apiKey}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout((waitSeconds + 10) * 1000),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 500)}`);
  return JSON.parse(text) as ShownVerification;
}

/** The result as lines of `name  value`, for people. */
export function describeVerification(shown: ShownVerification): string[] {
  const { decision, estimate, goodUntil } = shown;
  const rows: [string, string | undefined][] = [
    ['payer', shown.payer?.name],
    ['program', [shown.program?.name, shown.startDate && `from ${shown.startDate}`].filter(Boolean).join(', ')],
    ['status', [words(shown.status), shown.reason && words(shown.reason)].filter(Boolean).join(': ')],
    ['needs', shown.needs?.map(({ message }) => message).join(' ')],
    ['decision', decision && [decision.decision, ...decision.conditions].map(words).join(', ')],
    ['first day', estimate && dollars(estimate.firstDayCents)],
    ['typical week', estimate && dollars(median(estimate.perWeek.map((week) => week.patientCents)))],
    ['whole program', estimate && range(estimate.total)],
    ['good until', goodUntil && `${goodUntil.date} (${words(goodUntil.because)})`],
  ];
  return rows.flatMap(([name, value]) => (value ? [`${name.padEnd(15)}${value}`] : []));
}

const words = (code: string): string => code.replaceAll('_', ' ');

function range({ lowCents, likelyCents, highCents }: NonNullable<ShownVerification['estimate']>['total']): string {
  const span = lowCents === highCents ? '' : `between ${dollars(lowCents)} and ${dollars(highCents)}`;
  if (likelyCents === undefined) return span || dollars(lowCents);
  return [`${dollars(likelyCents)} likely`, span].filter(Boolean).join(', ');
}

function dollars(cents: number): string {
  return (cents / 100).toLocaleString('en-US', { style: 'currency', currency: 'USD' });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
