import {
  type DataSource,
  EntityManager,
  type EntityTarget,
  type FindManyOptions,
  type FindOneOptions,
  type FindOptionsWhere,
  InsertResult,
  type ObjectLiteral,
  UpdateResult,
} from 'typeorm';
import { NotPlain, PlainTable, type Selection, type Statement, type Where } from './plain-table';

type Given = Readonly<Record<string, unknown>>;

type Insertable = Parameters<EntityManager['insert']>[1];
type Changes = Parameters<EntityManager['update']>[2];

const handled = new Set(['where', 'select', 'order', 'lock', 'take']);

/** Tables by data source, shared by its managers. */
const tablesOf = new WeakMap<DataSource, Map<unknown, PlainTable | undefined>>();

/**
 * TypeORM's manager with the everyday statements about single tables built once instead of each time; everything else is left to TypeORM.
 * Results are the same.
 */
export class PlainManager extends EntityManager {
  override async findOne<Entity extends ObjectLiteral>(
    target: EntityTarget<Entity>,
    options: FindOneOptions<Entity>,
  ): Promise<Entity | null> {
    const statement = this.selection(target, { ...options, take: 1 });
    if (!statement) return super.findOne(target, options);
    return (await this.read(target, statement))[0] ?? null;
  }

  override findOneBy<Entity extends ObjectLiteral>(
    target: EntityTarget<Entity>,
    where: FindOptionsWhere<Entity> | FindOptionsWhere<Entity>[],
  ): Promise<Entity | null> {
    return this.findOne(target, { where });
  }

  override find<Entity extends ObjectLiteral>(
    target: EntityTarget<Entity>,
    options?: FindManyOptions<Entity>,
  ): Promise<Entity[]> {
    const statement = this.selection(target, options ?? {});
    return statement ? this.read(target, statement) : super.find(target, options);
  }

  override async insert<Entity extends ObjectLiteral>(
    target: EntityTarget<Entity>,
    entity: Insertable,
  ): Promise<InsertResult> {
    const [one, ...more] = [entity].flat();
    const statement = this.built(target, (table) => (one && more.length === 0 ? table.insert(one) : undefined));
    return statement && one
      ? this.inserted(statement, one)
      : super.insert(target as EntityTarget<ObjectLiteral>, entity);
  }

  override async upsert<Entity extends ObjectLiteral>(
    target: EntityTarget<Entity>,
    entity: Insertable,
    conflict: Parameters<EntityManager['upsert']>[2],
  ): Promise<InsertResult> {
    const isPlain = Array.isArray(conflict) && !Array.isArray(entity);
    const statement = this.built(target, (table) => (isPlain ? table.insert(entity, conflict) : undefined));
    return statement
      ? this.inserted(statement, entity)
      : super.upsert(target as EntityTarget<ObjectLiteral>, entity, conflict);
  }

  override async update<Entity extends ObjectLiteral>(
    target: EntityTarget<Entity>,
    criteria: unknown,
    change: Changes,
  ): Promise<UpdateResult> {
    const statement = this.built(target, (table) => (isWhere(criteria) ? table.update(criteria, change) : undefined));
    if (!statement) return super.update(target as EntityTarget<ObjectLiteral>, criteria, change);
    const result = new UpdateResult();
    const [, affected] = await this.query<[unknown[], number]>(statement.text, statement.values);
    return Object.assign(result, { raw: [], affected, generatedMaps: [] });
  }

  private selection<Entity extends ObjectLiteral>(
    target: EntityTarget<Entity>,
    options: FindManyOptions<Entity>,
  ): Statement | undefined {
    const { where, select, order, lock, take } = options;
    const isPlain = Object.keys(options).every((name) => handled.has(name)) && isPlainLock(lock);
    const columns = isPlain ? columnsOf(select) : undefined;
    const orders = isPlain ? ordersOf(order) : undefined;
    if (!columns || !orders) return undefined;
    const selection: Selection = {
      where: where === undefined ? [] : ([where].flat() as Where[]),
      select: columns,
      order: orders,
      isLocked: lock !== undefined,
      most: take,
    };
    return this.built(target, (table) => table.select(selection));
  }

  protected built<Entity extends ObjectLiteral>(
    target: EntityTarget<Entity>,
    build: (table: PlainTable) => Statement | undefined,
  ): Statement | undefined {
    const table = this.tableOf(target);
    if (!table) return undefined;
    try {
      return build(table);
    } catch (error) {
      if (error instanceof NotPlain) return undefined;
      throw error;
    }
  }

  protected tableOf<Entity extends ObjectLiteral>(target: EntityTarget<Entity>): PlainTable | undefined {
    const tables = tablesOf.get(this.dataSource) ?? new Map<unknown, PlainTable | undefined>();
    if (!tables.has(target)) {
      const metadata = this.dataSource.getMetadata(target);
      tables.set(target, PlainTable.fits(metadata) ? new PlainTable(metadata) : undefined);
      tablesOf.set(this.dataSource, tables);
    }
    return tables.get(target);
  }

  private async read<Entity extends ObjectLiteral>(
    target: EntityTarget<Entity>,
    { text, values }: Statement,
  ): Promise<Entity[]> {
    const rows = await this.query<ObjectLiteral[]>(text, values);
    const { prototype } = target as { prototype: object };
    return rows.map((row) => Object.assign(Object.create(prototype), row) as Entity);
  }

  private async inserted({ text, values }: Statement, entity: object): Promise<InsertResult> {
    const rows = await this.query<Given[]>(text, values);
    const [made] = rows;
    if (made) Object.assign(entity, made);
    return Object.assign(new InsertResult(), { raw: rows, generatedMaps: rows, identifiers: [] });
  }
}

/** True of conditions by property, which a statement can be built of. */
export function isWhere(criteria: unknown): criteria is Where {
  return typeof criteria === 'object' && criteria !== null && criteria.constructor === Object;
}

function isPlainLock(lock: FindOneOptions<ObjectLiteral>['lock']): boolean {
  if (lock === undefined) return true;
  return lock.mode === 'pessimistic_write' && Object.keys(lock).length === 1;
}

function columnsOf(select: unknown): string[] | undefined {
  if (select === undefined) return [];
  if (typeof select !== 'object' || select === null || Array.isArray(select)) return undefined;
  return Object.values(select).every((wanted) => wanted === true) ? Object.keys(select) : undefined;
}

function ordersOf(order: unknown): (readonly [string, 'ASC' | 'DESC'])[] | undefined {
  const orders = Object.entries(order ?? {});
  return orders.every(([, how]) => how === 'ASC' || how === 'DESC')
    ? (orders as (readonly [string, 'ASC' | 'DESC'])[])
    : undefined;
}
