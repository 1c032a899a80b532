import { BullModule } from '@nestjs/bullmq';
import type { Config } from '@openvob/platform';
import { createPostgresBackend, Queue, type QueueOptions, Worker, withBackend } from 'bullmq';

/** Where the queue lives: Redis when `REDIS_URL` is set, otherwise the same PostgreSQL as the rows. */
export type QueueBackend = 'redis' | 'postgres';

export function backendOf(config: Pick<Config, 'redisUrl'>): QueueBackend {
  return config.redisUrl ? 'redis' : 'postgres';
}

/** Chooses BullMQ's classes for the whole process. Call before any queue module is made. */
export function chooseBackend(backend: QueueBackend): void {
  const classes = backend === 'redis' ? { Queue, Worker } : withBackend(createPostgresBackend);
  BullModule.queueClass = classes.Queue as typeof Queue;
  BullModule.workerClass = classes.Worker as typeof Worker;
}

/**
 * Connection settings of queues and workers. A hash tag in the prefix keeps all keys in one slot of a Redis Cluster; the events
 * stream is kept short, since it holds ids.
 */
export function queueOptions(config: Pick<Config, 'redisUrl' | 'databaseUrl'>): QueueOptions {
  const streams = { events: { maxLen: 1000 } };
  if (config.redisUrl)
    return { connection: { url: config.redisUrl, maxRetriesPerRequest: null }, prefix: '{openvob}', streams };
  const connection = {
    connectionString: config.databaseUrl,
    schema: 'bullmq',
    migrate: true,
    max: 3,
    application_name: 'openvob-queue',
  };
  return { connection: connection as unknown as QueueOptions['connection'], streams };
}
