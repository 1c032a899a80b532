import { putBareFacility } from '../../../test/setup/bare-facility';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import { Database } from '../database';
import { Upkeep } from './upkeep';

const now = new Date('2026-11-20T15:00:00Z');
const facilities = ['fac_busy', 'fac_small', 'fac_other'] as const;

describe('what is due', () => {
  let home: TestDatabase;
  let database: Database;
  let upkeep: Upkeep;

  beforeAll(async () => {
    home = await createTestDatabase();
    database = await Database.open({ url: home.applicationUrl, poolSize: 2 });
    upkeep = new Upkeep(database);
    for (const id of facilities) await putBareFacility(database, id, now);
  });
  afterAll(async () => {
    await database.close();
    await home.drop();
  });

  /** Rows that are late by so many minutes and less, a minute apart. */
  const late = (facilityId: string, count: number, minutes: number, bulk = false): Promise<unknown> =>
    database.inFacility(facilityId, ({ manager }) =>
      manager.query(
        `INSERT INTO verification (id, facility_id, version, round, status, needs, priority, bulk, next_look_at, created_at, updated_at)
         SELECT format('ver_%s_%s_%s', $1::text, $4::boolean, n), $1, 1, 1, 'received', '[]', 'today', $4, $3::timestamptz - make_interval(mins => $5 - n), $3, $3
         FROM generate_series(0, $2 - 1) AS n`,
        [facilityId, count, now, bulk, minutes],
      ),
    );

  it('comes from the facilities in turn, the oldest of each first, bulk work last', async () => {
    await late('fac_busy', 300, 400);
    await late('fac_small', 2, 20);
    await late('fac_other', 1, 10);
    await late('fac_other', 2, 390, true);
    const due = await upkeep.due(now, 3000, 20);
    expect(due.slice(0, 6).map(({ verificationId }) => verificationId)).toEqual([
      'ver_fac_busy_f_0',
      'ver_fac_small_f_0',
      'ver_fac_other_f_0',
      'ver_fac_busy_f_1',
      'ver_fac_small_f_1',
      'ver_fac_busy_f_2',
    ]);
  });

  it('is no more than was asked for, bulk work behind everything else', async () => {
    const due = await upkeep.due(now, 3000, 500);
    expect(due).toHaveLength(305);
    expect(due.slice(-2).map(({ lane }) => lane)).toEqual(['bulk', 'bulk']);
  });
});
