import { createTestDatabase } from './database';
import { factsVariable } from './facts';
import type { Measurement } from './measure';
import { createTestRedis, hasRedis } from './redis';
import { startServices } from './services';

/** A migrated database, and a Redis where the queue is to live in one. */
export interface Installation {
  backend: 'PostgreSQL' | 'Redis';
  applicationUrl: string;
  ownerUrl: string;
  redisUrl?: string;
}

/** Starts the servers, and runs `work` with the queue in PostgreSQL and then, where there is a Redis, with the queue in it. */
export async function onEachBackend(work: (where: Installation) => Promise<Measurement[]>): Promise<Measurement[]> {
  return withServices(() => inEachInstallation(work));
}

/** As `onEachBackend`, where the servers run. */
export async function inEachInstallation(
  work: (where: Installation) => Promise<Measurement[]>,
): Promise<Measurement[]> {
  return [...(await inInstallation('PostgreSQL', work)), ...(hasRedis() ? await inInstallation('Redis', work) : [])];
}

/** Starts the servers that tests have for as long as `work` runs. */
export async function withServices<T>(work: () => Promise<T>): Promise<T> {
  const services = await startServices();
  process.env[factsVariable] = services.factsFile;
  try {
    return await work();
  } finally {
    delete process.env[factsVariable];
    await services.stop();
  }
}

/** Runs `work` over a database, and a Redis if need be, of its own. */
export async function inInstallation<T>(
  backend: Installation['backend'],
  work: (where: Installation) => Promise<T>,
): Promise<T> {
  const { applicationUrl, ownerUrl, drop } = await createTestDatabase();
  const redis = backend === 'Redis' ? await createTestRedis() : undefined;
  try {
    return await work({ backend, applicationUrl, ownerUrl, ...(redis ? { redisUrl: redis.url } : {}) });
  } finally {
    await redis?.release();
    await drop();
  }
}
