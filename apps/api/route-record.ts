import type { FastifyInstance } from 'fastify';
import type { RouteAccess } from './access.guard';

/** A route as it runs. */
export interface RecordedRoute {
  /** E.g. `GET /v1/verifications/:id`. */
  name: string;
  /** What it declared; undefined for one that stands outside Nest, or declared nothing. */
  access?: RouteAccess;
}

const records = new WeakMap<FastifyInstance, Map<string, RecordedRoute>>();

/** Keeps the list of every route that is registered from now on, by whomever. */
export function recordRoutes(fastify: FastifyInstance): void {
  const routes = new Map<string, RecordedRoute>();
  records.set(fastify, routes);
  fastify.addHook('onRoute', ({ method, url, config }) => {
    const { access } = (config ?? {}) as { access?: RouteAccess };
    for (const one of [method].flat())
      routes.set(`${one} ${url}`, { name: `${one} ${url}`, ...(access ? { access } : {}) });
  });
}

/** Every route of a running API. */
export function routesOf(fastify: FastifyInstance): RecordedRoute[] {
  return [...(records.get(fastify)?.values() ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1));
}
