import type { Config } from '@openvob/platform';
import { createPostgresBackend, Queue, type QueueOptions, Worker, withBackend } from 'bullmq';

/** Where the queue lives: Redis when `REDIS_URL` is set, otherwise the same PostgreSQL as the rows. */
export type QueueBackend = 'redis' | 'postgres';

export function backendOf(config: Pick<Config, 'redisUrl'>): QueueBackend {
  return config.redisUrl ? 'redis' : 'postgres';
}

/** BullMQ's classes on a backend. */
export function classesOf(backend: QueueBackend): { Queue: typeof Queue; Worker: typeof Worker } {
  if (backend === 'redis') return { Queue, Worker };
  const bound = withBackend(createPostgresBackend);
  return { Queue: bound.Queue as unknown as typeof Queue, Worker: bound.Worker as unknown as typeof Worker };
}

/**
 * Connection settings of queues and workers. A hash tag in the prefix keeps all keys in one slot of a Redis Cluster; the events
 * stream is kept short, since it holds ids.
 */
export function queueOptions(config: Pick<Config, 'redisUrl' | 'databaseUrl'>): QueueOptions {
  const streams = { events: { maxLen: 1000 } };
  if (config.redisUrl)
    return {
      connection: { url: config.redisUrl, maxRetriesPerRequest: null, disconnectTimeout: 500 },
      prefix: '{openvob}',
      streams,
    };
  const connection = {
    connectionString: config.databaseUrl,
    schema: 'bullmq',
    max: 3,
    application_name: 'openvob-queue',
  };
  return { connection: connection as unknown as QueueOptions['connection'], streams };
}
