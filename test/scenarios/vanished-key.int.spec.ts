import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyRing } from '@openvob/platform';
import { Client } from 'pg';
import { until } from '../../apps/standalone/processes';
import { startWorker } from '../../apps/worker/main';
import { SuiteClock } from '../setup/clock';
import { requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

const minuteMs = 60_000;

/** The master key is gone while API and worker run: nobody is answered, nothing is given up, and it goes on once the key is there again. */
describe('a key that vanished', () => {
  let spine: Spine;
  let owner: Client;
  let caller: TestCaller;
  const folder = mkdtempSync(join(tmpdir(), 'openvob-vanished-'));
  const file = join(folder, 'keys.json');
  const ring = generateKeyRing();
  const ofApi = new SuiteClock(new Date().toISOString());
  const ofWorker = new SuiteClock(new Date().toISOString());
  const isLater = (clock: SuiteClock, minutes: number): void =>
    clock.set(new Date(Date.now() + minutes * minuteMs).toISOString());

  beforeAll(async () => {
    writeFileSync(file, ring);
    spine = await startSpine({ redisUrl: undefined, withWorker: false, keysFile: file, clock: ofApi });
    owner = new Client({ connectionString: spine.database.ownerUrl });
    await owner.connect();
    caller = new TestCaller(spine);
  });
  afterAll(async () => {
    await owner.end();
    await spine.stop();
    rmSync(folder, { recursive: true });
  });

  test('refuses in one sentence, is recorded, and leaves what is queued where it is until it is there again', async () => {
    const worker = await startWorker(spine.config, spine.log, undefined, ofWorker);
    try {
      await caller.verify(requestFor('NWH0010001'));
      writeFileSync(file, generateKeyRing());
      isLater(ofWorker, 6);
      const { id } = (await caller.post('/v1/verifications', requestFor('NWH0010001'))).body;
      expect(await until(async () => (await told()) > 0, 20_000)).toBe(true);
      isLater(ofApi, 6);
      const refused = await caller.get(`/v1/verifications/${id}`);
      expect([refused.status, refused.body.code, refused.headers['retry-after']]).toEqual([
        503,
        'keys_unavailable',
        '30',
      ]);
      expect(refused.body.detail).toMatch(/^Patient data cannot be opened at the moment, [^.]+\.$/);
      const { rows } = await owner.query(
        'SELECT status, inquiries FROM (SELECT v.status, (SELECT count(*)::integer FROM inquiry i WHERE i.verification_id = v.id) AS inquiries FROM verification v WHERE id = $1) x',
        [id],
      );
      expect(rows[0]).toEqual({ status: expect.stringMatching(/^(received|queued)$/), inquiries: 0 });
      await expect(startWorker(spine.config, spine.log, undefined, ofApi)).rejects.toThrow(
        /The encryption keys cannot be used \(The key service refused: \w+\): check KEY_SERVICE/,
      );
      writeFileSync(file, ring);
      expect((await caller.get(`/v1/verifications/${id}`)).status).toBe(200);
    } finally {
      writeFileSync(file, ring);
      await worker.close();
    }
  });

  const told = async (): Promise<number> => {
    const { rows } = await owner.query<{ n: number }>(
      `SELECT count(*)::integer AS n FROM installation_audit_entry WHERE action = 'keys.unavailable'`,
    );
    return rows[0]?.n ?? 0;
  };
});
