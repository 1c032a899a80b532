import type { Measurement } from '../setup/measure';
import { all, none } from './bar.rows';
import { overDatabase, withServers } from './bar.servers';
import { appendTogether } from './s14.appends';
import { auditedRoutes } from './s14.routes';
import { deniedChanges, inDatabase, inMemory } from './s14.tampering';

/**
 * S14, the audit trail: every route that shows or changes patient data writes its line in the same transaction, no tampering goes unseen,
 * concurrent lines make one chain.
 *
 * @param count lines appended at once; a tenth of it is tampered with
 */
export async function run({ count = 10_000 }: { count?: number } = {}): Promise<Measurement[]> {
  const edits = Math.max(20, Math.floor(count / 10));
  const chains = await overDatabase(async (where) => {
    const appended = await appendTogether(where, count);
    const memory = await inMemory(where, edits);
    const database = await inDatabase(where);
    const denied = await deniedChanges(where);
    return [
      all(`lines of ${appended.facilities} facilities linked`, appended.linked, count, 'lines'),
      none('forks, gaps and changes in chains written at once by 2 sealers', appended.faults, 'faults'),
      all('edits, removals, reorders, rewrites and cuts found', memory.found, memory.tried, 'tamperings'),
      all('kinds of tampering in the tables themselves found', database.found, database.tried, 'tamperings'),
      all('changes by the application role refused', denied.refused, denied.tried, 'statements'),
    ];
  });
  return [...chains, ...(await withServers(routeRows))];
}

async function routeRows(): Promise<Measurement[]> {
  const routes = await auditedRoutes();
  for (const one of [...routes.notAudited, ...routes.notRun, ...routes.notRefused, ...routes.changedSomething])
    console.error(`  ${one}`);
  return [
    all('routes with patient data that were run', routes.total - routes.notRun.length, routes.total, 'routes'),
    none('of these without a line in the trail', routes.notAudited.length, 'routes'),
    none('that answer while the trail cannot be written', routes.notRefused.length, 'routes'),
    none('that change something while it cannot be written', routes.changedSomething.length, 'routes'),
  ];
}
