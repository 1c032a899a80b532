import { Client } from 'pg';
import { docsRoutes } from '../../apps/api/access-matrix';
import { boardMethods, boardPaths, statusOnTheWire } from '../contract/board-paths';
import type { Measurement } from '../setup/measure';
import { requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';
import { all, atMost, none } from './bar.rows';
import { withServers } from './bar.servers';

const token = 'metrics-token-of-the-search';
const mostSeries = 5000;
const secretsOfTheTest = ['Quillfeather', 'Marlow', '1988-03-14', 'NWH00', 'fac_test', 'prg_test', token];

/**
 * S10: queue board and metrics, every path × method without a key and with roles that have no business there; what operations may read
 * changes nothing; labels hold no ids, series stay few. The description of the API and the two health routes are open on purpose: they
 * are the same for everybody, take no method but GET, and say nothing of anybody.
 */
export function run(): Promise<Measurement[]> {
  return withServers(async () => {
    const spine = await startSpine({ redisUrl: undefined, settings: { METRICS_TOKEN: token } });
    const owner = new Client({ connectionString: spine.database.ownerUrl });
    await owner.connect();
    try {
      await spine.api.listen(0, '127.0.0.1');
      const port = Number(new URL(await spine.api.getUrl()).port);
      return [
        ...(await closedRows(spine, port)),
        ...(await openRows(port)),
        ...(await readingRows(spine, port, owner)),
        ...(await metricRows(spine)),
      ];
    } finally {
      await owner.end();
      await spine.stop();
    }
  });
}

type Ask = { method: string; path: string };

async function statusesOf(port: number, asked: readonly Ask[], headers: Record<string, string>): Promise<number[]> {
  const found: number[] = [];
  for (const one of asked) found.push(await statusOnTheWire(port, { ...one, headers }));
  return found;
}

const bearer = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });
const everyMethod = (paths: readonly string[]): Ask[] =>
  paths.flatMap((path) => boardMethods.map((method) => ({ method, path })));

async function closedRows(spine: Spine, port: number): Promise<Measurement[]> {
  const asked = everyMethod([...boardPaths(), '/metrics', '/metrics/', '//metrics', '/metrics?token=x']);
  const isClosed = (status: number): boolean => [401, 403, 404].includes(status);
  const count = (statuses: readonly number[], allowed: readonly number[]): number =>
    statuses.filter((status) => allowed.includes(status)).length;
  const unknown = await statusesOf(port, asked, {});
  const rows = [
    all(
      'board and metrics: path × method without a key answered 401 or 404',
      count(unknown, [401, 404]),
      asked.length,
      'answers',
    ),
  ];
  for (const role of ['coordinator', 'supervisor', 'biller', 'auditor', 'admin', 'machine'] as const) {
    const found = await statusesOf(port, asked, bearer(await spine.keyFor(role)));
    rows.push(
      all(`the same with a key of ${role}: 401, 403 or 404`, found.filter(isClosed).length, asked.length, 'answers'),
    );
  }
  return rows;
}

/** What is open takes no other method. */
async function openRows(port: number): Promise<Measurement[]> {
  const paths = ['/health/live', '/health/ready', ...docsRoutes.map((route) => route.split(' ')[1] ?? '')];
  const changing = everyMethod(paths).filter(({ method }) => !['GET', 'HEAD', 'OPTIONS'].includes(method));
  const found = await statusesOf(port, changing, {});
  const refused = found.filter((status) => [401, 404, 405, 501, 400].includes(status)).length;
  return [all('health and documentation: changing methods refused', refused, changing.length, 'answers')];
}

/** Whoever operates may read the board: nothing in the tables is another afterwards. */
async function readingRows(spine: Spine, port: number, owner: Client): Promise<Measurement[]> {
  const key = await spine.keyFor('ops');
  await spine.worker.close();
  const before = await contents(owner);
  const asked = boardPaths().flatMap((path) => (['GET', 'HEAD'] as const).map((method) => ({ method, path })));
  await statusesOf(port, asked, bearer(key));
  const changed = (await contents(owner)) === before ? 0 : 1;
  return [none(`rows of patients changed by ${asked.length} readings of the board`, changed, 'changes')];
}

async function contents(owner: Client): Promise<string> {
  const { rows } = await owner.query<{ sum: string }>(
    `SELECT md5(string_agg(v::text, '' ORDER BY id)) || md5((SELECT coalesce(string_agg(i::text, '' ORDER BY i.id), '') FROM inquiry i)) AS sum FROM verification v`,
  );
  return rows[0]?.sum ?? '';
}

async function metricRows(spine: Spine): Promise<Measurement[]> {
  const caller = new TestCaller(spine);
  const ids: string[] = [];
  for (let turn = 0; turn < 200; turn += 1) {
    const { body } = await caller.post('/v1/verifications', requestFor(`NWH00${String(turn % 9)}0001`.padEnd(10, '1')));
    ids.push(body.id);
    await caller.get(`/v1/verifications/${body.id}`);
    await caller.get(`/v1/Quillfeather-${turn}/${body.id}`);
  }
  const { text } = await new TestCaller(spine, token).get('/metrics');
  const series = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const shown = [...ids, ...secretsOfTheTest, spine.apiKey].filter((secret) => text.includes(secret));
  for (const secret of shown) console.error(`  in metrics: ${secret}`);
  return [
    none('ids, names, member ids and keys in metrics after 600 requests', shown.length, 'texts'),
    atMost('series of one API process', series.length, mostSeries, 'series'),
  ];
}
