import { Client } from 'pg';
import { EntityManager, In, IsNull, MoreThan } from 'typeorm';
import { putBareFacility } from '../../test/setup/bare-facility';
import { createTestDatabase, type TestDatabase } from '../../test/setup/database';
import { Database } from './database';
import { AuditRow, ConsentRow, PayerRow, ProgramRow, VerificationRow } from './entities';

const at = new Date('2026-11-20T15:00:00.123Z');
const facilityId = `fac_o'hara`;

/** Rows of every type of column, read and written past TypeORM's builders, are the same as through them. */
describe('everyday statements', () => {
  let home: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    home = await createTestDatabase();
    database = await Database.open({ url: home.applicationUrl, poolSize: 4 });
    await putBareFacility(database, facilityId, at);
    await database.inFacility(facilityId, async ({ manager }) => {
      for (const id of ['prg_1', 'prg_2', 'prg_3']) await manager.insert(ProgramRow, { ...program, id, facilityId });
      for (const id of ['ver_1', 'ver_2', 'ver_3'])
        await manager.insert(VerificationRow, { ...verification, id, facilityId });
    });
  });
  afterAll(async () => {
    await database.close();
    await home.drop();
  });

  const program = {
    name: 'Mornings',
    description: { of: ['a', 1] },
    plan: {},
    onFirstDay: [{ code: 'H0031' }],
    createdAt: at,
    withdrawnAt: null,
  };
  const verification = {
    version: 1,
    round: 1,
    status: 'received',
    needs: [{ kind: 'call', message: 'it’s "x"' }],
    reference: Buffer.from([0, 255, 7]),
    priority: 'today' as const,
    startDate: '2026-03-01',
    attempts: 0,
    createdAt: at,
    updatedAt: at,
  };

  /** What our manager and TypeORM's own find, one after the other in one transaction. */
  async function both<T>(work: (manager: EntityManager) => Promise<T>): Promise<[T, T]> {
    return database.inFacility(facilityId, async ({ manager }) => {
      const theirs = new EntityManager(manager.dataSource, manager.queryRunner);
      return [await work(manager), await work(theirs)];
    });
  }

  test.each<[string, (manager: EntityManager) => Promise<unknown>]>([
    ['one by its id', (manager) => manager.findOneBy(VerificationRow, { id: 'ver_1' })],
    [
      'one under a lock',
      (manager) => manager.findOne(VerificationRow, { where: { id: 'ver_2' }, lock: { mode: 'pessimistic_write' } }),
    ],
    ['one that is not there', (manager) => manager.findOneBy(VerificationRow, { id: 'ver_x' })],
    [
      'one by bytes',
      (manager) => manager.findOneBy(VerificationRow, { reference: Buffer.from([0, 255, 7]), id: 'ver_3' }),
    ],
    [
      'some columns',
      (manager) => manager.findOne(VerificationRow, { where: { id: 'ver_1' }, select: { id: true, startDate: true } }),
    ],
    ['all, in order', (manager) => manager.find(ProgramRow, { order: { name: 'ASC', id: 'DESC' } })],
    [
      'those of a list that are not withdrawn',
      (manager) =>
        manager.find(ProgramRow, {
          where: { id: In(['prg_1', 'prg_3']), withdrawnAt: IsNull() },
          order: { id: 'ASC' },
        }),
    ],
    [
      'alternatives',
      (manager) =>
        manager.find(ProgramRow, {
          where: [{ id: 'prg_2' }, { withdrawnAt: IsNull(), id: In(['prg_1']) }],
          order: { id: 'ASC' },
        }),
    ],
    ['none of an empty list', (manager) => manager.find(ProgramRow, { where: { id: In([]) } })],
    ['by what only TypeORM builds', (manager) => manager.find(AuditRow, { where: { id: MoreThan('0') } })],
    ['a payer with its lists', (manager) => manager.find(PayerRow, { where: { id: 'pay_nobody' } })],
  ])('find %s', async (_what, work) => {
    const [ours, theirs] = await both(work);
    expect(ours).toEqual(theirs);
    expect([ours].flat()[0]?.constructor).toBe([theirs].flat()[0]?.constructor);
  });

  test('a condition without a value is refused, not left out', async () => {
    const work = (manager: EntityManager): Promise<unknown> =>
      manager.update(VerificationRow, { id: undefined as unknown as string }, { round: 7 });
    await expect(database.inFacility(facilityId, ({ manager }) => work(manager))).rejects.toThrow();
    await expect(
      database.inFacility(facilityId, ({ manager }) => manager.update(VerificationRow, {}, { attempts: 9 })),
    ).rejects.toThrow();
    const [rows] = await both((manager) => manager.find(VerificationRow));
    expect(rows.map(({ round, attempts }) => [round, attempts])).toEqual([
      [1, 0],
      [1, 0],
      [1, 0],
    ]);
  });

  test('a change tells how many rows it met, computes, and leaves out what was left out', async () => {
    await database.inFacility(facilityId, async ({ manager }) => {
      const leftOut: object = { reason: undefined };
      const change = { attempts: () => 'attempts + 2', needs: [], ...leftOut, startDate: null };
      const met = await manager.update(VerificationRow, { id: 'ver_1', version: 1 }, change);
      const missed = await manager.update(VerificationRow, { id: 'ver_1', version: 9 }, { attempts: 5 });
      expect([met.affected, missed.affected]).toEqual([1, 0]);
      const row = await manager.findOneByOrFail(VerificationRow, { id: 'ver_1' });
      expect(row).toMatchObject({ attempts: 2, needs: [], startDate: null, reason: null });
    });
  });

  test('what is put in twice is changed the second time; what the database counts is told', async () => {
    await database.inFacility(facilityId, async ({ manager }) => {
      await manager.upsert(ProgramRow, { ...program, id: 'prg_1', facilityId, name: 'Evenings' }, ['id']);
      expect(await manager.findOneByOrFail(ProgramRow, { id: 'prg_1' })).toMatchObject({
        name: 'Evenings',
        description: { of: ['a', 1] },
      });
      const line = {
        facilityId,
        at,
        actorKind: 'worker',
        actorId: 'w',
        action: 'x',
        subjectId: 'ver_1',
        detail: { round: 1 },
      } as AuditRow;
      await manager.insert(AuditRow, line);
      expect(await manager.findOneByOrFail(AuditRow, { id: line.id })).toMatchObject({ detail: { round: 1 }, at });
    });
  });

  test('a transaction that fails leaves nothing, and its connection serves the next', async () => {
    const consent = {
      id: 'cst_1',
      verificationId: 'ver_1',
      facilityId,
      signedOn: '2026-01-02',
      scope: 'this_payer' as const,
      recordedAt: at,
    };
    const failing = database.inFacility(facilityId, async ({ manager }) => {
      await manager.insert(ConsentRow, consent);
      await manager.insert(ConsentRow, consent);
    });
    await expect(failing).rejects.toThrow(/duplicate key/);
    const [left] = await both((manager) => manager.find(ConsentRow));
    expect(left).toEqual([]);
  });

  test('a facility is not seen outside of its transaction, nor by the next one on the connection', async () => {
    const single = await Database.open({ url: home.applicationUrl, poolSize: 1 });
    const seen = async (id: string): Promise<number> =>
      (await single.inFacility(id, ({ manager }) => manager.find(VerificationRow))).length;
    expect([await seen(facilityId), await seen('fac_b'), await seen(facilityId)]).toEqual([3, 0, 3]);
    expect(await single.directory.find(VerificationRow)).toEqual([]);
    await expect(single.inFacility(facilityId, ({ manager }) => manager.query('SELECT 1 / 0'))).rejects.toThrow();
    expect(await single.directory.find(VerificationRow)).toEqual([]);
    await single.close();
  });

  test('a statement whose plan no longer fits is prepared anew', async () => {
    const single = await Database.open({ url: home.applicationUrl, poolSize: 1 });
    const owner = new Client({ connectionString: home.ownerUrl });
    await owner.connect();
    await owner.query(
      `CREATE TABLE changing (a integer); GRANT SELECT ON changing TO openvob_app; INSERT INTO changing VALUES (1)`,
    );
    const read = (): Promise<unknown> => single.directory.query('SELECT * FROM changing WHERE a = $1', [1]);
    for (let times = 0; times < 7; times += 1) expect(await read()).toEqual([{ a: 1 }]);
    await owner.query('ALTER TABLE changing ADD COLUMN b text');
    await expect(read()).rejects.toThrow(/cached plan/);
    expect(await read()).toEqual([{ a: 1, b: null }]);
    await owner.end();
    await single.close();
  });
});
