import { type Lesson, type RecipeMemory, type ServiceTypeMemory, withLesson } from '@openvob/verification';
import { In } from 'typeorm';
import type { Database } from '../database';
import { ServiceTypeMemoryRow } from '../entities';
import { Together } from '../gathering';

/** What service types were worth at each payer connection, as rows. A lesson is about one connection and touches no other. */
export class StoredRecipeMemory implements RecipeMemory {
  private readonly memories = new Together({ atOnce: 2, most: 64 }, (ids: readonly string[]) => this.ofAll(ids));

  constructor(private readonly database: Database) {}

  of(connectionId: string): Promise<ServiceTypeMemory[]> {
    return this.memories.of(connectionId);
  }

  private async ofAll(connectionIds: readonly string[]): Promise<ServiceTypeMemory[][]> {
    const where = { connectionId: In([...new Set(connectionIds)]) };
    const found = new Map<string, ServiceTypeMemory[]>();
    for (const { connectionId, ...memory } of await this.database.directory.find(ServiceTypeMemoryRow, { where }))
      found.set(connectionId, [...(found.get(connectionId) ?? []), memory]);
    return connectionIds.map((id) => found.get(id) ?? []);
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
