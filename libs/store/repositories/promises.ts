import { adapters } from '@openvob/payers';
import type { Clock } from '@openvob/platform';
import type { Turn, VerificationView } from '@openvob/results';
import {
  isAtRisk,
  isMeasured,
  isResting,
  type MeasuredLane,
  type MeasuredWay,
  promisedBy,
  type QuietHours,
  quietUntil,
} from '@openvob/verification';
import type { Database } from '../database';

/** What was measured serves everybody who asks within this time. */
const freshMs = 3000;
const inquiriesFreshMs = 60_000;
/** A worker that said nothing for so long is gone. */
const workerSilentMs = 60_000;

interface WayRow extends Omit<MeasuredWay, 'inquiriesEach' | 'ahead'> {
  connectionId: string;
  adapter: string;
  isUsable: boolean;
  quietHours: QuietHours | null;
}

const waysOf = `
SELECT c.id AS "connectionId", c.adapter, c.paused_at IS NULL AND coalesce(s.breaker, 'closed') = 'closed' AS "isUsable",
  c.max_in_flight AS "maxInFlight", c.per_minute AS "perMinute", c.quiet_hours AS "quietHours",
  (SELECT count(*)::integer FROM connection_slot cs WHERE cs.connection_id = c.id AND NOT cs.reserved AND cs.lease_until > $2) AS "inFlight",
  ARRAY(SELECT o.duration_ms FROM connection_outcome o WHERE o.connection_id = c.id AND o.at > $2::timestamptz - interval '7 days' AND o.at <= $2
    AND o.outcome IN ('answered', 'member_rejected', 'rejected') ORDER BY o.at DESC LIMIT 200) AS "durationsMs"
FROM payer_connection c LEFT JOIN connection_state s ON s.connection_id = c.id
WHERE c.payer_id = $1 AND c.disabled_at IS NULL ORDER BY c.preference, c.id`;

const waiting = `
SELECT count(*)::integer AS "all", count(*) FILTER (WHERE NOT bulk)::integer AS people FROM verification WHERE waiting_for_connection = $1`;

const inLanes = `
SELECT CASE WHEN bulk THEN 'bulk' ELSE priority END AS lane, count(*)::integer AS count FROM verification
WHERE status IN ('received', 'queued') GROUP BY lane`;

const inquiriesEach = `
SELECT count(*)::float / greatest(count(DISTINCT (verification_id, round)), 1) AS each FROM (
  SELECT verification_id, round FROM inquiry WHERE facility_id = $1 AND connection_id = $2 AND sends > 0 ORDER BY recorded_at DESC LIMIT 100) recent`;

type Promised = Pick<VerificationView, 'promisedBy' | 'atRisk'>;

/**
 * By when verifications under way may have their answer, from what was measured lately. Kept for moments, so that a worklist costs no more than one look at
 * each payer.
 */
export class Promises {
  private readonly kept = new Map<string, { at: number; value: Promise<unknown> }>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    /** Verifications that one worker process takes at once. */
    private readonly concurrency: { readonly people: number; readonly bulk: number },
  ) {}

  /** The view with `promisedBy` and `atRisk` where they can be said. Not inside a transaction: it takes a connection of its own. */
  async added<View extends VerificationView>(facilityId: string, view: View): Promise<View> {
    return { ...view, ...(await this.of(facilityId, view)) };
  }

  /** As above before there is a view, so that the transaction that makes it takes it along. */
  async of(
    facilityId: string,
    { turn, neededBy, status }: Pick<VerificationView, 'turn' | 'neededBy' | 'status'>,
  ): Promise<Promised> {
    if (isResting(status)) return {};
    const now = this.clock.now();
    const promised = turn && (await this.promisedTo(facilityId, turn, now));
    const atRisk = isAtRisk(neededBy, promised, { now, isWaiting: status === 'waiting_for_payer' });
    return { ...(promised ? { promisedBy: promised } : {}), ...(atRisk ? { atRisk } : {}) };
  }

  private async promisedTo(facilityId: string, turn: Turn, now: Date): Promise<Date | undefined> {
    const { payerId, lane, askedSince, notBefore } = turn;
    const ways = await this.lately(`ways ${payerId}`, freshMs, () => this.ways(payerId, now));
    const way = ways.find((one) => one.isUsable);
    if (!way) return undefined;
    if (!isMeasured(way)) {
      // what is not known yet is looked for again by the next one who asks
      this.kept.delete(`ways ${payerId}`);
      return undefined;
    }
    const { people, all } = await this.lately(`waiting ${way.connectionId}`, freshMs, () => this.waiting(way));
    const each = await this.lately(`each ${facilityId} ${way.connectionId}`, inquiriesFreshMs, () =>
      this.inquiriesEach(facilityId, way),
    );
    const isBulk = lane === 'bulk';
    const others = isBulk ? all : people;
    const ahead = Math.max(0, turn.waitsForPayer ? others - 1 : others);
    const quiet = isBulk ? quietUntil(way.quietHours ?? undefined, now) : undefined;
    const begins = [notBefore, quiet].flatMap((at) => at?.getTime() ?? []);
    return promisedBy(
      { ...way, perMinute: way.perMinute ?? undefined, inquiriesEach: each, ahead },
      await this.laneOf(turn, now),
      {
        now,
        askedSince,
        ...(begins.length > 0 ? { notBefore: new Date(Math.max(...begins)) } : {}),
      },
    );
  }

  private async ways(payerId: string, now: Date): Promise<WayRow[]> {
    const rows = await this.database.directory.query<WayRow[]>(waysOf, [payerId, now]);
    return rows.filter(({ adapter }) => adapters.get(adapter)?.capabilities.electronic);
  }

  private waiting({ connectionId }: WayRow): Promise<{ all: number; people: number }> {
    return this.database.forUpkeep(async (manager) => {
      const [row] = await manager.query<{ all: number; people: number }[]>(waiting, [connectionId]);
      return row ?? { all: 0, people: 0 };
    });
  }

  private inquiriesEach(facilityId: string, { connectionId }: WayRow): Promise<number> {
    return this.database.inFacility(facilityId, async ({ manager }) => {
      const [row] = await manager.query<{ each: number }[]>(inquiriesEach, [facilityId, connectionId]);
      return row?.each ?? 1;
    });
  }

  private async laneOf({ lane, askedSince, waitsForPayer }: Turn, now: Date): Promise<MeasuredLane> {
    const { people, bulk } = this.concurrency;
    const { workers, counts } = await this.lately('lanes', freshMs, () => this.lanes(now));
    const atOnce = workers * (lane === 'bulk' ? bulk : people);
    // It has left the lane, or is put before the others of it.
    if (askedSince || waitsForPayer) return { ahead: 0, atOnce };
    return { ahead: Math.max(0, (counts.get(lane) ?? 0) - 1), atOnce };
  }

  private async lanes(now: Date): Promise<{ workers: number; counts: ReadonlyMap<string, number> }> {
    const rows = await this.database.forUpkeep((manager) => manager.query<{ lane: string; count: number }[]>(inLanes));
    const [alive] = await this.database.directory.query<{ count: number }[]>(
      'SELECT count(*)::integer AS count FROM worker_process WHERE seen_at > $1',
      [new Date(now.getTime() - workerSilentMs)],
    );
    return { workers: alive?.count ?? 0, counts: new Map(rows.map(({ lane, count }) => [lane, count])) };
  }

  private lately<T>(key: string, forMs: number, measure: () => Promise<T>): Promise<T> {
    const at = performance.now();
    const known = this.kept.get(key);
    if (known && at - known.at < forMs) return known.value as Promise<T>;
    const value = measure();
    value.catch(() => this.kept.delete(key));
    if (this.kept.size > 1000) this.kept.clear();
    this.kept.set(key, { at, value });
    return value;
  }
}
