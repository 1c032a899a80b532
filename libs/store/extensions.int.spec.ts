import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { readFacts } from '../../test/setup/facts';
import { ensureExtensions } from './extensions';
import { migrate } from './migrate';

const name = `ext_${randomBytes(4).toString('hex')}`;

describe('the extension for searching payers', () => {
  const { superuserUrl } = readFacts();
  const url = (user: string): string => {
    const own = new URL(superuserUrl);
    own.pathname = `/${name}`;
    if (user !== '') [own.username, own.password] = [user, 'tests'];
    return own.href;
  };
  let superuser: Client;

  async function as(user: string, work: (client: Client) => Promise<void>): Promise<void> {
    const client = new Client({ connectionString: url(user) });
    await client.connect();
    try {
      await work(client);
    } finally {
      await client.end();
    }
  }
  const sqlOf = (client: Client) => ({
    query: async <T>(sql: string): Promise<T> => (await client.query(sql)).rows as T,
  });

  beforeAll(async () => {
    superuser = new Client({ connectionString: superuserUrl });
    await superuser.connect();
    await superuser.query(`CREATE ROLE ${name} LOGIN PASSWORD 'tests'`);
    await superuser.query(`CREATE DATABASE ${name}`);
  });
  afterAll(async () => {
    await superuser.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await superuser.query(`DROP ROLE ${name}`);
    await superuser.end();
  });

  test('is refused with the remedy where the owner may not create it', async () => {
    await as(name, async (client) => {
      await expect(ensureExtensions(sqlOf(client))).rejects.toThrow(/CREATE EXTENSION pg_trgm.*as a superuser/);
    });
    await expect(migrate({ ownerUrl: url(name) })).rejects.toThrow(/CREATE EXTENSION pg_trgm/);
  });

  test('is refused with the remedy where it lies off the search path', async () => {
    await as('', async (client) => {
      await client.query('CREATE SCHEMA aside');
      await client.query('CREATE EXTENSION pg_trgm SCHEMA aside');
      await expect(ensureExtensions(sqlOf(client))).rejects.toThrow(/in the schema aside.*SET SCHEMA public/);
      await client.query('DROP EXTENSION pg_trgm');
    });
  });

  test('is refused with the remedy where the server has none', async () => {
    const without = { query: async <T>(): Promise<T> => [] as T };
    await expect(ensureExtensions(without)).rejects.toThrow(/lacks the extension pg_trgm: install/);
  });

  test('is made where the owner may, and left alone where it is', async () => {
    await superuser.query(`GRANT CREATE ON DATABASE ${name} TO ${name}`);
    await superuser.query(`ALTER DATABASE ${name} OWNER TO ${name}`);
    await as(name, async (client) => {
      await ensureExtensions(sqlOf(client));
      await ensureExtensions(sqlOf(client));
    });
  });
});
