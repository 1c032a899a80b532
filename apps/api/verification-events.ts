import type { LiveUpdates } from '@openvob/notifications';
import type { VerificationView } from '@openvob/results';
import type { VerificationReader } from '@openvob/store';
import { isResting } from '@openvob/verification';

/** One server-sent event; its id is the place in the history to resume behind. */
export interface VerificationEvent {
  id: string;
  type: 'status' | 'estimate' | 'needs' | 'changes';
  data: Record<string, unknown>;
}

/** Who listens to what, from where on. */
export interface Listening {
  facilityId: string;
  id: string;
  afterId: number;
  signal: AbortSignal;
  /** Asked before each look. */
  mayGoOn: () => Promise<boolean>;
}

/** How long a stream sleeps at most before it looks by itself, milliseconds. */
const lookAgainAfterMs = 15_000;

/** What happens to a verification, as it happens. */
export class VerificationEvents {
  constructor(
    private readonly reader: VerificationReader,
    private readonly live: LiveUpdates,
  ) {}

  /**
   * Every move after `afterId`, each once and in order; behind the last one of a batch what it needs and what it costs now.
   * Goes on until the signal fires, or the listener may hear no more.
   */
  async *of(listening: Listening): AsyncGenerator<VerificationEvent> {
    const { facilityId, id, afterId, signal, mayGoOn } = listening;
    let last = afterId;
    while (!signal.aborted && (await mayGoOn())) {
      const news = await this.reader.movesSince(facilityId, id, last);
      if (!news) return;
      for (const move of news.moves) {
        last = move.id;
        yield {
          id: String(move.id),
          type: 'status',
          data: {
            status: move.detail.to ?? 'received',
            reason: move.detail.reason,
            round: move.detail.round ?? 1,
            at: move.at.toISOString(),
          },
        };
      }
      if (news.moves.length > 0 && isResting(news.view.status)) yield* conclusion(String(last), news.view);
      await this.live.until(
        id,
        async () => (await this.reader.movesSince(facilityId, id, last))?.moves.length !== 0,
        lookAgainAfterMs,
        signal,
      );
    }
  }
}

function* conclusion(id: string, view: VerificationView): Generator<VerificationEvent> {
  const { estimate } = view.conclusion ?? {};
  if (view.needs.length > 0) yield { id, type: 'needs', data: { needs: view.needs } };
  if (view.changes && view.resultOf?.round === view.round)
    yield { id, type: 'changes', data: { sinceRound: view.changes.sinceRound, items: view.changes.items } };
  if (estimate)
    yield {
      id,
      type: 'estimate',
      data: { total: estimate.total, firstDayCents: estimate.firstDayCents, questions: estimate.questions },
    };
}
