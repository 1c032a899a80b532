import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { type Answering, asUnknownPayer, type Decided } from '../answering';
import type { FaultSpec } from '../faults/fault';
import { spoilReply } from '../faults/http-faults';
import type { AskedInquiry } from '../inquiry';
import { jsonReply, type Reply } from '../reply';
import { mockCheckOf, type PlayedBy } from './mock-checks';
import { type FromPayer, readFromPayer } from './payer-answer';
import { type Endpoint, readCheck } from './read-check';
import { writeRedesigned } from './write-redesigned';
import { type CheckFacts, writeV3, writeV3Acknowledgement } from './write-v3';

const paths: Readonly<Record<string, Endpoint>> = {
  '/stedi/2024-04-01/change/medicalnetwork/eligibility/v3': 'v3',
  '/stedi/2026-06-01/eligibility-check': '2026-06-01',
};

/** Which endpoint of the clearinghouse a path is. */
export function stediEndpoint(path: string): Endpoint | undefined {
  return Object.hasOwn(paths, path) ? paths[path] : undefined;
}

interface Desk {
  readonly answering: Answering;
  record(protocol: string, decided: Pick<Decided, 'inquiry' | 'as'>): Promise<void>;
}

/**
 * A clearinghouse in front of the same invented payers: it reads a check in JSON, asks the payer by X12, and gives the 271
 * back in JSON, in the shapes of the vendor that it stands in for. Any key will do but `wrong…`; a key `test_…` gets the
 * mock checks alone.
 */
export class StediFront {
  private checks = 0;

  constructor(private readonly desk: Desk) {}

  /** Answers a check; every one is recorded before that, also one that is refused. */
  async serve(endpoint: Endpoint, body: string, headers: IncomingHttpHeaders): Promise<Reply> {
    const protocol = `stedi-${endpoint}`;
    const refuse = async (as: string, reply: Reply): Promise<Reply> => {
      await this.desk.record(protocol, { as });
      return reply;
    };
    const key = headers.authorization?.replace(/^Key /, '') ?? '';
    if (key === '' || key.startsWith('wrong')) return refuse('key refused', keyRefused(endpoint));
    const read = readCheck(body, endpoint);
    if (read.kind === 'no_json') return refuse('no JSON', jsonReply(400, { message: 'The body is no JSON' }));
    if (read.kind === 'faults') return refuse('refused fields', fieldsRefused(endpoint, read.faults));
    const isTest = key.startsWith('test_');
    const mock = isTest ? mockCheckOf(read.inquiry) : undefined;
    if (isTest && !mock) return refuse('no mock check', noMockCheck());
    return this.check({
      endpoint,
      inquiry: read.inquiry,
      mode: isTest ? 'test' : 'production',
      playedBy: mock && 'playedBy' in mock ? mock.playedBy : undefined,
    });
  }

  private async check({ endpoint, inquiry, mode, playedBy }: Check): Promise<Reply> {
    this.checks += 1;
    const outboundTraceId = `SIM${String(this.checks).padStart(23, '0')}`;
    const facts: CheckFacts = {
      id: `ec_${randomUUID()}`,
      searchId: randomUUID(),
      outboundTraceId,
      payerId: inquiry.payer.id ?? '',
      mode,
    };
    const asked: AskedInquiry = {
      ...inquiry,
      // A canned answer carries the reference of the day on which it was recorded.
      reference: mode === 'test' ? 'CANNED00000000000000000001' : outboundTraceId,
      trace: `TRN${this.checks}`,
    };
    const decided = await this.desk.answering.decideFor(asked, playedBy);
    await this.desk.record(`stedi-${endpoint}`, decided);
    const good =
      decided.as === asUnknownPayer
        ? unknownPayer(endpoint, facts)
        : written(readFromPayer(await this.desk.answering.inTurn(decided)), endpoint, facts);
    return decided.faults.reduce((reply, fault) => spoiled(fault, reply, endpoint), good);
  }
}

interface Check {
  readonly endpoint: Endpoint;
  readonly inquiry: AskedInquiry;
  readonly mode: CheckFacts['mode'];
  readonly playedBy: PlayedBy | undefined;
}

/** The payer's answer in the vendor's words. A rejection of the provider comes with status 400, as published. */
function written(from: FromPayer, endpoint: Endpoint, facts: CheckFacts): Reply {
  switch (from.kind) {
    case 'answer': {
      const { answer } = from;
      const isProviderRejected = answer.receiver?.name.some(({ id }) => id === 'AAA') === true;
      const document = endpoint === 'v3' ? writeV3(answer, facts) : writeRedesigned(answer, facts);
      return jsonReply(isProviderRejected ? 400 : 200, document);
    }
    case 'acknowledgement':
      return jsonReply(200, endpoint === 'v3' ? writeV3Acknowledgement(facts, from) : { id: facts.id, x12: from.x12 });
    case 'broken':
      return jsonReply(500, { message: 'The payer’s response could not be read' });
  }
}

function spoiled(fault: FaultSpec, good: Reply, endpoint: Endpoint): Reply {
  if (fault.kind === 'envelope_error') return keyRefused(endpoint);
  const reply = spoilReply(fault, good);
  return fault.kind === 'status'
    ? { ...reply, ...problem(fault.status), headers: { ...reply.headers, ...json } }
    : reply;
}

const json = { 'content-type': 'application/json' };

function problem(status: number): Pick<Reply, 'body'> {
  const code = status === 429 ? { code: 'TOO_MANY_REQUESTS' } : {};
  return { body: JSON.stringify({ message: `The request ended in status ${status}`, ...code }) };
}

function keyRefused(endpoint: Endpoint): Reply {
  return jsonReply(endpoint === 'v3' ? 403 : 401, { message: 'The API key is missing or not valid' });
}

function fieldsRefused(endpoint: Endpoint, faults: readonly object[]): Reply {
  const message = `${faults.length} validation errors`;
  return jsonReply(400, endpoint === 'v3' ? { message, fieldList: faults } : { message, errors: faults });
}

function noMockCheck(): Reply {
  return jsonReply(400, { message: 'A test key takes the exact values of a mock request alone' });
}

function unknownPayer(endpoint: Endpoint, { id, payerId }: CheckFacts): Reply {
  const description = `Payer ${payerId} is not configured. Please check our published payer list.`;
  if (endpoint !== 'v3')
    return jsonReply(400, { message: description, errors: [{ path: '/payerId', message: description }] });
  const error = { code: '33', description, followupAction: 'Please Correct and Resubmit' };
  return jsonReply(400, { id, tradingPartnerServiceId: payerId, errors: [error], status: 'ERROR' });
}
