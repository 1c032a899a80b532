import type { Database } from '../database';
import { isDue } from './upkeep';

/** A lane's rows, whatever its queue says: how many are due, and for how long the oldest one. */
export interface DueRows {
  lane: string;
  due: number;
  ageSeconds: number;
}

/** How a payer connection did since it was made, and does now. */
export interface ConnectionFigures {
  connectionId: string;
  /** The payer's name. */
  payer: string;
  adapter: string;
  breaker: 'closed' | 'open' | 'half_open';
  isPaused: boolean;
  inFlight: number;
  maxInFlight: number;
  waiting: number;
  outcomes: { outcome: string; exchanges: number; durationMs: number; byDuration: number[]; costCents: number }[];
}

/** Deliveries that wait at endpoints which are not disabled, seconds; 0 where none waits. */
export interface WebhookFigures {
  /** Since when the oldest one waits, tries that failed included. */
  undeliveredSeconds: number;
  /** For how long the one that should have been tried first has not been. */
  overdueSeconds: number;
}

/** Lines of the audit trails that are not linked to their chains yet, and for how long the oldest one has not been. */
export interface UnsealedLines {
  lines: number;
  ageSeconds: number;
}

export interface WorkerCount {
  metric: string;
  labels: Record<string, string>;
  value: number;
}

/** What all processes have in common, from the rows. Counts and times; no id but those of connections. */
export interface OperationsFigures {
  verifications: { status: string; count: number }[];
  dueRows: DueRows[];
  connections: ConnectionFigures[];
  workers: number;
  unsealed: UnsealedLines;
  counts: WorkerCount[];
  webhooks: WebhookFigures;
}

/** Upper bounds of `byDuration`, milliseconds; the last entry has none. Made so by `tally_exchange` in the database. */
export const durationBoundsMs = [250, 500, 1000, 2000, 4000, 8000, 15_000, 20_000, 30_000, 60_000, 110_000] as const;

const statusCounts = 'SELECT status, count(*)::integer AS count FROM verification GROUP BY status';

/** `queued` says since when by its last move; everything else by when it should have been looked at. */
const dueRows = `
SELECT lane, count(*)::integer AS due, greatest(extract(epoch FROM $1::timestamptz - min(since)), 0)::float AS "ageSeconds" FROM (
  SELECT CASE WHEN bulk THEN 'bulk' ELSE priority END AS lane, updated_at AS since FROM verification WHERE status IN ('received', 'queued')
  UNION ALL
  SELECT CASE WHEN bulk THEN 'bulk' ELSE priority END, greatest(next_look_at, CASE WHEN status = 'asking_payer' THEN lease_until END)
    FROM verification WHERE ${isDue} AND status NOT IN ('received', 'queued')
) due GROUP BY lane`;

const waiting = `SELECT waiting_for_connection AS id, count(*)::integer AS count FROM verification
  WHERE waiting_for_connection IS NOT NULL GROUP BY waiting_for_connection`;

const connections = `
SELECT c.id AS "connectionId", p.name AS payer, c.adapter, coalesce(s.breaker, 'closed') AS breaker, c.paused_at IS NOT NULL AS "isPaused", c.max_in_flight AS "maxInFlight",
  (SELECT count(*)::integer FROM connection_slot cs WHERE cs.connection_id = c.id AND NOT cs.reserved AND cs.lease_until > $1) AS "inFlight",
  coalesce((SELECT jsonb_agg(jsonb_build_object('outcome', outcome, 'exchanges', exchanges, 'durationMs', duration_ms, 'byDuration', by_duration,
    'costCents', t.cost_cents)) FROM connection_tally t WHERE t.connection_id = c.id), '[]') AS outcomes
FROM payer_connection c JOIN payer p ON p.id = c.payer_id LEFT JOIN connection_state s ON s.connection_id = c.id WHERE c.disabled_at IS NULL
ORDER BY (SELECT sum(exchanges) FROM connection_tally t WHERE t.connection_id = c.id) DESC NULLS LAST, c.id LIMIT $2`;

const webhooks = `
SELECT coalesce(greatest(extract(epoch FROM $1::timestamptz - min(d.asked_at)), 0), 0)::float AS "undeliveredSeconds",
  coalesce(greatest(extract(epoch FROM $1::timestamptz - min(greatest(d.next_try_at, e.not_before))), 0), 0)::float AS "overdueSeconds"
FROM webhook_delivery d JOIN webhook_endpoint e ON e.id = d.endpoint_id
WHERE d.next_try_at IS NOT NULL AND e.disabled_at IS NULL AND e.deleted_at IS NULL`;

/** By the database's clock, which wrote them. */
const unsealed = `
SELECT count(*)::integer AS lines, greatest(coalesce(extract(epoch FROM now() - min(written_at)), 0), 0)::float AS "ageSeconds"
FROM (SELECT written_at FROM audit_unsealed UNION ALL SELECT written_at FROM installation_audit_unsealed) waiting`;

export class StoredFigures {
  constructor(private readonly database: Database) {}

  /** @param mostConnections the busiest so many @param workersSince those who said something since then live */
  async read(now: Date, mostConnections: number, workersSince: Date): Promise<OperationsFigures> {
    const rows = await this.database.forUpkeep(async (manager) => ({
      verifications: await manager.query<OperationsFigures['verifications']>(statusCounts),
      dueRows: await manager.query<DueRows[]>(dueRows, [now]),
      waiting: await manager.query<{ id: string; count: number }[]>(waiting),
      webhooks: (await manager.query<WebhookFigures[]>(webhooks, [now]))[0],
      unsealed: await manager.query<UnsealedLines[]>(unsealed),
    }));
    const { directory } = this.database;
    const known = await directory.query<Omit<ConnectionFigures, 'waiting'>[]>(connections, [now, mostConnections]);
    const [alive] = await directory.query<{ count: number }[]>(
      'SELECT count(*)::integer AS count FROM worker_process WHERE seen_at > $1',
      [workersSince],
    );
    const waitingBy = new Map(rows.waiting.map(({ id, count }) => [id, count]));
    return {
      verifications: rows.verifications,
      dueRows: rows.dueRows,
      connections: known.map((one) => ({ ...one, waiting: waitingBy.get(one.connectionId) ?? 0 })),
      workers: alive?.count ?? 0,
      webhooks: rows.webhooks ?? { undeliveredSeconds: 0, overdueSeconds: 0 },
      unsealed: rows.unsealed[0] ?? { lines: 0, ageSeconds: 0 },
      counts: await directory.query<WorkerCount[]>(
        'SELECT metric, labels, value FROM worker_tally ORDER BY metric, labels',
      ),
    };
  }
}
