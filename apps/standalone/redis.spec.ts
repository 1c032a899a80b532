import { createServer, type Server, type Socket } from 'node:net';
import { freePort } from './ports';
import { refuseSilentRedis } from './redis';

describe('a Redis to start with', () => {
  let server: Server | undefined;
  const sockets: Socket[] = [];

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
    server = undefined;
  });

  /** Says one thing to whatever it is told. */
  async function redisThatSays(reply: string): Promise<string> {
    const port = await freePort();
    server = createServer((socket) => {
      sockets.push(socket);
      socket.on('data', () => socket.write(reply));
    });
    await new Promise<void>((resolve) => server?.listen(port, '127.0.0.1', resolve));
    return `redis://:hunter2@127.0.0.1:${port}`;
  }

  test('is not needed', async () => {
    await expect(refuseSilentRedis(undefined)).resolves.toBeUndefined();
  });

  test('is refused with the remedy when nothing listens', async () => {
    await expect(refuseSilentRedis(`redis://127.0.0.1:${await freePort()}`)).rejects.toThrow(
      'REDIS_URL names a Redis that does not answer (ECONNREFUSED): start it, correct REDIS_URL, or leave it out',
    );
  });

  test('is refused when it takes another password, which is not shown', async () => {
    const refused = refuseSilentRedis(await redisThatSays('-WRONGPASS invalid username-password pair\r\n'));
    await expect(refused).rejects.toThrow(/WRONGPASS/);
    await expect(refused).rejects.not.toThrow(/hunter2/);
  });
});
