import type { LiveUpdates } from '@openvob/notifications';
import type { VerificationView } from '@openvob/results';
import type { HistoryLine, VerificationReader } from '@openvob/store';
import { isResting } from '@openvob/verification';

/** What stands behind the last move, in the order in which it is told. */
const parts = ['needs', 'changes', 'estimate'] as const;
type Part = (typeof parts)[number];

/** One server-sent event; its id is the place to resume behind. */
export interface VerificationEvent {
  id: string;
  type: 'status' | Part;
  data: Record<string, unknown>;
}

/** A move in the history, and how many of the parts behind it were told. */
export interface EventPlace {
  move: number;
  told: number;
}

/** The place that an event's id names, `54` or `54.2`; what is no event's id is the beginning. */
export function placeOf(eventId: string | undefined): EventPlace {
  const [, move, told] = /^(\d{1,15})(?:\.([1-9]))?$/.exec(eventId ?? '') ?? [];
  return { move: Number(move ?? 0), told: Number(told ?? 0) };
}

/** Who listens to what, from where on. */
export interface Listening {
  facilityId: string;
  id: string;
  behind: EventPlace;
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
   * Every move behind a place, each once and in order; behind the last one of a batch what it needs and what it costs now.
   * Goes on until the signal fires, or the listener may hear no more.
   */
  async *of({ facilityId, id, behind, signal, mayGoOn }: Listening): AsyncGenerator<VerificationEvent> {
    let { move: last, told } = behind;
    while (!signal.aborted && (await mayGoOn())) {
      const news = await this.reader.movesSince(facilityId, id, last);
      if (!news) return;
      for (const move of news.moves) {
        last = move.id;
        told = 0;
        yield statusEvent(move);
      }
      if (last > 0) yield* conclusion({ move: last, told }, news.view);
      told = parts.length;
      await this.live.until(
        id,
        async () => (await this.reader.movesSince(facilityId, id, last))?.moves.length !== 0,
        lookAgainAfterMs,
        signal,
      );
    }
  }
}

function statusEvent({ id, detail, at }: HistoryLine): VerificationEvent {
  const data = {
    status: detail.to ?? 'received',
    reason: detail.reason,
    round: detail.round ?? 1,
    at: at.toISOString(),
  };
  return { id: String(id), type: 'status', data };
}

function* conclusion({ move, told }: EventPlace, view: VerificationView): Generator<VerificationEvent> {
  for (const [index, type] of parts.entries()) {
    const data = index < told ? undefined : dataOf(type, view);
    if (data) yield { id: `${move}.${index + 1}`, type, data };
  }
}

/** What it needs is told while the payer is waited for as well; results once it rests. */
function dataOf(part: Part, view: VerificationView): Record<string, unknown> | undefined {
  const { needs, changes, resultOf, round } = view;
  if (part === 'needs') return needs.length > 0 ? { needs } : undefined;
  if (!isResting(view.status)) return undefined;
  if (part === 'changes')
    return changes && resultOf?.round === round ? { sinceRound: changes.sinceRound, items: changes.items } : undefined;
  const { estimate } = view.conclusion ?? {};
  return estimate && { total: estimate.total, firstDayCents: estimate.firstDayCents, questions: estimate.questions };
}
