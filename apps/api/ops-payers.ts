import type { Principal } from '@openvob/access';
import { type CorrectionService, isInstant } from '@openvob/intake';
import { type Clock, errorFields, type Log, Problem } from '@openvob/platform';
import type { VerificationJobs } from '@openvob/queue';
import type {
  ConnectionHealth,
  DueVerification,
  OperatorActions,
  PayerHealth,
  StoredPayerDirectory,
} from '@openvob/store';
import { actorOf, operatorOf } from './actor';

export interface PayerOperationsParts {
  operations: OperatorActions;
  payerHealth: PayerHealth;
  payers: StoredPayerDirectory;
  clock: Clock;
  log: Log;
}

/** How a payer does over all its connections, best first: a payer is up when one of them is. */
export interface PayerHealthView {
  id: string;
  name: string;
  state: 'up' | 'down' | 'paused' | 'unknown' | 'by_phone';
  connections: Record<string, unknown>[];
}

/** How many verifications were set going again; `more`: there are others, ask again. */
export interface Replayed {
  waiting: number;
  failed: number;
  more: boolean;
}

const mostReplayed = 500;
const dayMs = 24 * 3_600_000;
const statesBestFirst = ['up', 'unknown', 'down', 'paused'] as const;

/** What operators see of payers and do to them. */
export class PayerOperations {
  constructor(
    private readonly parts: PayerOperationsParts,
    private readonly jobs: VerificationJobs,
    private readonly corrections: CorrectionService,
  ) {}

  /** @throws Problem `not_found` */
  async health(payerId: string): Promise<PayerHealthView> {
    const { payers, payerHealth, clock } = this.parts;
    const payer = await payers.byId(payerId);
    if (!payer) throw new Problem('not_found');
    const connections = await payerHealth.of(payerId, clock.now());
    const state = statesBestFirst.find((one) => connections.some((connection) => connection.state === one));
    return { id: payer.id, name: payer.name, state: state ?? 'by_phone', connections: connections.map(presented) };
  }

  /** Nothing more is asked of the payer until it is resumed; what is under way ends. @throws Problem `not_found`, `wrong_state` */
  async setPaused(caller: Principal, payerId: string, paused: boolean): Promise<PayerHealthView> {
    const { operations, clock, log } = this.parts;
    const connections = await operations.setPaused(operatorOf(caller), payerId, paused, clock.now());
    if (connections === undefined) throw new Problem('not_found');
    if (connections === 0) throw new Problem('wrong_state', { detail: 'This payer has no electronic connection.' });
    log.info(paused ? 'payer.paused' : 'payer.resumed', { payerId, by: caller.id });
    return this.health(payerId);
  }

  /**
   * Looks at once at what waits for the payer by the clock, and asks anew what failed because of it.
   *
   * @param since failures from then on; the last day when nobody says
   * @throws Problem `not_found`, `malformed_request`
   */
  async replay(caller: Principal, payerId: string, since: string | undefined): Promise<Replayed> {
    const { operations, payers, clock, log } = this.parts;
    if (!(await payers.byId(payerId))) throw new Problem('not_found');
    const now = clock.now();
    const found = await operations.replayable(payerId, sinceOf(since, now), mostReplayed);
    await operations.probeNow(operatorOf(caller), payerId, now);
    const replayed = {
      waiting: await this.count(found.waiting, (one) => this.wake(one)),
      failed: await this.count(found.failed, (one) => this.askAnew(caller, one)),
      more: found.waiting.length === mostReplayed || found.failed.length === mostReplayed,
    };
    log.info('payer.replayed', { payerId, by: caller.id, ...replayed });
    return replayed;
  }

  /** How many of them it was done to; one that cannot be helped does not keep the others. */
  private async count(
    due: readonly DueVerification[],
    act: (one: DueVerification) => Promise<boolean>,
  ): Promise<number> {
    let done = 0;
    for (const one of due) {
      try {
        done += (await act(one)) ? 1 : 0;
      } catch (error) {
        this.parts.log.warn('payer.not_replayed', { verificationId: one.verificationId, ...errorFields(error) });
      }
    }
    return done;
  }

  private async wake(one: DueVerification): Promise<boolean> {
    if (!(await this.parts.operations.makeDue(one, this.parts.clock.now()))) return false;
    await this.jobs.hurry(one);
    return true;
  }

  private async askAnew(caller: Principal, { facilityId, verificationId }: DueVerification): Promise<boolean> {
    await this.corrections.reverify({ facilityId, id: verificationId, actor: actorOf(caller) });
    return true;
  }
}

function sinceOf(text: string | undefined, now: Date): Date {
  if (!text) return new Date(now.getTime() - dayMs);
  if (isInstant(text)) return new Date(text);
  throw new Problem('malformed_request', { detail: 'since must be an instant, e.g. 2026-11-20T15:00:00Z' });
}

function presented({ connectionId, ...health }: ConnectionHealth): Record<string, unknown> {
  return { id: connectionId, ...health };
}
