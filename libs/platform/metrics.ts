import { timingSafeEqual } from 'node:crypto';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** More pairs of method, route and status than this share one label: no caller can make series. */
const mostHttpSeries = 150;
const httpBuckets = [0.01, 0.05, 0.15, 0.5, 1.5, 5, 20];
const methods = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']);

/** A request that was answered: its route as declared, never its path, which holds ids. */
export interface AnsweredRequest {
  method: string;
  route: string | undefined;
  status: number;
  durationMs: number;
}

/** What one process tells about itself: CPU, memory, handles, garbage collection, event loop lag. */
export class ProcessMetrics {
  readonly registry = new Registry();

  constructor() {
    collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: 10 });
  }

  /** A figure that is asked for at each reading. */
  gauge(name: string, help: string, label: string, read: () => Readonly<Record<string, number>>): void {
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers: [this.registry],
      collect() {
        for (const [key, value] of Object.entries(read())) this.set({ [label]: key }, value);
      },
    });
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }
}

/** Durations of HTTP requests by method, declared route and class of status. */
export class HttpMetrics {
  private readonly known = new Set<string>();
  private readonly durations: Histogram<'method' | 'route' | 'status'>;

  constructor(registry: Registry) {
    this.durations = new Histogram({
      name: 'openvob_http_request_duration_seconds',
      help: 'Time to answer a request, by declared route; waiting with ?wait= and event streams included',
      labelNames: ['method', 'route', 'status'],
      buckets: httpBuckets,
      registers: [registry],
    });
  }

  observe({ method, route, status, durationMs }: AnsweredRequest): void {
    const labels = {
      method: methods.has(method) ? method : 'other',
      route: route ?? 'none',
      status: `${Math.floor(status / 100)}xx`,
    };
    this.durations.observe(this.bounded(labels), durationMs / 1000);
  }

  private bounded<T extends { route: string; method: string; status: string }>(labels: T): T {
    const key = `${labels.method} ${labels.route} ${labels.status}`;
    if (!this.known.has(key) && this.known.size >= mostHttpSeries)
      return { ...labels, route: 'other', method: 'other' };
    this.known.add(key);
    return labels;
  }
}

/** Whether an `Authorization` header carries this token; compared in constant time. */
export function bearsToken(authorization: string | undefined, token: string): boolean {
  const given = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}
