import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { roles, scopeOf, scopes } from '@openvob/access';
import { accessMatrix, accessTable, docsRoutes, ownRoutes, publicRoutes } from '../../apps/api/access-matrix';
import { consoleRoutes } from '../../apps/api/console-pages';
import { routesOf } from '../../apps/api/route-record';
import { type AccessCell, AccessTrial, guardedRoutes, separateRoutes } from './access-trial';

describe('every route × role × facility is as declared', () => {
  let trial: AccessTrial;
  beforeAll(async () => {
    trial = await AccessTrial.start();
  });
  afterAll(() => trial.stop());

  const runningRoutes = () =>
    routesOf(trial.spine.api.getHttpAdapter().getInstance()).filter(
      ({ name }) => !name.startsWith('HEAD ') && !/^\w+ \/ops\/queues/.test(name),
    );

  test('no route is missing in the table, and none in it is gone', () => {
    // The console is served where it was built.
    const pages = runningRoutes().some(({ name }) => name === 'GET /assets/:file') ? consoleRoutes : [];
    const declared = [
      ...accessMatrix.flatMap((row) => row.routes),
      ...ownRoutes,
      ...publicRoutes,
      ...docsRoutes,
      ...pages,
    ];
    expect(declared.filter((route) => route !== '* /ops/queues').sort()).toEqual(
      runningRoutes()
        .map(({ name }) => name)
        .sort(),
    );
    expect(new Set(declared).size).toBe(declared.length);
  });

  test('each route declares exactly the roles of its row to the guard', () => {
    const inTable = new Map(accessMatrix.flatMap((row) => row.routes.map((route) => [route, [...row.roles].sort()])));
    const guarded = runningRoutes().flatMap(({ name, access }) =>
      access?.roles ? [[name, [...access.roles].sort()] as const] : [],
    );
    inTable.delete('* /ops/queues');
    expect(new Map(guarded)).toEqual(inTable);
    const ofSession = runningRoutes().filter(({ access }) => access?.session === 'own');
    expect(ofSession.map(({ name }) => name).sort()).toEqual([...ownRoutes].sort());
  });

  test('a key can be limited to exactly what the role machine may do', () => {
    const open = accessMatrix.filter((row) => row.roles.includes('machine')).flatMap((row) => row.routes);
    const needed = open.map((route) => scopeOf(...(route.split(' ') as [string, string])));
    expect([...new Set(needed)].sort()).toEqual([...scopes].sort());
  });

  test('the README shows it', () => {
    const readme = readFileSync(join(__dirname, '../../README.md'), 'utf8');
    expect(readme).toContain(accessTable());
  });

  const asFound = (cells: readonly AccessCell[]): string[] => cells.map(({ who, found }) => `${who}: ${found}`);
  const asDeclared = (cells: readonly AccessCell[]): string[] =>
    cells.map(({ who, expected }) => `${who}: ${expected}`);

  test.each([...guardedRoutes])('%s', async (route, row) => {
    const cells = await trial.ownCells([route, row]);
    expect(asFound(cells)).toEqual(asDeclared(cells));
  });

  test.each(separateRoutes)('%s finds nothing of another facility', async (route, row) => {
    const cells = await trial.otherCells([route, row]);
    expect(asFound(cells)).toEqual(asDeclared(cells));
  });

  test.each(ownRoutes)('%s is for whoever signed in, and for no key', async (route) => {
    expect((await trial.ask(route, [], {})).status).toBe(401);
    for (const role of roles) {
      expect((await trial.ask(route, [], trial.keyOf(role))).status).toBe(403);
    }
  });

  test.each(publicRoutes)('%s asks for no log-in', async (route) => {
    const { status, code } = await trial.ask(route, ['x'], { 'x-openvob-csrf': '1' });
    // Where there is no such thing, or its own secret is missing: never for want of a role.
    expect([status, code]).not.toEqual([403, 'forbidden']);
    expect(status).toBeLessThan(500);
  });
});
