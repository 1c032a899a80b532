import type { LaneState } from '@openvob/queue';

/** What readiness is judged by. */
export interface ReadinessParts {
  /** Answers in time or counts as down. */
  database(): Promise<unknown>;
  /** How the lanes do, by jobs that went through them; waits for at most so long. */
  lanes(patienceMs: number): Promise<readonly LaneState[]>;
}

/** `canary`: for each lane, how long ago the last canary job came out of it; no age when none ever did. */
export interface Checks {
  checks: { database: 'ok' | 'down'; queue: 'ok' | 'down' };
  canary: { lane: string; state: 'ok' | 'down'; ageSeconds?: number }[];
}

const patienceMs = 1500;

/**
 * Without the queue requests are still taken: they are rows, and the sweep makes jobs of them later. Without the database none are. The
 * queue is judged by work that came out of it, so that it counts as down when it answers and nobody works.
 */
export class Readiness {
  constructor(private readonly parts: ReadinessParts) {}

  async check(): Promise<Checks> {
    const [database, lanes] = await Promise.all([
      inTime(this.parts.database()),
      inTime(this.parts.lanes(patienceMs), patienceMs * 2),
    ]);
    const canary = (lanes ?? []).map(({ lane, isMoving, ageMs }) => ({
      lane,
      state: isMoving ? ('ok' as const) : ('down' as const),
      ...(ageMs === undefined ? {} : { ageSeconds: Math.round(ageMs / 1000) }),
    }));
    const moves = canary.length > 0 && canary.every(({ state }) => state === 'ok');
    return { checks: { database: database === undefined ? 'down' : 'ok', queue: moves ? 'ok' : 'down' }, canary };
  }
}

/** What was answered in time; undefined when nothing was, or a failure. */
async function inTime<T>(asked: Promise<T>, timeMs = patienceMs): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), timeMs);
  });
  return Promise.race([asked.catch(() => undefined), late]).finally(() => clearTimeout(timer));
}
