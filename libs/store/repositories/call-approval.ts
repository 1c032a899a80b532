import type { Database } from '../database';
import { FacilityRow } from '../entities';
import { type Actor, writeAudit } from './audit';

/** Whether a facility has the calls of its coordinators approved; a change counts for calls that are recorded from then on. */
export class CallApproval {
  constructor(private readonly database: Database) {}

  read(facilityId: string): Promise<boolean> {
    return this.database.inFacility(facilityId, async ({ manager }) => {
      const { callApproval } = await manager.findOneByOrFail(FacilityRow, { id: facilityId });
      return callApproval;
    });
  }

  put(facilityId: string, callApproval: boolean, actor: Actor, now: Date): Promise<void> {
    return this.database.inFacility(facilityId, async (tx) => {
      await tx.manager.update(FacilityRow, { id: facilityId }, { callApproval });
      const detail = { approval: callApproval };
      await writeAudit(tx, { actor, action: 'settings.call_approval_changed', subjectId: facilityId, detail }, now);
    });
  }
}
