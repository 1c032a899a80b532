import { type PayerKind, rankPayers } from '@openvob/payers/directory';
import type { FieldCipher } from '@openvob/platform';
import type { DirectoryPayer, KnownAdministrator, PayerConnection, PayerDirectory } from '@openvob/verification';
import { In, IsNull } from 'typeorm';
import type { Database } from '../database';
import { PayerAdministratorRow, PayerConnectionRow, PayerRow } from '../entities';
import { Together } from '../gathering';
import { connectionOf, connectionRow } from './payer-connections';
import { PayerNameIndex } from './payer-name-index';
import { writeFacts, writePhones } from './payer-rows';

/** A payer as it is found: with the ways in which it can be asked. */
export interface ListedPayer extends DirectoryPayer {
  aliases: string[];
  memberIdPrefixes: string[];
  states: string[];
  kind?: string;
  via: string[];
}

/** What a seed says of a payer: the rest is left open. */
export interface SeededPayer extends DirectoryPayer {
  aliases: string[];
  memberIdPrefixes: string[];
  states?: string[];
  kind?: PayerKind;
}

/** Verifications look the same few payers up at the same time. */
const gathered = { atOnce: 2, most: 64 } as const;
const mostCandidates = 5;
/** No member id prefix is longer. */
const longestPrefix = 12;

/** The payer directory in PostgreSQL: payers and their connections are rows, searched by names, ids and prefixes. */
export class StoredPayerDirectory implements PayerDirectory {
  private readonly names: PayerNameIndex;
  private readonly payers = new Together(gathered, (ids: readonly string[]) => this.payersOf(ids));
  private readonly connections = new Together(gathered, (payerIds: readonly string[]) =>
    this.connectionsOfAll(payerIds),
  );

  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {
    this.names = new PayerNameIndex(database.directory);
  }

  byId(id: string): Promise<DirectoryPayer | undefined> {
    return this.payers.of(id);
  }

  /**
   * The payer that a name means without asking back (its id and the ids that others know it by count as names), or those that a person may
   * choose from.
   */
  async byName(name: string): Promise<{ exact?: DirectoryPayer; candidates: DirectoryPayer[] }> {
    const [byId, ...others] = await this.idsBy(referenceQuery, name.trim());
    const exact = byId !== undefined && others.length === 0 ? byId : (await this.names.meant(name))?.id;
    const payer = exact === undefined ? undefined : await this.byId(exact);
    if (payer) return { exact: payer, candidates: [] };
    return { candidates: (await this.ranked(name)).slice(0, mostCandidates).map(payerOf) };
  }

  /** Payers by name, alias, id, state or the beginning of a member id, best first; all of them by name for an empty text. */
  async search(text: string, limit: number, after?: { name: string; id: string }): Promise<ListedPayer[]> {
    const rows = text.trim() === '' ? await this.page(limit, after) : (await this.found(text.trim())).slice(0, limit);
    const ways = await this.waysOf(rows.map((row) => row.id));
    return rows.map((row) => ({
      ...payerOf(row),
      aliases: row.aliases,
      memberIdPrefixes: row.memberIdPrefixes,
      states: row.states,
      ...(row.kind === null ? {} : { kind: row.kind }),
      via: ways.get(row.id) ?? [],
    }));
  }

  connectionsOf(payerId: string): Promise<PayerConnection[]> {
    return this.connections.of(payerId);
  }

  async administratorsOf(payerId: string): Promise<KnownAdministrator[]> {
    const rows = await this.database.directory.find(PayerAdministratorRow, {
      where: { payerId, state: '', planKind: '' },
      order: { administratorId: 'ASC' },
    });
    const payers = await Promise.all(rows.map(({ administratorId }) => this.byId(administratorId)));
    return rows.flatMap(({ source, asOf }, at) => {
      const payer = payers[at];
      return payer ? [{ payer, source, asOf }] : [];
    });
  }

  /** Adds or changes a payer and its connections, of which the first is preferred; for seeds. */
  async put(payer: SeededPayer, connections: PayerConnection[], now: Date): Promise<void> {
    await this.database.directory.transaction(async (manager) => {
      await writeFacts(manager, { states: [], ...payer }, now);
      await manager.update(PayerRow, { id: payer.id }, { withdrawnAt: null });
      const phones = payer.phone === undefined ? [] : [{ purpose: 'general' as const, number: payer.phone }];
      await writePhones(manager, payer.id, phones);
      for (const [index, connection] of connections.entries()) {
        await manager.upsert(PayerConnectionRow, connectionRow(this.cipher, payer.id, connection, index + 1), ['id']);
      }
    });
  }

  private async payersOf(ids: readonly string[]): Promise<(DirectoryPayer | undefined)[]> {
    const rows = new Map((await this.rowsOf([...new Set(ids)])).map((row) => [row.id, payerOf(row)]));
    return ids.map((id) => rows.get(id));
  }

  private async connectionsOfAll(payerIds: readonly string[]): Promise<PayerConnection[][]> {
    const rows = await this.database.directory.find(PayerConnectionRow, {
      where: { payerId: In([...new Set(payerIds)]), disabledAt: IsNull() },
      order: { preference: 'ASC', id: 'ASC' },
    });
    const ofPayers = new Map<string, PayerConnection[]>();
    for (const row of rows) {
      const connection = connectionOf(this.cipher, row);
      ofPayers.set(row.payerId, [...(ofPayers.get(row.payerId) ?? []), connection]);
    }
    return payerIds.map((id) => ofPayers.get(id) ?? []);
  }

  private async page(limit: number, after?: { name: string; id: string }): Promise<FoundRow[]> {
    const rows = await this.database.directory.query<{ id: string }[]>(pageQuery, [
      after?.name ?? null,
      after?.id ?? null,
      limit,
    ]);
    return this.inOrder(rows.map(({ id }) => id));
  }

  /** What was typed as an id first, then the payers of a member id (the longest prefix wins), then names by likeness. */
  private async found(text: string): Promise<FoundRow[]> {
    const byId = await this.idsBy(referenceQuery, text);
    const byPrefix = isMemberId(text) ? await this.byPrefix(text) : [];
    const byName = (await this.ranked(text)).map(({ id }) => id);
    const bareprefix = byPrefix.length === 0 ? await this.byPrefix(text, text.length) : [];
    return this.inOrder([...new Set([...byId, ...byPrefix, ...byName, ...bareprefix])]);
  }

  private async byPrefix(text: string, shortest = 1): Promise<string[]> {
    const compact = text.toUpperCase().replace(/[\s-]/g, '');
    const beginnings = Array.from({ length: longestPrefix }, (_, at) => compact.slice(0, at + 1)).slice(shortest - 1);
    const rows = await this.database.directory.query<{ id: string }[]>(prefixQuery, [[...new Set(beginnings)]]);
    return rows.map(({ id }) => id);
  }

  private async ranked(text: string): Promise<FoundRow[]> {
    const rows = await this.rowsOf(await this.names.shortlist(text));
    return rankPayers(rows, text).map(({ payer }) => payer);
  }

  private async idsBy(query: string, text: string): Promise<string[]> {
    if (text === '') return [];
    return (await this.database.directory.query<{ id: string }[]>(query, [text])).map(({ id }) => id);
  }

  private async inOrder(ids: readonly string[]): Promise<FoundRow[]> {
    const rows = new Map((await this.rowsOf(ids)).map((row) => [row.id, row]));
    return ids.flatMap((id) => rows.get(id) ?? []);
  }

  private async rowsOf(ids: readonly string[]): Promise<FoundRow[]> {
    return ids.length === 0 ? [] : this.database.directory.query<FoundRow[]>(payersQuery, [ids]);
  }

  private async waysOf(payerIds: string[]): Promise<Map<string, string[]>> {
    const ways = new Map<string, string[]>();
    if (payerIds.length === 0) return ways;
    const rows = await this.database.directory.find(PayerConnectionRow, {
      where: { payerId: In(payerIds), disabledAt: IsNull() },
      order: { preference: 'ASC', id: 'ASC' },
    });
    for (const row of rows) ways.set(row.payerId, [...new Set([...(ways.get(row.payerId) ?? []), row.adapter])]);
    return ways;
  }
}

interface FoundRow {
  id: string;
  name: string;
  aliases: string[];
  memberIdPrefixes: string[];
  states: string[];
  kind: string | null;
  phone: string | null;
}

/**
 * The phone of an admissions coordinator's question: the number of a connection by hand, which is rung first; else the behavioral line, then that
 * for eligibility.
 */
const payersQuery = `
SELECT p.id, p.name, p.aliases, p.member_id_prefixes AS "memberIdPrefixes", p.states, p.kind,
  COALESCE(
    (SELECT substr(c.endpoint_url, 5) FROM payer_connection c
     WHERE c.payer_id = p.id AND c.endpoint_url LIKE 'tel:%' AND c.disabled_at IS NULL ORDER BY c.preference, c.id LIMIT 1),
    (SELECT number FROM payer_phone f WHERE f.payer_id = p.id
     ORDER BY array_position(ARRAY['behavioral_health', 'eligibility', 'general', 'authorization'], f.purpose), number LIMIT 1)) AS phone
FROM payer p WHERE p.id = ANY ($1) AND p.withdrawn_at IS NULL`;

const pageQuery = `
SELECT id FROM payer WHERE withdrawn_at IS NULL AND ($1::text IS NULL OR (name, id) > ($1, $2)) ORDER BY name, id LIMIT $3`;

/** Payers by their own id, by the id in a connection that is in use, or by one that a clearinghouse knows them by. */
export const referenceQuery = `
SELECT id FROM payer WHERE lower(id) = lower($1) AND withdrawn_at IS NULL
UNION SELECT c.payer_id FROM payer_connection c JOIN payer p ON p.id = c.payer_id
  WHERE lower(c.payer_reference) = lower($1) AND c.disabled_at IS NULL AND p.withdrawn_at IS NULL
UNION SELECT i.payer_id FROM payer_identifier i JOIN payer p ON p.id = i.payer_id
  WHERE lower(i.identifier) = lower($1) AND p.withdrawn_at IS NULL
ORDER BY id`;

/** Payers whose member ids begin with one of these beginnings, the longest first. */
export const prefixQuery = `
SELECT id FROM payer WHERE member_id_prefixes && $1::text[] AND withdrawn_at IS NULL
ORDER BY (SELECT max(length(prefix)) FROM unnest(member_id_prefixes) prefix WHERE prefix = ANY ($1)) DESC, name, id`;

/** Letters and digits in one piece, with a digit among them: nobody types a name so. */
function isMemberId(text: string): boolean {
  return /^[A-Z0-9][A-Z0-9-]*( [A-Z0-9-]+)*$/i.test(text) && (text.match(/\d/g)?.length ?? 0) >= 3;
}

function payerOf(row: FoundRow): DirectoryPayer {
  return { id: row.id, name: row.name, ...(row.phone === null ? {} : { phone: row.phone }) };
}
