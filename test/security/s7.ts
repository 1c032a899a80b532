import { docsRoutes, ownRoutes, publicRoutes } from '../../apps/api/access-matrix';
import { consoleRoutes } from '../../apps/api/console-pages';
import { routesOf } from '../../apps/api/route-record';
import { type AccessCell, AccessTrial, guardedRoutes, separateRoutes } from '../contract/access-trial';
import type { Measurement } from '../setup/measure';
import { all, none } from './bar.rows';
import { withServers } from './bar.servers';

/** S7: every declared route × role × own and other facility, by key and signed in, from `apps/api/access-matrix.ts`; no route beside it. */
export function run(): Promise<Measurement[]> {
  return withServers(async () => {
    const trial = await AccessTrial.start();
    try {
      const own: AccessCell[] = [];
      for (const route of guardedRoutes) own.push(...told(route[0], await trial.ownCells(route)));
      const other: AccessCell[] = [];
      for (const route of separateRoutes) other.push(...told(route[0], await trial.otherCells(route)));
      return [
        all('route × caller of the own facility as declared', own.filter(isRight).length, own.length, 'cells'),
        all('route × caller of another facility as declared', other.filter(isRight).length, other.length, 'cells'),
        none('routes that run and are not declared', undeclared(trial).length, 'routes'),
      ];
    } finally {
      await trial.stop();
    }
  });
}

function isRight({ found, expected }: AccessCell): boolean {
  return found === expected;
}

function told(route: string, cells: AccessCell[]): AccessCell[] {
  for (const cell of cells.filter((one) => !isRight(one)))
    console.error(`  ${route}, ${cell.who}: ${cell.found} in place of ${cell.expected}`);
  return cells;
}

function undeclared(trial: AccessTrial): string[] {
  const declared = new Set([
    ...guardedRoutes.map(([route]) => route),
    ...[...ownRoutes, ...publicRoutes, ...docsRoutes, ...consoleRoutes],
  ]);
  const running = routesOf(trial.spine.api.getHttpAdapter().getInstance()).map(({ name }) => name);
  const guardedOtherwise = /^HEAD |^\w+ \/ops\/queues/;
  return running.filter((name) => !guardedOtherwise.test(name) && !declared.has(name));
}
