import { type Lesson, type RecipeMemory, type ServiceTypeMemory, withLesson } from '@openvob/verification';
import type { Database } from '../database';
import { ServiceTypeMemoryRow } from '../entities';

/** What service types were worth at each payer connection, as rows. A lesson is about one connection and touches no other. */
export class StoredRecipeMemory implements RecipeMemory {
  constructor(private readonly database: Database) {}

  async of(connectionId: string): Promise<ServiceTypeMemory[]> {
    const rows = await this.database.directory.findBy(ServiceTypeMemoryRow, { connectionId });
    return rows.map(({ connectionId: _, ...memory }) => memory);
  }

  async learn(connectionId: string, serviceType: string, lesson: Lesson, now: Date): Promise<void> {
    await this.database.directory.transaction(async (manager) => {
      const key = { connectionId, serviceType };
      const blank = { useful: 0, nothingNew: 0, rejected: 0, learntAt: now };
      await manager
        .createQueryBuilder()
        .insert()
        .into(ServiceTypeMemoryRow)
        .values({ ...key, ...blank })
        .orIgnore()
        .execute();
      const row = await manager.findOneOrFail(ServiceTypeMemoryRow, {
        where: key,
        lock: { mode: 'pessimistic_write' },
      });
      const { serviceType: __, ...learnt } = withLesson(row, lesson, now);
      await manager.update(ServiceTypeMemoryRow, key, { ...learnt, connectionId });
    });
  }
}
