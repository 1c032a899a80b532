import { randomUUID } from 'node:crypto';
import { BatchService } from '@openvob/intake';
import { Problem } from '@openvob/platform';
import type { RowOutcome } from '@openvob/store';
import { Client } from 'pg';
import request from 'supertest';
import { SuiteClock } from '../setup/clock';
import {
  type Body,
  facilityId,
  programId,
  requestFor,
  type Spine,
  startSpine,
  TestCaller,
  usualConsent,
  usualStart,
} from '../setup/spine';

const ndjson = 'application/x-ndjson';
const member = (serial: number): string => `NWH001${String(serial).padStart(4, '0')}`;
const clock = new SuiteClock('2026-11-20T15:00:00Z');
const rowOf = (serial: number, change: object = {}): string =>
  JSON.stringify(requestFor(member(serial), change, clock.now()));
const rowsOf = (count: number, from = 1): string =>
  Array.from({ length: count }, (_, index) => rowOf(from + index)).join('\n');

/** What the suites share: how a file is sent, and what is read of the answer. */
class BatchCaller {
  constructor(
    readonly spine: Spine,
    readonly caller: TestCaller,
  ) {}

  send(body: string, type = ndjson, key: string = randomUUID(), as = this.caller): request.Test {
    return request(this.spine.api.getHttpServer())
      .post('/v1/verifications/batch')
      .set('Authorization', `Bearer ${as.key}`)
      .set('Idempotency-Key', key)
      .set('Content-Type', type)
      .buffer(true)
      .parse((response, done) => {
        let text = '';
        response.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        response.on('end', () => done(null, text));
      })
      .send(body);
  }

  async lines(body: string, type = ndjson, key: string = randomUUID()): Promise<Body[]> {
    return linesOf(await this.send(body, type, key));
  }

  async ask<T extends object>(sql: string): Promise<T[]> {
    const client = new Client({ connectionString: this.spine.database.ownerUrl });
    await client.connect();
    const { rows } = await client.query<T>(sql);
    await client.end();
    return rows;
  }

  async stored(): Promise<number> {
    return Number((await this.ask<{ count: string }>('SELECT count(*) FROM verification'))[0]?.count);
  }
}

function linesOf(response: { body: unknown }): Body[] {
  return String(response.body)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

describe('a file of requests', () => {
  let spine: Spine;
  let caller: TestCaller;
  let batch: BatchCaller;
  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined });
    caller = new TestCaller(spine);
    batch = new BatchCaller(spine, caller);
  });
  afterAll(() => spine.stop());

  test('is answered row by row, and one that is broken does not keep the others', async () => {
    const rows = [
      rowOf(1),
      '{"patient":',
      rowOf(2, { program: { id: 'prg_nowhere' } }),
      '',
      rowOf(3, { patient: { firstName: 'Marlow', birthDate: '1988-02-30', relationship: 'self' } }),
      rowOf(4),
    ];
    const response = await batch.send(rows.join('\n'));
    expect([response.status, response.headers['content-type']]).toEqual([202, `${ndjson}; charset=utf-8`]);
    const lines = linesOf(response);
    expect(lines.map(({ row, line }) => [row, line])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 5],
      [5, 6],
    ]);
    expect(lines[0]).toMatchObject({ status: expect.any(String), links: { self: `/v1/verifications/${lines[0].id}` } });
    expect(lines[1]).toEqual({
      row: 2,
      line: 2,
      problem: expect.objectContaining({ status: 400, code: 'unparsable_body' }),
    });
    expect(lines[2].problem).toMatchObject({
      status: 422,
      code: 'unknown_program',
      errors: [{ pointer: '/program/id' }],
    });
    expect(lines[3].problem.errors.map((one: Body) => one.pointer).sort()).toEqual([
      '/patient/birthDate',
      '/patient/lastName',
    ]);
    expect(JSON.stringify(lines)).not.toContain('Marlow');
    const shown = await Promise.all([lines[0], lines[4]].map(({ id }) => caller.rested(id)));
    expect(shown.map(({ status }) => status)).toEqual(['verified', 'verified']);
    const progress = (await caller.get(response.headers.location ?? '')).body;
    expect(progress).toMatchObject({
      rows: 5,
      accepted: 2,
      refused: 3,
      byStatus: { verified: 2 },
      finishedAt: expect.any(String),
    });
    const listed = await caller.get(`/v1/verifications?batch=${progress.id}`);
    expect(listed.body.items.map((one: Body) => one.id).sort()).toEqual([lines[0].id, lines[4].id].sort());
    expect(listed.body.items[0].priority).toBe('routine');
  });

  test('as a table is read by its header, a broken row named with its column', async () => {
    const header =
      'Member ID,firstName,lastName,birthDate,relationship,payerId,programId,startDate,network,consentSignedOn,consentScope';
    const { signedOn, scope } = usualConsent(clock.now());
    const rest = `self,pay_demo_northwind,prg_test,${usualStart(clock.now())},in,${signedOn},${scope}`;
    const table = [
      header,
      `${member(21)},Marlow,Quillfeather,1988-03-14,${rest}`,
      `${member(22)},"Marlow,Quillfeather,1988-03-14,${rest}`,
      `${member(23)},Marlow,Quillfeather,14.3.1988,${rest}`,
      `${member(24)},"Mar""low",Quillfeather,1988-03-14,${rest},`,
      `${member(25)},Marlow,Quillfeather,1988-03-14,${rest}`,
    ].join('\r\n');
    const lines = await batch.lines(table, 'text/csv; charset=utf-8');
    expect(lines.map(({ line, id }) => [line, id !== undefined])).toEqual([
      [2, true],
      [3, false],
      [4, false],
      [5, false],
      [6, true],
    ]);
    expect(lines[1].problem.errors).toMatchObject([{ pointer: '', code: 'malformed' }]);
    expect(lines[2].problem.errors).toMatchObject([{ pointer: '/patient/birthDate', column: 'birthDate' }]);
    expect(lines[3].problem.errors).toMatchObject([{ pointer: '', code: 'too_many' }]);
    expect((await caller.rested(lines[4].id)).status).toBe('verified');
  });
});

describe('a file of requests at the border', () => {
  let spine: Spine;
  let caller: TestCaller;
  let batch: BatchCaller;
  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined, withWorker: false, clock });
    caller = new TestCaller(spine);
    batch = new BatchCaller(spine, caller);
  });
  afterAll(() => spine.stop());

  test('sent again under its key gives the same ids; another file under it is refused', async () => {
    const key = randomUUID();
    const file = `${rowsOf(60, 100)}\n{}`;
    const first = linesOf(await batch.send(file, ndjson, key));
    const before = await batch.stored();
    const again = linesOf(await batch.send(file, ndjson, key));
    expect(again.map(({ id, problem }) => id ?? problem.code)).toEqual(
      first.map(({ id, problem }) => id ?? problem.code),
    );
    expect(again).toHaveLength(61);
    for (const [other, type] of [
      [rowsOf(60, 101), ndjson],
      [file, 'text/csv'],
    ] as const) {
      const refused = await batch.send(other, type, key);
      expect([refused.status, JSON.parse(refused.body as string).code]).toEqual([422, 'idempotency_key_reused']);
    }
    expect(await batch.stored()).toBe(before);
    clock.set('2026-11-21T15:10:00Z');
    expect(linesOf(await batch.send(rowOf(1), ndjson, key))).toHaveLength(1);
    clock.set('2026-11-20T15:00:00Z');
  });

  test.each<[string, string, string, number, string]>([
    ['without rows', '\n\n', ndjson, 422, 'validation_failed'],
    ['with a header that is none', 'Marlow,Quillfeather\nx,y', 'text/csv', 422, 'validation_failed'],
    ['with one row too many', '{}\n'.repeat(10_001), ndjson, 413, 'body_too_large'],
    ['of nothing but line ends', '\n'.repeat(60_000), ndjson, 413, 'body_too_large'],
    ['of another type', '[]', 'application/json', 415, 'unsupported_media_type'],
  ])('%s is refused as a whole, and leaves nothing behind', async (_what, file, type, status, code) => {
    const before = await batch.ask('SELECT id FROM batch');
    const response = await batch.send(file, type);
    const body = JSON.parse(response.body as string);
    expect([response.status, body.code, response.headers['content-type']]).toEqual([
      status,
      code,
      'application/problem+json; charset=utf-8',
    ]);
    expect(JSON.stringify(body)).not.toContain('Marlow');
    expect(await batch.ask('SELECT id FROM batch')).toEqual(before);
  });

  test('needs a key, and a role; and is nobody else’s', async () => {
    const bare = await request(spine.api.getHttpServer())
      .post('/v1/verifications/batch')
      .set('Authorization', `Bearer ${caller.key}`)
      .set('Content-Type', ndjson)
      .send(rowOf(1));
    expect([bare.status, bare.body.code]).toEqual([400, 'idempotency_key_missing']);
    const auditor = new TestCaller(spine, await spine.keyFor('auditor'));
    expect((await batch.send(rowOf(1), ndjson, randomUUID(), auditor)).status).toBe(403);
    const mine = await batch.send(rowOf(1));
    const stranger = new TestCaller(spine, await spine.keyFor('coordinator', 'fac_elsewhere'));
    expect((await stranger.get(mine.headers.location ?? '')).status).toBe(404);
    expect(
      (await stranger.get(`/v1/verifications?batch=${mine.headers.location?.split('/').at(-1)}`)).body.items,
    ).toEqual([]);
  });

  describe('when something breaks', () => {
    const coming = (
      chunks: AsyncIterable<Uint8Array>,
      idempotencyKey: string,
    ): Parameters<BatchService['receive']>[0] => ({
      facilityId,
      actor: { kind: 'api_key', id: 'key_test' },
      idempotencyKey,
      format: 'ndjson',
      chunks,
    });
    async function* text(...parts: string[]): AsyncGenerator<Uint8Array> {
      for (const part of parts) yield Buffer.from(part);
    }
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(`${rowsOf(250, 300)}\n`);
      throw new Error('the connection was cut');
    }
    const service = (): BatchService => spine.api.get(BatchService, { strict: false });
    const collected = async (outcomes: AsyncIterable<RowOutcome[]>): Promise<RowOutcome[]> => {
      const all: RowOutcome[] = [];
      for await (const rows of outcomes) all.push(...rows);
      return all;
    };

    test('an upload that breaks off takes nothing in, and may be sent again', async () => {
      const before = await batch.stored();
      const key = randomUUID();
      await expect(service().receive(coming(broken(), key))).rejects.toThrow('the connection was cut');
      expect(await batch.stored()).toBe(before);
      expect(linesOf(await batch.send(rowsOf(2, 300), ndjson, key))).toHaveLength(2);
    });

    test('a process that dies in the middle leaves a batch that others go on with, each row once', async () => {
      const before = await batch.stored();
      const key = randomUUID();
      const file = rowsOf(120, 400);
      const kept = await service().receive(coming(text(file), key));
      const dying = service().outcomes(kept);
      const first = (await dying.next()).value as RowOutcome[];
      expect(first.length).toBeGreaterThan(0);
      expect(first.length).toBeLessThan(120);
      // It is never heard of again; half a minute later somebody sees to it.
      clock.set('2026-11-20T15:00:30Z');
      const again = await batch.send(file, ndjson, key);
      const ids = linesOf(again).map(({ id }) => id);
      expect(ids.slice(0, first.length)).toEqual(first.map(({ verificationId }) => verificationId));
      expect([ids.length, new Set(ids).size]).toEqual([120, 120]);
      expect(await batch.stored()).toBe(before + 120);
      expect(await collected(service().outcomes(kept))).toHaveLength(120);
    });

    test('a batch that nobody asks for again is taken in all the same', async () => {
      const before = await batch.stored();
      const kept = await service().receive(coming(text(rowsOf(70, 700)), randomUUID()));
      const finished = async (): Promise<boolean> =>
        (await caller.get(`/v1/verifications/batch/${kept.batchId}`)).body.finishedAt !== undefined;
      for (const deadline = performance.now() + 15_000; !(await finished()); ) {
        if (performance.now() > deadline) throw new Error('nobody went on with it');
        await new Promise((next) => setTimeout(next, 50));
      }
      expect(await batch.stored()).toBe(before + 70);
    });

    test('a row that the database refuses does not keep the others', async () => {
      await batch.ask(`ALTER TABLE admission_request ADD CONSTRAINT planted CHECK (patient_phone IS NULL) NOT VALID`);
      const odd = rowOf(801, {
        patient: { ...(requestFor(member(801), {}, clock.now()).patient as object), phone: '555-0100' },
      });
      const lines = linesOf(await batch.send([rowOf(800), odd, rowOf(802)].join('\n')));
      await batch.ask('ALTER TABLE admission_request DROP CONSTRAINT planted');
      expect(lines.map(({ id, problem }) => problem?.code ?? typeof id)).toEqual([
        'string',
        'internal_error',
        'string',
      ]);
    });

    test('a stopping process breaks off its answer, and does not pretend to have finished', async () => {
      const parts = Reflect.get(service(), 'parts') as ConstructorParameters<typeof BatchService>[0];
      const stopping = new BatchService(parts);
      const kept = await stopping.receive(coming(text(rowsOf(120, 900)), randomUUID()));
      const outcomes = stopping.outcomes(kept);
      await outcomes.next();
      stopping.stop();
      await expect(collected(outcomes)).rejects.toBeInstanceOf(Problem);
      expect(await collected(service().outcomes(kept))).toHaveLength(120);
    });
  });

  test('is kept as it comes: of ten thousand rows a few hundred at most are held', async () => {
    let ahead = 0;
    const held = async (): Promise<number> =>
      Number(
        (await batch.ask<{ count: string }>('SELECT count(*) FROM batch_row WHERE content IS NOT NULL'))[0]?.count,
      );
    const before = await held();
    async function* rows(): AsyncGenerator<Uint8Array> {
      for (let row = 1; row <= 10_000; row += 1) {
        yield Buffer.from('{"patient":{}}\n');
        if (row % 1000 === 0) ahead = Math.max(ahead, row - ((await held()) - before));
      }
    }
    const service = spine.api.get(BatchService, { strict: false });
    const actor = { kind: 'api_key' as const, id: 'key_test' };
    await service.receive({ facilityId, actor, idempotencyKey: randomUUID(), format: 'ndjson', chunks: rows() });
    expect(ahead).toBeLessThanOrEqual(200);
    expect((await held()) - before).toBe(10_000);
  });

  test('keeps nothing readable at rest, and nothing at all once taken in', async () => {
    await batch.send(rowsOf(3, 950));
    const rows = await batch.ask<{ content: Buffer | null; problem: object | null }>(
      `SELECT content, problem FROM batch_row WHERE verification_id IS NOT NULL`,
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every(({ content }) => content === null)).toBe(true);
    const open = await batch.ask<{ content: Buffer }>(
      'SELECT content FROM batch_row WHERE content IS NOT NULL LIMIT 5',
    );
    expect(open.every(({ content }) => !content.toString('latin1').includes('patient'))).toBe(true);
    expect(programId).toBe('prg_test');
  });
});
