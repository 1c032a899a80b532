import { createTestRedis, hasRedis, redisMissing, type TestRedis } from './redis';

/** A laptop may test without what it lacks; continuous integration must not pass without it. */
export const inContinuousIntegration = process.env.CI === 'true' || process.env.CI === '1';

/** Where the queue lives in this pass of a suite. */
export interface QueueBackend {
  readonly name: 'PostgreSQL' | 'Redis';
  /** What goes into REDIS_URL: undefined on PostgreSQL. To be asked in hooks and tests, not while declaring them. */
  redisUrl(): string | undefined;
}

/**
 * Declares a suite twice, with the queue in PostgreSQL and in Redis. Without a Redis its second pass is shown as skipped on
 * a laptop and fails in continuous integration.
 */
export function describeOnBothBackends(name: string, suite: (backend: QueueBackend) => void): void {
  describe(name, () => {
    describe('queue in PostgreSQL', () => suite({ name: 'PostgreSQL', redisUrl: () => undefined }));
    if (hasRedis()) declareOnRedis(suite);
    else declareMissing();
  });
}

/** Two levels, so that the suite's own hooks have closed everything before its database is emptied. */
function declareOnRedis(suite: (backend: QueueBackend) => void): void {
  describe('with Redis', () => {
    let redis: TestRedis | undefined;
    beforeAll(async () => {
      redis = await createTestRedis();
    });
    afterAll(() => redis?.release());
    describe('queue in Redis', () => suite({ name: 'Redis', redisUrl: () => redis?.url }));
  });
}

function declareMissing(): void {
  const declare = inContinuousIntegration ? test : test.skip;
  declare(`queue in Redis (${redisMissing})`, () => {
    throw new Error(redisMissing);
  });
}
