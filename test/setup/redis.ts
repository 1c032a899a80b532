import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { readFacts } from './facts';

/** An empty Redis database (by number) of a suite's own. */
export interface TestRedis {
  readonly url: string;
  /** Empties it and gives it back. */
  release(): Promise<void>;
}

const claimKey = 'openvob:test:claim';

/** What to do when there is none. */
export const redisMissing = 'redis-server is missing: apt-get install redis-server, or set REDIS_URL';

/** Whether this run has a Redis to test against. */
export function hasRedis(): boolean {
  return readFacts().redisUrl !== undefined;
}

/**
 * Takes the first database of the server that holds nothing, so that a Redis in use loses nothing.
 *
 * @throws Error when there is no server or no empty database
 */
export async function createTestRedis(): Promise<TestRedis> {
  const { redisUrl } = readFacts();
  if (!redisUrl) throw new Error(redisMissing);
  const redis = new Redis(redisUrl);
  try {
    const index = await claimEmpty(redis);
    const url = new URL(redisUrl);
    url.pathname = `/${index}`;
    return { url: url.href, release: () => empty(url.href) };
  } finally {
    redis.disconnect();
  }
}

async function claimEmpty(redis: Redis): Promise<number> {
  for (let index = 0; index < 1024; index++) {
    await redis.select(index).catch((cause) => {
      throw new Error(`Redis has no empty database among its first ${index}`, { cause });
    });
    if ((await redis.set(claimKey, randomBytes(8).toString('hex'), 'NX')) !== 'OK') continue;
    if ((await redis.dbsize()) === 1) return index;
    await redis.del(claimKey);
  }
  throw new Error('Redis has no empty database left');
}

async function empty(url: string): Promise<void> {
  const redis = new Redis(url);
  await redis.flushdb();
  redis.disconnect();
}
