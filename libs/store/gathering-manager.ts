import { type EntityManager, type EntityTarget, InsertResult, type ObjectLiteral, UpdateResult } from 'typeorm';
import { Turns } from './gathering';
import { isWhere, PlainManager } from './plain-manager';
import { NotPlain, type PlainTable, type RowChange } from './plain-table';

type Row = Readonly<Record<string, unknown>>;

/**
 * A manager for those who share a transaction: rows that are put in, or changed, in the same turn of the event loop go to the database by one statement a
 * table. Whoever needs his to be written before he goes on awaits it. What the server makes by itself (an identity) is not told.
 */
export class GatheringManager extends PlainManager {
  private readonly turns = new Turns();

  constructor({ dataSource, queryRunner }: EntityManager) {
    super(dataSource, queryRunner);
  }

  override insert<Entity extends ObjectLiteral>(
    target: EntityTarget<Entity>,
    entity: Parameters<EntityManager['insert']>[1],
  ): Promise<InsertResult> {
    const [one, ...more] = [entity].flat();
    const inserted = one && more.length === 0 ? this.put(target, one as Row, []) : undefined;
    return inserted ?? super.insert(target, entity);
  }

  override upsert<Entity extends ObjectLiteral>(
    target: EntityTarget<Entity>,
    entity: Parameters<EntityManager['upsert']>[1],
    conflict: Parameters<EntityManager['upsert']>[2],
  ): Promise<InsertResult> {
    const isPlain = Array.isArray(conflict) && !Array.isArray(entity);
    const inserted = isPlain ? this.put(target, entity as Row, conflict) : undefined;
    return inserted ?? super.upsert(target, entity, conflict);
  }

  override update<Entity extends ObjectLiteral>(
    target: EntityTarget<Entity>,
    criteria: unknown,
    change: Parameters<EntityManager['update']>[2],
  ): Promise<UpdateResult> {
    const one = isWhere(criteria) ? { where: criteria, change: change as Row } : undefined;
    return (one && this.changed(target, one)) ?? super.update(target, criteria, change);
  }

  private changed(target: EntityTarget<ObjectLiteral>, one: RowChange): Promise<UpdateResult> | undefined {
    return this.shaped(
      target,
      (table) => table.updateShape(one),
      async (table, shape) => {
        const change = (changes: readonly RowChange[]): Promise<number[]> => this.change(table, changes);
        const affected = await this.turns.together(nameOf(table, shape), one, change);
        return Object.assign(new UpdateResult(), { raw: [], affected, generatedMaps: [] });
      },
    );
  }

  private put(
    target: EntityTarget<ObjectLiteral>,
    row: Row,
    conflict: readonly string[],
  ): Promise<InsertResult> | undefined {
    return this.shaped(
      target,
      (table) => table.insertShape(row, conflict),
      async (table, shape) => {
        await this.turns.together(nameOf(table, shape), row, async (rows: readonly Row[]) => {
          const { text, values } = table.insertAll(rows, conflict);
          await this.query(text, values);
          return rows.map(() => undefined);
        });
        return Object.assign(new InsertResult(), { raw: [], generatedMaps: [], identifiers: [] });
      },
    );
  }

  /** @returns how many rows each changed */
  private async change(table: PlainTable, changes: readonly RowChange[]): Promise<number[]> {
    // Of two changes to one row the server would make only one by one statement.
    const rows = new Set(changes.map(({ where }) => JSON.stringify(where)));
    if (rows.size < changes.length) return (await Promise.all(changes.map((one) => this.change(table, [one])))).flat();
    const { text, values } = table.updateAll(changes);
    const [found] = await this.query<[{ place: number }[], number]>(text, values);
    return changes.map((_, index) => found.filter(({ place }) => place === index + 1).length);
  }

  /** Undefined for what cannot go into one statement with others. */
  private shaped<T>(
    target: EntityTarget<ObjectLiteral>,
    shapeIn: (table: PlainTable) => string,
    work: (table: PlainTable, shape: string) => Promise<T>,
  ): Promise<T> | undefined {
    const table = this.tableOf(target);
    if (!table) return undefined;
    try {
      return work(table, shapeIn(table));
    } catch (error) {
      if (error instanceof NotPlain) return undefined;
      throw error;
    }
  }
}

function nameOf({ metadata }: PlainTable, shape: string): string {
  return `${metadata.tableName} ${shape}`;
}
