import {
  type ApiKeys,
  comesFromOwnPage,
  isForeign,
  isReading,
  networkOf,
  type Principal,
  type RateLimits,
  type Role,
  type Scope,
  type Sessions,
  type StoredSession,
  scopeOf,
} from '@openvob/access';
import { Problem } from '@openvob/platform';
import type { FastifyRequest } from 'fastify';
import { secretsOf } from './session-cookies';

/** Sent with what a page asks by itself: it keeps no session alive. */
const backgroundHeader = 'x-openvob-background';

export interface EntryParts {
  keys: ApiKeys;
  sessions: Sessions;
  publicOrigin: string;
  limits: RateLimits;
}

/** Tells who stands behind a request: whoever carries a key, else whoever signed in. */
export class Entry {
  constructor(private readonly parts: EntryParts) {}

  /**
   * The caller, in one of these roles.
   *
   * @param authorization the header; a request that has one is judged by it alone
   * @throws Problem `unauthenticated`, `forbidden`, `too_many_requests`, and what a session lacks
   */
  async principal(
    request: FastifyRequest,
    roles: readonly Role[],
    authorization = request.headers.authorization,
  ): Promise<Principal> {
    const principal =
      authorization === undefined ? await this.person(request) : await this.parts.keys.authenticate(authorization);
    if (!principal) {
      // Guessing at keys is hopeless, and not free for the database.
      if (authorization !== undefined) await this.parts.limits.take('entry', `key ${networkOf(request.ip)}`);
      throw new Problem('unauthenticated');
    }
    if (principal.kind === 'api_key') await this.parts.limits.take('key', principal.id);
    if (!roles.includes(principal.role)) throw new Problem('forbidden');
    if (principal.kind === 'api_key') refuseOutOfScope(request, principal.scopes);
    return principal;
  }

  /** Whether whoever began a request that goes on may go on with it: key or session still hold, with the same role in the same facility. */
  async stillHolds(request: FastifyRequest, began: Principal): Promise<boolean> {
    const now = await this.now(request);
    return now?.id === began.id && now.facilityId === began.facilityId && now.role === began.role;
  }

  private async now(request: FastifyRequest): Promise<Principal | undefined> {
    const { authorization } = request.headers;
    if (authorization !== undefined) return this.parts.keys.authenticate(authorization);
    const session = await this.parts.sessions.of(secretsOf(request).session, false);
    return session && this.parts.sessions.principalOf(session);
  }

  /** The session of a person's browser, whatever it lacks. @throws Problem `unauthenticated`, `foreign_page`, `forbidden` for a key */
  async session(request: FastifyRequest): Promise<StoredSession> {
    if (request.headers.authorization !== undefined) {
      const key = await this.parts.keys.authenticate(request.headers.authorization);
      throw new Problem(key ? 'forbidden' : 'unauthenticated');
    }
    const isActivity = request.headers[backgroundHeader] === undefined;
    const session = await this.parts.sessions.of(secretsOf(request).session, isActivity);
    if (!session) throw new Problem('unauthenticated');
    await this.parts.limits.take('person', session.personId);
    if (!isReading(request.method)) this.refuseForeign(request);
    return session;
  }

  /** Signing in and following links, from our own pages alone. @throws Problem `foreign_page`, `too_many_requests` */
  async beginning(request: FastifyRequest): Promise<void> {
    this.refuseForeign(request);
    await this.parts.limits.take('entry', networkOf(request.ip));
  }

  /** Changes are taken from our own pages, since browsers send cookies along with whatever page asks for it. @throws Problem `foreign_page` */
  refuseForeign(request: FastifyRequest): void {
    const { publicOrigin } = this.parts;
    const isOwn = hasOwnScript(request)
      ? !isForeign(request.headers, publicOrigin) && tellsItsOrigin(request)
      : comesFromOwnPage(request.headers, publicOrigin);
    if (!isOwn) throw new Problem('foreign_page');
  }

  private async person(request: FastifyRequest): Promise<Principal | undefined> {
    const session = await this.session(request);
    const principal = this.parts.sessions.principalOf(session);
    if (principal) return principal;
    const need = this.parts.sessions.needOf(session);
    throw new Problem(need === 'second_factor' ? 'second_factor_missing' : 'facility_not_chosen');
  }
}

/** The queue board's script is not ours: it sends no header of its own, so that the browser's word is needed. */
function hasOwnScript(request: FastifyRequest): boolean {
  return request.url.startsWith('/ops/queues/');
}

function tellsItsOrigin(request: FastifyRequest): boolean {
  return request.headers.origin !== undefined || request.headers['sec-fetch-site'] !== undefined;
}

function refuseOutOfScope(request: FastifyRequest, scopes: readonly Scope[] | undefined): void {
  if (scopes === undefined) return;
  const needed = scopeOf(request.method, request.routeOptions.url ?? '');
  if (!scopes.some((scope) => scope === needed))
    throw new Problem('forbidden', { detail: `This key lacks the scope ${needed}.` });
}
