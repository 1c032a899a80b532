import { type ChildProcess, spawn } from 'node:child_process';
import { ConfigError } from '@openvob/platform';
import { Redis } from 'ioredis';
import { freePort } from '../../apps/standalone/ports';
import { until } from '../../apps/standalone/processes';
import { hasRedis, redisMissing } from '../../test/setup/redis';
import { refuseEviction } from './eviction-policy';

const warned: string[] = [];
const tell = (event: string): unknown => warned.push(event);
const log = { debug: tell, info: tell, warn: tell, error: tell } as const;

(hasRedis() ? describe : describe.skip)(`a Redis that holds the queue (else: ${redisMissing})`, () => {
  const servers: ChildProcess[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.kill('SIGKILL');
    warned.length = 0;
  });

  async function startRedis(...settings: string[]): Promise<string> {
    const port = await freePort();
    const plain = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    servers.push(spawn('redis-server', [...plain, ...settings], { stdio: 'ignore' }));
    const redis = new Redis(port, '127.0.0.1', { maxRetriesPerRequest: null, enableReadyCheck: false });
    redis.on('error', () => undefined);
    await until(async () => (await redis.ping()) === 'PONG', 10_000);
    redis.disconnect();
    return `redis://127.0.0.1:${port}`;
  }

  const startOn = (redisUrl: string, checkRedisPolicy = true): Promise<void> =>
    refuseEviction({ redisUrl, checkRedisPolicy }, log);

  test('is taken when it evicts nothing', async () => {
    await startOn(await startRedis('--maxmemory-policy', 'noeviction'));
  });

  test('is refused when it may throw jobs away, with the remedy', async () => {
    const url = await startRedis('--maxmemory-policy', 'allkeys-lru', '--maxmemory', '100mb');
    const refused = startOn(url);
    await expect(refused).rejects.toThrow(ConfigError);
    await expect(refused).rejects.toThrow(/maxmemory-policy is "allkeys-lru".*CONFIG SET maxmemory-policy noeviction/);
  });

  test('is judged by INFO where CONFIG is hidden', async () => {
    await startOn(await startRedis('--rename-command', 'CONFIG', ''));
    const evicting = await startRedis('--rename-command', 'CONFIG', '', '--maxmemory-policy', 'volatile-lru');
    await expect(startOn(evicting)).rejects.toThrow('volatile-lru');
  });

  test('is refused when it tells nothing, unless somebody takes responsibility', async () => {
    const url = await startRedis('--rename-command', 'CONFIG', '', '--rename-command', 'INFO', '');
    await expect(startOn(url)).rejects.toThrow('REDIS_POLICY_CHECK=off');
    await startOn(url, false);
  });

  test('that does not answer does not keep the program from starting', async () => {
    await startOn(`redis://127.0.0.1:${await freePort()}`);
    expect(warned).toEqual(['redis.policy_unknown']);
  });
});
