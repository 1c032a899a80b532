import { type CanActivate, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { ApiKeys, Principal, Role } from '@openvob/access';
import { Problem } from '@openvob/platform';
import type { FastifyRequest } from 'fastify';

export const allowedRolesKey = 'openvob:allowed-roles';
export const publicReasonKey = 'openvob:public-reason';

type AuthenticatedRequest = FastifyRequest & { principal?: Principal };

/** The roles that a route is open to. Every route declares this or `PublicRoute`; a test lists those that do not. */
export const AllowRoles = (...roles: [Role, ...Role[]]): MethodDecorator => SetMetadata(allowedRolesKey, roles);

/** A route without log-in, with the reason why that is right. */
export const PublicRoute = (reason: string): MethodDecorator => SetMetadata(publicReasonKey, reason);

/** Who makes the request. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!principal) throw new Error('A route that asks for its caller must declare roles');
  return principal;
});

/** Lets a request through when its route is public, or its key's role is among the route's. An undeclared route is closed. */
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly keys: ApiKeys,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<string | undefined>(publicReasonKey, targets)) return true;
    const roles = this.reflector.getAllAndOverride<Role[] | undefined>(allowedRolesKey, targets);
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const principal = await this.keys.authenticate(request.headers.authorization);
    if (!principal) throw new Problem('unauthenticated');
    if (!roles?.includes(principal.role)) throw new Problem('forbidden');
    request.principal = principal;
    return true;
  }
}
