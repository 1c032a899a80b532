import type { AdmissionRequest } from '@openvob/intake';
import type { FieldCipher } from '@openvob/platform';
import { todayIn } from '@openvob/platform';
import type { Claim, Ground, Program, Recorded } from '@openvob/verification';
import type { Database } from '../database';
import { ConsentRow, FacilityRow, ProgramRow, VerificationRow } from '../entities';
import { AdmissionRequests } from './admission-requests';
import { type Actor, writeAudit } from './audit';
import { consentOf } from './consents';
import { programOf } from './facility-directory';
import { readLastGround } from './grounds';
import { type KeptRecord, type RecordKind, RecordReader, type ReviewedCall } from './record-reader';

/** What is known of a verification when somebody is about to call. */
export interface KnownSoFar {
  readonly ground?: Ground;
  readonly request: AdmissionRequest;
  /** As far as there is one. */
  readonly program?: Program;
  readonly consents: Claim['consents'];
  readonly recorded: Recorded;
  readonly today: string;
}

/** Reads of what people recorded; each leaves an audit row in its own transaction. Undefined for what is not there. */
export class RecordLists {
  private readonly records: RecordReader;
  private readonly requests: AdmissionRequests;

  constructor(
    private readonly database: Database,
    cipher: FieldCipher,
  ) {
    this.records = new RecordReader(cipher);
    this.requests = new AdmissionRequests(cipher);
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

  /** With what was decided about each. */
  calls(of: { facilityId: string; id: string; actor: Actor }, now: Date): Promise<ReviewedCall[] | undefined> {
    return this.database.inFacility(of.facilityId, async (tx) => {
      if (!(await tx.manager.existsBy(VerificationRow, { id: of.id }))) return undefined;
      await writeAudit(tx, { actor: of.actor, action: 'calls.read', subjectId: of.id }, now);
      return this.records.calls(tx, of.id);
    });
  }

  /** For the script of a call. */
  known(of: { facilityId: string; id: string; actor: Actor }, now: Date): Promise<KnownSoFar | undefined> {
    return this.database.inFacility(of.facilityId, async (tx) => {
      const row = await tx.manager.findOneBy(VerificationRow, { id: of.id });
      if (!row) return undefined;
      await writeAudit(tx, { actor: of.actor, action: 'call_script.read', subjectId: of.id }, now);
      const { timeZone } = await tx.manager.findOneByOrFail(FacilityRow, { id: of.facilityId });
      const ground = await readLastGround(tx, this.records.cipher, of.id);
      const recorded = await this.records.all(tx, of.id);
      const program = row.programId ? await tx.manager.findOneBy(ProgramRow, { id: row.programId }) : null;
      const consents = await tx.manager.find(ConsentRow, { where: { verificationId: of.id } });
      return {
        recorded,
        today: todayIn(timeZone, now),
        request: await this.requests.load(tx, row.id),
        consents: consents.map(consentOf),
        ...(program ? { program: programOf(program) } : {}),
        ...(ground ? { ground } : {}),
      };
    });
  }
}
