import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { serveConsole } from './console-pages';

describe('an address that does not exist', () => {
  let folder: string;
  let fastify: FastifyInstance;
  let origin: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'openvob-console-'));
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<script nonce="__OPENVOB_NONCE__"></script>');
    fastify = Fastify();
    serveConsole(fastify, folder);
    fastify.setNotFoundHandler((_request, reply) => reply.status(404).send({ code: 'not_found' }));
    origin = await fastify.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(async () => {
    await fastify.close();
    rmSync(folder, { recursive: true });
  });

  const open = (path: string, accept: string): Promise<Response> => fetch(`${origin}${path}`, { headers: { accept } });
  const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

  test.each(['/nowhere', '/verifications/ver_1/nothing', '/v10'])(
    '%s in a browser is the console’s page, with a policy of its own',
    async (url) => {
      const answer = await open(url, browser);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
      const [, nonce] = /nonce="([^"]+)"/.exec(await answer.text()) ?? [];
      expect(nonce).not.toBe('__OPENVOB_NONCE__');
      expect(answer.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`);
    },
  );

  test.each([
    ['/v1/nowhere', browser],
    ['/v1?x=1', browser],
    ['/ops/nowhere', browser],
    ['/fhir/R4/Nothing', browser],
    ['/assets/gone.js', browser],
    ['/nowhere', 'application/json'],
    ['/nowhere', '*/*'],
  ])('%s asked for as %s is told to machines', async (url, accept) => {
    const { status, headers } = await open(url, accept);
    expect(status).toBe(404);
    expect(headers.get('content-type')).toContain('json');
  });

  test('what is there is served as before', async () => {
    expect((await open('/', browser)).status).toBe(200);
  });
});
