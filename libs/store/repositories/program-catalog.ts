import { IsNull } from 'typeorm';
import type { Database } from '../database';
import { ProgramRow } from '../entities';

export interface ListedProgram {
  id: string;
  name: string;
  description: object;
  plan: object;
  onFirstDay: object[];
}

/** The programs that a facility offers. */
export class ProgramCatalog {
  constructor(private readonly database: Database) {}

  list(facilityId: string): Promise<ListedProgram[]> {
    return this.database.inFacility(facilityId, async ({ manager }) => {
      const rows = await manager.find(ProgramRow, {
        where: { withdrawnAt: IsNull() },
        order: { name: 'ASC', id: 'ASC' },
      });
      return rows.map(({ id, name, description, plan, onFirstDay }) => ({ id, name, description, plan, onFirstDay }));
    });
  }
}
