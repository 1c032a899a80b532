import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  type Clock,
  type Config,
  createLog,
  endInTime,
  endOnBug,
  frameworkLog,
  type Log,
  newId,
  readConfig,
  systemClock,
} from '@openvob/platform';
import { LaneQueues, refuseEviction } from '@openvob/queue';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessGuard } from './access.guard';
import { operatorOf } from './actor';
import { ApiModule } from './api.module';
import { serveConsole } from './console-pages';
import { serveDocs } from './docs.module';
import { ApiMetrics } from './ops-metrics';
import { serveQueueBoard } from './ops-queues';
import { asProblem, ProblemFilter, refuseConnection, sendProblem } from './problem.filter';
import { readBodies } from './request-body';
import { hardenAnswers } from './response-headers';
import { recordRoutes } from './route-record';
import { Spine } from './spine';

/** A request has at most so many bytes; attachments have a route of their own. */
const bodyLimit = 256 * 1024;

/** Who sends so slowly holds a connection for nothing; a batch of the largest size takes less over a poor line. */
const slowestRequestMs = 300_000;

/** Builds the API without listening, for tests and for `main`. */
export async function createApi(config: Config, log: Log, clock: Clock = systemClock): Promise<NestFastifyApplication> {
  await refuseEviction(config, log);
  const spine = await Spine.open(config, clock, log);
  await spine.live.start();
  let harden: ((reply: FastifyReply) => void) | undefined;
  const adapter = new FastifyAdapter({
    bodyLimit,
    genReqId: () => newId('trc', new Date()),
    forceCloseConnections: 'idle',
    requestTimeout: slowestRequestMs,
    trustProxy: config.access.trustedProxies.length > 0 && [...config.access.trustedProxies],
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      harden?.(reply);
      sendProblem(reply, asProblem(error), request.id);
    },
    clientErrorHandler: refuseConnection,
  });
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.of(spine), adapter, {
    logger: frameworkLog(log),
    bodyParser: false,
    abortOnError: false,
  });
  const guard = app.get(AccessGuard);
  app.useGlobalGuards(guard);
  app.useGlobalFilters(app.get(ProblemFilter));
  const fastify = app.getHttpAdapter().getInstance();
  recordRoutes(fastify);
  harden = hardenAnswers(fastify, config.access.publicOrigin);
  fastify.addHook('onRequest', (request) => guard.admit(request));
  readBodies(fastify);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onResponse', async (request, reply) => app.get(ApiMetrics).answered(request, reply));
  await serveQueueBoard(app.getHttpAdapter().getInstance(), {
    entry: spine.people.entry,
    queues: app.get(LaneQueues),
    record: ({ by, lane, route }) =>
      spine.operations.recordQueueChange(operatorOf(by), { lane, route }, spine.clock.now()),
  });
  serveDocs(app);
  serveConsole(fastify);
  app.enableShutdownHooks();
  return app;
}

/** What follows after the last answer, for which it has as long as a worker has for the last exchange. */
const goodbyeMs = 4000;

async function main(): Promise<void> {
  const config = readConfig();
  const log = createLog('api', config.logLevel);
  endOnBug(log);
  endInTime(log, config.worker.drainMs + goodbyeMs);
  const app = await createApi(config, log);
  await app.listen(config.port, config.host);
  const url = `http://${config.host}:${config.port}`;
  log.info('api.ready', { url });
  process.send?.({ ready: true, url });
}

if (require.main === module) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : 'The API could not start'}\n`);
    process.exit(1);
  });
}
