import {
  canonicalOf,
  classOf,
  foldingEdition,
  lettersOf,
  meaning,
  type NamedPayer,
  payerNamed,
  searchWeight,
  searchWords,
  wordsOf,
} from '@openvob/payers/directory';
import type { EntityManager } from 'typeorm';
import { writeNames } from './payer-rows';

/** Of a longer text only the first words are looked at for misspelled names; one that is written right is found whatever its length. */
const mostWords = 10;

/** Names that may be meant by what was typed: enough for ranking to find the best, few enough to rank in no time. */
const mostShortlisted = 200;
/** Two words are compared at all from this share of common three-letter pieces on. */
const leastCommon = 0.3;

/** Finds payers by what they are called, by the folded names in the database and not by reading all payers. */
export class PayerNameIndex {
  constructor(private readonly manager: EntityManager) {}

  /** The payer that a name means without asking back: as `payerNamed` of all payers, from those alone that can matter. */
  async meant(name: string): Promise<NamedPayer | undefined> {
    const near = await this.payersOf(await this.alike(name));
    const found = payerNamed(near, name);
    if (!found) return undefined;
    const parts = [found.name, ...found.aliases].flatMap((known) => meaning(name, known) ?? []);
    const rivals = await Promise.all(parts.map(({ words }) => this.holding(words, found.id)));
    return payerNamed([...near, ...(await this.payersOf(rivals.flat()))], name);
  }

  /** Ids of payers that what was typed may mean, typing errors forgiven. */
  async shortlist(text: string): Promise<string[]> {
    const words = [...new Set([...searchWords(text), lettersOf(text)])]
      .filter((word) => word !== '')
      .slice(0, mostWords);
    if (words.length === 0) return [];
    return this.byIndex(async (manager) => {
      const rows = await manager.query<{ id: string }[]>(shortlistQuery(words.map(searchWeight)), [
        ...words,
        mostShortlisted,
      ]);
      return rows.map(({ id }) => id);
    });
  }

  /** Payers that are written so, say the same, or begin their telling words alike. */
  private async alike(name: string): Promise<string[]> {
    const words = wordsOf(name);
    const initials = subsequences(words.filter((word) => classOf(word) !== 'filler').slice(0, mostWords));
    const rows = await this.manager.query<{ id: string }[]>(alikeQuery, [
      lettersOf(name),
      canonicalOf(words),
      initials,
    ]);
    return rows.map(({ id }) => id);
  }

  /** Another payer with a name that holds all of these words. */
  private async holding(words: readonly string[], except: string): Promise<string[]> {
    const rows = await this.byIndex((manager) => manager.query<{ id: string }[]>(holdingQuery, [words, except]));
    return rows.map(({ id }) => id);
  }

  private byIndex<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.manager.transaction(async (manager) => {
      await manager.query(byIndexQuery, [String(leastCommon)]);
      return work(manager);
    });
  }

  private async payersOf(ids: readonly string[]): Promise<NamedPayer[]> {
    if (ids.length === 0) return [];
    return this.manager.query<NamedPayer[]>('SELECT id, name, aliases FROM payer WHERE id = ANY ($1) ORDER BY id', [
      ids,
    ]);
  }
}

/**
 * The planner takes comparing three-letter pieces for as cheap as comparing numbers and would rather read all names (at 5,000 payers five times
 * slower): for one transaction it is told not to.
 */
export const byIndexQuery = `
SELECT set_config('pg_trgm.word_similarity_threshold', $1, true), set_config('enable_seqscan', 'off', true)`;

const inUse = 'EXISTS (SELECT FROM payer p WHERE p.id = n.payer_id AND p.withdrawn_at IS NULL)';

/** One index for each way of being alike; `$1` letters, `$2` canonical, `$3` initials. */
export const alikeQuery = `
SELECT n.payer_id AS id FROM payer_name n WHERE n.letters = $1 AND n.letters <> '' AND ${inUse}
UNION SELECT n.payer_id FROM payer_name n WHERE n.canonical = $2 AND n.canonical <> '' AND ${inUse}
UNION SELECT n.payer_id FROM payer_name n WHERE n.initials = ANY ($3) AND ${inUse}`;

export const holdingQuery = `
SELECT DISTINCT n.payer_id AS id FROM payer_name n WHERE n.words @> $1::text[] AND n.payer_id <> $2 AND ${inUse} LIMIT 1`;

/**
 * Payers with a word like any of the first so many parameters, the likest first; the last parameter is how many.
 *
 * @param weights what each word counts
 */
export function shortlistQuery(weights: readonly number[]): string {
  const parameters = weights.map((_, at) => `$${at + 1}::text`);
  const likeness = parameters
    .map((parameter, at) => `${weights[at]} * word_similarity(${parameter}, n.search_text)`)
    .join(' + ');
  const like = parameters.map((parameter) => `n.search_text %> ${parameter}`).join(' OR ');
  return `
SELECT id FROM (
  SELECT n.payer_id AS id, max(${likeness}) AS likeness FROM payer_name n
  WHERE (${like}) AND ${inUse} GROUP BY n.payer_id
) found ORDER BY likeness DESC, id LIMIT $${weights.length + 1}`;
}

/** First letters of every choice of words, in their order. */
function subsequences(words: readonly string[]): string[] {
  const all = new Set(['']);
  for (const word of words) for (const before of [...all]) all.add(before + word.slice(0, 1));
  all.delete('');
  return [...all];
}

/**
 * Folds names anew that were folded by another edition of the rules, or not at all.
 *
 * @returns how many payers
 */
export async function foldNames(manager: EntityManager): Promise<number> {
  const stale = await manager.query<{ id: string; name: string; aliases: string[] }[]>(
    `SELECT id, name, aliases FROM payer p
     WHERE NOT EXISTS (SELECT FROM payer_name WHERE payer_id = p.id AND position = 0 AND folded_by = $1)`,
    [foldingEdition],
  );
  for (const { id, name, aliases } of stale) await writeNames(manager, id, [name, ...aliases]);
  return stale.length;
}
