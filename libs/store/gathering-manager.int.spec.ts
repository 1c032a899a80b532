import { EntityManager } from 'typeorm';
import { putBareFacility } from '../../test/setup/bare-facility';
import { createTestDatabase, type TestDatabase } from '../../test/setup/database';
import { Database } from './database';
import { AuditRow, DisclosureRow, GroundRow, ProgramRow, VerificationRow } from './entities';
import { GatheringManager } from './gathering-manager';

const at = new Date('2026-11-20T15:00:00.123Z');
const facilityId = 'fac_gathering';
const odd = 'it’s "x", \\ {a,b} NULL\n\t';

describe('rows that are written in the same turn', () => {
  let home: TestDatabase;
  let database: Database;

  beforeEach(async () => {
    home = await createTestDatabase();
    database = await Database.open({ url: home.applicationUrl, poolSize: 4 });
    await putBareFacility(database, facilityId, at);
    await database.inFacility(facilityId, async ({ manager }) => {
      for (const id of ['ver_1', 'ver_2', 'ver_3']) await manager.insert(VerificationRow, { ...verification, id });
    });
  });
  afterEach(async () => {
    await database.close();
    await home.drop();
  });

  const verification = {
    ...{ facilityId, version: 1, round: 1, status: 'received', needs: [], priority: 'today' as const },
    ...{ attempts: 0, createdAt: at, updatedAt: at },
  };
  const disclosure = (id: string, given: Partial<DisclosureRow>): Partial<DisclosureRow> => ({
    ...{ id, facilityId, verificationId: 'ver_1', at, how: 'export', basis: 'patient_request', purpose: odd },
    ...{ what: [], payerId: null, recipient: null, consentId: null, notice: 'none', subjectId: 's', disclosedBy: 'b' },
    ...given,
  });

  /** The work in a transaction of its own, with the statements that it took. */
  async function counted<T>(work: (manager: EntityManager) => Promise<T>): Promise<[T, string[]]> {
    return database.inFacility(facilityId, async ({ manager }) => {
      const asked: string[] = [];
      const gathering = new GatheringManager(manager);
      const query = gathering.query.bind(gathering);
      Object.defineProperty(gathering, 'query', {
        value: (text: string, values: unknown[]) => {
          asked.push(text.split(' ').slice(0, 3).join(' '));
          return query(text, values);
        },
      });
      return [await work(gathering), asked];
    });
  }

  const all = <Row extends object>(table: new () => Row, order: object): Promise<Row[]> =>
    database.inFacility(facilityId, ({ manager }) =>
      new EntityManager(manager.dataSource, manager.queryRunner).find(table, { order }),
    );

  it('go in by one statement a table, in their order, with every kind of value', async () => {
    const disclosures = [
      disclosure('dis_1', { what: [odd, '', 'plain', 'a,b'], recipient: Buffer.from([0, 255, 92, 34]) }),
      disclosure('dis_2', { what: ['null'], recipient: Buffer.alloc(0) }),
      disclosure('dis_3', { at: new Date('1999-12-31T23:59:59.999Z') }),
    ];
    const details = [{ of: [odd, 1, null] }, {}, { nothing: null }];
    const line = { facilityId, at, actorKind: 'worker', actorId: 'w', action: 'x', subjectId: 'ver_1' };
    const [, asked] = await counted((manager) =>
      Promise.all([
        ...disclosures.map((row) => manager.insert(DisclosureRow, row)),
        ...details.map((detail) => manager.insert(AuditRow, { ...line, detail })),
      ]),
    );
    expect(asked).toEqual(['INSERT INTO "disclosure"', 'INSERT INTO "audit_entry"']);
    expect(await all(DisclosureRow, { seq: 'ASC' })).toMatchObject(disclosures);
    expect((await all(AuditRow, { id: 'ASC' })).map(({ detail }) => detail)).toEqual(details);
  });

  it('of one shape go together, of others apart; what TypeORM alone can build is left to it', async () => {
    const program = {
      facilityId,
      name: odd,
      description: {},
      plan: { of: 3 },
      onFirstDay: [{ code: 'H0031' }],
      createdAt: at,
    };
    const [, asked] = await counted((manager) =>
      Promise.all([
        manager.insert(ProgramRow, { ...program, id: 'prg_1', withdrawnAt: null }),
        manager.insert(ProgramRow, { ...program, id: 'prg_2' }),
        manager.insert(ProgramRow, { ...program, id: 'prg_3', withdrawnAt: at }),
        manager.insert(ProgramRow, [
          { ...program, id: 'prg_4' },
          { ...program, id: 'prg_5' },
        ]),
      ]),
    );
    expect(asked.filter((text) => text === 'INSERT INTO "program"').length).toBe(2);
    const rows = await all(ProgramRow, { id: 'ASC' });
    expect(rows.map(({ id, withdrawnAt }) => [id, withdrawnAt])).toEqual([
      ['prg_1', null],
      ['prg_2', null],
      ['prg_3', at],
      ['prg_4', null],
      ['prg_5', null],
    ]);
    expect(rows).toMatchObject(rows.map(({ id }) => ({ ...program, id })));
  });

  it('take the place of what stood there', async () => {
    const ground = (id: string, content: string): Partial<GroundRow> => ({
      ...{ verificationId: id, round: 1, facilityId, content: Buffer.from(content), laidAt: at },
    });
    const lay = (content: string) =>
      counted((manager) =>
        Promise.all(
          ['ver_1', 'ver_2'].map((id) => manager.upsert(GroundRow, ground(id, content), ['verificationId', 'round'])),
        ),
      );
    await lay('first');
    const [, asked] = await lay('second');
    expect(asked).toEqual(['INSERT INTO "ground"']);
    expect((await all(GroundRow, { verificationId: 'ASC' })).map(({ content }) => String(content))).toEqual([
      'second',
      'second',
    ]);
  });

  it('are changed by one statement, and each is told whether its row was met', async () => {
    const change = (manager: EntityManager, id: string, version: number, needs: object[]) =>
      manager.update(
        VerificationRow,
        { id, version },
        { attempts: () => 'attempts + 2', needs, startDate: '2026-03-01', leaseUntil: at },
      );
    const [results, asked] = await counted((manager) =>
      Promise.all([
        change(manager, 'ver_3', 1, [{ kind: odd }]),
        change(manager, 'ver_1', 9, []),
        change(manager, 'ver_2', 1, []),
        change(manager, 'ver_x', 1, []),
      ]),
    );
    expect(results.map(({ affected }) => affected)).toEqual([1, 0, 1, 0]);
    expect(asked).toEqual(['UPDATE "verification" AS']);
    const changed = { attempts: 2, startDate: '2026-03-01', leaseUntil: at };
    expect(await all(VerificationRow, { id: 'ASC' })).toMatchObject([
      { attempts: 0, startDate: null },
      { ...changed, needs: [] },
      { ...changed, needs: [{ kind: odd }] },
    ]);
  });

  it('are changed one after the other where they are one row', async () => {
    await counted((manager) =>
      Promise.all(
        ['a', 'b', 'c'].map((reason) =>
          manager.update(VerificationRow, { id: 'ver_1' }, { reason, attempts: () => 'attempts + 1' }),
        ),
      ),
    );
    expect((await all(VerificationRow, { id: 'ASC' }))[0]).toMatchObject({ reason: 'c', attempts: 3 });
  });

  it('are refused without a condition', async () => {
    for (const where of [{}, { id: undefined as unknown as string }])
      await expect(counted((manager) => manager.update(VerificationRow, where, { attempts: 9 }))).rejects.toThrow();
    expect((await all(VerificationRow, {})).map(({ attempts }) => attempts)).toEqual([0, 0, 0]);
  });

  it('all learn of a refusal', async () => {
    const results = counted((manager) =>
      Promise.allSettled(
        ['ver_1', 'ver_nobody'].map((verificationId, index) =>
          manager.insert(DisclosureRow, disclosure(`dis_${index}`, { verificationId, how: 'nohow' })),
        ),
      ),
    );
    const [settled] = await results;
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await all(DisclosureRow, {})).toEqual([]);
  });
});
