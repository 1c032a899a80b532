import { putBareFacility } from '../../test/setup/bare-facility';
import { createTestDatabase, type TestDatabase } from '../../test/setup/database';
import { Database } from './database';
import { VerificationRow } from './entities';
import { JointTransactions, type Turn } from './joint-transactions';

const at = new Date('2026-11-20T15:00:00Z');
const facilityId = 'fac_shared';
const ids = ['ver_1', 'ver_2', 'ver_3'];

describe('transactions that are shared', () => {
  let home: TestDatabase;
  let database: Database;
  let shared: JointTransactions;

  beforeAll(async () => {
    home = await createTestDatabase();
    database = await Database.open({ url: home.applicationUrl, poolSize: 4 });
    await putBareFacility(database, facilityId, at);
    await database.inFacility(facilityId, async ({ manager }) => {
      for (const id of ids) {
        const row = { id, facilityId, version: 1, round: 1, status: 'received', needs: [], priority: 'today' as const };
        await manager.insert(VerificationRow, { ...row, createdAt: at, updatedAt: at });
      }
    });
  });
  beforeEach(() => {
    shared = new JointTransactions(database);
  });
  afterAll(async () => {
    await database.close();
    await home.drop();
  });

  /** Counts a verification's attempts up, and says in which transaction. */
  const countUp = (id: string): Promise<string> =>
    shared.inFacility({ facilityId, verificationId: id, turn: 'begins' }, async (tx) => {
      const row = await tx.locked(id);
      await tx.manager.update(VerificationRow, { id }, { attempts: (row?.attempts ?? 0) + 1 });
      const [at] = await tx.manager.query<{ xid: string }[]>('SELECT pg_current_xact_id()::text AS xid');
      return at?.xid ?? '';
    });

  const counts = (): Promise<number[]> =>
    database.inFacility(facilityId, async ({ manager }) => {
      const rows = await manager.find(VerificationRow, { order: { id: 'ASC' } });
      return rows.map(({ attempts }) => attempts);
    });

  it('begin and commit once for all who come at the same time', async () => {
    const before = await counts();
    const transactions = await Promise.all(ids.map(countUp));
    expect(new Set(transactions).size).toBe(1);
    expect(await counts()).toEqual(before.map((count) => count + 1));
  });

  it('leave a failure with whom it belongs to: of the database as of the work', async () => {
    const before = await counts();
    const fails = shared.inFacility({ facilityId, verificationId: 'ver_2', turn: 'begins' }, async (tx) => {
      await tx.locked('ver_2');
      await tx.manager.update(VerificationRow, { id: 'ver_2' }, { attempts: 99 });
      throw new Error('not today');
    });
    const refused = shared.inFacility({ facilityId, verificationId: 'ver_3', turn: 'begins' }, ({ manager }) =>
      manager.update(VerificationRow, { id: 'ver_3' }, { status: 'not a status' }),
    );
    const [first, second, third] = await Promise.allSettled([countUp('ver_1'), fails, refused]);
    expect(first).toMatchObject({ status: 'fulfilled' });
    expect(second).toMatchObject({ status: 'rejected', reason: { message: 'not today' } });
    expect(third).toMatchObject({ status: 'rejected', reason: { code: '23514' } });
    expect(await counts()).toEqual(before.map((count, index) => (index === 0 ? count + 1 : count)));
  });

  it('are two for two works on one verification, one after the other', async () => {
    const before = await counts();
    const transactions = await Promise.all([countUp('ver_1'), countUp('ver_1'), countUp('ver_2')]);
    expect(transactions[0]).toBe(transactions[2]);
    expect(transactions[1]).not.toBe(transactions[0]);
    expect(await counts()).toEqual(before.map((count, index) => count + ([2, 1][index] ?? 0)));
  });

  it('read what all need once', async () => {
    let reads = 0;
    const read = (id: string): Promise<unknown> =>
      shared.inFacility({ facilityId, verificationId: id, turn: 'begins' }, (tx) =>
        tx.once('count', async () => {
          reads += 1;
          return tx.manager.count(VerificationRow);
        }),
      );
    await expect(Promise.all(ids.map(read))).resolves.toEqual([3, 3, 3]);
    expect(reads).toBe(1);
  });

  it('take in first what leads to an inquiry, and who is furthest along, when there is more than they hold', async () => {
    const [started, done]: [Turn[], Promise<unknown>[]] = [[], []];
    const add = (turn: Turn, until: Promise<unknown> = Promise.resolve()): number =>
      done.push(shared.inFacility({ facilityId, turn }, () => until.then(() => started.push(turn))));
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    add('begins', held);
    await new Promise((next) => setImmediate(() => setImmediate(next)));
    for (let one = 0; one < 80; one += 1) add('is_answered');
    for (const turn of ['ends', 'begins', 'prepares', 'sends'] as const) add(turn);
    release();
    await Promise.all(done);
    expect(started.slice(1, 6)).toEqual(['sends', 'prepares', 'begins', 'ends', 'is_answered']);
  });

  it('hold the rows of one facility alone', async () => {
    const row = await shared.inFacility({ facilityId: 'fac_another', turn: 'begins' }, (tx) => tx.locked('ver_1'));
    expect(row).toBeUndefined();
  });
});
