import { type Clock, errorFields, type Log } from '@openvob/platform';
import { type Mailer, MailFailure } from './mailer';
import type { Mail } from './people';

/** What sending needs of the database. */
export interface MailStore {
  take(now: Date, heldUntil: Date, limit: number): Promise<(Mail & { id: string; tries: number })[]>;
  sent(id: string, now: Date): Promise<void>;
  failed(id: string, fault: string, nextTryAt: Date | undefined): Promise<void>;
}

const minuteMs = 60_000;
/** Waits between tries; then it is given up. */
const ladderMs = [minuteMs / 2, 2 * minuteMs, 10 * minuteMs, 60 * minuteMs, 6 * 60 * minuteMs];
/** Longer than a server may take: another process tries after this one died. */
const heldMs = 2 * minuteMs;
const atOnce = 10;

/** Sends what waits: soon after it was written, again after a failure, by whichever process comes first. */
export class MailDelivery {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly parts: { store: MailStore; mailer: Mailer | undefined; clock: Clock; log: Log; everyMs: number },
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.run(), this.parts.everyMs);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
    this.parts.mailer?.close();
  }

  /** Sends all that is due. Never rejects: what fails is tried again. */
  run(): Promise<void> {
    this.running ??= this.drain()
      .catch((error: unknown) => this.parts.log.warn('mail.not_run', errorFields(error)))
      .finally(() => {
        this.running = undefined;
      });
    return this.running;
  }

  private async drain(): Promise<void> {
    const { store, clock } = this.parts;
    for (;;) {
      const now = clock.now();
      const due = await store.take(now, new Date(now.getTime() + heldMs), atOnce);
      for (const mail of due) await this.send(mail);
      if (due.length < atOnce) return;
    }
  }

  private async send(mail: Mail & { id: string; tries: number }): Promise<void> {
    const { store, mailer, clock, log } = this.parts;
    try {
      if (!mailer) throw new MailFailure('no_mail_server', true);
      await mailer.send(mail);
      await store.sent(mail.id, clock.now());
      log.info('mail.sent', { mailId: mail.id, kind: mail.kind });
    } catch (error) {
      const failure = error instanceof MailFailure ? error : new MailFailure('internal', false);
      const wait = failure.isFinal ? undefined : ladderMs[mail.tries - 1];
      const nextTryAt = wait === undefined ? undefined : new Date(clock.now().getTime() + wait);
      await store.failed(mail.id, failure.code, nextTryAt);
      log.warn(nextTryAt ? 'mail.delayed' : 'mail.given_up', { mailId: mail.id, kind: mail.kind, why: failure.code });
    }
  }
}
