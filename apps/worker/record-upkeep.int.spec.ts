import { generateKeyRing, type LogFields, systemClock } from '@openvob/platform';
import { Retention, WebhookDeliveryList } from '@openvob/store';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../test/setup/database';
import { admissionOf, SealedFacility, silentLog } from '../../test/setup/sealed-facility';
import { until } from '../standalone/processes';
import { RecordUpkeep } from './record-upkeep';

describe('the upkeep of records', () => {
  let home: TestDatabase;
  let owner: Client;
  beforeAll(async () => {
    home = await createTestDatabase();
    owner = new Client({ connectionString: home.ownerUrl });
    await owner.connect();
  });
  afterAll(async () => {
    await owner.end();
    await home.drop();
  });

  test('goes on behind a facility whose key does not open, and says of which one', async () => {
    const ring = generateKeyRing();
    const before = await SealedFacility.open(home, { ring, clock: systemClock });
    for (const id of ['fac_a', 'fac_b']) {
      await before.setUp(id);
      await before.take(id, [admissionOf('Oldfield')]);
    }
    await before.database.close();
    await owner.query(`SET session_replication_role = replica`);
    await owner.query(`UPDATE verification SET status = 'cancelled', updated_at = now() - interval '400 days'`);
    await owner.query('UPDATE facility SET keep_days = 365');
    await owner.query(`UPDATE data_key SET wrapped = '\\x00' WHERE facility_id = 'fac_a'`);
    const { database, cipher, rotation } = await SealedFacility.open(home, { ring, clock: systemClock });
    if (!rotation) throw new Error('There are data keys');
    const warned: unknown[] = [];
    const log = { ...silentLog, warn: (_event: string, fields?: LogFields) => warned.push(fields?.facilityId) };
    const parts = { retention: new Retention(database, cipher), webhooks: new WebhookDeliveryList(database, cipher) };
    const upkeep = new RecordUpkeep({ rotation, ...parts, clock: systemClock, log }, 20);
    upkeep.start();
    const left = async (): Promise<string[]> =>
      (await owner.query<{ id: string }>('SELECT facility_id AS id FROM verification')).rows.map(({ id }) => id);
    const isDone = await until(async () => (await left()).length === 1, 20_000);
    await upkeep.stop();
    await database.close();
    expect([isDone, await left(), [...new Set(warned)]]).toEqual([true, ['fac_a'], ['fac_a']]);
  });
});
