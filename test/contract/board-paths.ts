import { request as httpRequest } from 'node:http';
import { createBullBoard } from '@bull-board/api';
import { FastifyAdapter } from '@bull-board/fastify';

export const boardMethods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'] as const;

const spellings = [
  '',
  '/static/js/main.js',
  '/static/../api/queues',
  '/nothing/here',
  '/%61pi/queues',
  '//api/queues',
  '/api/queues/',
  '/api/queues?activeQueue=today',
];

/** Every address of the queue board, its own routes and other spellings of them. */
export function boardPaths(): string[] {
  return [...boardRoutes(), ...spellings].map(
    (path) =>
      `/ops/queues${path.replace(':queueName', 'today').replace(':queueStatus', 'failed').replace(/:\w+/g, 'x')}`,
  );
}

/** The routes that the board declares, of this version and of later ones. */
function boardRoutes(): string[] {
  const routes: string[] = [];
  class Listing extends FastifyAdapter {
    override setApiRoutes(declared: Parameters<FastifyAdapter['setApiRoutes']>[0]): this {
      routes.push(...declared.flatMap(({ route }) => route));
      return this;
    }
    override setEntryRoute(entry: Parameters<FastifyAdapter['setEntryRoute']>[0]): this {
      routes.push(...[entry.route].flat());
      return this;
    }
  }
  createBullBoard({ queues: [], serverAdapter: new Listing() });
  return routes;
}

/** What an address answers as it stands on the wire: a client would tidy the path up first. */
export function statusOnTheWire(
  port: number,
  asked: { method: string; path: string; headers: Record<string, string> },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ host: '127.0.0.1', port, ...asked }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    });
    sent.on('error', reject).end();
  });
}
