import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { HttpFailure, type HttpRequest } from './http';
import { createHttp, type HttpClient } from './http-client';
import { selfSignedCertificate } from './http-client.fixture';

const secret = 'SECRET-PATIENT-DATA';

describe('createHttp', () => {
  let http: HttpClient;
  const closers: (() => void)[] = [];

  beforeEach(() => {
    http = createHttp();
  });

  afterEach(() => {
    http.close();
    for (const close of closers.splice(0)) close();
  });

  async function serve(listener: RequestListener): Promise<string> {
    return listen(createServer(listener));
  }

  async function listen(server: Server, scheme = 'http'): Promise<string> {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  function request(url: string, more: Partial<HttpRequest> = {}): HttpRequest {
    return { method: 'POST', url, body: secret, headers: { authorization: secret }, timeoutMs: 2_000, ...more };
  }

  async function failureOf(more: HttpRequest): Promise<HttpFailure> {
    try {
      await http.send(more);
    } catch (error) {
      if (error instanceof HttpFailure) return error;
      throw new Error('rejected with something else than an HttpFailure');
    }
    throw new Error('did not reject');
  }

  it('sends method, headers and body and gives status, lower-case headers and text back', async () => {
    const seen: string[] = [];
    const url = await serve((req, res) => {
      let body = '';
      req.on('data', (chunk) => {
        body += chunk;
      });
      req.on('end', () => {
        seen.push(`${req.method} ${req.headers['content-type']} ${body}`);
        res.writeHead(200, { 'X-Answer': 'Yes' }).end('{"a":1}');
      });
    });
    const response = await http.send(request(url, { body: 'asked', headers: { 'content-type': 'text/plain' } }));
    expect(seen).toEqual(['POST text/plain asked']);
    expect(response).toMatchObject({ status: 200, body: '{"a":1}' });
    expect(response.headers['x-answer']).toBe('Yes');
  });

  it.each([204, 302, 400, 401, 404, 429, 500, 503])('gives status %d back as a response', async (status) => {
    const url = await serve((_req, res) => res.writeHead(status, { location: 'http://127.0.0.1:1/' }).end());
    expect((await http.send(request(url))).status).toBe(status);
  });

  it('never follows a redirect', async () => {
    let calls = 0;
    const url = await serve((_req, res) => {
      calls += 1;
      res.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect((await http.send(request(url))).status).toBe(307);
    expect(calls).toBe(1);
  });

  it.each([
    ['utf-8 where no charset is named', 'text/plain', Buffer.from('Peña', 'utf8')],
    ['latin-1 where the header says so', 'text/plain; charset=ISO-8859-1', Buffer.from('Peña', 'latin1')],
    ['latin-1 where the bytes are no utf-8', 'text/plain', Buffer.from('Peña', 'latin1')],
    ['bytes of an unknown charset', 'text/plain; charset=x-nonsense', Buffer.from('Peña', 'latin1')],
  ])('reads %s', async (_name, contentType, bytes) => {
    const url = await serve((_req, res) => res.writeHead(200, { 'content-type': contentType }).end(bytes));
    expect((await http.send(request(url))).body).toBe('Peña');
  });

  it('calls a closed port refused', async () => {
    const server = createTcpServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    expect((await failureOf(request(`http://127.0.0.1:${port}/${secret}`))).why).toBe('refused');
  });

  it('calls a connection that is cut before the answer reset', async () => {
    const url = await serve((req) => req.socket.resetAndDestroy());
    expect((await failureOf(request(url))).why).toBe('reset');
  });

  it('calls an answer that is cut in the middle reset', async () => {
    const url = await serve((_req, res) => {
      res.writeHead(200, { 'content-length': '1000' });
      res.write(secret, () => res.socket?.destroy());
    });
    expect((await failureOf(request(url))).why).toBe('reset');
  });

  it('calls an unknown host dns', async () => {
    expect((await failureOf(request('http://payer.invalid/'))).why).toBe('dns');
  });

  it('ends a silent exchange at its deadline', async () => {
    const url = await serve(() => undefined);
    const started = performance.now();
    expect((await failureOf(request(url, { timeoutMs: 150 }))).why).toBe('timeout');
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('ends an answer that drips at its deadline, although bytes keep coming', async () => {
    const url = await serve((_req, res) => {
      res.writeHead(200);
      const timer = setInterval(() => res.write('.'), 20);
      res.on('close', () => clearInterval(timer));
    });
    const started = performance.now();
    expect((await failureOf(request(url, { timeoutMs: 300 }))).why).toBe('timeout');
    expect(performance.now() - started).toBeLessThan(1_500);
  });

  it('ends an exchange when its caller aborts, and leaves no listener behind', async () => {
    const url = await serve(() => undefined);
    const controller = new AbortController();
    const removed = jest.spyOn(controller.signal, 'removeEventListener');
    const failing = failureOf(request(url, { signal: controller.signal }));
    setImmediate(() => controller.abort());
    expect((await failing).why).toBe('aborted');
    expect(removed).toHaveBeenCalledWith('abort', expect.any(Function));
  });

  it('sends nothing when its caller aborted before', async () => {
    let calls = 0;
    const url = await serve((_req, res) => {
      calls += 1;
      res.end();
    });
    expect((await failureOf(request(url, { signal: AbortSignal.abort() }))).why).toBe('aborted');
    expect(calls).toBe(0);
  });

  it('refuses an answer above the cap', async () => {
    const url = await serve((_req, res) => res.end('x'.repeat(5_000)));
    expect((await failureOf(request(url, { maxResponseBytes: 1_000 }))).why).toBe('too_large');
    expect((await http.send(request(url, { maxResponseBytes: 5_000 }))).body).toHaveLength(5_000);
  });

  it('refuses a gzip bomb after the cap, not after it has grown', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024), { level: 9 });
    const url = await serve((_req, res) => res.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
    const before = process.memoryUsage().rss;
    expect((await failureOf(request(url, { maxResponseBytes: 100_000 }))).why).toBe('too_large');
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });

  it('refuses a request body above the cap', async () => {
    http.close();
    http = createHttp({ maxRequestBytes: 1_000 });
    const url = await serve((_req, res) => res.end());
    expect((await failureOf(request(url, { body: secret.repeat(100) }))).why).toBe('too_large');
  });

  it('refuses a certificate that nobody trusts, and takes one whose authority it was given', async () => {
    const certificate = selfSignedCertificate();
    const url = await listen(
      createTlsServer(certificate, (_req, res) => res.end('over TLS')),
      'https',
    );
    expect((await failureOf(request(url))).why).toBe('tls');
    const trusting = createHttp({ ca: certificate.cert });
    closers.push(() => trusting.close());
    expect((await trusting.send(request(url))).body).toBe('over TLS');
    expect((await failureOf(request(url.replace('127.0.0.1', 'localhost')))).why).toBe('tls');
  });

  it('calls something that is no HTTP other', async () => {
    const server = createTcpServer((socket: Socket) => socket.end('SSH-2.0-OpenSSH\r\n\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => server.close());
    expect((await failureOf(request(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`))).why).toBe('other');
  });

  describe('tells what surely arrived nowhere from what may have arrived', () => {
    const nothingSent = async (more: HttpRequest): Promise<string> => {
      const failure = await failureOf(more);
      return `${failure.why}${failure.nothingSent ? ', nothing sent' : ''}`;
    };
    async function serveTcp(onSocket: (socket: Socket) => void): Promise<string> {
      const server = createTcpServer(onSocket);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      closers.push(() => server.close());
      return `127.0.0.1:${(server.address() as AddressInfo).port}`;
    }

    it('by a connection that was never made', async () => {
      const server = createTcpServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      await new Promise((resolve) => server.close(resolve));
      expect(await nothingSent(request(`http://127.0.0.1:${port}/`))).toBe('refused, nothing sent');
      expect(await nothingSent(request('http://payer.invalid/'))).toBe('dns, nothing sent');
    });

    it('by a host name that is looked up until the deadline', async () => {
      http.close();
      http = createHttp({ admits: () => true, lookUp: (() => undefined) as never });
      expect(await nothingSent(request('http://payer.test/', { timeoutMs: 100 }))).toBe('timeout, nothing sent');
    });

    it('by TLS that was never agreed on', async () => {
      const cut = await serveTcp((socket) => void socket.once('data', () => socket.resetAndDestroy()));
      expect(await nothingSent(request(`https://${cut}/`))).toBe('reset, nothing sent');
      const silent = await serveTcp((socket) => void socket.on('error', () => undefined).resume());
      expect(await nothingSent(request(`https://${silent}/`, { timeoutMs: 100 }))).toBe('timeout, nothing sent');
    });

    it('by a turn that never came among those who wait for a connection', async () => {
      http.close();
      http = createHttp({ maxSockets: 1 });
      const url = await serve(() => undefined);
      const first = nothingSent(request(url, { timeoutMs: 300 }));
      expect(await nothingSent(request(url, { timeoutMs: 100 }))).toBe('timeout, nothing sent');
      expect(await first).toBe('timeout');
    });

    it('by what was cut or kept silent after it stood, over TLS and over a connection used again too', async () => {
      const reset: RequestListener = (req) => void req.resume().once('end', () => req.socket.destroy());
      expect(await nothingSent(request(await serve(reset)))).toBe('reset');
      const certificate = selfSignedCertificate();
      http.close();
      http = createHttp({ ca: certificate.cert });
      expect(await nothingSent(request(await listen(createTlsServer(certificate, reset), 'https')))).toBe('reset');
      let calls = 0;
      const secondIsCut = await serve((req, res) => {
        calls += 1;
        if (calls === 1) res.end();
        else req.socket.resetAndDestroy();
      });
      await http.send(request(secondIsCut));
      expect(await nothingSent(request(secondIsCut))).toBe('reset');
      expect(await nothingSent(request(await serve(() => undefined), { timeoutMs: 100 }))).toBe('timeout');
    });
  });

  it('keeps body, headers and URL of the request and the answer out of every failure', async () => {
    const reset = await serve((req) => req.socket.resetAndDestroy());
    const cut = await serve((_req, res) => {
      res.writeHead(200, { 'content-length': '1000', 'x-secret': secret });
      res.write(secret, () => res.socket?.destroy());
    });
    const silent = await serve(() => undefined);
    const failures = await Promise.all([
      failureOf(request(`${reset}/${secret}`)),
      failureOf(request(`${cut}/${secret}`)),
      failureOf(request(`${silent}/${secret}`, { timeoutMs: 100 })),
      failureOf(request(`http://${secret.toLowerCase()}.invalid/`)),
      failureOf(request(`not a url ${secret}`)),
    ]);
    for (const failure of failures) {
      const everything = inspect(failure, { depth: 20, showHidden: true }) + JSON.stringify(failure) + failure.stack;
      expect(everything.toLowerCase()).not.toContain(secret.toLowerCase());
    }
  });

  it('waits for an answer to the deadline, however early idle connections are let go', async () => {
    http.close();
    http = createHttp({ idleSocketMs: 30 });
    const url = await serve((_req, res) => void setTimeout(() => res.end('late'), 200));
    for (let call = 0; call < 2; call++) expect((await http.send(request(url))).body).toBe('late');
  });

  it('uses a connection again', async () => {
    const ports = new Set<number | undefined>();
    const url = await serve((req, res) => {
      ports.add(req.socket.remotePort);
      res.end();
    });
    for (let call = 0; call < 3; call++) await http.send(request(url));
    expect(ports.size).toBe(1);
  });
});
