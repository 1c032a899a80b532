import { Client, type ClientConfig, type QueryResult } from 'pg';

/** Statements that one connection keeps prepared; the texts of a program are some hundreds at most. */
const mostPrepared = 400;

/** The plan no longer fits (a migration changed a table), or the server does not know the statement (a pooler gave another server). */
const outdated = new Set(['0A000', '26000']);

/** What TypeORM begins a transaction with. */
const beginning = 'START TRANSACTION';

/**
 * A connection that prepares every statement with parameters once: the server parses and plans it a single time, and the text is not
 * sent again. The beginning of a transaction goes out with the statement behind it. Who calls notices nothing of either.
 */
export class PreparedClient extends Client {
  private readonly names = new Map<string, string>();
  private generation = 0;
  private begins = false;
  /** The query method as pg has it, in all its forms. */
  private readonly send: (...given: unknown[]) => Promise<QueryResult>;

  constructor(config?: string | ClientConfig) {
    super(config);
    this.send = super.query.bind(this) as typeof this.send;
    Object.defineProperty(this, 'query', { value: (...given: unknown[]) => this.answer(given) });
  }

  private answer(given: unknown[]): unknown {
    const [text, values] = given;
    if (typeof text !== 'string' || typeof given.at(-1) === 'function') return this.send(...given);
    const hasValues = Array.isArray(values) && values.length > 0;
    if (text === beginning && !hasValues) {
      this.begins = true;
      return Promise.resolve({ command: 'START', rowCount: null, rows: [], fields: [] });
    }
    const joins = text.startsWith('SET LOCAL ');
    if (!this.begins) return hasValues ? this.prepared(text, values) : joins ? this.last(text) : this.send(text);
    this.begins = false;
    if (joins) return this.last(`${beginning}; ${text}`);
    return this.send(beginning).then(() => (hasValues ? this.prepared(text, values) : this.send(text)));
  }

  /** Of several statements in one text the rows of the last. */
  private last(text: string): Promise<QueryResult | undefined> {
    return this.send(text).then((results: QueryResult | QueryResult[]) =>
      Array.isArray(results) ? results.at(-1) : results,
    );
  }

  private prepared(text: string, values: unknown[]): Promise<QueryResult> {
    const name = this.nameOf(text);
    return this.send(name === undefined ? { text, values } : { name, text, values }).catch((error: unknown) => {
      this.forgetAfter(error);
      throw error;
    });
  }

  private nameOf(text: string): string | undefined {
    const known = this.names.get(text);
    if (known !== undefined) return known;
    if (this.names.size >= mostPrepared) return undefined;
    const name = `s${this.generation}_${this.names.size}`;
    this.names.set(text, name);
    return name;
  }

  /** From now on all statements are prepared anew under other names. */
  private forgetAfter(error: unknown): void {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
    if (!outdated.has(code)) return;
    this.generation += 1;
    this.names.clear();
  }
}
