import { IsNull } from 'typeorm';
import type { Database } from '../database';
import { ProgramRow } from '../entities';
import { type Actor, writeAudit } from './audit';

export interface ListedProgram {
  id: string;
  name: string;
  description: object;
  plan: object;
  onFirstDay: object[];
}

export interface ProgramChange {
  name?: string;
  /** Of the plan: these keys take the place of what they held. */
  plan?: object;
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

  /** Estimates that are made from now on are of the changed program; those that were made stand. @returns undefined when there is none */
  change(
    facilityId: string,
    id: string,
    { name, plan }: ProgramChange,
    { actor, now }: { actor: Actor; now: Date },
  ): Promise<ListedProgram | undefined> {
    return this.database.inFacility(facilityId, async (tx) => {
      const where = { id, withdrawnAt: IsNull() };
      const row = await tx.manager.findOne(ProgramRow, { where, lock: { mode: 'pessimistic_write' } });
      if (!row) return undefined;
      const changed = { name: name ?? row.name, plan: { ...row.plan, ...plan } };
      await tx.manager.update(ProgramRow, { id }, changed);
      const fields = [...(name === undefined ? [] : ['name']), ...Object.keys(plan ?? {})].join(',');
      await writeAudit(tx, { actor, action: 'program.changed', subjectId: id, detail: { fields } }, now);
      const { description, onFirstDay } = row;
      return { id, ...changed, description, onFirstDay };
    });
  }
}
