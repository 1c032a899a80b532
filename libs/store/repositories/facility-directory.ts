import type { Facility, Program } from '@openvob/verification';
import type { EntityManager } from 'typeorm';
import type { Database, FacilityTransaction } from '../database';
import { FacilityRow, ProgramRow } from '../entities';

/** By transaction: whoever changes a facility does it in one of its own. */
const facilityRows = new WeakMap<EntityManager, Promise<FacilityRow>>();

/** The row of the transaction's own facility, read once a transaction. */
export function facilityRow({ manager, facilityId }: FacilityTransaction): Promise<FacilityRow> {
  const known = facilityRows.get(manager) ?? manager.findOneByOrFail(FacilityRow, { id: facilityId });
  facilityRows.set(manager, known);
  return known;
}

/** A facility's row as the rest of the program sees it. */
export function facilityOf(row: FacilityRow): Facility {
  return {
    ...{ id: row.id, name: row.name, timeZone: row.timeZone, npi: row.npi },
    ...(row.secondNpi ? { secondNpi: row.secondNpi } : {}),
    ...(row.taxonomyCode ? { taxonomyCode: row.taxonomyCode } : {}),
    ...(row.minimumInquiry
      ? { inquiresAs: { name: row.inquiryName ?? row.name, npi: row.inquiryNpi ?? row.secondNpi ?? row.npi } }
      : {}),
  };
}

/** A program's row likewise. */
export function programOf(row: ProgramRow): Program {
  const { plan, onFirstDay } = row as unknown as Program;
  return { id: row.id, name: row.name, plan, onFirstDay };
}

export class FacilityDirectory {
  constructor(private readonly database: Database) {}

  /** The facility, with the track of one of its programs when there is such a program. */
  withTrack(
    facilityId: string,
    programId: string | undefined,
  ): Promise<{ facility: Facility; track?: 'sud' | 'mh' | 'dual' }> {
    return this.database.inFacility(facilityId, async ({ manager }) => {
      const facility = facilityOf(await manager.findOneByOrFail(FacilityRow, { id: facilityId }));
      const program = programId === undefined ? null : await manager.findOneBy(ProgramRow, { id: programId });
      const track = (program?.plan as { track?: 'sud' | 'mh' | 'dual' } | undefined)?.track;
      return { facility, ...(track ? { track } : {}) };
    });
  }
}
