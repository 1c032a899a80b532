import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { adapters as allAdapters } from '@openvob/payers';
import {
  type Clock,
  type Config,
  ConfigError,
  createLog,
  endInTime,
  endOnBug,
  frameworkLog,
  type Log,
  readConfig,
  systemClock,
} from '@openvob/platform';
import { refuseEviction } from '@openvob/queue';
import { Spine } from './spine';
import { WorkerModule } from './worker.module';

/** Starts the worker in this process, for tests and for `main`. */
export async function startWorker(
  config: Config,
  log: Log,
  adapters: typeof allAdapters = allAdapters,
  clock: Clock = systemClock,
): Promise<INestApplicationContext> {
  await refuseEviction(config, log);
  const spine = await Spine.open(config, { clock, log, adapters });
  await refuseFaultyConnections(spine);
  const app = await NestFactory.createApplicationContext(WorkerModule.of(spine), {
    logger: frameworkLog(log),
    abortOnError: false,
  });
  app.enableShutdownHooks();
  return app;
}

/**
 * Refuses to start while a connection is set up wrongly: every inquiry over it would fail, one patient after the other.
 *
 * @throws ConfigError naming connection, setting and remedy
 */
async function refuseFaultyConnections({ connections, database }: Spine): Promise<void> {
  const faults = await connections.faults();
  if (faults.length > 0) {
    await database.close();
    throw new ConfigError(faults);
  }
  await connections.applyDefaults();
}

/** What follows after the last exchange, before a supervisor's usual 30 s are over. */
const goodbyeMs = 4000;

async function main(): Promise<void> {
  const config = readConfig();
  const log = createLog('worker', config.logLevel);
  endOnBug(log);
  endInTime(log, config.worker.drainMs + goodbyeMs);
  await startWorker(config, log);
  log.info('worker.ready', { pid: process.pid });
  process.send?.({ ready: true });
}

if (require.main === module) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : 'The worker could not start'}\n`);
    process.exit(1);
  });
}
