import { getQueueToken } from '@nestjs/bullmq';
import { lanes } from '@openvob/queue';
import type { Queue } from 'bullmq';
import { freePort } from '../../apps/standalone/ports';
import { startWorker } from '../../apps/worker/main';
import { describeOnBothBackends } from '../setup/backends';
import { requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

describeOnBothBackends('a queue that lost its jobs', (backend) => {
  test('loses no verification: the sweep makes their jobs again', async () => {
    const spine = await startSpine({ redisUrl: backend.redisUrl(), withWorker: false });
    const caller = new TestCaller(spine);
    const ids: string[] = [];
    for (const serial of ['0001', '0002', '0003'])
      ids.push((await caller.post('/v1/verifications', requestFor(`NWH001${serial}`))).body.id);
    for (const lane of lanes)
      await spine.api.get<Queue>(getQueueToken(lane), { strict: false }).obliterate({ force: true });
    await makeOverdue(spine);
    const worker = await startWorker(spine.config, spine.log);
    try {
      const rested = await Promise.all(ids.map((id) => caller.rested(id)));
      expect(rested.map((shown) => shown.status)).toEqual(['verified', 'verified', 'verified']);
    } finally {
      await worker.close();
      await spine.stop();
    }
  });
});

/** The rows look as they do a minute after their jobs were made. */
async function makeOverdue(spine: Spine): Promise<void> {
  const { Client } = await import('pg');
  const client = new Client({ connectionString: spine.database.ownerUrl });
  await client.connect();
  await client.query(`UPDATE verification SET next_look_at = now() - interval '1 minute'`);
  await client.end();
}

test('while Redis is down requests are accepted all the same, without a long wait', async () => {
  const spine = await startSpine({ redisUrl: `redis://127.0.0.1:${await freePort()}`, withWorker: false });
  try {
    const caller = new TestCaller(spine);
    for (const serial of ['0001', '0002', '0003']) {
      const accepted = await caller.post('/v1/verifications', requestFor(`NWH001${serial}`));
      expect([accepted.status, accepted.body.status]).toEqual([202, 'received']);
    }
    const ready = await caller.get('/health/ready');
    expect([ready.status, ready.body.status]).toEqual([200, 'degraded']);
    expect(ready.body.checks).toEqual({ database: 'ok', queue: 'down' });
  } finally {
    await spine.stop();
  }
}, 30_000);
