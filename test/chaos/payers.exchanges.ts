import { inspect } from 'node:util';
import { type Adapter, type Answer, adapters, type Connection, type Inquiry } from '@openvob/payers';
import { createHttp, type HttpClient, type Log, systemClock } from '@openvob/platform';
import { until } from '../../apps/standalone/processes';
import { canariesIn } from '../setup/patient-data';
import { memoryOf } from '../setup/process-costs';
import {
  type ChaosAdapter,
  chaosAdapters,
  type FailingPayers,
  type FaultCase,
  faultCases,
  startFailing,
} from './payers.cases';
import { canaries, letters, memberIdOf, subscriberOf } from './payers.people';

export interface ExchangesOptions {
  /** Inquiries of each fault through each adapter, all at once. */
  count: number;
  /** Deadline of an exchange, milliseconds. */
  timeoutMs: number;
  /** How much later one may end, and a socket be let go of, where other work keeps the machine busy, milliseconds; 1 s if left out. */
  graceMs?: number;
}

/** What came of one adapter's exchanges with payers that fail in every way. */
export interface ExchangesResult {
  adapter: ChaosAdapter;
  exchanges: number;
  /** How often what was called something else than it has to be, as `fault: answer`. */
  misnamed: Record<string, number>;
  /** Exchanges that ended later than their deadline and the grace. */
  late: number;
  longestMs: number;
  /** Sockets still open when all exchanges had ended and idle ones had been let go of. */
  socketsLeft: number;
  /** Patient data in logs and details. */
  leaks: string[];
  /** Memory that this process held at most while they ran, with the payers in it, bytes. */
  mostBytes: number;
}

const idleSocketMs = 300;
const usualGraceMs = 1000;
const mostAnswersAtOnce = 10;

/** Every fault through every adapter, without anything around it: bar R18 where breaker and limits would hide it. */
export async function failingExchanges(options: ExchangesOptions): Promise<ExchangesResult[]> {
  const results: ExchangesResult[] = [];
  for (const adapter of chaosAdapters) results.push(await throughOne(adapter, options));
  return results;
}

async function throughOne(name: ChaosAdapter, options: ExchangesOptions): Promise<ExchangesResult> {
  const payers = await Promise.all(faultCases.map((one) => startFailing(one, name)));
  const http = createHttp({ idleSocketMs, maxSockets: 4096 });
  const run = new Exchanges(name, http, options);
  try {
    const all = faultCases.map((one, index) => ({ one, payers: payers[index] as FailingPayers }));
    const hanging = all.filter(({ one }) => one.hangs).map((each) => run.all(each.one, each.payers));
    for (const each of all) if (!each.one.hangs) await run.all(each.one, each.payers);
    await Promise.all(hanging);
    return await run.result(payers);
  } finally {
    http.close();
    await Promise.all(payers.map((each) => each.close()));
  }
}

class Exchanges {
  private readonly adapter: Adapter;
  private readonly lines: string[] = [];
  private readonly durations: number[] = [];
  private readonly misnamed: Record<string, number> = {};
  private mostBytes = 0;

  constructor(
    private readonly name: ChaosAdapter,
    private readonly http: HttpClient,
    private readonly options: ExchangesOptions,
  ) {
    const adapter = adapters.get(name);
    if (!adapter) throw new Error(`No adapter named ${name}`);
    this.adapter = adapter;
  }

  async all(one: FaultCase, payers: FailingPayers): Promise<void> {
    const connection = connectionTo(this.name, payers.url, this.options.timeoutMs);
    const waiting = Array.from({ length: this.options.count }, (_, number) => number);
    const takeNext = async (): Promise<void> => {
      for (let number = waiting.pop(); number !== undefined; number = waiting.pop())
        await this.one(one, connection, number);
    };
    // Those that hang cost nothing, so all of them hang at once; too many answers at once would only wait for this process.
    const lanes: Promise<void>[] = [];
    for (let lane = 0; lane < (one.hangs ? this.options.count : mostAnswersAtOnce); lane += 1) {
      lanes.push(takeNext());
      await new Promise(setImmediate);
    }
    await Promise.all(lanes);
  }

  async result(payers: readonly FailingPayers[]): Promise<ExchangesResult> {
    const { timeoutMs, graceMs = usualGraceMs } = this.options;
    const open = async (): Promise<number> =>
      (await Promise.all(payers.map((each) => each.connections()))).reduce((sum, count) => sum + count, 0);
    await until(async () => (await open()) === 0, idleSocketMs + 3 * graceMs);
    return {
      adapter: this.name,
      exchanges: this.durations.length,
      misnamed: this.misnamed,
      late: this.durations.filter((ms) => ms > timeoutMs + graceMs).length,
      longestMs: Math.max(...this.durations),
      socketsLeft: await open(),
      leaks: canariesIn(this.lines.join('\n'), canaries),
      mostBytes: this.mostBytes,
    };
  }

  private async one(one: FaultCase, connection: Connection, number: number): Promise<void> {
    const startedAt = performance.now();
    const context = { signal: new AbortController().signal, clock: systemClock, http: this.http, log: this.log() };
    const answer = await this.adapter.verify(inquiryAbout(number, one.name), connection, context);
    this.durations.push(performance.now() - startedAt);
    this.mostBytes = Math.max(this.mostBytes, memoryOf(process.pid).now);
    const { evidence, ...told } = answer;
    this.lines.push(inspect(told.kind === 'unavailable' ? told : told.kind));
    const called = calledBy(answer);
    const name = `${one.name}: ${called}`;
    if (called !== one.called) this.misnamed[name] = (this.misnamed[name] ?? 0) + 1;
  }

  private log(): Log {
    const write = (event: string, fields?: object): void => void this.lines.push(inspect([event, fields]));
    return { debug: write, info: write, warn: write, error: write };
  }
}

function calledBy(answer: Answer): string {
  return answer.kind === 'unavailable' ? answer.why : answer.kind;
}

/** How an adapter reaches payers at this address. */
export function connectionTo(adapter: ChaosAdapter, url: string, timeoutMs: number): Connection {
  const ofX12 = { settings: { senderId: 'TESTWOOD', receiverId: 'NW001', usageIndicator: 'T' }, credentials: {} };
  const ofStedi = { settings: {}, credentials: { apiKey: 'production-key-77' } };
  return {
    id: `con_${adapter}`,
    adapter,
    endpointUrl: `${url}/${adapter}`,
    timeoutMs,
    ...(adapter === 'x12' ? ofX12 : ofStedi),
  };
}

function inquiryAbout(number: number, fault: string): Inquiry {
  const person = {
    firstName: `Zephyrinax${letters(number)}`,
    lastName: `Quorvintle${letters(number)}`,
    birthDate: '1957-08-23',
  };
  const memberId = memberIdOf(number, { memberIdPrefix: 'NWH' });
  const isChild = number % 2 === 1;
  return {
    id: `inq_${fault.replaceAll(/\W/g, '')}${number}`,
    trace: `CHAOS${fault.replaceAll(/\W/g, '').toUpperCase()}${number}`,
    payer: { name: 'Northwind Health Plan', id: 'NW001' },
    provider: { name: 'Testwood Recovery', npi: '1999999984' },
    subscriber: { ...(isChild ? subscriberOf(number) : person), memberId },
    ...(isChild ? { dependent: { ...person, relationship: 'child' as const } } : {}),
    serviceTypes: ['30'],
    serviceDate: '2026-03-02',
  };
}
