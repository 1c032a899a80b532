import {
  applyDecorators,
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  SetMetadata,
} from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { type Principal, personRoles, type Role, type StoredSession } from '@openvob/access';
import { Problem } from '@openvob/platform';
import type { FastifyRequest } from 'fastify';
import type { Entry } from './entry';
import { checkTarget } from './request-target';

export const allowedRolesKey = 'openvob:allowed-roles';
export const publicReasonKey = 'openvob:public-reason';

/** What a route declares about itself, where hooks find it before the body is read. */
export interface RouteAccess {
  /** Left out for a public route, and for one that serves a session itself. */
  roles?: readonly Role[];
  /** `own`: for whoever signed in, whatever the session lacks. `begin`: public, but for our own pages alone. */
  session?: 'own' | 'begin';
  /** `bytes`: the body is handed over as it came, for a signature over it; `stream`: while it comes, whatever its length. */
  body?: 'bytes' | 'stream';
  /** Of a GET that hands something out, uses something up or goes on: HEAD would do the same, and nobody would get it. */
  head?: 'refused';
}

type GuardedRequest = FastifyRequest & { principal?: Principal; session?: StoredSession; admitted?: boolean };

/** The roles that a route is open to. Every route declares this or `PublicRoute`; a test lists those that do not. */
export const AllowRoles = (...roles: [Role, ...Role[]]): MethodDecorator =>
  applyDecorators(SetMetadata(allowedRolesKey, roles), RouteConfig({ access: { roles } }));

/** For every person who signed in, also before a facility is chosen; about that person alone. */
export const AllowSession = (): MethodDecorator =>
  applyDecorators(SetMetadata(allowedRolesKey, personRoles), RouteConfig({ access: { session: 'own' } }));

/** As `AllowRoles`, for a route that reads its body (of a type in `streamedTypes`) while it comes. */
export const AllowRolesToStream = (...roles: [Role, ...Role[]]): MethodDecorator =>
  applyDecorators(SetMetadata(allowedRolesKey, roles), RouteConfig({ access: { roles, body: 'stream' } }));

/** As `AllowRoles`, for a GET that hands something out for good, or goes on: it is not there for HEAD. */
export const AllowRolesWithoutHead = (...roles: [Role, ...Role[]]): MethodDecorator =>
  applyDecorators(SetMetadata(allowedRolesKey, roles), RouteConfig({ access: { roles, head: 'refused' } }));

/** A route without log-in, with the reason why that is right. */
export const PublicRoute = (
  reason: string,
  options: Pick<RouteAccess, 'body' | 'session' | 'head'> = {},
): MethodDecorator => applyDecorators(SetMetadata(publicReasonKey, reason), RouteConfig({ access: options }));

/** Who makes the request. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<GuardedRequest>();
  if (!principal) throw new Error('A route that asks for its caller must declare roles');
  return principal;
});

/** The session of whoever signed in. */
export const OwnSession = createParamDecorator((_data: unknown, context: ExecutionContext): StoredSession => {
  const { session } = context.switchToHttp().getRequest<GuardedRequest>();
  if (!session) throw new Error('A route that asks for its session must declare AllowSession');
  return session;
});

/** What the route of this request declared; undefined for one that declared nothing. */
export function accessOf(request: FastifyRequest): RouteAccess | undefined {
  return (request.routeOptions.config as { access?: RouteAccess }).access;
}

/**
 * Lets a request through when its route is public, or its caller's role is among the route's. This is decided before the body is read (`admit`, a
 * Fastify hook); Nest's guard then only holds back what was never admitted: an undeclared route is closed.
 */
export class AccessGuard implements CanActivate {
  constructor(private readonly entry: Entry) {}

  async admit(request: GuardedRequest): Promise<void> {
    const access = accessOf(request);
    if (!access) return;
    if (access.roles) request.principal = await this.entry.principal(request, access.roles);
    if (access.session === 'own') request.session = await this.entry.session(request);
    if (access.session === 'begin') await this.entry.beginning(request);
    if (access.head === 'refused' && request.method === 'HEAD') throw new Problem('method_not_allowed');
    checkTarget(request, access.body === 'bytes' ? 'unauthenticated' : 'not_found');
    request.admitted = true;
  }

  /** For a stream of events: a session that was ended, or a key that was revoked, hears no more. */
  stillHolds(request: FastifyRequest, began: Principal): Promise<boolean> {
    return this.entry.stillHolds(request, began);
  }

  canActivate(context: ExecutionContext): boolean {
    if (!context.switchToHttp().getRequest<GuardedRequest>().admitted) throw new Problem('forbidden');
    return true;
  }
}
