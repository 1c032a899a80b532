import {
  applyDecorators,
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  SetMetadata,
} from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { ApiKeys, Principal, Role } from '@openvob/access';
import { Problem } from '@openvob/platform';
import type { FastifyRequest } from 'fastify';
import { checkTarget } from './request-target';

export const allowedRolesKey = 'openvob:allowed-roles';
export const publicReasonKey = 'openvob:public-reason';

/** What a route declares about itself, where hooks find it before the body is read. */
export interface RouteAccess {
  /** Left out for a public route. */
  roles?: readonly Role[];
  /** `bytes`: the body is handed over as it came, for a signature over it. */
  body?: 'bytes';
}

type GuardedRequest = FastifyRequest & { principal?: Principal; admitted?: boolean };

/** The roles that a route is open to. Every route declares this or `PublicRoute`; a test lists those that do not. */
export const AllowRoles = (...roles: [Role, ...Role[]]): MethodDecorator =>
  applyDecorators(SetMetadata(allowedRolesKey, roles), RouteConfig({ access: { roles } }));

/** A route without log-in, with the reason why that is right. */
export const PublicRoute = (reason: string, options: Pick<RouteAccess, 'body'> = {}): MethodDecorator =>
  applyDecorators(SetMetadata(publicReasonKey, reason), RouteConfig({ access: options }));

/** Who makes the request. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<GuardedRequest>();
  if (!principal) throw new Error('A route that asks for its caller must declare roles');
  return principal;
});

/** What the route of this request declared; undefined for one that declared nothing. */
export function accessOf(request: FastifyRequest): RouteAccess | undefined {
  return (request.routeOptions.config as { access?: RouteAccess }).access;
}

/**
 * Lets a request through when its route is public, or its key's role is among the route's. This is decided before the body is read (`admit`, a
 * Fastify hook); Nest's guard then only holds back what was never admitted: an undeclared route is closed.
 */
export class AccessGuard implements CanActivate {
  constructor(private readonly keys: ApiKeys) {}

  async admit(request: GuardedRequest): Promise<void> {
    const access = accessOf(request);
    if (!access) return;
    if (access.roles) request.principal = await this.principalOf(request, access.roles);
    checkTarget(request, access.body === 'bytes' ? 'unauthenticated' : 'not_found');
    request.admitted = true;
  }

  canActivate(context: ExecutionContext): boolean {
    if (!context.switchToHttp().getRequest<GuardedRequest>().admitted) throw new Problem('forbidden');
    return true;
  }

  private async principalOf(request: FastifyRequest, roles: readonly Role[]): Promise<Principal> {
    const principal = await this.keys.authenticate(request.headers.authorization);
    if (!principal) throw new Problem('unauthenticated');
    if (!roles.includes(principal.role)) throw new Problem('forbidden');
    return principal;
  }
}
