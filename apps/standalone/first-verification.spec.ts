import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describeVerification, runFirstVerification, type ShownVerification } from './first-verification';

describe('the first verification', () => {
  let server: Server;
  let seen: IncomingMessage[];
  let answers: [status: number, body: object][];

  beforeEach(async () => {
    seen = [];
    server = createServer((request, response) => {
      seen.push(request);
      const [status, body] = answers.shift() ?? [500, {}];
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterEach(() => new Promise((resolve) => server.close(resolve)));

  const caller = (): { url: string; apiKey: string } => ({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    apiKey: 'key',
  });

  test('is asked as any caller would ask', async () => {
    answers = [
      [202, { id: 'ver_1', status: 'queued' }],
      [200, { id: 'ver_1', status: 'verified' }],
    ];
    expect(await runFirstVerification(caller(), { program: { id: 'p' } })).toMatchObject({ status: 'verified' });
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /v1/verifications',
      'GET /v1/verifications/ver_1?wait=20',
    ]);
    expect(seen[0]?.headers).toMatchObject({
      authorization: 'Bearer key',
      'idempotency-key': expect.stringMatching(/./),
    });
  });

  test('a refusal is told in the API’s words', async () => {
    answers = [[422, { code: 'unknown_program' }]];
    await expect(runFirstVerification(caller(), {})).rejects.toThrow(
      /POST \/v1\/verifications answered 422.*unknown_program/,
    );
  });

  test('one that does not rest in time is not shown as a result', async () => {
    answers = [
      [202, { id: 'ver_1', status: 'queued' }],
      [200, { id: 'ver_1', status: 'asking_payer' }],
    ];
    await expect(runFirstVerification(caller(), {})).rejects.toThrow('still is asking_payer');
  });
});

describe('a result for people', () => {
  const verified: ShownVerification = {
    id: 'ver_1',
    status: 'verified',
    payer: { name: 'Invented Health' },
    program: { name: 'Evening IOP' },
    startDate: '2026-11-30',
    decision: { decision: 'covered_with_conditions', conditions: ['authorization_required'] },
    estimate: {
      total: { lowCents: 120_000, likelyCents: 250_050, highCents: 400_000 },
      firstDayCents: 30_000,
      perWeek: [{ patientCents: 90_000 }, { patientCents: 20_000 }, { patientCents: 0 }],
    },
    goodUntil: { date: '2026-11-30', because: 'end_of_month' },
  };

  test('says what is decided, what it costs, and how long that holds', () => {
    expect(describeVerification(verified)).toEqual([
      'payer          Invented Health',
      'program        Evening IOP, from 2026-11-30',
      'status         verified',
      'decision       covered with conditions, authorization required',
      'first day      $300.00',
      'typical week   $200.00',
      'whole program  $2,500.50 likely, between $1,200.00 and $4,000.00',
      'good until     2026-11-30 (end of month)',
    ]);
  });

  test('says nothing about money when there is no estimate', () => {
    expect(describeVerification({ id: 'ver_1', status: 'not_found', reason: 'member_not_found' })).toEqual([
      'status         not found: member not found',
    ]);
  });

  test('a range without a likely figure stays a range', () => {
    const estimate = { total: { lowCents: 0, highCents: 5_000 }, firstDayCents: 0, perWeek: [] };
    expect(describeVerification({ id: 'ver_1', status: 'needs_call', estimate })).toContain(
      'whole program  between $0.00 and $50.00',
    );
  });
});
