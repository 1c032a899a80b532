import type { FieldCipher } from '@openvob/platform';
import { todayIn } from '@openvob/platform';
import type { Ground, Recorded } from '@openvob/verification';
import type { Database } from '../database';
import { FacilityRow, VerificationRow } from '../entities';
import { type Actor, writeAudit } from './audit';
import { readLastGround } from './grounds';
import { type KeptRecord, type RecordKind, RecordReader } from './record-reader';

/** What is known of a verification when somebody is about to call. */
export interface KnownSoFar {
  readonly ground?: Ground;
  readonly recorded: Recorded;
  readonly today: string;
}

/** Reads of what people recorded; each leaves an audit row in its own transaction. Undefined for what is not there. */
export class RecordLists {
  private readonly records: RecordReader;

  constructor(
    private readonly database: Database,
    cipher: FieldCipher,
  ) {
    this.records = new RecordReader(cipher);
  }

  list<Content>(
    kind: RecordKind,
    of: { facilityId: string; id: string; actor: Actor },
    now: Date,
  ): Promise<KeptRecord<Content>[] | undefined> {
    return this.database.inFacility(of.facilityId, async (tx) => {
      if (!(await tx.manager.existsBy(VerificationRow, { id: of.id }))) return undefined;
      await writeAudit(tx, { actor: of.actor, action: `${kind}s.read`, subjectId: of.id }, now);
      return this.records.list<Content>(tx, kind, of.id);
    });
  }

  /** For the script of a call. */
  known(of: { facilityId: string; id: string; actor: Actor }, now: Date): Promise<KnownSoFar | undefined> {
    return this.database.inFacility(of.facilityId, async (tx) => {
      if (!(await tx.manager.existsBy(VerificationRow, { id: of.id }))) return undefined;
      await writeAudit(tx, { actor: of.actor, action: 'call_script.read', subjectId: of.id }, now);
      const { timeZone } = await tx.manager.findOneByOrFail(FacilityRow, { id: of.facilityId });
      const ground = await readLastGround(tx, this.records.cipher, of.id);
      const recorded = await this.records.all(tx, of.id);
      return { ...(ground ? { ground } : {}), recorded, today: todayIn(timeZone, now) };
    });
  }
}
