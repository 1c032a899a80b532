import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childEnvironment } from '@openvob/platform';
import { Client } from 'pg';
import { type Body, facilityId, requestFor, type Spine, startSpine, TestCaller } from '../../test/setup/spine';
import { until } from '../standalone/processes';

const metricsToken = 'metrics-token-of-the-trail';

describe('the audit trail, from its lines to its verification', () => {
  let spine: Spine;
  let owner: Client;
  let auditor: TestCaller;
  const folder = mkdtempSync(join(tmpdir(), 'openvob-heads-'));
  const headFile = join(folder, 'heads.ndjson');

  beforeAll(async () => {
    const settings = {
      AUDIT_HEAD_FILE: headFile,
      AUDIT_HEAD_SECONDS: '0.2',
      AUDIT_SEAL_SECONDS: '0.2',
      METRICS_TOKEN: metricsToken,
    };
    spine = await startSpine({ redisUrl: undefined, settings });
    owner = new Client({ connectionString: spine.database.ownerUrl });
    await owner.connect();
    auditor = new TestCaller(spine, await spine.keyFor('auditor'));
  });
  afterAll(async () => {
    await owner.end();
    await spine.stop();
    rmSync(folder, { recursive: true });
  });

  const vob = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
    new Promise((resolve) => {
      const env = childEnvironment({ DATABASE_URL: spine.config.databaseUrl });
      execFile(
        process.execPath,
        [join(__dirname, '../../dist/apps/cli/main.js'), 'audit', ...args],
        { env },
        (error, out, err) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
      );
    });

  const heads = (): Body[] => {
    try {
      return readFileSync(headFile, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Body);
    } catch {
      return [];
    }
  };

  test('auditors find who read a record, in lists too, page by page', async () => {
    const { id } = await new TestCaller(spine).verify(requestFor('NWH0010001'));
    await new TestCaller(spine).get('/v1/verifications');
    await new TestCaller(spine).get(`/v1/verifications/${id}/answers`);
    const about = await auditor.get(`/v1/audit?subject=${id}&limit=200`);
    const actions = about.body.items.map((item: Body) => item.action);
    expect(actions).toEqual(expect.arrayContaining(['verification.requested', 'verifications.listed', 'answers.read']));
    const read = about.body.items.find((item: Body) => item.action === 'answers.read');
    expect(read.actor).toMatchObject({ kind: 'api_key', name: 'tests' });
    expect(
      about.body.items.every((item: Body, index: number, all: Body[]) => index === 0 || item.at <= all[index - 1].at),
    ).toBe(true);

    const walked: Body[] = [];
    for (let cursor = ''; ; ) {
      const page = await auditor.get(`/v1/audit?subject=${id}&limit=2${cursor && `&cursor=${cursor}`}`);
      walked.push(...page.body.items.map((item: Body) => item));
      if (!page.body.nextCursor) break;
      cursor = page.body.nextCursor;
    }
    // To have looked at the trail is a line of it, so that the next look finds one more; and seals come a little later.
    const lines = (items: Body[]): Body[] =>
      items.filter(({ action }) => action !== 'audit.read').map((line) => ({ ...line, seal: undefined }));
    expect(lines(walked)).toEqual(lines(about.body.items));
    expect(walked.length).toBe(about.body.items.length + 1);
  });

  test('filters by action, actor and time, and refuses what is none', async () => {
    const only = await auditor.get('/v1/audit?action=answers.read,request.read');
    expect(new Set(only.body.items.map((item: Body) => item.action))).toEqual(new Set(['answers.read']));
    const actor = only.body.items[0].actor.id;
    const byActor = await auditor.get(`/v1/audit?actor=${actor}&action=answers.read`);
    expect(byActor.body.items).toHaveLength(only.body.items.length);
    expect((await auditor.get('/v1/audit?to=2020-01-01T00:00:00Z')).body.items).toEqual([]);
    expect((await auditor.get('/v1/audit?from=yesterday')).status).toBe(400);
    expect((await auditor.get('/v1/audit?limit=1000')).status).toBe(400);
    expect((await auditor.get('/v1/audit?cursor=x')).status).toBe(400);
  });

  test('each line is linked, and the end of the chain is told outside', async () => {
    expect(await until(async () => heads().some(({ chain }) => chain === facilityId), 15_000)).toBe(true);
    const head = await auditor.get('/v1/audit/head');
    expect(head.body).toMatchObject({ chain: facilityId, publicKey: heads()[0].publicKey });
    expect(spine.logged.some((line) => line.includes('"audit.head"'))).toBe(true);
    const whole = await vob('verify', '--heads', headFile, '--key', head.body.publicKey);
    expect(whole.out).toContain(`${facilityId}: `);
    expect(whole).toMatchObject({ code: 0 });
  });

  test('of the installation is read by auditors, without what is about other facilities, and that stands in their own', async () => {
    await spine.keyFor('admin', 'fac_elsewhere');
    for (const subject of [facilityId, 'fac_elsewhere', 'installation', 'per_unknown'])
      await owner.query(
        `INSERT INTO installation_audit_entry (at, actor_kind, actor_id, action, subject_id) VALUES (now(), 'worker', 'keys', 'planted', $1)`,
        [subject],
      );
    const planted = await auditor.get('/v1/audit/installation?action=planted');
    expect(planted.body.items.map(({ subjectId }: Body) => subjectId)).toEqual([
      'per_unknown',
      'installation',
      facilityId,
    ]);
    const first = await auditor.get('/v1/audit/installation?action=planted&limit=2');
    const next = await auditor.get(`/v1/audit/installation?action=planted&limit=2&cursor=${first.body.nextCursor}`);
    expect([first.body.items.length, next.body.items.length]).toEqual([2, 1]);
    const own = await auditor.get('/v1/audit?action=audit.read&limit=1');
    expect(own.body.items[0].detail).toMatchObject({ trail: 'installation', count: 1 });
    expect((await new TestCaller(spine).get('/v1/audit/installation')).status).toBe(403);
    expect(await until(async () => (await installationHead()).position > 0, 15_000)).toBe(true);
    expect(await installationHead()).toMatchObject({ chain: 'installation', signature: expect.any(String) });
  });
  const installationHead = async (): Promise<Body> => (await auditor.get('/v1/audit/installation/head')).body;

  test('tells operations for how long its lines have waited to be linked', async () => {
    const figure = async (name: string): Promise<number> => {
      const caller = new TestCaller(spine, metricsToken);
      return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec((await caller.get('/metrics')).text)?.[1]);
    };
    const chain = `hashtextextended('openvob audit ${facilityId}', 0)`;
    await owner.query(`SELECT pg_advisory_lock(${chain})`);
    try {
      await auditor.get('/v1/audit');
      await owner.query(`UPDATE audit_unsealed SET written_at = now() - interval '10 minutes'`);
      expect(await until(async () => (await figure('openvob_audit_unsealed_age_seconds')) >= 600, 15_000)).toBe(true);
      expect(await figure('openvob_audit_unsealed')).toBeGreaterThan(0);
    } finally {
      await owner.query(`SELECT pg_advisory_unlock(${chain})`);
    }
    expect(await until(async () => (await figure('openvob_audit_unsealed_age_seconds')) < 60, 15_000)).toBe(true);
  });

  test('whoever rewrites it is found, with the place', async () => {
    await spine.worker.close();
    const { rows } = await owner.query(
      'SELECT entry_id, position FROM audit_seal WHERE facility_id = $1 ORDER BY position OFFSET 2 LIMIT 1',
      [facilityId],
    );
    await owner.query(
      `SET session_replication_role = replica; UPDATE audit_entry SET actor_id = 'per_nobody' WHERE id = ${rows[0].entry_id}`,
    );
    const found = await vob('verify', '--facility', facilityId);
    expect(found).toMatchObject({ code: 1 });
    expect(found.out).toContain(`position ${rows[0].position}, line ${rows[0].entry_id}: the line`);
    await owner.query(`DELETE FROM audit_seal WHERE facility_id = '${facilityId}' AND position > 1`);
    const cut = await vob('verify', '--facility', facilityId, '--heads', headFile, '--json');
    expect(JSON.parse(cut.out)[0].faults.map((fault: Body) => fault.kind)).toContain('cut_off');
    expect((await vob('verify', '--heads', join(folder, 'nothing'))).code).toBe(2);
  });
});
