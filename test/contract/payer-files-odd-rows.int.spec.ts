import { Database } from '@openvob/store';
import request from 'supertest';
import { type Body, type Spine, startSpine } from '../setup/spine';

const connecting = 'payer,connection,adapter,payer_reference,endpoint_url,settings';
const x12 = 'x12,OAK01,https://oak.example/core,senderId=TESTS | receiverId=OAK01';

describe('a row that nobody reckoned with in a file of payers', () => {
  let spine: Spine;
  let owner: Database;
  let key: string;
  const sql = (text: string, parameters: unknown[] = []): Promise<Body> => owner.directory.query(text, parameters);
  const known = async (...ids: string[]): Promise<string[]> =>
    (await sql('SELECT id FROM payer WHERE id = ANY ($1) ORDER BY id', [ids])).map(({ id }: { id: string }) => id);

  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined, withWorker: false });
    owner = await Database.open({ url: spine.database.ownerUrl, poolSize: 1 });
    key = await spine.keyFor('ops');
    const rows = ['payer,name,source,as_of', 'pay_oak,Oak Mutual,a list,2026-11-20', 'pay_ivy,Ivy Plan,,'];
    expect((await bring(rows)).body).toMatchObject({ added: 2, faultyRows: 0 });
    expect((await bring([connecting, `pay_oak,con_oak,${x12}`])).body).toMatchObject({ connectionsAdded: 1 });
  });
  afterAll(async () => {
    await owner.close();
    await spine.stop();
  });

  const bring = (lines: readonly string[], query = ''): request.Test =>
    request(spine.api.getHttpServer())
      .post(`/v1/payers/import${query}`)
      .set('Authorization', `Bearer ${key}`)
      .set('Content-Type', 'text/csv')
      .send(lines.join('\n'));

  test.each(['?dryRun=true', ''])(
    'with a day taken from its source is told, and its neighbours are kept %s',
    async (query) => {
      const { status, body } = await bring(
        ['payer,name,as_of', 'pay_before,Before Mutual,', 'pay_oak,Oak Mutual,', 'pay_after,After Mutual,'],
        query,
      );
      expect(status).toBe(200);
      expect(body).toMatchObject({
        added: 2,
        faultyRows: 1,
        faults: [{ line: 3, column: 'as_of', detail: expect.stringContaining('go together') }],
      });
      expect(await known('pay_before', 'pay_after')).toEqual(query === '' ? ['pay_after', 'pay_before'] : []);
      expect(await sql(`SELECT source FROM payer WHERE id = 'pay_oak'`)).toEqual([{ source: 'a list' }]);
    },
  );

  test('with a source or a day of its own alone is told by the one that is missing, of a connection too', async () => {
    await bring([`${connecting},source,as_of`, `pay_oak,con_oak,${x12},a list,2026-11-20`]);
    const { body } = await bring([`${connecting},as_of`, `pay_oak,con_oak,${x12},`]);
    expect(body.faults).toEqual([{ line: 2, column: 'as_of', detail: expect.stringContaining('go together') }]);
  });

  test.each([
    ['endpoint_url', 'pay_oak,con_oak,x12,OAK01,https://oak.example/\0core,senderId=TESTS | receiverId=OAK01,'],
    ['payer_reference', 'pay_oak,con_oak,x12,OAK\x001,https://oak.example/core,senderId=TESTS | receiverId=OAK01,'],
    ['adapter', 'pay_oak,con_oak,x\x0012,OAK01,https://oak.example/core,,yes'],
  ])('with a control character in %s is told by its column', async (column, row) => {
    const { status, body } = await bring([`${connecting},disabled`, row]);
    expect(status).toBe(200);
    expect(body.faults).toMatchObject([{ line: 2, column }]);
  });

  test('whose connection keeps credentials that cannot be opened is told, and the others are kept', async () => {
    await sql(`UPDATE payer_connection SET credentials = '\\x00' WHERE id = 'con_oak'`);
    const { status, body } = await bring([connecting, `pay_oak,con_oak,${x12}`, `pay_ivy,con_ivy,${x12}`]);
    await sql(`UPDATE payer_connection SET credentials = NULL WHERE id = 'con_oak'`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ connectionsAdded: 1, faultyRows: 1 });
    expect(body.faults).toMatchObject([{ line: 2, detail: expect.stringMatching(/^credentials cannot be opened/) }]);
  });

  test('that the database will not take costs itself alone, among several hundred', async () => {
    await sql(`ALTER TABLE payer ADD CONSTRAINT trap CHECK (name NOT LIKE 'Trap %')`);
    const traps = [7, 8, 431];
    const names = Array.from({ length: 520 }, (_, at) => `${traps.includes(at) ? 'Trap' : 'Kept'} Plan ${at}`);
    const { status, body } = await bring(['payer,name', ...names.map((name, at) => `pay_row_${at},${name}`)]);
    await sql('ALTER TABLE payer DROP CONSTRAINT trap');
    expect(status).toBe(200);
    expect(body).toMatchObject({ rows: 520, added: 517, faultyRows: 3 });
    expect(body.faults.map(({ line }: Body) => line)).toEqual(traps.map((at) => at + 2));
    expect(JSON.stringify(body.faults)).not.toContain('Trap');
    expect(await sql(`SELECT count(*)::integer AS n FROM payer WHERE id LIKE 'pay_row_%'`)).toEqual([{ n: 517 }]);
    expect(spine.logged.join()).toContain('directory.row_failed');
  });

  test('does not hide that the database takes nothing at all', async () => {
    await sql('ALTER TABLE directory_change RENAME TO directory_change_away');
    const { status } = await bring(['payer,name', 'pay_late,Late Mutual']);
    await sql('ALTER TABLE directory_change_away RENAME TO directory_change');
    expect(status).toBe(500);
    expect(await known('pay_late')).toEqual([]);
  });
});
