import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message as it arrived. */
export interface Received {
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** What it is answered with; `hang`: with nothing. */
export type Answer = { status: number; headers?: Record<string, string>; body?: string } | 'hang';

/** A receiver of webhooks on this machine that keeps what came, and answers as it is told. */
export class Receiver {
  readonly received: Received[] = [];
  answer: (received: Received) => Answer = () => ({ status: 204 });
  private readonly waiting: { count: number; tell(): void }[] = [];
  private readonly hanging: ServerResponse[] = [];

  private constructor(private readonly server: Server) {}

  static async start(): Promise<Receiver> {
    const server = createServer();
    const receiver = new Receiver(server);
    server.on('request', (request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part));
      request.on('end', () =>
        receiver.take({ path: request.url ?? '', headers: plain(request.headers), body }, response),
      );
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/hook`;
  }

  /** Resolves when so many have come, all told. */
  async came(count: number): Promise<void> {
    if (this.received.length >= count) return;
    await new Promise<void>((tell) => this.waiting.push({ count, tell }));
  }

  /** Forgets what came. */
  clear(): void {
    this.received.length = 0;
  }

  async stop(): Promise<void> {
    for (const response of this.hanging) response.destroy();
    this.server.closeAllConnections();
    await new Promise<void>((done) => this.server.close(() => done()));
  }

  private take(received: Received, response: ServerResponse): void {
    this.received.push(received);
    for (const one of this.waiting) if (this.received.length >= one.count) one.tell();
    const answer = this.answer(received);
    if (answer === 'hang') this.hanging.push(response);
    else response.writeHead(answer.status, answer.headers).end(answer.body ?? '');
  }
}

function plain(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
