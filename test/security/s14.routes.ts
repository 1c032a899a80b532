import { Client } from 'pg';
import { accessMatrix, type MatrixRow } from '../../apps/api/access-matrix';
import { askRoute } from '../contract/access-asking';
import { Subjects } from '../contract/access-subjects';
import { requireSecondFactor } from '../setup/people';
import { requestFor, type Spine, startSpine, TestCaller } from '../setup/spine';

/** What is no patient's, and holds nothing about one. */
const withoutPatients = new Set([
  'program',
  'person',
  'key',
  'identity_provider',
  'emergency_access',
  'webhook_endpoint',
  'webhook_delivery',
  'payer',
  'connection',
]);

const others = new Set([
  'GET /v1/verifications',
  'POST /v1/verifications',
  'POST /v1/verifications/batch',
  'POST /v1/verifications/search',
  'POST /v1/verifications/similar',
  'GET /v1/payers/:id/accuracy',
]);

export interface AuditedRoutes {
  total: number;
  /** Routes that no subject here let through, so that nothing is known of them. */
  notRun: string[];
  notAudited: string[];
  notRefused: string[];
  changedSomething: string[];
}

/** Every declared route with patient data. */
export function patientRoutes(): (readonly [route: string, row: MatrixRow])[] {
  return accessMatrix.flatMap((row) =>
    row.routes
      .filter((route) => others.has(route) || (row.subject !== undefined && !withoutPatients.has(row.subject)))
      .map((route) => [route, row] as const),
  );
}

/** Runs every route with patient data, once as usual and once while no line can be written to the trail. */
export async function auditedRoutes(): Promise<AuditedRoutes> {
  const spine = await startSpine({ redisUrl: undefined, settings: { AUDIT_SEAL_SECONDS: '3600' } });
  const owner = new Client({ connectionString: spine.database.ownerUrl });
  await owner.connect();
  const subjects = new Subjects(spine);
  await subjects.open();
  try {
    await spine.api.listen(0, '127.0.0.1');
    return await new RouteTrial(spine, owner, subjects).run();
  } finally {
    await subjects.close();
    await owner.end();
    await spine.stop();
  }
}

class RouteTrial {
  private port = 0;
  private headers: Record<string, string> = {};

  constructor(
    private readonly spine: Spine,
    private readonly owner: Client,
    private readonly subjects: Subjects,
  ) {}

  async run(): Promise<AuditedRoutes> {
    this.port = Number(new URL(await this.spine.api.getUrl()).port);
    await requireSecondFactor(this.spine, false);
    this.headers = { authorization: `Bearer ${await this.spine.keyFor('admin')}` };
    const result: AuditedRoutes = { total: 0, notRun: [], notAudited: [], notRefused: [], changedSomething: [] };
    const routes = patientRoutes();
    result.total = routes.length;
    for (const [route, row] of routes) await this.asUsual(route, row, result);
    const ready = await this.readySubjects(routes);
    await this.spine.worker.close();
    await this.breakTrail();
    for (const [route] of routes) await this.withoutTrail(route, ready.get(route) ?? [], result);
    return result;
  }

  private async asUsual(route: string, row: MatrixRow, result: AuditedRoutes): Promise<void> {
    for (const ids of await this.subjectsOf(row)) {
      const before = await this.lines(ids);
      const { status } = await askRoute(this.port, { route, ids, headers: this.headers });
      if (status >= 400) continue;
      if ((await this.lines(ids)) <= before) result.notAudited.push(`${route}: no line`);
      return;
    }
    result.notRun.push(`${route}: never let through`);
  }

  /** Lines by our caller about the subject, or about anything where there is none; what a worker writes does not count. */
  private async lines(ids: readonly string[]): Promise<number> {
    const { rows } = await this.owner.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM audit_entry WHERE actor_kind = 'api_key' AND ($1::text IS NULL OR subject_id = $1 OR detail::text LIKE '%' || $1 || '%')`,
      [ids[0] ?? null],
    );
    return rows[0]?.n ?? 0;
  }

  /** Those that a route might want: one that is settled, one that waits for consent. */
  private async subjectsOf(row: MatrixRow): Promise<string[][]> {
    if (row.subject === undefined) return [[]];
    if (row.subject !== 'verification') return [await this.subjects.make(row.subject)];
    const caller = new TestCaller(this.spine);
    const settled = await caller.verify(requestFor('NWH0010001'));
    const waiting = await caller.verify(requestFor('NWH0010001', { consent: undefined }));
    return [[settled.id], [waiting.id]];
  }

  /** Made while the trail still takes lines. */
  private async readySubjects(routes: readonly (readonly [string, MatrixRow])[]): Promise<Map<string, string[][]>> {
    const ready = new Map<string, string[][]>();
    for (const [route, row] of routes) ready.set(route, await this.subjectsOf(row));
    return ready;
  }

  private async breakTrail(): Promise<void> {
    await this.owner.query(`CREATE FUNCTION break_trail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk full'; END $$;
      CREATE TRIGGER audit_entry_broken BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION break_trail();`);
  }

  private async withoutTrail(route: string, subjects: readonly string[][], result: AuditedRoutes): Promise<void> {
    for (const ids of subjects) {
      const before = await this.contents();
      const { status } = await askRoute(this.port, { route, ids, headers: this.headers });
      if (status < 400) result.notRefused.push(`${route}: ${status} without a trail`);
      if ((await this.contents()) !== before) result.changedSomething.push(`${route}: changed rows without a trail`);
    }
  }

  /** A fingerprint of all rows of patients. */
  private async contents(): Promise<string> {
    const tables = await this.owner.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'facility_id'
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname NOT IN ('api_key', 'session') ORDER BY 1`,
    );
    const sums: string[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await this.owner.query<{ sum: string | null }>(
        `SELECT md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))) AS sum FROM ${name} t`,
      );
      sums.push(`${name}:${rows[0]?.sum}`);
    }
    return sums.join('\n');
  }
}
