import { Database } from '@openvob/store';
import { type Spine, startSpine } from '../../test/setup/spine';
import { startWorker } from './main';

describe('a worker', () => {
  let spine: Spine;
  let owner: Database;
  const sql = (text: string): Promise<unknown> => owner.directory.query(text);

  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined, withWorker: false });
    owner = await Database.open({ url: spine.database.ownerUrl, poolSize: 1 });
  });
  afterAll(async () => {
    await owner.close();
    await spine.stop();
  });

  const start = async (): Promise<void> => {
    const worker = await startWorker(spine.config, spine.log);
    await worker.close();
  };

  test.each([
    ['a setting', `settings = settings - 'senderId'`, /con_pay_demo_northwind .*settings.senderId: must be/],
    ['the protocol', `adapter = 'fax'`, /con_pay_demo_northwind .*adapter: must be one of x12, stedi/],
    ['credentials', `credentials = '\\x00'`, /con_pay_demo_northwind .*credentials: cannot be opened/],
  ])('refuses to start on a connection with %s that cannot be used, and names it', async (_what, fault, message) => {
    await sql('CREATE TABLE kept AS SELECT * FROM payer_connection');
    await sql(`UPDATE payer_connection SET ${fault} WHERE id = 'con_pay_demo_northwind'`);
    await expect(start()).rejects.toThrow(message);
    await sql(
      `UPDATE payer_connection c SET settings = k.settings, adapter = k.adapter, credentials = k.credentials FROM kept k WHERE k.id = c.id`,
    );
    await sql('DROP TABLE kept');
  });

  test('starts on one that is out of use', async () => {
    await sql(`UPDATE payer_connection SET adapter = 'fax', disabled_at = now() WHERE id = 'con_pay_demo_northwind'`);
    await start();
  });

  test('lets limits that nobody agreed upon follow the protocol', async () => {
    await sql(
      `UPDATE payer_connection SET max_in_flight = 3, agreed_in_flight = NULL WHERE id = 'con_pay_demo_lantern'`,
    );
    await sql(
      `UPDATE payer_connection SET max_in_flight = 3, agreed_in_flight = 3 WHERE id = 'con_pay_demo_cedar_vale'`,
    );
    await start();
    expect(
      await sql(
        `SELECT id, max_in_flight AS most FROM payer_connection WHERE id IN ('con_pay_demo_lantern', 'con_pay_demo_cedar_vale') ORDER BY id`,
      ),
    ).toEqual([
      { id: 'con_pay_demo_cedar_vale', most: 3 },
      { id: 'con_pay_demo_lantern', most: 10 },
    ]);
  });
});
