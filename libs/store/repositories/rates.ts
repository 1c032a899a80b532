import { newId } from '@openvob/platform';
import type { Database, FacilityTransaction } from '../database';
import { RateRow } from '../entities';
import { type Actor, writeAudit } from './audit';

/** A price as it is kept. */
export interface StoredRate {
  readonly id: string;
  readonly payerId?: string;
  readonly network: RateRow['network'];
  readonly code: string;
  readonly allowedCents: number;
  readonly chargeCents?: number;
  readonly includedIn?: string;
  readonly from?: string;
  readonly to?: string;
  readonly source: string;
}

export type RateChange = Omit<StoredRate, 'id'>;

/** What becomes of a facility's prices: in place of one, beside them, or the end of one. */
export interface RateWork {
  readonly rate: RateChange;
  readonly before?: Pick<StoredRate, 'id' | 'allowedCents'>;
  readonly ends?: { readonly id: string; readonly on: string };
}

interface By {
  readonly facilityId: string;
  readonly actor: Actor;
  readonly now: Date;
}

/** Changes that one line of the trail tells. */
const mostTold = 200;

/** What a facility's services cost, by payer, network, code and day. */
export class Rates {
  constructor(private readonly database: Database) {}

  /** @param payerId of this payer's contract alone; null for the facility's own */
  list(facilityId: string, payerId?: string | null): Promise<StoredRate[]> {
    return this.database.inFacility(facilityId, (tx) => readRates(tx, payerId));
  }

  /**
   * Changes prices behind a lock of the facility, so that two lists at once come one after the other.
   *
   * @param plan what to do, given what is kept; throws to refuse
   */
  change<Plan extends { readonly work: readonly RateWork[] }>(
    { facilityId, actor, now }: By,
    plan: (kept: StoredRate[]) => Plan,
  ): Promise<Plan> {
    return this.database.inFacility(facilityId, async (tx) => {
      await tx.manager.query('SELECT FROM facility WHERE id = $1 FOR NO KEY UPDATE', [facilityId]);
      const planned = plan(await readRates(tx));
      for (const one of planned.work) await apply(tx, one, now);
      if (planned.work.length > 0) {
        const changes = planned.work.slice(0, mostTold).map(told);
        const detail = { count: planned.work.length, changes };
        await writeAudit(tx, { actor, action: 'rates.changed', subjectId: facilityId, detail }, now);
      }
      return planned;
    });
  }

  /** False where there is none. */
  remove({ facilityId, actor, now }: By, id: string): Promise<boolean> {
    return this.database.inFacility(facilityId, async (tx) => {
      const row = await tx.manager.findOneBy(RateRow, { id });
      if (!row) return false;
      await tx.manager.delete(RateRow, { id });
      const { payerId, network, code, allowedCents } = row;
      const detail = { rate: id, network, code, allowedCents, ...(payerId ? { payer: payerId } : {}) };
      await writeAudit(tx, { actor, action: 'rate.removed', subjectId: facilityId, detail }, now);
      return true;
    });
  }
}

async function readRates({ manager }: FacilityTransaction, payerId?: string | null): Promise<StoredRate[]> {
  const query = manager.createQueryBuilder(RateRow, 'r');
  if (payerId === null) query.where('r.payer_id IS NULL');
  else if (payerId !== undefined) query.where('r.payer_id = :payerId', { payerId });
  const rows = await query
    .orderBy('r.payer_id', 'ASC', 'NULLS FIRST')
    .addOrderBy('r.code')
    .addOrderBy('r.network')
    .addOrderBy('r.from_date', 'ASC', 'NULLS FIRST')
    .addOrderBy('r.id')
    .getMany();
  return rows.map(rateOf);
}

async function apply({ manager, facilityId }: FacilityTransaction, work: RateWork, now: Date): Promise<void> {
  const { rate, before, ends } = work;
  if (ends) await manager.update(RateRow, { id: ends.id }, { toDate: ends.on });
  const row = {
    payerId: rate.payerId ?? null,
    network: rate.network,
    code: rate.code,
    allowedCents: rate.allowedCents,
    chargeCents: rate.chargeCents ?? null,
    includedIn: rate.includedIn ?? null,
    source: rate.source,
    fromDate: rate.from ?? null,
    toDate: rate.to ?? null,
  };
  if (before) await manager.update(RateRow, { id: before.id }, row);
  else await manager.insert(RateRow, { ...row, id: newId('rat', now), facilityId });
}

function told({ rate, before }: RateWork): string {
  const { payerId = 'own', network, code, from, allowedCents } = rate;
  const was = before ? `${before.allowedCents} → ` : '';
  return `${payerId} ${network} ${code}${from ? ` from ${from}` : ''}: ${was}${allowedCents}`;
}

function rateOf(row: RateRow): StoredRate {
  const { id, network, code, allowedCents, source } = row;
  return {
    ...{ id, network, code, allowedCents, source },
    ...(row.payerId === null ? {} : { payerId: row.payerId }),
    ...(row.chargeCents === null ? {} : { chargeCents: row.chargeCents }),
    ...(row.includedIn === null ? {} : { includedIn: row.includedIn }),
    ...(row.fromDate === null ? {} : { from: row.fromDate }),
    ...(row.toDate === null ? {} : { to: row.toDate }),
  };
}
