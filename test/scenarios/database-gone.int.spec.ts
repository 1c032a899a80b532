import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { createTestDatabase, type TestDatabase } from '../setup/database';
import { Fleet } from '../setup/fleet';
import { requestFor } from '../setup/seed';

/** The way to the database, which stops giving anything on when it is told to: what a host that is cut off looks like. */
class Way {
  private isCut = false;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async to(url: string): Promise<Way> {
    const { hostname, port } = new URL(url);
    const server = createServer();
    const way = new Way(server);
    server.on('connection', (near) => {
      const far = connect(Number(port), hostname);
      for (const [from, to] of [[near, far] as const, [far, near] as const]) {
        way.sockets.add(from);
        from.on('error', () => undefined);
        from.on('data', (bytes) => way.isCut || to.write(bytes));
        from.on('close', () => way.isCut || to.destroy());
      }
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return way;
  }

  urlFor(url: string): string {
    const through = new URL(url);
    through.port = String((this.server.address() as AddressInfo).port);
    return through.href;
  }

  cut(): void {
    this.isCut = true;
  }

  /** Cuts what is connected and refuses whoever comes anew: a server that restarts. */
  shut(): number {
    const { port } = this.server.address() as AddressInfo;
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    return port;
  }

  async open(port: number): Promise<void> {
    this.server.listen(port, '127.0.0.1');
    await once(this.server, 'listening');
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }
}

/** Programs that reach a database of their own by a way that can be cut. */
function behindWay(withApi: boolean): { readonly way: Way; readonly fleet: Fleet } {
  const parts = {} as { home: TestDatabase; way: Way; fleet: Fleet };
  beforeAll(async () => {
    parts.home = await createTestDatabase();
    parts.way = await Way.to(parts.home.applicationUrl);
    const applicationUrl = parts.way.urlFor(parts.home.applicationUrl);
    const settings = { DRAIN_MS: '500' };
    parts.fleet = await Fleet.start({ applicationUrl, ownerUrl: parts.home.ownerUrl, settings, withApi });
  });
  afterAll(async () => {
    await parts.fleet.stop();
    parts.way.close();
    await parts.home.drop();
  });
  return parts;
}

describe('a database that no longer answers', () => {
  const parts = behindWay(false);

  it('holds neither worker nor API back from ending when they are told to', async () => {
    const programs = [await parts.fleet.launch('worker'), await parts.fleet.launch('api')];
    parts.way.cut();
    const ends = programs.map((child) => once(child, 'exit'));
    for (const child of programs) child.kill('SIGTERM');
    expect((await Promise.all(ends)).map(([code]) => code)).toEqual([1, 1]);
    const told = [...parts.fleet.logs()].map(([, log]) => log.includes('process.ended_late'));
    expect(told.filter(Boolean)).toHaveLength(2);
  }, 60_000);
});

describe('a database that restarts', () => {
  const parts = behindWay(true);

  const ask = (method: string, path: string, body?: object): Promise<Response> =>
    fetch(parts.fleet.apiUrl + path, {
      method,
      headers: {
        authorization: `Bearer ${parts.fleet.apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': 'while-the-database-restarts',
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });

  it('makes requests wait and come again: 503 with a time, and the same request is taken in afterwards', async () => {
    const request = requestFor('OV100000001', {});
    const port = parts.way.shut();
    for (const [method, path, body] of [
      ['POST', '/v1/verifications', request],
      ['GET', '/v1/verifications', undefined],
      ['GET', '/v1/verifications/ver_01J00000000000000000000000', undefined],
      ['GET', '/v1/payers?q=aetna', undefined],
      ['GET', '/health/ready', undefined],
    ] as const) {
      const response = await ask(method, path, body);
      expect([path, response.status, response.headers.get('retry-after')]).toEqual([path, 503, '5']);
      expect(await response.json()).toMatchObject({ code: 'unavailable', detail: 'The database does not answer.' });
    }
    await parts.way.open(port);
    expect((await ask('POST', '/v1/verifications', request)).status).toBe(202);
  });
});
