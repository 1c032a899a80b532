import { getQueueToken } from '@nestjs/bullmq';
import { lanes, verifyJobId } from '@openvob/queue';
import { SimulatorDriver } from '@openvob/testing/simulator-driver';
import type { Queue } from 'bullmq';
import { startWorker } from '../../apps/worker/main';
import { describeOnBothBackends } from '../setup/backends';
import { facilityId, requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

/** So rare that no job comes from the sweep while the test runs. */
const never = String(3_600_000);
/** As many as would make a payer count as down had they failed: an exchange that was let go of tells nothing of the payer. */
const serials = ['0001', '0002', '0003', '0004', '0005'];

describeOnBothBackends('a worker that is stopped while payers are being asked', (backend) => {
  test('leaves the jobs that it did not get done in the queue, and the next one goes on with them', async () => {
    const settings = { DRAIN_MS: '200', SWEEP_EVERY_MS: never };
    const spine = await startSpine({ redisUrl: backend.redisUrl(), settings, withWorker: false });
    const caller = new TestCaller(spine);
    const payers = new SimulatorDriver(spine.simulator.url);
    await payers.playFault({ kind: 'silent' });
    const stopped = await startWorker(spine.config, spine.log);
    const ids: string[] = [];
    for (const serial of serials)
      ids.push((await caller.post('/v1/verifications', requestFor(`NWH001${serial}`))).body.id);
    await until(async () => (await payers.ledger()).length >= serials.length);
    await stopped.close();

    expect(await Promise.all(ids.map((id) => stateOfJob(spine, id)))).toEqual(
      ids.map(() => expect.stringMatching(/^(waiting|prioritized|delayed)$/)),
    );
    await payers.clearFaults();
    const next = await startWorker(spine.config, spine.log);
    try {
      const rested = await Promise.all(ids.map((id) => caller.rested(id)));
      expect(rested.map((shown) => shown.status)).toEqual(ids.map(() => 'verified'));
    } finally {
      await next.close();
      await spine.stop();
    }
  }, 60_000);
});

async function stateOfJob(spine: Spine, verificationId: string): Promise<string> {
  const jobId = verifyJobId({ facilityId, verificationId, round: 1 });
  const states = await Promise.all(
    lanes.map((lane) => spine.api.get<Queue>(getQueueToken(lane), { strict: false }).getJobState(jobId)),
  );
  return states.find((state) => state !== 'unknown') ?? 'gone';
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const deadline = performance.now() + 20_000; !(await holds()); ) {
    if (performance.now() > deadline) throw new Error('It did not come to that within 20 s');
    await new Promise((next) => setTimeout(next, 50));
  }
}
