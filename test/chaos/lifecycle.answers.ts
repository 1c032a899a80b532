import { type Answer, adapters, type Inquiry } from '@openvob/payers';
import { createHttp, type Log, systemClock } from '@openvob/platform';
import { type SimulatedFault, SimulatorDriver } from '@openvob/testing/simulator-driver';
import type { Status } from '@openvob/verification';
import { startSimulator } from '../../apps/payer-simulator/simulator';
import { connectionTo } from './payers.exchanges';

/** What a payer may answer, and where a verification that hears nothing else may end up then. */
export const endings = {
  complete: ['verified'],
  partial: ['needs_call'],
  inactive: ['inactive'],
  not_found: ['not_found'],
  correctable: ['needs_information'],
  down: ['waiting_for_payer', 'needs_call'],
  timeout: ['waiting_for_payer', 'needs_call'],
  throttled: ['waiting_for_payer', 'needs_call'],
  pending: ['waiting_for_payer', 'needs_call'],
  unreadable: ['waiting_for_payer', 'failed'],
  foreign: ['waiting_for_payer', 'failed'],
  configuration: ['failed'],
  needs_human: ['needs_call'],
  /** A bug in an adapter: tried again, then given to a person. */
  throws: ['asking_payer', 'failed'],
} as const satisfies Record<string, readonly Status[]>;

export type AnswerName = keyof typeof endings;
export const answerNames = Object.keys(endings) as AnswerName[];

export type Answers = Readonly<Record<Exclude<AnswerName, 'throws'>, Answer>>;

const quiet: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** One real answer of each kind, as simulated payers give it. */
export async function collectAnswers(): Promise<Answers> {
  const simulator = await startSimulator({ port: 0, host: '127.0.0.1' });
  const driver = new SimulatorDriver(simulator.url);
  const http = createHttp();
  const ask = async (scenario: string, fault?: SimulatedFault): Promise<Answer> => {
    if (fault) await driver.playFault({ ...fault, count: 1 });
    const signal = new AbortController().signal;
    const adapter = adapters.get('x12');
    if (!adapter) throw new Error('No x12 adapter');
    return adapter.verify(inquiryTo(scenario), connectionTo('x12', simulator.url, 20_000), {
      signal,
      clock: systemClock,
      http,
      log: quiet,
    });
  };
  const unavailable = (why: 'timeout'): Answer => ({ kind: 'unavailable', why, detail: why, evidence: {} });
  try {
    return {
      complete: await ask('001'),
      partial: await ask('003'),
      inactive: await ask('005'),
      not_found: await ask('006'),
      correctable: await ask('001', { kind: 'reject', code: '71' }),
      down: await ask('001', { kind: 'status', status: 503 }),
      timeout: unavailable('timeout'),
      throttled: await ask('001', { kind: 'status', status: 429, retryAfterSeconds: 20 }),
      pending: { kind: 'pending', reference: 'LATER1', pollAfterMs: 60_000, evidence: {} },
      unreadable: await ask('001', { kind: 'html' }),
      foreign: await ask('001', { kind: 'wrong_trace' }),
      configuration: await ask('001', { kind: 'status', status: 401 }),
      needs_human: { kind: 'needs_human', why: 'portal_only', evidence: {} },
    };
  } finally {
    http.close();
    await simulator.close();
  }
}

function inquiryTo(scenario: string): Inquiry {
  return {
    id: `inq_${scenario}`,
    trace: `LIFE${scenario}`,
    payer: { name: 'Northwind Health Plan', id: 'NW001' },
    provider: { name: 'Testwood Recovery', npi: '1999999984' },
    subscriber: {
      firstName: 'Marlow',
      lastName: 'Quillfeather',
      birthDate: '1988-03-14',
      memberId: `NWH${scenario}0001`,
    },
    serviceTypes: ['30'],
    serviceDate: '2026-03-02',
  };
}
