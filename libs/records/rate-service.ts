import { addDays } from '@openvob/benefits';
import { type Clock, type Log, Problem } from '@openvob/platform';
import type { Actor, Rates, RateWork, StoredRate } from '@openvob/store';
import type { PayerDirectory } from '@openvob/verification';
import { planRates, type RateEntry, type RateFault, type RateLine } from './rate-plan';
import { type ReadRate, readRateFile, readRatesBody, refusedRates } from './read-rates';

export interface RateParts {
  rates: Rates;
  directory: PayerDirectory;
  clock: Clock;
  log: Log;
}

interface By {
  readonly facilityId: string;
  readonly actor: Actor;
}

/** What a facility's services cost: prices of each payer's contract, and its own. */
export class RateService {
  constructor(private readonly parts: RateParts) {}

  /** @param payer an id, `own` for the facility's own prices, or nothing for all */
  async list(facilityId: string, payer: string | undefined): Promise<object> {
    const { rates } = this.parts;
    const kept = await rates.list(facilityId, payer === 'own' ? null : payer);
    const named = await this.namesOf(kept);
    return { items: kept.map(named) };
  }

  /** @throws Problem `validation_failed` naming each faulty entry */
  enter(by: By, body: unknown, dryRun: boolean): Promise<object> {
    return this.take(by, readRatesBody(body), dryRun);
  }

  /** As `enter`, from a price list as it is pasted. */
  bring(by: By, text: string, dryRun: boolean): Promise<object> {
    return this.take(by, readRateFile(text), dryRun);
  }

  /** @throws Problem `not_found` */
  async remove({ facilityId, actor }: By, id: string): Promise<void> {
    const { rates, clock } = this.parts;
    if (!(await rates.remove({ facilityId, actor, now: clock.now() }, id))) throw new Problem('not_found');
  }

  private async take({ facilityId, actor }: By, read: readonly ReadRate[], dryRun: boolean): Promise<object> {
    const { rates, clock, log } = this.parts;
    const entries = await this.withPayers(read);
    const planned = await rates.change({ facilityId, actor, now: clock.now() }, (kept) => {
      const { lines, faults } = planRates(kept, entries);
      if (faults.length > 0) throw refusedRates(faults);
      return { lines, work: dryRun ? [] : lines.flatMap(workOf) };
    });
    if (!dryRun) log.info('rates.changed', { facilityId, count: planned.work.length });
    const named = await this.namesOf(planned.lines.flatMap(({ rate, ends }) => [rate, ...(ends ? [ends] : [])]));
    const counted = (kind: RateLine['kind']): number => planned.lines.filter((line) => line.kind === kind).length;
    return {
      added: counted('added'),
      changed: counted('changed'),
      unchanged: counted('unchanged'),
      lines: planned.lines.map(({ before, ends, rate, ...line }) => ({
        ...line,
        rate: named(rate),
        ...(before ? { before: named(before) } : {}),
        ...(ends ? { ends: named(ends) } : {}),
      })),
    };
  }

  /** Payers by id, or by a name that means one of the directory without asking back. */
  private async withPayers(read: readonly ReadRate[]): Promise<RateEntry[]> {
    const known = new Map<string, string | undefined>();
    const faults: RateFault[] = [];
    const entries: RateEntry[] = [];
    for (const [index, { payer, ...rate }] of read.entries()) {
      if (payer !== undefined && !known.has(payer)) known.set(payer, await this.idOf(payer));
      const payerId = payer === undefined ? undefined : known.get(payer);
      if (payer !== undefined && payerId === undefined)
        faults.push({
          index,
          field: 'payer',
          code: 'unknown_payer',
          detail: 'is no payer of the directory, or the name of several',
        });
      entries.push({ ...rate, ...(payerId === undefined ? {} : { payerId }) });
    }
    if (faults.length > 0) throw refusedRates(faults);
    return entries;
  }

  private async idOf(payer: string): Promise<string | undefined> {
    const { directory } = this.parts;
    const byId = await directory.byId(payer);
    return byId?.id ?? (await directory.byName(payer)).exact?.id;
  }

  /** Shows prices with the names of their payers. */
  private async namesOf(
    rates: readonly RateEntry[],
  ): Promise<(rate: RateEntry & Partial<Pick<StoredRate, 'id'>>) => object> {
    const ids = [...new Set(rates.flatMap(({ payerId }) => payerId ?? []))];
    const payers = await Promise.all(ids.map((id) => this.parts.directory.byId(id)));
    const names = new Map(ids.map((id, index) => [id, payers[index]?.name ?? id]));
    return ({ payerId, ...rate }) =>
      payerId === undefined ? rate : { ...rate, payer: { id: payerId, name: names.get(payerId) ?? payerId } };
  }
}

function workOf({ kind, rate, before, ends }: RateLine): RateWork[] {
  if (kind === 'unchanged') return [];
  return [
    {
      rate,
      ...(before ? { before } : {}),
      ...(ends && rate.from !== undefined ? { ends: { id: ends.id, on: addDays(rate.from, -1) } } : {}),
    },
  ];
}
