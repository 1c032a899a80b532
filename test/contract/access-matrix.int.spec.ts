import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { personRoles, type Role, roles, scopeOf, scopes } from '@openvob/access';
import {
  accessMatrix,
  accessTable,
  docsRoutes,
  type MatrixRow,
  ownRoutes,
  publicRoutes,
} from '../../apps/api/access-matrix';
import { consoleRoutes } from '../../apps/api/console-pages';
import { routesOf } from '../../apps/api/route-record';
import { type Browser, putPerson, requireSecondFactor, signedIn } from '../setup/people';
import { type Spine, startSpine } from '../setup/spine';
import { type Asked, askRoute } from './access-asking';
import { Subjects } from './access-subjects';

type Caller = { name: string; headers: Record<string, string> };

describe('every route × role × facility is as declared', () => {
  let spine: Spine;
  let port: number;
  let subjects: Subjects;
  const own = new Map<Role, Caller[]>();
  const other = new Map<Role, Caller[]>();

  beforeAll(async () => {
    spine = await startSpine({ redisUrl: undefined, withWorker: false });
    await spine.api.listen(0, '127.0.0.1');
    port = Number(new URL(await spine.api.getUrl()).port);
    await requireSecondFactor(spine, false);
    subjects = new Subjects(spine);
    await subjects.open();
    for (const role of roles) {
      own.set(role, await callersOf(role, undefined));
      other.set(role, await callersOf(role, 'fac_other'));
    }
  });
  afterAll(async () => {
    await subjects.close();
    await spine.stop();
  });

  /** A key of the role and, where people have it, somebody who is signed in. */
  async function callersOf(role: Role, facility: string | undefined): Promise<Caller[]> {
    const key = await spine.keyFor(role, facility);
    const byKey = { name: `key of ${role}`, headers: { authorization: `Bearer ${key}` } };
    const personRole = personRoles.find((one) => one === role);
    if (!personRole) return [byKey];
    const email = `${role}@${facility ?? 'own'}.example`.replace('_', '-');
    await putPerson(spine, { email, role: personRole, ...(facility ? { facility } : {}) });
    return [byKey, { name: `${role} signed in`, headers: cookieOf(await signedIn(spine, email)) }];
  }

  const cookieOf = ({ cookies }: Browser): Record<string, string> => ({
    cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    'x-openvob-csrf': '1',
  });

  const ask = (route: string, ids: readonly string[], headers: Record<string, string>): Promise<Asked> =>
    askRoute(port, { route, ids, headers });

  const runningRoutes = () =>
    routesOf(spine.api.getHttpAdapter().getInstance()).filter(
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

  const boardRow: MatrixRow = { what: 'the board', roles: ['ops'], routes: ['GET /ops/queues/api/queues'] };
  const guarded = [...accessMatrix.filter((row) => !row.routes.includes('* /ops/queues')), boardRow];
  const cases = guarded.flatMap((row) => row.routes.map((route) => [route, row] as const));

  test.each(cases)('%s', async (route, row) => {
    const shared = row.subject ? await subjects.make(row.subject) : [];
    const found: string[] = [];
    const expected: string[] = [];
    const note = (who: string, got: string, wanted: string): void => {
      found.push(`${who}: ${got}`);
      expected.push(`${who}: ${wanted}`);
    };
    note('nobody', String((await ask(route, shared, {})).status), '401');
    for (const role of roles) {
      for (const caller of own.get(role) ?? []) {
        const isOpen = row.roles.includes(role);
        const ids = isOpen && row.subject && !route.startsWith('GET') ? await subjects.make(row.subject) : shared;
        const { status } = await ask(route, ids, caller.headers);
        note(
          caller.name,
          isOpen && ![401, 403, 404, 405].includes(status) && status < 500 ? 'in' : String(status),
          isOpen ? 'in' : '403',
        );
      }
    }
    expect(found).toEqual(expected);
  });

  const separate = cases.filter(([, row]) => row.subject && row.subject !== 'payer' && row.subject !== 'connection');

  test.each(separate)('%s finds nothing of another facility', async (route, row) => {
    const ids = row.subject ? await subjects.make(row.subject) : [];
    const unknown = ids.map((id) => `${id.slice(0, -3)}zzz`);
    for (const role of roles) {
      for (const caller of other.get(role) ?? []) {
        const [foreign, missing] = [await ask(route, ids, caller.headers), await ask(route, unknown, caller.headers)];
        expect([caller.name, foreign]).toEqual([caller.name, missing]);
        expect([caller.name, foreign.status]).toEqual([caller.name, row.roles.includes(role) ? 404 : 403]);
      }
    }
  });

  test.each(ownRoutes)('%s is for whoever signed in, and for no key', async (route) => {
    expect((await ask(route, [], {})).status).toBe(401);
    for (const role of roles) {
      const [byKey] = own.get(role) ?? [];
      expect((await ask(route, [], byKey?.headers ?? {})).status).toBe(403);
    }
  });

  test.each(publicRoutes)('%s asks for no log-in', async (route) => {
    const { status, code } = await ask(route, ['x'], { 'x-openvob-csrf': '1' });
    // Where there is no such thing, or its own secret is missing: never for want of a role.
    expect([status, code]).not.toEqual([403, 'forbidden']);
    expect(status).toBeLessThan(500);
  });
});
