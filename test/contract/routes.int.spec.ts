import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { roles } from '@openvob/access';
import { allowedRolesKey, publicReasonKey } from '../../apps/api/access.guard';
import { startSpine } from '../setup/spine';

type Handler = (...args: unknown[]) => unknown;

/** Routes that answer without declared roles, found by asking the running program. */
test('every route declares its roles, or why it is public', async () => {
  const spine = await startSpine({ redisUrl: undefined, withWorker: false });
  try {
    const declared = routesOf(spine.api.get(DiscoveryService, { strict: false }));
    expect(declared.length).toBeGreaterThan(8);
    expect(declared.filter((route) => !route.isPublic && route.roles.length === 0).map((route) => route.name)).toEqual(
      [],
    );
    expect(declared.flatMap((route) => route.roles).filter((role) => !roles.includes(role as never))).toEqual([]);
  } finally {
    await spine.stop();
  }
});

test('a route without a declaration is found', () => {
  class Planted {
    hidden(): void {}
  }
  Reflect.defineMetadata('path', '/hidden', Planted.prototype.hidden);
  expect(declarationOf('Planted.hidden', Planted.prototype.hidden, Planted)).toEqual({
    name: 'Planted.hidden',
    isPublic: false,
    roles: [],
  });
});

function routesOf(discovery: DiscoveryService): { name: string; isPublic: boolean; roles: string[] }[] {
  const scanner = new MetadataScanner();
  return discovery.getControllers().flatMap(({ instance, metatype, name }) => {
    const prototype = Object.getPrototypeOf(instance) as Record<string, Handler>;
    const handlers = scanner.getAllMethodNames(prototype).flatMap((method) => {
      const handler = prototype[method];
      return handler && Reflect.hasMetadata('path', handler) && typeof metatype === 'function'
        ? [{ method, handler, metatype }]
        : [];
    });
    return handlers.map(({ method, handler, metatype: owner }) => declarationOf(`${name}.${method}`, handler, owner));
  });
}

function declarationOf(
  name: string,
  handler: Handler,
  owner: unknown,
): { name: string; isPublic: boolean; roles: string[] } {
  const reflector = new Reflector();
  const targets = [handler, owner as never];
  const isPublic = typeof reflector.getAllAndOverride(publicReasonKey, targets) === 'string';
  return { name, isPublic, roles: reflector.getAllAndOverride<string[] | undefined>(allowedRolesKey, targets) ?? [] };
}
