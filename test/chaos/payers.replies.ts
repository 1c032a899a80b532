import { type Config, createLog, systemClock } from '@openvob/platform';
import { AdmissionRequests, Database, openCipher, VerificationReader } from '@openvob/store';
import type { Client } from 'pg';
import { Fleet, type FleetOptions } from '../setup/fleet';
import { facilityId } from '../setup/seed';
import { letters, memberIdOf, requestAbout, subscriberOf } from './payers.people';

export interface RepliesOptions extends FleetOptions {
  verifications: number;
  /** Inquiries in flight at once. */
  atOnce: number;
}

export interface RepliesResult {
  /** Verifications whose result came from an answer about another member, another name or another trace. */
  wrong: number;
  verified: number;
  /** Answers that were turned down because they were another inquiry's. */
  foreign: number;
  /** Verifications that rest for a reason other than a foreign answer. */
  otherwise: Record<string, number>;
}

const northwind = { id: 'pay_demo_northwind', memberIdPrefix: 'NWH' };

/**
 * Payers that give a third of all answers to the wrong inquiry, say every fifth twice, send every seventh response twice and take their time: whatever
 * a verification ends with has to be about its own person.
 */
export async function mixedUpReplies(options: RepliesOptions): Promise<RepliesResult> {
  const settings = { WORKER_CONCURRENCY: String(options.atOnce), PAYER_REREAD_SECONDS: '0.2,0.2' };
  const fleet = await Fleet.start({ ...options, settings: { ...settings, ...options.settings } });
  try {
    await fleet.agree({ maxInFlight: Math.min(options.atOnce, 1000), timeoutMs: 60_000 });
    for (const fault of [
      { kind: 'shuffle', waitMs: 5000, share: 1 / 3 },
      { kind: 'duplicate', share: 1 / 5 },
      { kind: 'sent_twice', share: 1 / 7 },
      { kind: 'latency', ms: 300, share: 1 / 2 },
      { kind: 'latency', ms: 700, share: 1 / 11 },
    ])
      await fleet.payers.playFault(fault);
    const numbers = Array.from({ length: options.verifications }, (_, number) => number);
    const ids = await fleet.requestAll(numbers.map((number) => requestAbout(number, northwind)));
    await fleet.launch('worker');
    await fleet.untilRested(ids.length, 600_000);
    return await judged(fleet, ids);
  } finally {
    await fleet.stop();
  }
}

/** What verifications of `requestAbout` ended with, in the order of their numbers. */
export async function judged(
  { owner, config }: { owner: Client; config: Config },
  ids: readonly string[],
  firstNumber = 0,
): Promise<RepliesResult> {
  const { rows } = await owner.query<{ id: string; traces: string[] }>(
    'SELECT verification_id AS id, array_agg(trace) AS traces FROM inquiry GROUP BY verification_id',
  );
  const tracesOf = new Map(rows.map(({ id, traces }) => [id, traces]));
  const database = await Database.open({ url: config.databaseUrl, poolSize: 4 });
  const { cipher } = openCipher(database, config, { clock: systemClock, log: createLog('checker', 'error') });
  const reader = new VerificationReader(database, cipher, new AdmissionRequests(cipher));
  const result: RepliesResult = { wrong: 0, verified: 0, foreign: 0, otherwise: {} };
  try {
    for (const [index, id] of ids.entries())
      await judge(reader, { number: firstNumber + index, id, traces: tracesOf.get(id) ?? [] }, result);
    return result;
  } finally {
    await database.close();
  }
}

interface Asked {
  number: number;
  id: string;
  traces: readonly string[];
}

async function judge(reader: VerificationReader, { number, id, traces }: Asked, result: RepliesResult): Promise<void> {
  const actor = { kind: 'api_key', id: 'checker' } as const;
  const view = await reader.read(facilityId, id, actor, new Date());
  const { answers = [] } = (await reader.answers(facilityId, id, actor, new Date())) ?? {};
  result.foreign += answers.filter(({ instead }) => instead?.why === 'foreign').length;
  if (answers.some(({ snapshot }) => snapshot && !isAbout(number, traces, snapshot))) result.wrong += 1;
  if (view?.status === 'verified') result.verified += 1;
  else if (view?.reason !== 'foreign_answer') {
    const name = `${view?.status} (${view?.reason})`;
    result.otherwise[name] = (result.otherwise[name] ?? 0) + 1;
  }
}

interface Named {
  firstName?: string | undefined;
  lastName?: string | undefined;
  memberId?: string | undefined;
}

/** Trace, member id and both names, all of them the person's own. */
function isAbout(
  number: number,
  traces: readonly string[],
  snapshot: { trace: string[]; subscriber: Named; patient: Named },
): boolean {
  const isChild = number % 2 === 1;
  const person = { firstName: `Zephyrinax${letters(number)}`, lastName: `Quorvintle${letters(number)}` };
  const policyHolder = isChild ? subscriberOf(number) : person;
  return (
    snapshot.trace.some((trace) => traces.includes(trace)) &&
    snapshot.subscriber.memberId === memberIdOf(number, northwind) &&
    isSame(snapshot.subscriber, policyHolder) &&
    isSame(snapshot.patient, person)
  );
}

function isSame(named: Named, person: { firstName: string; lastName: string }): boolean {
  return (
    named.firstName?.toUpperCase() === person.firstName.toUpperCase() &&
    named.lastName?.toUpperCase() === person.lastName.toUpperCase()
  );
}
