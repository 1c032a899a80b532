import { createServer, type Server } from 'node:net';
import { basename } from 'node:path';
import { freePort, listenerOn, portFault } from './ports';

describe('ports of this machine', () => {
  let server: Server;
  let taken: number;

  beforeEach(async () => {
    taken = await freePort();
    server = createServer();
    await new Promise<void>((resolve) => server.listen(taken, '127.0.0.1', resolve));
  });

  afterEach(() => new Promise((resolve) => server.close(resolve)));

  test('a port that another program listens on is told, with its reason', async () => {
    expect(await portFault(taken)).toBe('EADDRINUSE');
  });

  test('a preferred port is given when it is free, another one when it is not', async () => {
    const free = await freePort();
    expect(await freePort(free)).toBe(free);
    expect(await freePort(taken)).not.toBe(taken);
  });

  test('a number that is no port is told and never given', async () => {
    expect(await portFault(70_000)).toBeDefined();
    expect(await freePort(70_000)).toBeLessThan(65_536);
  });

  test('the holder of a port is named, without its arguments, where the system tells', () => {
    const holder = listenerOn(taken);
    if (process.platform === 'linux') expect(holder).toEqual({ pid: process.pid, program: basename(process.execPath) });
    else expect(holder).toBeUndefined();
  });
});
