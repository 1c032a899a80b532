import {
  type Clock,
  type Config,
  errorFields,
  familiesToText,
  HttpMetrics,
  type Log,
  ProcessMetrics,
} from '@openvob/platform';
import { type Canaries, type LaneQueues, within } from '@openvob/queue';
import { type StoredFigures, workerGoneAfterMs } from '@openvob/store';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Families, type SharedFigures } from './ops-families';

export interface ApiMetricsParts {
  figures: StoredFigures;
  queues: LaneQueues;
  canaries: Canaries;
  config: Config;
  clock: Clock;
  log: Log;
}

const answerWithinMs = 2000;
/** The busiest so many connections are looked at; of these so many have a label of their own. */
const mostConnections = 500;
/** Reading the figures takes at most so much of the time, however often somebody asks. */
const restPerReading = 10;
const shortestRestMs = 500;

/**
 * What the API tells Prometheus: its own process and requests, and what all processes have in common, read from rows and queue. The latter
 * is the same from every API process and stays there when all workers are gone, which is when it is needed.
 */
export class ApiMetrics {
  private readonly own = new ProcessMetrics();
  private readonly http = new HttpMetrics(this.own.registry);
  private readonly families = new Families();
  private shared: Promise<string> | undefined;
  private staleAt = 0;

  constructor(private readonly parts: ApiMetricsParts) {}

  get token(): string | undefined {
    return this.parts.config.metrics.token;
  }

  answered(request: FastifyRequest, reply: FastifyReply): void {
    const route = request.is404 ? undefined : request.routeOptions.url;
    this.http.observe({ method: request.method, route, status: reply.statusCode, durationMs: reply.elapsedTime });
  }

  async text(): Promise<string> {
    const [own, shared] = await Promise.all([this.own.text(), this.sharedText()]);
    return `${own.trimEnd()}\n\n${shared}\n`;
  }

  private sharedText(): Promise<string> {
    if (this.shared === undefined || performance.now() >= this.staleAt) {
      this.staleAt = Number.POSITIVE_INFINITY; // whoever asks meanwhile gets this reading
      const startedAt = performance.now();
      this.shared = this.read().then((figures) => {
        const tookMs = performance.now() - startedAt;
        this.staleAt = performance.now() + Math.max(tookMs * restPerReading, shortestRestMs);
        return familiesToText(this.families.of(figures));
      });
    }
    return this.shared;
  }

  /** Whatever does not answer is left out, and said to be down. */
  private async read(): Promise<SharedFigures> {
    const { figures, queues, canaries, clock } = this.parts;
    const now = clock.now();
    const workersSince = new Date(now.getTime() - workerGoneAfterMs);
    const [rows, lanes, states] = await Promise.all([
      this.orNothing('rows', figures.read(now, mostConnections, workersSince)),
      this.orNothing('queue', queues.counts()),
      this.orNothing('canaries', canaries.states()),
    ]);
    return { ...(rows ? { rows } : {}), ...(lanes ? { lanes } : {}), canaries: states ?? [] };
  }

  private async orNothing<T>(what: string, asked: Promise<T>): Promise<T | undefined> {
    try {
      return await within(answerWithinMs, asked);
    } catch (error) {
      this.parts.log.warn('metrics.not_read', { what, ...errorFields(error) });
      return undefined;
    }
  }
}
