import { type EntityMetadata, FindOperator } from 'typeorm';
import { columnList, listText } from './column-list';

type ColumnMetadata = EntityMetadata['columns'][number];

/** A statement with its values. */
export interface Statement {
  text: string;
  values: unknown[];
}

/** Conditions by property: equal to a value, one of a list, or null. */
export type Where = Readonly<Record<string, unknown>>;

/** What is to become of the one row that these values name. */
export interface RowChange {
  where: Where;
  change: Readonly<Record<string, unknown>>;
}

export interface Selection {
  where: readonly Where[];
  select: readonly string[];
  order: readonly (readonly [property: string, direction: 'ASC' | 'DESC'])[];
  isLocked: boolean;
  /** At most so many rows. */
  most?: number | undefined;
}

/** What a statement cannot be built of here; TypeORM's own builder does it. */
export class NotPlain extends Error {}

/**
 * Statements for one table whose entity is nothing but columns. The text is built once a shape and kept, so that the server's prepared
 * plan is found by it; TypeORM's builders take longer for it than the server for the answer.
 */
export class PlainTable {
  private readonly texts = new Map<string, string>();
  private readonly columns: ReadonlyMap<string, ColumnMetadata>;
  private readonly name: string;

  constructor(readonly metadata: EntityMetadata) {
    this.columns = new Map(metadata.columns.map((column) => [column.propertyName, column]));
    this.name = quoted(metadata.tableName);
  }

  /** True when rows are columns and nothing else has to be seen to. */
  static fits(metadata: EntityMetadata): boolean {
    const { relations, embeddeds, columns, listeners, childEntityMetadatas } = metadata;
    const isPlain = (column: ColumnMetadata): boolean =>
      !column.isVirtual && !column.transformer && !column.isVersion && !column.isCreateDate && !column.isUpdateDate;
    const others = [relations, embeddeds, listeners, childEntityMetadatas];
    return others.every((list) => list.length === 0) && columns.every(isPlain) && !metadata.deleteDateColumn;
  }

  /** @throws NotPlain */
  select({ where, select, order, isLocked, most }: Selection): Statement {
    const conditions = where.map((one) => conditionsOf(one));
    const values = conditions.flat().flatMap(({ is, value }) => (is === 'null' ? [] : [value]));
    if (most !== undefined) values.push(most);
    const shape = [
      'select',
      select,
      order,
      isLocked,
      most !== undefined,
      conditions.map((one) => one.map(({ is, property }) => is + property)),
    ];
    const text = this.kept(JSON.stringify(shape), () => {
      const wanted = select.length > 0 ? select : [...this.columns.keys()];
      const list = wanted.map((property) => this.read(property)).join(', ');
      const parts = [`SELECT ${list} FROM ${this.name}`, this.whereText(conditions)];
      if (order.length > 0) parts.push(`ORDER BY ${order.map(([by, how]) => `${this.column(by)} ${how}`).join(', ')}`);
      if (most !== undefined) parts.push(`LIMIT $${values.length}`);
      if (isLocked) parts.push('FOR UPDATE');
      return parts.filter((part) => part !== '').join(' ');
    });
    return { text, values };
  }

  /** @throws NotPlain */
  insert(row: Readonly<Record<string, unknown>>, conflict: readonly string[] = []): Statement {
    const given = givenOf(row);
    const text = this.kept(`insert ${given.join()} ${conflict.join()}`, () => {
      const names = given.map((property) => this.column(property));
      const places = given.map((_, index) => `$${index + 1}`);
      const parts = [`INSERT INTO ${this.name} (${names.join(', ')}) VALUES (${places.join(', ')})`];
      if (conflict.length > 0) parts.push(this.conflictText(given, conflict));
      const made = this.metadata.columns.filter(
        ({ isGenerated, propertyName }) => isGenerated && !given.includes(propertyName),
      );
      if (made.length > 0)
        parts.push(`RETURNING ${made.map(({ propertyName }) => this.read(propertyName)).join(', ')}`);
      return parts.join(' ');
    });
    return { text, values: given.map((property) => this.written(property, row[property])) };
  }

  /** @throws NotPlain */
  update(where: Where, change: Readonly<Record<string, unknown>>): Statement {
    const given = givenOf(change);
    const conditions = conditionsOf(where);
    if (conditions.length === 0 || given.length === 0) throw new NotPlain('update');
    const shape = [
      'update',
      given.map((property) => [property, computed(change[property])]),
      conditions.map(({ is, property }) => is + property),
    ];
    const plain = given.filter((property) => computed(change[property]) === undefined);
    const text = this.kept(JSON.stringify(shape), () => {
      const set = given.map((property) => {
        const value = computed(change[property]) ?? `$${plain.indexOf(property) + 1}`;
        return `${this.column(property)} = ${value}`;
      });
      return `UPDATE ${this.name} SET ${set.join(', ')} ${this.whereText([conditions], plain.length)}`;
    });
    const written = plain.map((property) => this.written(property, change[property]));
    return { text, values: [...written, ...conditions.flatMap(({ is, value }) => (is === 'null' ? [] : [value]))] };
  }

  /**
   * What an insert of this row has in common with those that can go into one statement with it.
   *
   * @throws NotPlain
   */
  insertShape(row: Readonly<Record<string, unknown>>, conflict: readonly string[] = []): string {
    const given = givenOf(row);
    for (const property of given) this.element(property);
    return `insert all ${given.join()} ${conflict.join()}`;
  }

  /** One statement for any number of rows of one shape. What the server makes by itself is not told. */
  insertAll(rows: readonly Readonly<Record<string, unknown>>[], conflict: readonly string[] = []): Statement {
    const [first = {}] = rows;
    const given = givenOf(first);
    const text = this.kept(this.insertShape(first, conflict), () => {
      const names = given.map((property) => this.column(property)).join(', ');
      const taken = given.map(
        (property) => `${this.column(property)}${this.columns.get(property)?.isArray ? '::text[]' : ''}`,
      );
      const from = `FROM ${this.lists(given)} AS given (${names})`;
      const parts = [`INSERT INTO ${this.name} (${names}) SELECT ${taken.join(', ')} ${from}`];
      if (conflict.length > 0) parts.push(this.conflictText(given, conflict));
      return parts.join(' ');
    });
    return { text, values: given.map((property) => this.list(property, rows)) };
  }

  /**
   * What a change of this row has in common with those that can go into one statement with it.
   *
   * @throws NotPlain
   */
  updateShape({ where, change }: RowChange): string {
    const conditions = conditionsOf(where);
    const given = givenOf(change);
    if (conditions.length === 0 || given.length === 0 || conditions.some(({ is }) => is !== 'equal'))
      throw new NotPlain('update');
    for (const property of [...Object.keys(where), ...given]) this.element(property);
    if (given.some((property) => this.columns.get(property)?.isArray)) throw new NotPlain('update');
    return `update all ${JSON.stringify([Object.keys(where), given.map((property) => [property, computed(change[property])])])}`;
  }

  /** One statement for changes of one shape to rows that differ; it gives the places, from 1, of those that found their row. */
  updateAll(changes: readonly RowChange[]): Statement {
    const [first = { where: {}, change: {} }] = changes;
    const named = Object.keys(first.where);
    const given = givenOf(first.change);
    const plain = given.filter((property) => computed(first.change[property]) === undefined);
    const text = this.kept(this.updateShape(first), () => {
      const set = given.map((property) => {
        const value = computed(first.change[property]) ?? `given.c${plain.indexOf(property)}`;
        return `${this.column(property)} = ${value}`;
      });
      const is = named.map((property, index) => `held.${this.column(property)} = given.w${index}`);
      const names = [...named.map((_, index) => `w${index}`), ...plain.map((_, index) => `c${index}`), 'place'].join(
        ', ',
      );
      const from = `FROM ${this.lists([...named, ...plain])} WITH ORDINALITY AS given (${names})`;
      return `UPDATE ${this.name} AS held SET ${set.join(', ')} ${from} WHERE ${is.join(' AND ')} RETURNING given.place::integer`;
    });
    const wheres = changes.map(({ where }) => where);
    const afterwards = changes.map(({ change }) => change);
    const values = [
      ...named.map((property) => this.list(property, wheres)),
      ...plain.map((property) => this.list(property, afterwards)),
    ];
    return { text, values };
  }

  private lists(properties: readonly string[]): string {
    return `unnest(${properties.map((property, index) => `$${index + 1}::${this.element(property)}[]`).join(', ')})`;
  }

  private list(property: string, rows: readonly Readonly<Record<string, unknown>>[]): unknown {
    const values = rows.map((row) => row[property]);
    const isList = this.columns.get(property)?.isArray;
    return isList
      ? values.map((value) => listText(value as string[] | null))
      : columnList(this.element(property), values);
  }

  /** What a list of a column's values consists of; lists of texts are given as text. @throws NotPlain */
  private element(property: string): string {
    const type = this.columns.get(property)?.type;
    if (typeof type !== 'string') throw new NotPlain(property);
    return type;
  }

  private kept(shape: string, build: () => string): string {
    const known = this.texts.get(shape);
    if (known !== undefined) return known;
    const text = build();
    this.texts.set(shape, text);
    return text;
  }

  private whereText(alternatives: readonly (readonly Condition[])[], valuesBefore = 0): string {
    let count = valuesBefore;
    const place = (): string => {
      count += 1;
      return `$${count}`;
    };
    const one = ({ is, property }: Condition): string => {
      const column = this.column(property);
      if (is === 'null') return `${column} IS NULL`;
      return is === 'among' ? `${column} = ANY (${place()})` : `${column} ${signs[is]} ${place()}`;
    };
    const texts = alternatives.map((conditions) => conditions.map(one).join(' AND '));
    if (texts.length === 0 || texts.some((text) => text === '')) return '';
    return `WHERE ${texts.length === 1 ? texts[0] : texts.map((text) => `(${text})`).join(' OR ')}`;
  }

  private conflictText(given: readonly string[], conflict: readonly string[]): string {
    const names = (properties: readonly string[]): string[] => properties.map((property) => this.column(property));
    const set = names(given.filter((property) => !conflict.includes(property))).map(
      (name) => `${name} = EXCLUDED.${name}`,
    );
    return `ON CONFLICT (${names(conflict).join(', ')}) DO UPDATE SET ${set.join(', ')}`;
  }

  private column(property: string): string {
    const column = this.columns.get(property);
    if (!column) throw new NotPlain(property);
    return quoted(column.databaseName);
  }

  /** Civil dates come as the text that they are, not as an instant. */
  private read(property: string): string {
    const cast = this.columns.get(property)?.type === 'date' ? '::text' : '';
    return `${this.column(property)}${cast} AS ${quoted(property)}`;
  }

  private written(property: string, value: unknown): unknown {
    const isJson = this.columns.get(property)?.type === 'jsonb';
    return isJson && value !== null ? JSON.stringify(value) : value;
  }
}

/** Properties that are given a value, be it null. */
function givenOf(row: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(row).filter((property) => row[property] !== undefined);
}

/** The expression that a value is worked out by in the server, as TypeORM has them. */
function computed(value: unknown): string | undefined {
  return typeof value === 'function' ? String((value as () => unknown)()) : undefined;
}

type Is = 'equal' | 'among' | 'null' | 'not' | 'atLeast' | 'moreThan';

/** How a condition stands in a statement, between its column and its value. */
const signs: Readonly<Record<Exclude<Is, 'among' | 'null'>, string>> = {
  equal: '=',
  not: '<>',
  atLeast: '>=',
  moreThan: '>',
};

/** TypeORM's names of operators that compare with one value. */
const comparisons: Readonly<Record<string, Is>> = { not: 'not', moreThanOrEqual: 'atLeast', moreThan: 'moreThan' };

interface Condition {
  is: Is;
  property: string;
  value?: unknown;
}

function conditionsOf(where: Where): Condition[] {
  return Object.entries(where).map(([property, value]) => {
    if (value instanceof FindOperator) return ofOperator(property, value);
    if (!isPlainValue(value)) throw new NotPlain(property);
    return { is: 'equal', property, value };
  });
}

function isPlainValue(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value) || value instanceof Date || Buffer.isBuffer(value);
}

function ofOperator(property: string, { type, value }: FindOperator<unknown>): Condition {
  if (type === 'isNull') return { is: 'null', property };
  if (type === 'in') return { is: 'among', property, value };
  const is = comparisons[type];
  if (is === undefined || !isPlainValue(value)) throw new NotPlain(property);
  return { is, property, value };
}

function quoted(name: string): string {
  return `"${name}"`;
}
