import { setMaxListeners } from 'node:events';
import {
  type Clock,
  errorFields,
  type Http,
  HttpFailure,
  type Log,
  signedHeaders,
  type Tally,
} from '@openvob/platform';
import { errorText } from './error-text';
import { webhookBody } from './events';
import type { DueDelivery, HeldDelivery, WebhookOutbox } from './outbox';
import { type Attempt, nextStep, retryAfterMs } from './schedule';

export interface SenderParts {
  outbox: WebhookOutbox;
  /** Refuses redirects, and addresses that no receiver may have. */
  http: Http;
  clock: Clock;
  log: Log;
  tally: Tally;
  /** The statement of 42 CFR 2.32, and the header that it stands in. */
  notice: { header: string; text: string };
  ladderMs: readonly number[];
  timeoutMs: number;
  everyMs: number;
  /** Fires when the process has to end and no longer waits for receivers. */
  stopping: AbortSignal;
}

/** Tries at one endpoint at once, in one process. One that fails is given few, so that its silence costs little. */
const atOnce = { well: 8, failing: 2 } as const;
/** Tries of one process at once; connections that wait cost next to nothing. */
const mostAtOnce = 1_000;
const longestAnswer = 1024 * 1024;
/** Of a facility whose rows cannot be read nothing is tried for so long. */
const restAfterFaultMs = 30_000;

/**
 * Sends what is due, by whichever process comes first. Each endpoint has tries of its own, so that one that hangs holds up nobody else's; a process
 * that dies leaves its deliveries to be sent again under the same `webhook-id`.
 */
export class WebhookSender {
  private readonly underWay = new Map<string, Promise<void>>();
  private readonly atEndpoint = new Map<string, number>();
  private readonly restUntil = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private looksAgain = false;
  private isStopped = false;

  constructor(private readonly parts: SenderParts) {
    // Each try listens to it.
    setMaxListeners(0, parts.stopping);
  }

  start(): void {
    this.timer = setInterval(() => void this.look(), this.parts.everyMs);
  }

  /** Begins nothing more, and waits for the tries under way. */
  async stop(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.timer);
    await this.looking;
    await Promise.all(this.underWay.values());
  }

  /** Sends all that is due, and waits until it is done. */
  async pass(): Promise<void> {
    await this.look();
    while (this.underWay.size > 0 || this.looking) await Promise.all([...this.underWay.values(), this.looking]);
  }

  /** One look at a time; whoever asks meanwhile gets another one after it. */
  private look(): Promise<void> {
    if (this.looking) {
      this.looksAgain = true;
      return this.looking;
    }
    this.looking = this.begin()
      .catch((error: unknown) => this.parts.log.warn('webhooks.not_looked', errorFields(error)))
      .finally(() => {
        this.looking = undefined;
        if (this.looksAgain && !this.isStopped) void this.look();
      });
    return this.looking;
  }

  private async begin(): Promise<void> {
    this.looksAgain = false;
    const { outbox, clock } = this.parts;
    const now = clock.now();
    for (const due of await outbox.due(now, atOnce)) {
      if (this.isStopped || this.underWay.size >= mostAtOnce) return;
      if (this.underWay.has(due.id) || (this.restUntil.get(due.facilityId) ?? 0) > now.getTime()) continue;
      if (this.hasRoom(due)) this.send(due);
    }
  }

  private hasRoom({ endpointId, isFailing }: DueDelivery): boolean {
    return (this.atEndpoint.get(endpointId) ?? 0) < (isFailing ? atOnce.failing : atOnce.well);
  }

  /** Whatever is done makes room for the next. */
  private send(due: DueDelivery): void {
    this.count(due.endpointId, 1);
    const sent = this.deliver(due)
      .catch((error: unknown) => this.rest(due, error))
      .finally(() => {
        this.count(due.endpointId, -1);
        this.underWay.delete(due.id);
        if (!this.isStopped) void this.look();
      });
    this.underWay.set(due.id, sent);
  }

  private count(endpointId: string, by: number): void {
    const count = (this.atEndpoint.get(endpointId) ?? 0) + by;
    if (count === 0) this.atEndpoint.delete(endpointId);
    else this.atEndpoint.set(endpointId, count);
  }

  private async deliver(due: DueDelivery): Promise<void> {
    const { outbox, clock, timeoutMs, ladderMs } = this.parts;
    const at = clock.now();
    const held = await outbox.claim(due, at, new Date(at.getTime() + 2 * timeoutMs));
    if (held.kind === 'withheld') this.tell(due, 'withheld', {});
    if (held.kind !== 'held') return;
    const startedAt = performance.now();
    const attempt = await this.post(due, held, at);
    if (attempt === undefined) return;
    const durationMs = Math.round(performance.now() - startedAt);
    const step = nextStep(attempt, { tries: held.tries + 1, ladderMs, random: Math.random() });
    const disabled = await outbox.record(due, { at, durationMs, attempt, step }, clock.now());
    const outcome = step.state === 'pending' ? 'retried' : step.state === 'failed' ? step.because : step.state;
    this.tell(due, outcome, { durationMs, ...(attempt.kind === 'answered' ? { status: attempt.status } : attempt) });
    const { id: _id, ...endpoint } = due;
    if (disabled) this.parts.log.warn('webhook.endpoint_disabled', { ...endpoint, because: disabled });
  }

  /** @returns undefined when the process has to end: it is sent again by another one */
  private async post(due: DueDelivery, held: HeldDelivery, sentAt: Date): Promise<Attempt | undefined> {
    const { http, notice, timeoutMs, stopping, clock } = this.parts;
    const body = webhookBody(held.event, due.endpointId, held.needsNotice ? notice.text : undefined);
    const signed = signedHeaders({ id: held.event.id, sentAt, body }, held.secrets);
    const headers = { ...signed, ...(held.needsNotice ? { [notice.header]: notice.text } : {}) };
    const request = { method: 'POST', url: held.url, headers, body, timeoutMs, signal: stopping } as const;
    try {
      const { status, headers: told, body: text } = await http.send({ ...request, maxResponseBytes: longestAnswer });
      const asked = retryAfterMs(told['retry-after'], clock.now());
      const said = status >= 200 && status < 300 ? undefined : errorText(text);
      return {
        kind: 'answered',
        status,
        ...(asked === undefined ? {} : { retryAfterMs: asked }),
        ...(said === undefined ? {} : { text: said }),
      };
    } catch (error) {
      if (!(error instanceof HttpFailure)) throw error;
      return error.why === 'aborted' ? undefined : { kind: 'failed', why: error.why };
    }
  }

  private tell({ isFailing: _isFailing, id, ...due }: DueDelivery, outcome: string, fields: object): void {
    this.parts.tally.add('webhooks', { outcome });
    this.parts.log.info('webhook.tried', { deliveryId: id, ...due, outcome, ...fields });
  }

  private rest({ id, facilityId }: DueDelivery, error: unknown): void {
    this.restUntil.set(facilityId, this.parts.clock.now().getTime() + restAfterFaultMs);
    this.parts.log.warn('webhook.not_tried', { deliveryId: id, facilityId, ...errorFields(error) });
  }
}
