import type { Database, FacilityTransaction } from '../database';
import { FacilityRow } from '../entities';
import { type Actor, writeAudit } from './audit';

/** What payers learn of the facility by being asked. */
export interface FacilityPrivacy {
  /** Payers are asked under a neutral name and NPI, without taxonomy, and for no service type of substance use. */
  minimumInquiry: boolean;
  inquiryName?: string;
  inquiryNpi?: string;
}

/** Settings of a facility about what it discloses. */
export class FacilityPrivacySettings {
  constructor(private readonly database: Database) {}

  read(facilityId: string): Promise<FacilityPrivacy> {
    return this.database.inFacility(facilityId, (tx) => read(tx));
  }

  /** Replaces them; what they were and became is told by field names. */
  put(facilityId: string, privacy: FacilityPrivacy, actor: Actor, now: Date): Promise<FacilityPrivacy> {
    return this.database.inFacility(facilityId, async (tx) => {
      const { minimumInquiry, inquiryName = null, inquiryNpi = null } = privacy;
      await tx.manager.update(FacilityRow, { id: facilityId }, { minimumInquiry, inquiryName, inquiryNpi });
      const detail = { minimumInquiry, hasName: inquiryName !== null, hasNpi: inquiryNpi !== null };
      await writeAudit(tx, { actor, action: 'settings.privacy_changed', subjectId: facilityId, detail }, now);
      return read(tx);
    });
  }
}

async function read({ manager, facilityId }: FacilityTransaction): Promise<FacilityPrivacy> {
  const row = await manager.findOneByOrFail(FacilityRow, { id: facilityId });
  return {
    minimumInquiry: row.minimumInquiry,
    ...(row.inquiryName ? { inquiryName: row.inquiryName } : {}),
    ...(row.inquiryNpi ? { inquiryNpi: row.inquiryNpi } : {}),
  };
}
