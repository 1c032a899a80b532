import type { Database } from '../database';
import { FacilityRow } from '../entities';
import { type Actor, writeAudit } from './audit';

/** Whether and when a facility has payers asked again by itself. */
export interface RecheckSettings {
  enabled: boolean;
  /** Before the benefits of a plan begin anew; 0: not before, only on the day. */
  daysBeforeReset: number;
  /** Minutes since midnight by the facility's clock. */
  fromMinute: number;
  untilMinute: number;
  timeZone: string;
}

export type RecheckSettingsChange = Partial<Omit<RecheckSettings, 'timeZone'>>;

/** A facility's own settings of its re-checks; each change is a line of its audit trail. */
export class StoredRecheckSettings {
  constructor(private readonly database: Database) {}

  read(facilityId: string): Promise<RecheckSettings> {
    return this.database.inFacility(facilityId, async ({ manager }) =>
      settingsOf(await manager.findOneByOrFail(FacilityRow, { id: facilityId })),
    );
  }

  change(facilityId: string, change: RecheckSettingsChange, actor: Actor, now: Date): Promise<RecheckSettings> {
    return this.database.inFacility(facilityId, async (tx) => {
      const row = await tx.manager.findOneByOrFail(FacilityRow, { id: facilityId });
      const after = { ...settingsOf(row), ...change };
      await tx.manager.update(
        FacilityRow,
        { id: facilityId },
        {
          rechecks: after.enabled,
          recheckDaysBeforeReset: after.daysBeforeReset,
          recheckFromMinute: after.fromMinute,
          recheckUntilMinute: after.untilMinute,
        },
      );
      await writeAudit(tx, { actor, action: 'rechecks.changed', subjectId: facilityId, detail: { ...change } }, now);
      return after;
    });
  }
}

function settingsOf(row: FacilityRow): RecheckSettings {
  return {
    enabled: row.rechecks,
    daysBeforeReset: row.recheckDaysBeforeReset,
    fromMinute: row.recheckFromMinute,
    untilMinute: row.recheckUntilMinute,
    timeZone: row.timeZone,
  };
}
