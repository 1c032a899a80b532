import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@openvob/store/migrate';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { freePort } from '../../apps/standalone/ports';
import { removePostgres, startPostgres } from '../../apps/standalone/postgres';
import { commandLineOf, isAlive, until } from '../../apps/standalone/processes';
import { type Facts, templateDatabase } from './facts';

/** The servers of one test run; gone when it ends. */
export interface Services {
  readonly factsFile: string;
  stop(): Promise<void>;
}

const prefix = 'openvob-test-';
const factsName = 'facts.json';

/**
 * Starts what the integration suites need: a throw-away PostgreSQL with a migrated template database and, where
 * redis-server is installed or REDIS_URL names one, a Redis. What an interrupted run left behind is cleared first.
 */
export async function startServices(): Promise<Services> {
  await clearAbandoned();
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  chmodSync(folder, 0o711); // root's PostgreSQL runs as another user, which must be able to enter
  const [postgres, redis] = await Promise.all([
    startPostgres({ dataDir: join(folder, 'postgres'), durable: false }),
    startRedis(folder),
  ]);
  const applicationUrl = await makeTemplate(postgres.superuserUrl);
  const facts: Facts = {
    superuserUrl: postgres.superuserUrl,
    applicationUrl,
    ...(redis ? { redisUrl: redis.url } : {}),
    ...(redis?.child?.pid ? { redisPid: redis.child.pid } : {}),
  };
  writeFileSync(join(folder, factsName), JSON.stringify(facts), { mode: 0o600 });
  return {
    factsFile: join(folder, factsName),
    stop: async () => {
      redis?.child?.kill('SIGKILL');
      await removePostgres(join(folder, 'postgres'));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function makeTemplate(superuserUrl: string): Promise<string> {
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${templateDatabase}`);
    const ownerUrl = new URL(superuserUrl);
    ownerUrl.pathname = `/${templateDatabase}`;
    const applicationPassword = randomBytes(16).toString('hex');
    const { applicationUrl } = await migrate({ ownerUrl: ownerUrl.href, applicationPassword });
    await client.query(`ALTER DATABASE ${templateDatabase} IS_TEMPLATE true ALLOW_CONNECTIONS false`);
    return applicationUrl;
  } finally {
    await client.end();
  }
}

async function startRedis(folder: string): Promise<{ url: string; child?: ChildProcess } | undefined> {
  const given = process.env.REDIS_URL;
  if (given) return { url: given };
  if (spawnSync('redis-server', ['--version']).status !== 0) return undefined;
  const port = await freePort();
  const memoryOnly = ['--save', '', '--appendonly', 'no', '--databases', '1024', '--loglevel', 'warning'];
  const where = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder];
  const child = spawn('redis-server', [...where, ...memoryOnly], { stdio: 'ignore' });
  const url = `redis://127.0.0.1:${port}`;
  if (await until(() => answersPing(url), 10_000)) return { url, child };
  child.kill('SIGKILL');
  throw new Error(`redis-server does not answer on ${url}`);
}

async function answersPing(url: string): Promise<boolean> {
  const redis = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
  redis.on('error', () => undefined); // told by the promise below
  try {
    await redis.connect();
    return (await redis.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
}

/** A run that was killed leaves its folder, named after its process, and perhaps its servers. */
async function clearAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const owner = Number(name.slice(prefix.length).split('-')[0]);
    const folder = join(tmpdir(), name);
    if (isAlive(owner)) continue;
    try {
      stopRedisOf(folder);
      await removePostgres(join(folder, 'postgres'));
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // another user's: theirs to clear
    }
  }
}

function stopRedisOf(folder: string): void {
  const path = join(folder, factsName);
  if (!existsSync(path)) return;
  const { redisPid } = JSON.parse(readFileSync(path, 'utf8')) as Facts;
  if (redisPid && commandLineOf(redisPid).includes('redis-server')) process.kill(redisPid, 'SIGKILL');
}
