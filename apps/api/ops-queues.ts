import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { Principal } from '@openvob/access';
import { Problem } from '@openvob/platform';
import { type LaneQueues, lanes } from '@openvob/queue';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Entry } from './entry';
import { idsOnly } from './ops-ids-only';
import { asProblem, sendProblem } from './problem.filter';

/** A change that an operator made to the queues. */
export interface QueueChange {
  by: Principal;
  /** A lane, or `all`. */
  lane: string;
  /** As declared by the board, e.g. `PUT /api/queues/:queueName/pause`. */
  route: string;
}

export interface QueueBoardParts {
  entry: Entry;
  queues: LaneQueues;
  /** Writes the change into the audit trail before it is made. @throws when it cannot be written */
  record(change: QueueChange): Promise<void>;
}

const place = '/ops/queues';

/**
 * Everything an operator may change: to hold a lane, and to hurry, repeat or drop jobs. Jobs are made by the program alone, since what a job
 * says is done for whichever facility it names.
 */
const allowedChanges = new Set(
  [
    'pause',
    'resume',
    ':queueName/pause',
    ':queueName/resume',
    ':queueName/promote',
    ':queueName/retry/:queueStatus',
    ':queueName/clean/:queueStatus',
    ':queueName/empty',
    ':queueName/:jobId/retry',
    ':queueName/:jobId/promote',
    ':queueName/:jobId/clean',
  ].map((rest) => `PUT /api/queues/${rest}`),
);

const reads = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Bull Board at `/ops/queues` for the role `ops`, in a scope whose hook stands before every path and method in it, unknown ones too. It is
 * registered by hand because the guard of its Nest module leaves the board's API open. A browser gives the API key as the password.
 */
export async function serveQueueBoard(fastify: FastifyInstance, parts: QueueBoardParts): Promise<void> {
  await fastify.register(
    async (scope) => {
      scope.addHook('onRequest', (request, reply) => admit(parts.entry, request, reply));
      scope.addHook('preHandler', (request, reply) => admitChange(parts, request, reply));
      scope.setNotFoundHandler((request, reply) => sendProblem(reply, new Problem('not_found'), request.id));
      scope.setErrorHandler((error, request, reply) => sendProblem(reply, asProblem(error), request.id));
      await scope.register(boardOf(parts.queues).registerPlugin());
    },
    { prefix: place },
  );
}

function boardOf({ byLane }: LaneQueues): FastifyAdapter {
  const serverAdapter = new FastifyAdapter().setBasePath(place);
  createBullBoard({
    queues: [...byLane.values()].map((queue) => new BullMQAdapter(queue)),
    serverAdapter,
    options: {
      uiConfig: { boardTitle: 'OpenVOB queues' },
      handlerHooks: { after: ({ route }, result) => ({ ...result, body: shownBody(route, result.body) }) },
    },
  });
  // A foreign error's message can hold values.
  return serverAdapter.setErrorHandler(() => ({
    status: 500,
    body: { error: { key: 'ERRORS.INTERNAL_SERVER_ERROR' } },
  }));
}

/** Our jobs write no log lines; those of another program that shares the queue are not for this page. */
function shownBody(route: string, body: unknown): object {
  return route.endsWith('/logs') ? [] : (idsOnly(body) as object);
}

type OperatorRequest = FastifyRequest & { principal?: Principal };

async function admit(entry: Entry, request: OperatorRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  try {
    request.principal = await entry.principal(request, ['ops'], asBearer(request.headers.authorization));
    return undefined;
  } catch (error) {
    const problem = asProblem(error);
    // Two headers: browsers do not find one challenge behind another.
    if (problem.status === 401)
      reply.header('www-authenticate', ['Basic realm="OpenVOB operations, API key as password"', 'Bearer']);
    return refuse(request, reply, problem);
  }
}

/** Browsers send a password along with whatever page asks for it: changes come from the board's own page, or from no page at all. */
async function admitChange(
  parts: QueueBoardParts,
  request: OperatorRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  if (reads.has(request.method) || request.is404 || !request.principal) return undefined;
  const route = `${request.method} ${(request.routeOptions.url ?? '').slice(place.length)}`;
  const site = request.headers['sec-fetch-site'];
  const isForeign = site !== undefined && site !== 'same-origin';
  if (isForeign || !allowedChanges.has(route)) return refuse(request, reply, new Problem('forbidden'));
  const { queueName: lane = 'all' } = request.params as { queueName?: string };
  if (lane !== 'all' && !lanes.some((known) => known === lane)) return refuse(request, reply, new Problem('not_found'));
  await parts.record({ by: request.principal, lane, route });
  return undefined;
}

function refuse(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  sendProblem(reply, problem, request.id);
  return reply;
}

function asBearer(authorization: string | undefined): string | undefined {
  const encoded = /^Basic +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return authorization;
  const [, ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return `Bearer ${password.join(':')}`;
}
