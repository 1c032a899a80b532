import { Redis } from 'ioredis';
import { Client } from 'pg';
import { describeOnBothBackends } from './backends';
import { createTestDatabase } from './database';
import { createTestRedis, hasRedis, redisMissing } from './redis';

describe('a database of a suite’s own', () => {
  test('is migrated and open to the application role, which may not make tables', async () => {
    const database = await createTestDatabase();
    const client = new Client({ connectionString: database.applicationUrl });
    await client.connect();
    const tables = await client.query(`SELECT FROM pg_tables WHERE schemaname = 'public'`);
    expect(tables.rowCount).toBeGreaterThan(0);
    await expect(client.query('CREATE TABLE plant (id int)')).rejects.toThrow(/permission denied/);
    await client.end();
    await database.drop();
  });

  test('two of them do not see each other', async () => {
    const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    const client = new Client({ connectionString: one.ownerUrl });
    await client.connect();
    await client.query('CREATE TABLE plant (id int)');
    await client.end();
    const other = new Client({ connectionString: two.ownerUrl });
    await other.connect();
    expect((await other.query(`SELECT to_regclass('plant') AS found`)).rows).toEqual([{ found: null }]);
    await other.end();
    await Promise.all([one.drop(), two.drop()]);
  });

  test('a connection left open is named when it is dropped', async () => {
    const database = await createTestDatabase();
    const client = new Client({ connectionString: database.ownerUrl, application_name: 'forgetful' });
    client.on('error', () => undefined); // the drop ends it
    await client.connect();
    await client.query('SELECT 7 AS lucky');
    await expect(database.drop()).rejects.toThrow(/1 database connections? open:\n.*forgetful.*SELECT 7 AS lucky/);
  });
});

describeOnBothBackends('a suite for both backends', (backend) => {
  test('knows where the queue lives', () => {
    if (backend.name === 'Redis') expect(backend.redisUrl()).toMatch(/^redis:\/\/.*\/\d+$/);
    else expect(backend.redisUrl()).toBeUndefined();
  });
});

(hasRedis() ? describe : describe.skip)(`a Redis of a suite’s own (else: ${redisMissing})`, () => {
  test('starts empty, holds what is written, and is empty for the next', async () => {
    const [one, two] = await Promise.all([createTestRedis(), createTestRedis()]);
    expect(one.url).not.toBe(two.url);
    const redis = new Redis(one.url);
    await redis.set('key', 'value');
    const other = new Redis(two.url);
    expect(await other.get('key')).toBeNull();
    await Promise.all([one.release(), two.release()]);
    expect(await redis.dbsize()).toBe(0);
    redis.disconnect();
    other.disconnect();
  });
});
