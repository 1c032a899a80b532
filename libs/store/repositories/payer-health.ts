import type { Database } from '../database';

/** How one connection of a payer does. Durations in milliseconds, of answers that came. */
export interface ConnectionHealth {
  connectionId: string;
  via: string;
  state: 'up' | 'down' | 'paused' | 'unknown';
  breaker: 'closed' | 'open' | 'half_open';
  pausedAt?: Date;
  downSince?: Date;
  /** It answers, but turns nearly everybody away: members are not asked to correct anything. Until it answers somebody. */
  outageSuspectedSince?: Date;
  nextProbeAt?: Date;
  inFlight: number;
  maxInFlight: number;
  perMinute?: number;
  /** Verifications that wait for a slot, for the breaker or for the end of the pause. */
  waiting: number;
  lastHour: { exchanges: number; outcomes: Record<string, number>; medianMs?: number; p95Ms?: number };
  lastAnswerAt?: Date;
}

interface HealthRow extends Omit<ConnectionHealth, 'state' | 'lastHour'> {
  exchanges: number;
  outcomes: Record<string, number>;
  medianMs: number | null;
  p95Ms: number | null;
}

/** Outcomes that show that somebody is there. */
const alive = `('answered', 'member_rejected', 'rejected')`;

const query = `
SELECT c.id AS "connectionId", c.adapter AS via, coalesce(s.breaker, 'closed') AS breaker, c.paused_at AS "pausedAt", s.opened_at AS "downSince", s.suspected_at AS "outageSuspectedSince",
  CASE WHEN s.breaker <> 'closed' THEN s.probe_at END AS "nextProbeAt", c.max_in_flight AS "maxInFlight", c.per_minute AS "perMinute",
  (SELECT count(*)::integer FROM connection_slot cs WHERE cs.connection_id = c.id AND NOT cs.reserved AND cs.lease_until > $2) AS "inFlight",
  (SELECT max(at) FROM connection_outcome o WHERE o.connection_id = c.id AND o.outcome IN ${alive}) AS "lastAnswerAt",
  coalesce(h.exchanges, 0) AS exchanges, coalesce(h.outcomes, '{}') AS outcomes, h."medianMs", h."p95Ms"
FROM payer_connection c
LEFT JOIN connection_state s ON s.connection_id = c.id
LEFT JOIN LATERAL (
  SELECT sum(n)::integer AS exchanges, jsonb_object_agg(outcome, n) AS outcomes, max("medianMs") AS "medianMs", max("p95Ms") AS "p95Ms" FROM (
    SELECT outcome, count(*) AS n FROM connection_outcome o WHERE o.connection_id = c.id AND at > $2::timestamptz - interval '1 hour' GROUP BY outcome
  ) counted, (
    SELECT round(percentile_cont(0.5) WITHIN GROUP (ORDER BY duration_ms))::integer AS "medianMs",
      round(percentile_cont(0.95) WITHIN GROUP (ORDER BY duration_ms))::integer AS "p95Ms"
    FROM connection_outcome o WHERE o.connection_id = c.id AND at > $2::timestamptz - interval '1 hour' AND outcome IN ${alive}
  ) timed
) h ON true
WHERE c.payer_id = $1 AND c.disabled_at IS NULL ORDER BY c.preference, c.id`;

/** How payers do, from what their connections answered; nothing in it is about a patient. */
export class PayerHealth {
  constructor(private readonly database: Database) {}

  async of(payerId: string, now: Date): Promise<ConnectionHealth[]> {
    const rows = await this.database.directory.query<HealthRow[]>(query, [payerId, now]);
    const waiting = await this.waiting(rows.map((row) => row.connectionId));
    return rows.map((row) => healthOf(row, waiting.get(row.connectionId) ?? 0));
  }

  private async waiting(connectionIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.database.forUpkeep((manager) =>
      manager.query<{ id: string; count: number }[]>(
        `SELECT waiting_for_connection AS id, count(*)::integer AS count FROM verification
         WHERE waiting_for_connection = ANY ($1) GROUP BY waiting_for_connection`,
        [connectionIds],
      ),
    );
    return new Map(rows.map(({ id, count }) => [id, count]));
  }
}

function healthOf({ exchanges, outcomes, medianMs, p95Ms, ...row }: HealthRow, waiting: number): ConnectionHealth {
  const lastHour = {
    exchanges,
    outcomes,
    ...(medianMs === null ? {} : { medianMs }),
    ...(p95Ms === null ? {} : { p95Ms }),
  };
  const said = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
  return { ...(said as typeof row), state: stateOf(row), waiting, lastHour };
}

function stateOf(row: Pick<HealthRow, 'pausedAt' | 'breaker' | 'lastAnswerAt'>): ConnectionHealth['state'] {
  if (row.pausedAt) return 'paused';
  if (row.breaker !== 'closed') return 'down';
  return row.lastAnswerAt ? 'up' : 'unknown';
}
