import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { bearsToken } from './metrics';
import { metricsContentType } from './metrics-text';

export interface MetricsServerOptions {
  host: string;
  port: number;
  token: string;
  /** The figures as text. */
  text(): Promise<string>;
  /** Whether the process does its work; asked by the platform that restarts it. */
  isWell(): boolean;
}

/** A process without an API tells its figures on a port of its own: `GET /metrics` with the token, `GET /health/live` without. */
export class MetricsServer {
  private readonly server: Server;

  constructor(private readonly options: MetricsServerOptions) {
    this.server = createServer((request, response) => void this.answer(request, response));
    this.server.requestTimeout = 10_000;
  }

  /** @returns the port that it listens on @throws Error naming the setting when the port is taken */
  start(): Promise<number> {
    const { host, port } = this.options;
    return new Promise((resolve, reject) => {
      this.server.once('error', (cause) =>
        reject(
          new Error(`The worker cannot listen on ${host}:${port}: set WORKER_METRICS_PORT to a free port of its own`, {
            cause,
          }),
        ),
      );
      this.server.listen(port, host, () => {
        const address = this.server.address();
        resolve(typeof address === 'object' && address ? address.port : port);
      });
    });
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [path] = (request.url ?? '').split('?');
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (isRead && path === '/health/live') return this.tellHealth(response);
    if (!isRead || path !== '/metrics') return end(response, 404);
    if (!bearsToken(request.headers.authorization, this.options.token))
      return end(response.setHeader('www-authenticate', 'Bearer'), 401);
    try {
      const text = await this.options.text();
      end(response.setHeader('content-type', metricsContentType), 200, text);
    } catch {
      end(response, 500);
    }
  }

  private tellHealth(response: ServerResponse): void {
    const isWell = this.options.isWell();
    response.setHeader('content-type', 'application/json');
    end(response, isWell ? 200 : 503, JSON.stringify({ status: isWell ? 'ok' : 'down' }));
  }
}

function end(response: ServerResponse, status: number, body = ''): void {
  response.setHeader('cache-control', 'no-store').writeHead(status).end(body);
}
