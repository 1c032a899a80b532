import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Client } from 'pg';
import { readFacts } from '../../test/setup/facts';

const program = join(__dirname, '..', '..', 'dist', 'apps', 'migrate', 'main.js');

function migrate(environment: Record<string, string>): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program], { env: environment, encoding: 'utf8' });
  return { status, said: stdout + stderr };
}

describe('the migration command', () => {
  const name = `migrate_${randomBytes(6).toString('hex')}`;
  const inDatabase = (url: string): URL => Object.assign(new URL(url), { pathname: `/${name}` });
  const withClient = async <T>(url: string, work: (client: Client) => Promise<T>): Promise<T> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    return work(client).finally(() => client.end());
  };
  beforeAll(() => withClient(readFacts().superuserUrl, (client) => client.query(`CREATE DATABASE ${name}`)));
  afterAll(() => withClient(readFacts().superuserUrl, (client) => client.query(`DROP DATABASE ${name}`)));

  test('makes an empty database ready for the application role, and does nothing the second time', async () => {
    const OWNER_DATABASE_URL = inDatabase(readFacts().superuserUrl).href;
    // The role belongs to the server, which other suites use at this moment: it keeps its password.
    const DATABASE_URL = inDatabase(readFacts().applicationUrl).href;
    const first = migrate({ OWNER_DATABASE_URL, DATABASE_URL });
    expect([first.status, first.said]).toEqual([0, expect.stringMatching(/^Applied Spine\d+/)]);
    const again = migrate({ OWNER_DATABASE_URL, DATABASE_URL });
    expect([again.status, again.said]).toEqual([0, 'The schema is up to date\n']);
    const seen = await withClient(DATABASE_URL, (client) => client.query('SELECT count(*)::integer AS n FROM payer'));
    expect(seen.rows).toEqual([{ n: 0 }]);
  });

  test('says what it needs', () => {
    const refused = migrate({});
    expect([refused.status, refused.said]).toEqual([1, expect.stringContaining('OWNER_DATABASE_URL is missing')]);
  });
});
