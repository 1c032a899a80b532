import { Client, type ClientConfig, type QueryResult } from 'pg';

/** Statements that one connection keeps prepared; the texts of a program are some hundreds at most. */
const mostPrepared = 400;

/** The plan no longer fits (a migration changed a table), or the server does not know the statement (a pooler gave another server). */
const outdated = new Set(['0A000', '26000']);

/** What TypeORM begins a transaction with. */
const beginning = 'START TRANSACTION';
/** What binds it to a facility, a look-up or a role. */
const binding = 'SET LOCAL ';

const nothing = (): Promise<unknown> => Promise.resolve({ command: 'SET', rowCount: null, rows: [], fields: [] });

/** How pg's own connection gathers what it is given before it goes out. */
interface Wire {
  cork(): void;
  uncork(): void;
}

/**
 * A connection that prepares every statement with parameters once, so that the server parses and plans it a single time and the text is not sent
 * again. Statements that are given at the same time go out together and are answered in their order, without one waiting for the other; the
 * beginning of a transaction, and what it is bound to, goes out with the statement behind it. Who calls notices nothing of all that: after a failure
 * every statement of a transaction fails, also those that went out with it.
 */
export class PreparedClient extends Client {
  private readonly names = new Map<string, string>();
  private generation = 0;
  private begins = false;
  private gathers = false;
  /** The query method as pg has it, in all its forms. */
  private readonly send: (...given: unknown[]) => Promise<QueryResult>;

  constructor(config?: string | ClientConfig) {
    super(config);
    const send = super.query.bind(this) as typeof this.send;
    this.send = (...given) => {
      this.gather();
      return send(...given);
    };
    Object.defineProperty(this, 'query', { value: (...given: unknown[]) => this.answer(given) });
  }

  private answer(given: unknown[]): unknown {
    const [text, values] = given;
    if (typeof text !== 'string' || typeof given.at(-1) === 'function') return this.send(...given);
    const hasValues = Array.isArray(values) && values.length > 0;
    if (text === beginning && !hasValues) {
      this.begins = true;
      return nothing();
    }
    if (this.begins) return this.firstOf(text, hasValues ? values : undefined);
    if (text.startsWith(binding)) return isBinding(text) ? this.sendUnseen(text) : this.last(text);
    return hasValues ? this.prepared(text, values) : this.send(text);
  }

  /** The first statement of a transaction. */
  private firstOf(text: string, values: unknown[] | undefined): Promise<unknown> {
    this.begins = false;
    const joined = `${beginning}; ${text}`;
    if (text.startsWith(binding)) return isBinding(text) ? this.sendUnseen(joined) : this.last(joined);
    this.sendUnseen(beginning);
    return values ? this.prepared(text, values) : this.send(text);
  }

  /** Nobody waits for what gives no rows: if it fails, so does every statement behind it in the transaction. */
  private sendUnseen(text: string): Promise<unknown> {
    this.send(text).catch(() => undefined);
    return nothing();
  }

  /** What is given until the program waits for something goes out in one piece. */
  private gather(): void {
    if (this.gathers) return;
    const wire = Reflect.get(Reflect.get(this, 'connection') as object, 'stream') as Wire;
    this.gathers = true;
    wire.cork();
    process.nextTick(() => {
      this.gathers = false;
      wire.uncork();
    });
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

/** True where a text only binds, and gives no rows. */
function isBinding(text: string): boolean {
  return text.split('; ').every((statement) => statement.startsWith(binding));
}
