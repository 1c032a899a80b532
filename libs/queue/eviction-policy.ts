import { type Config, ConfigError, errorFields, type Log } from '@openvob/platform';
import { Redis } from 'ioredis';

/** The only policy under which Redis refuses what does not fit instead of throwing away jobs. */
const rightPolicy = 'noeviction';
const answerWithinMs = 3000;

const mend = `set it to ${rightPolicy} (redis.conf: maxmemory-policy ${rightPolicy}; now: redis-cli CONFIG SET maxmemory-policy ${rightPolicy})`;
const override = 'when you have made sure of the policy by other means, set REDIS_POLICY_CHECK=off';

const unreachable =
  'REDIS_URL names a Redis that does not answer: start it or correct the URL; until then requests are accepted and not worked on';

type Found = { kind: 'policy'; policy: string } | { kind: 'hidden' } | { kind: 'silent'; error: unknown };

/**
 * Refuses to start on a Redis that may evict keys: it would drop jobs silently and answer "ok". A Redis that does not answer just now is
 * no reason, since requests are accepted without it; it is looked at again by whoever starts next.
 *
 * @throws ConfigError naming the policy and the remedy
 */
export async function refuseEviction(config: Pick<Config, 'redisUrl' | 'checkRedisPolicy'>, log: Log): Promise<void> {
  if (!config.redisUrl) return;
  const found = await policyOf(config.redisUrl);
  if (found.kind !== 'silent' && !config.checkRedisPolicy) return;
  switch (found.kind) {
    case 'silent':
      log.warn('redis.policy_unknown', { ...errorFields(found.error), remedy: unreachable });
      return;
    case 'hidden':
      throw new ConfigError([`REDIS_URL names a Redis that does not tell its maxmemory-policy: ${override}`]);
    case 'policy':
      if (found.policy !== rightPolicy)
        throw new ConfigError([
          `REDIS_URL names a Redis whose maxmemory-policy is "${found.policy}", which may throw jobs away: ${mend}`,
        ]);
  }
}

async function policyOf(url: string): Promise<Found> {
  const redis = new Redis(url, {
    lazyConnect: true,
    enableReadyCheck: false,
    connectTimeout: answerWithinMs,
    commandTimeout: answerWithinMs,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  redis.on('error', () => undefined); // told by the promises below
  try {
    await redis.connect();
  } catch (error) {
    return { kind: 'silent', error };
  }
  try {
    const policy = (await fromInfo(redis)) ?? (await fromConfig(redis));
    return policy ? { kind: 'policy', policy } : { kind: 'hidden' };
  } finally {
    redis.disconnect();
  }
}

/** `INFO` is left open by services that hide `CONFIG`. */
async function fromInfo(redis: Redis): Promise<string | undefined> {
  const text = await redis.info('memory').catch(() => '');
  return /^maxmemory_policy:(\S+)/m.exec(text)?.[1];
}

async function fromConfig(redis: Redis): Promise<string | undefined> {
  const answer: unknown = await redis.config('GET', 'maxmemory-policy').catch(() => undefined);
  const value: unknown = Array.isArray(answer) ? answer[1] : undefined;
  return typeof value === 'string' ? value : undefined;
}
