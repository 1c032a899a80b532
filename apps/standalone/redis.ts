import { Redis } from 'ioredis';

const answerWithinMs = 3000;

/**
 * Refuses a Redis that does not answer before anything is started: the demonstration would accept requests and work on none.
 *
 * @throws Error that names the setting and the remedy, not the URL, which may hold a password
 */
export async function refuseSilentRedis(url: string | undefined): Promise<void> {
  if (url === undefined) return;
  const fault = await faultOf(url);
  if (fault === undefined) return;
  throw new Error(
    `REDIS_URL names a Redis that does not answer (${fault}): start it, correct REDIS_URL, or leave it out to keep the queue in PostgreSQL.`,
  );
}

async function faultOf(url: string): Promise<string | undefined> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: answerWithinMs,
    commandTimeout: answerWithinMs,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let first: Error | undefined;
  redis.on('error', (error) => (first ??= error)); // the promises below tell no more than that it was closed
  try {
    await redis.connect();
    await redis.ping();
    return undefined;
  } catch (error) {
    return describe(first ?? (error as Error)); // ioredis rejects with nothing else
  } finally {
    redis.disconnect();
  }
}

/** The system's code, else the first word of what Redis said, e.g. `WRONGPASS`. */
function describe({ code, message }: { readonly code?: unknown; readonly message: string }): string {
  if (typeof code === 'string') return code;
  return /^[A-Z]{3,}\b/.exec(message)?.[0] ?? 'no answer in time';
}
