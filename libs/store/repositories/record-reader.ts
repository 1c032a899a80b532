import type { FieldCipher } from '@openvob/platform';
import { nothingRecorded, type Recorded } from '@openvob/verification';
import type { FacilityTransaction } from '../database';
import { VerificationRow } from '../entities';

/** Reads what people recorded of a verification. */
export class RecordReader {
  constructor(readonly cipher: FieldCipher) {}

  /** Everything recorded up to now; the version and the records are of one moment. */
  async all(tx: FacilityTransaction, verificationId: string): Promise<Recorded> {
    const where = { id: verificationId };
    const row = await tx.manager.findOneOrFail(VerificationRow, { where, select: { id: true, recordedVersion: true } });
    return { ...nothingRecorded, version: row.recordedVersion };
  }
}
