import { describeOnBothBackends } from '../setup/backends';
import { createTestDatabase } from '../setup/database';
import { workerKill } from './worker-kill';

describeOnBothBackends('a worker killed three times among fifty verifications', (backend) => {
  test('loses none, repeats none, asks payers no more than was in flight, and leaks nobody', async () => {
    const database = await createTestDatabase();
    try {
      const redisUrl = backend.redisUrl();
      const result = await workerKill({ ...database, ...(redisUrl ? { redisUrl } : {}), verifications: 50, kills: 3 });
      expect(result.rested).toEqual({ verified: 50 });
      expect(result.doubled).toBe(0);
      expect(result.inFlightAtKills).toBeGreaterThan(0);
      expect(result.extraInquiries).toBeLessThanOrEqual(result.inFlightAtKills);
      expect(result.leaks).toEqual([]);
    } finally {
      await database.drop();
    }
  }, 240_000);
});
