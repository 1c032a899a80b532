import type { LiveUpdates } from '@openvob/notifications';

/** One server-sent event: what moved since the one before. */
export interface FacilityEvent {
  type: 'moved' | 'beat';
  data: { ids: string[] };
}

/** Many moves at once are told as one. */
const gatherMs = 250;
/** Something is sent at least so often, for whatever stands in between and cuts off what is silent. */
const beatMs = 20_000;
/** Whoever follows comes back so often at least, and is looked at again: a session that ended hears no more. */
const longestMs = 5 * 60_000;
const mostIds = 500;

interface Following {
  facilityId: string;
  signal: AbortSignal;
  /** Whether who follows may still: asked before each event. */
  mayGoOn(): Promise<boolean>;
}

/** What moves in a facility, until the signal fires or it is time to come back. More than 500 at once are told as no ids: look at everything. */
export async function* facilityEvents(
  live: Pick<LiveUpdates, 'onFacilityMove'>,
  { facilityId, signal, mayGoOn }: Following,
): AsyncGenerator<FacilityEvent> {
  const moved = new Set<string>();
  let wake = (): void => undefined;
  const forget = live.onFacilityMove(facilityId, (id) => {
    moved.add(id);
    wake();
  });
  const endsAt = performance.now() + longestMs;
  const rest = (ms: number, untilMoved: boolean): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(finish, ms);
      function finish(): void {
        clearTimeout(timer);
        signal.removeEventListener('abort', finish);
        wake = () => undefined;
        resolve();
      }
      if (untilMoved) wake = finish;
      signal.addEventListener('abort', finish, { once: true });
    });
  try {
    yield { type: 'beat', data: { ids: [] } };
    while (!signal.aborted && performance.now() < endsAt) {
      if (moved.size === 0) await rest(beatMs, true);
      if (signal.aborted) return;
      if (moved.size > 0) await rest(gatherMs, false);
      const ids = moved.size > mostIds ? [] : [...moved];
      const type = moved.size > 0 ? 'moved' : 'beat';
      moved.clear();
      if (!(await mayGoOn())) return;
      yield { type, data: { ids } };
    }
  } finally {
    forget();
  }
}
