import { adapters } from '@openvob/payers';
import { readPayerFile } from '@openvob/payers/directory';
import { FieldCipher } from '@openvob/platform';
import { Database, DirectoryExport, DirectoryImport } from '@openvob/store';
import request from 'supertest';
import { createTestDatabase } from '../setup/database';
import { type Body, facilityId, type Spine, startSpine, TestCaller } from '../setup/spine';

const header = 'payer,name,states,aliases,member_id_prefixes,network,identifier,administrator,source,as_of';

describe('the payer directory as a file', () => {
  let spine: Spine;
  let owner: Database;
  let key: string;
  const sql = (text: string, parameters: unknown[] = []): Promise<Body> => owner.directory.query(text, parameters);

  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined, withWorker: false });
    owner = await Database.open({ url: spine.database.ownerUrl, poolSize: 1 });
    key = await spine.keyFor('ops');
  });
  afterAll(async () => {
    await owner.close();
    await spine.stop();
  });

  const bring = (text: string | Buffer, query = '', by = key): request.Test =>
    request(spine.api.getHttpServer())
      .post(`/v1/payers/import${query}`)
      .set('Authorization', `Bearer ${by}`)
      .set('Content-Type', 'text/csv')
      .send(text);
  const exported = async (by = key): Promise<request.Response> =>
    request(spine.api.getHttpServer())
      .get('/v1/payers/export?format=csv')
      .set('Authorization', `Bearer ${by}`)
      .buffer(true);

  test('comes in: rows that can be used are taken, the others told with line, column and remedy', async () => {
    const file = [
      header,
      'pay_aspen,Aspen Mutual,NJ | NY,Aspen,ASP,,,,a list,2026-11-20',
      'pay_birch,Birch Plan,New Jersey,,,,,,,',
      'pay_birch,Birch Plan,NJ,,,edi,BIR01,pay_later,a list,2026-11-20',
      'pay_later,Later Behavioral,,,,,,,a list,2026-11-20',
      'pay_cedar,,,,,edi,CED01,,a list,2026-11-20',
      'pay_aspen,,,,,,,pay_nobody,a list,2026-11-20',
    ].join('\r\n');
    const { status, body } = await bring(file);
    expect(status).toBe(200);
    expect(body).toMatchObject({ rows: 6, added: 3, changed: 0, faultyRows: 3, dryRun: false });
    expect(body.faults).toEqual([
      { line: 3, column: 'states', detail: expect.stringContaining('two letters of a state') },
      { line: 6, column: 'payer', detail: 'is no payer of this directory: add a row with its name' },
      { line: 7, column: 'administrator', detail: 'is no payer of this directory: add a row with its name' },
    ]);
    const birch = await new TestCaller(spine).get('/v1/payers/pay_birch');
    expect(birch.body).toMatchObject({
      states: ['NJ'],
      identifiers: [{ network: 'edi', identifier: 'BIR01' }],
      administrators: [{ administratorId: 'pay_later', source: 'a list', asOf: '2026-11-20' }],
    });
    const found = await new TestCaller(spine).get('/v1/payers?search=ASP123456');
    expect(found.body.items[0].id).toBe('pay_aspen');
  });

  test('changes nothing the second time, and leaves no line', async () => {
    const file = `${header}\npay_dogwood,Dogwood Health,NJ,Dogwood,DGW,,,,a list,2026-11-20\npay_dogwood,,,,,edi,DOG01,,a list,2026-11-20\n`;
    expect((await bring(file)).body).toMatchObject({ added: 1 });
    const before = await sql('SELECT count(*)::integer AS n, max(updated_at) AS last FROM directory_change, payer');
    expect((await bring(file)).body).toMatchObject({ added: 0, changed: 0, unchanged: 1, faultyRows: 0 });
    expect(await sql('SELECT count(*)::integer AS n, max(updated_at) AS last FROM directory_change, payer')).toEqual(
      before,
    );
  });

  test('is only looked at in a dry run', async () => {
    const file = `${header}\npay_elm,Elm Plan,,,,,,,a list,2026-11-20\npay_elm,,,,,edi,ELM01,,a list,2026-11-20\npay_aspen,Aspen Changed,,,,,,,,\npay_x,,,,,,,pay_elm,,\n`;
    const { body } = await bring(file, '?dryRun=true');
    expect(body).toMatchObject({ rows: 4, added: 1, changed: 1, faultyRows: 1, dryRun: true });
    expect(await sql(`SELECT name FROM payer WHERE id IN ('pay_elm', 'pay_aspen')`)).toEqual([
      { name: 'Aspen Mutual' },
    ]);
  });

  test('withdraws and removes by its own column', async () => {
    await bring('payer,name,remove,network,identifier\npay_dogwood,,yes,edi,DOG01\n');
    const dogwood = await new TestCaller(spine).get('/v1/payers/pay_dogwood');
    expect(dogwood.body.identifiers).toEqual([]);
    await bring('payer,name,withdrawn\npay_dogwood,Dogwood Health,yes\n');
    expect((await new TestCaller(spine).get('/v1/payers?search=dogwood')).body.items).toEqual([]);
    await bring('payer,name,withdrawn\npay_dogwood,Dogwood Health,\n');
    expect((await new TestCaller(spine).get('/v1/payers?search=dogwood')).body.items).toHaveLength(1);
  });

  test('sets connections up for the role ops alone, checked as everywhere', async () => {
    const columns =
      'payer,connection,adapter,payer_reference,endpoint_url,settings,max_in_flight,service_types,quiet_hours';
    const quiet =
      '"{""timeZone"":""America/Denver"",""windows"":[{""on"":""every_day"",""from"":""22:00"",""to"":""06:00""}]}"';
    const row = `pay_aspen,con_aspen,x12,ASP01,https://aspen.example/core,senderId=TESTS | receiverId=ASP01,4,30 | MH,${quiet}`;
    expect((await bring(`${columns}\n${row}\n`, '', await spine.keyFor('admin'))).body).toMatchObject({
      connectionsAdded: 0,
      faults: [{ line: 2, column: 'adapter', detail: expect.stringContaining('role ops') }],
    });
    expect((await bring(`${columns}\n${row}\n`)).body).toMatchObject({ connectionsAdded: 1, faultyRows: 0 });
    expect((await bring(`${columns}\n${row}\n`)).body).toMatchObject({ connectionsAdded: 0, connectionsChanged: 0 });
    const faulty = row.replace('senderId=TESTS | ', '');
    expect((await bring(`${columns}\n${faulty}\n`)).body).toMatchObject({
      connectionsChanged: 0,
      faults: [{ line: 2, column: 'settings', detail: expect.stringMatching(/^settings\/senderId must be/) }],
    });
    const stolen = row.replace('pay_aspen', 'pay_birch');
    expect((await bring(`${columns}\n${stolen}\n`)).body.faults).toMatchObject([{ column: 'connection' }]);
    const shown = await request(spine.api.getHttpServer())
      .get('/v1/payers/pay_aspen/connections')
      .set('Authorization', `Bearer ${key}`);
    expect(shown.body.items).toMatchObject([
      { id: 'con_aspen', maxInFlight: 4, timeoutMs: 60_000, serviceTypes: ['30', 'MH'] },
    ]);
  });

  test('comes out as it came in: an import of it changes nothing, and fills an empty directory alike', async () => {
    await bring(`payer,name,aliases\npay_formula,"=HYPERLINK(""x"")","@home | -1 | +1 | Aspen, ""Inc"""\n`);
    const file = await exported();
    expect(file.headers['content-type']).toMatch(/^text\/csv/);
    expect(file.headers['content-disposition']).toContain('payers.csv');
    expect(file.text).toContain(`"'=HYPERLINK(""x"")"`);
    expect(file.text.split('\r\n').filter((line) => /(^|,)"?[=+@-]/.test(line))).toEqual([]);
    expect(file.text).not.toMatch(/credential|simulated/);
    const again = await bring(file.text);
    expect(again.body).toMatchObject({
      added: 0,
      changed: 0,
      connectionsAdded: 0,
      connectionsChanged: 0,
      faultyRows: 0,
    });

    const empty = await createTestDatabase();
    const database = await Database.open({ url: empty.applicationUrl, poolSize: 2 });
    const tools = { cipher: new FieldCipher(spine.config.keyRing), adapters };
    const options = {
      editor: { actor: { kind: 'command', id: 'tests' } },
      now: new Date(),
      dryRun: false,
      mayConnect: true,
    } as const;
    const rows = readPayerFile(
      (async function* () {
        yield file.text;
      })(),
      [],
    );
    const report = await new DirectoryImport(database, tools).run(rows, options);
    const text: string[] = [];
    for await (const part of new DirectoryExport(database).text({ withConnections: true })) text.push(part);
    await database.close();
    await empty.drop();
    // A connection whose credentials are left out of the file cannot be asked over: it is told, and nothing else is missing.
    const left = new Set(report.faults.map(({ line }) => file.text.split('\r\n')[line - 1]));
    expect([...left].every((line) => line?.includes(',stedi,'))).toBe(true);
    expect(text.join('')).toBe(
      file.text
        .split('\r\n')
        .filter((line) => !left.has(line))
        .join('\r\n'),
    );
  });

  test('holds no connections for the role admin', async () => {
    const { text } = await exported(await spine.keyFor('admin'));
    expect(text).toContain('pay_demo_northwind');
    expect(text).not.toContain('con_pay_demo_northwind');
  });

  test('is noted once in the trail of whoever brought it in', async () => {
    const [last] = await sql(
      `SELECT action, subject_id AS subject, detail FROM audit_entry WHERE facility_id = $1 AND action = 'directory.imported' ORDER BY id LIMIT 1`,
      [facilityId],
    );
    expect(last).toMatchObject({ subject: 'directory', detail: { rows: 6, added: 3, faultyRows: 3 } });
    const changes = await request(spine.api.getHttpServer())
      .get('/v1/payers/pay_aspen/changes')
      .set('Authorization', `Bearer ${key}`);
    expect(changes.body.items.at(-1)).toMatchObject({ action: 'payer.added' });
  });

  test.each([
    ['no file', '', 'text/csv', 400, 'malformed_request'],
    ['another header', 'colour\nblue\n', 'text/csv', 400, 'malformed_request'],
    ['JSON', '{}', 'application/json', 415, 'unsupported_media_type'],
    ['a form', 'a=1', 'application/x-www-form-urlencoded', 415, 'unsupported_media_type'],
  ])('is refused as %s', async (_what, text, type, status, code) => {
    const refused = await bring(text).set('Content-Type', type);
    expect([refused.status, refused.body.code]).toEqual([status, code]);
  });

  test('is taken by no other route', async () => {
    const refused = await request(spine.api.getHttpServer())
      .post('/v1/payers')
      .set('Authorization', `Bearer ${key}`)
      .set('Content-Type', 'text/csv')
      .send(header);
    expect([refused.status, refused.body.code]).toEqual([415, 'unsupported_media_type']);
  });

  test.each(['coordinator', 'machine', 'biller', 'supervisor', 'auditor'] as const)(
    'is not brought in by a key of role %s',
    async (role) => {
      expect((await bring(header, '', await spine.keyFor(role))).status).toBe(403);
    },
  );

  test('of 10,000 rows is brought in as it is read, some hundred rows ahead at most', async () => {
    let written = 0;
    let farthest = 0;
    async function* endless(): AsyncGenerator<string> {
      yield `${header}\n`;
      for (; written < 10_000; written += 1)
        yield `pay_many_${written % 400},Many ${written % 400},NJ,,,,,,a list,2026-11-20\n`;
    }
    async function* watched(): ReturnType<typeof readPayerFile> {
      let read = 0;
      for await (const row of readPayerFile(endless(), [])) {
        read += 1;
        farthest = Math.max(farthest, written - read);
        yield row;
      }
    }
    const database = await Database.open({ url: spine.config.databaseUrl, poolSize: 2 });
    const tools = { cipher: new FieldCipher(spine.config.keyRing), adapters };
    const options = {
      editor: { actor: { kind: 'command', id: 'tests' } },
      now: new Date(),
      dryRun: false,
      mayConnect: true,
    } as const;
    const report = await new DirectoryImport(database, tools).run(watched(), options);
    await database.close();
    expect(report).toMatchObject({ rows: 10_000, added: 400, faultyRows: 0 });
    expect(farthest).toBeLessThan(300);
  }, 120_000);
});
