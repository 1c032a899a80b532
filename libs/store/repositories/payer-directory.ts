import type { FieldCipher } from '@openvob/platform';
import type { DirectoryPayer, PayerConnection, PayerDirectory } from '@openvob/verification';
import type { Database } from '../database';
import { PayerConnectionRow, PayerRow } from '../entities';
import { SealedRow } from '../sealed-row';
import { payerNamed } from './payer-names';

/** A payer as it is found: with the ways in which it can be asked. */
export interface ListedPayer extends DirectoryPayer {
  aliases: string[];
  memberIdPrefixes: string[];
  via: string[];
}

/** A payer is shown as a candidate from this similarity on (pg_trgm, 0 to 1). */
const candidateFrom = 0.3;
const mostCandidates = 5;

/** Inquiries in flight at once over a connection of which nothing else was agreed. */
const usualMaxInFlight = 10;

/** Credentials of connections belong to the installation, not to a facility. */
const installation = 'installation';

/** The payer directory in PostgreSQL: payers and their connections are rows, searched by trigrams. */
export class StoredPayerDirectory implements PayerDirectory {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  async byId(id: string): Promise<DirectoryPayer | undefined> {
    const row = await this.database.directory.findOneBy(PayerRow, { id });
    return row && !row.withdrawnAt ? payerOf(row) : undefined;
  }

  /**
   * The payer that a name means without asking back (its id and its reference with a connection count as names), or those that a person may choose
   * from.
   */
  async byName(name: string): Promise<{ exact?: DirectoryPayer; candidates: DirectoryPayer[] }> {
    const exact = (await this.byReference(name.trim())) ?? payerNamed(await this.named(), name);
    if (exact) return { exact: payerOf(exact), candidates: [] };
    return { candidates: (await this.ranked(name, mostCandidates)).map(payerOf) };
  }

  /** Payers by name, alias, id or the beginning of a member id; all of them for an empty text. */
  async search(text: string, limit: number, after?: { name: string; id: string }): Promise<ListedPayer[]> {
    const rows = text.trim() === '' ? await this.page(limit, after) : await this.found(text.trim(), limit);
    const ways = await this.waysOf(rows.map((row) => row.id));
    return rows.map((row) => ({
      ...payerOf(row),
      aliases: row.aliases,
      memberIdPrefixes: row.memberIdPrefixes,
      via: ways.get(row.id) ?? [],
    }));
  }

  async connectionsOf(payerId: string): Promise<PayerConnection[]> {
    const rows = await this.database.directory.find(PayerConnectionRow, {
      where: { payerId },
      order: { preference: 'ASC', id: 'ASC' },
    });
    return rows.filter((row) => row.disabledAt === null).map((row) => this.connectionOf(row));
  }

  /** Adds or changes a payer and its connections; used by imports and by the demo's seed. */
  async put(payer: Omit<ListedPayer, 'via'>, connections: PayerConnection[], now: Date): Promise<void> {
    const searchText = [payer.name, ...payer.aliases].join(' | ').toLowerCase();
    await this.database.directory.transaction(async (manager) => {
      const row = { ...payer, phone: payer.phone ?? null, searchText, createdAt: now, withdrawnAt: null };
      await manager.upsert(PayerRow, row, ['id']);
      for (const [index, connection] of connections.entries()) {
        await manager.upsert(PayerConnectionRow, this.rowOf(payer.id, connection, index + 1), ['id']);
      }
    });
  }

  /** Every payer, with its names: whether another one goes by a name too is only known of all. */
  private named(): Promise<PayerRow[]> {
    return this.database.directory
      .createQueryBuilder(PayerRow, 'payer')
      .where('payer.withdrawn_at IS NULL')
      .orderBy('payer.id')
      .getMany();
  }

  /** The one payer of this id, or of this reference with a connection in use. */
  private async byReference(text: string): Promise<PayerRow | undefined> {
    if (text === '') return undefined;
    const found = await this.database.directory
      .createQueryBuilder(PayerRow, 'payer')
      .where('payer.withdrawn_at IS NULL')
      .andWhere(
        `(lower(payer.id) = lower(:text) OR EXISTS (SELECT FROM payer_connection AS way
          WHERE way.payer_id = payer.id AND way.disabled_at IS NULL AND lower(way.payer_reference) = lower(:text)))`,
        { text },
      )
      .limit(2)
      .getMany();
    return found.length === 1 ? found[0] : undefined;
  }

  private page(limit: number, after?: { name: string; id: string }): Promise<PayerRow[]> {
    const query = this.database.directory.createQueryBuilder(PayerRow, 'payer').where('payer.withdrawn_at IS NULL');
    if (after) query.andWhere('(payer.name, payer.id) > (:name, :id)', after);
    return query.orderBy('payer.name').addOrderBy('payer.id').limit(limit).getMany();
  }

  /** Member-id prefixes first (the longest wins), then names by likeness. */
  private async found(text: string, limit: number): Promise<PayerRow[]> {
    const byPrefix = await this.database.directory
      .createQueryBuilder(PayerRow, 'payer')
      .where('payer.withdrawn_at IS NULL')
      .andWhere(
        `(payer.id = :text OR EXISTS (SELECT FROM unnest(payer.member_id_prefixes) AS prefix WHERE starts_with(upper(:text), upper(prefix))))`,
        { text },
      )
      .orderBy('payer.name')
      .limit(limit)
      .getMany();
    const known = new Set(byPrefix.map((row) => row.id));
    const byName = (await this.ranked(text, limit)).filter((row) => !known.has(row.id));
    return [...byPrefix, ...byName].slice(0, limit);
  }

  private async ranked(name: string, limit: number): Promise<(PayerRow & { likeness: number })[]> {
    const found = await this.database.directory
      .createQueryBuilder(PayerRow, 'payer')
      .addSelect(
        'greatest(word_similarity(:name, payer.search_text), similarity(:name, lower(payer.name)))',
        'likeness',
      )
      .where('payer.withdrawn_at IS NULL')
      .andWhere('(word_similarity(:name, payer.search_text) >= :least OR starts_with(payer.search_text, :name))', {
        least: candidateFrom,
      })
      .setParameter('name', name.toLowerCase())
      .orderBy('likeness', 'DESC')
      .addOrderBy('payer.name')
      .limit(limit)
      .getRawAndEntities<{ likeness: string }>();
    return found.entities.map((row, index) =>
      Object.assign(row, { likeness: Number(found.raw[index]?.likeness ?? 0) }),
    );
  }

  private async waysOf(payerIds: string[]): Promise<Map<string, string[]>> {
    const ways = new Map<string, string[]>();
    if (payerIds.length === 0) return ways;
    const rows = await this.database.directory
      .createQueryBuilder(PayerConnectionRow, 'connection')
      .where('connection.payer_id = ANY(:payerIds) AND connection.disabled_at IS NULL', { payerIds })
      .orderBy('connection.preference')
      .getMany();
    for (const row of rows) ways.set(row.payerId, [...new Set([...(ways.get(row.payerId) ?? []), row.adapter])]);
    return ways;
  }

  private connectionOf(row: PayerConnectionRow): PayerConnection {
    const sealed = new SealedRow(this.cipher, installation, 'payer_connection', row.id);
    return {
      id: row.id,
      adapter: row.adapter,
      payerReference: row.payerReference,
      endpointUrl: row.endpointUrl,
      settings: row.settings,
      credentials: sealed.openJson<Record<string, string>>('credentials', row.credentials) ?? {},
      timeoutMs: row.timeoutMs,
      maxInFlight: row.maxInFlight,
      ...(row.perMinute === null ? {} : { perMinute: row.perMinute }),
      ...(row.costCents === null ? {} : { costCents: row.costCents }),
    };
  }

  private rowOf(
    payerId: string,
    connection: PayerConnection,
    preference: number,
  ): Omit<PayerConnectionRow, 'pausedAt'> {
    const sealed = new SealedRow(this.cipher, installation, 'payer_connection', connection.id);
    return {
      id: connection.id,
      payerId,
      adapter: connection.adapter,
      payerReference: connection.payerReference,
      endpointUrl: connection.endpointUrl,
      settings: { ...connection.settings },
      credentials:
        Object.keys(connection.credentials).length > 0 ? sealed.sealJson('credentials', connection.credentials) : null,
      timeoutMs: connection.timeoutMs,
      preference,
      costCents: connection.costCents ?? null,
      maxInFlight: connection.maxInFlight ?? usualMaxInFlight,
      perMinute: connection.perMinute ?? null,
      disabledAt: null,
    };
  }
}

function payerOf(row: PayerRow): DirectoryPayer {
  return { id: row.id, name: row.name, ...(row.phone === null ? {} : { phone: row.phone }) };
}
