import { addDays } from '@openvob/benefits';
import { type FieldCipher, newId } from '@openvob/platform';
import type { VerificationView } from '@openvob/results';
import { In } from 'typeorm';
import type { Database, FacilityTransaction } from '../database';
import { VerificationRow } from '../entities';
import { SealedRow } from '../sealed-row';
import { type AttachmentFacts, attachmentsOf } from './attachments';
import { type Actor, writeAudit } from './audit';
import { Consents, type ConsentView } from './consents';
import { type DisclosureLine, type DisclosureSpan, Disclosures, writeDisclosure } from './disclosures';
import { type Note, notesOf } from './notes';
import {
  type AttendanceContent,
  type AuthorizationContent,
  type KeptRecord,
  RecordReader,
  type ReviewedCall,
} from './record-reader';
import { type KeptResult, readResults } from './results';
import type { KeptAnswers, VerificationReader } from './verification-reader';

/** Another verification that may be about the same person, and what the two have in common. */
export interface SamePersonHint {
  verificationId: string;
  patientId?: string;
  createdAt: string;
  because: ('name_and_birth_date' | 'member_id')[];
}

/** Whose a verification is to be: another's person, somebody known, or somebody who is not known yet. */
export type PatientChoice = { sameAs: string } | { patientId: string } | { isNew: true };

export interface PatientView {
  id: string;
  createdAt: string;
  verifications: { id: string; status: string; createdAt: string }[];
  moves: { verificationId: string; from?: string; to: string; at: string; by: string }[];
}

/** Something that a patient has a right to ask for. */
export interface PatientRequest {
  id: string;
  kind: 'access' | 'correction' | 'disclosures';
  receivedOn: string;
  /** The last day on which it may be answered. */
  dueOn: string;
  words?: string;
  recordedAt: string;
  recordedBy: string;
  answeredAt?: string;
  answeredBy?: string;
}

/** Everything that is kept about a patient. */
export interface PatientRecord {
  patientId: string;
  verifications: PatientVerification[];
  requests: PatientRequest[];
  disclosures: DisclosureLine[];
}

/** All that is kept of one verification; of attachments what they are, their contents are read one by one. */
export interface PatientVerification {
  view: VerificationView;
  /** Of every round that came to something, the last one included. */
  results: KeptResult[];
  request: object;
  consents: ConsentView[];
  answers: KeptAnswers;
  calls: ReviewedCall[];
  authorizations: KeptRecord<AuthorizationContent>[];
  attendance: KeptRecord<AttendanceContent>[];
  remittances: KeptRecord<object>[];
  notes: Note[];
  attachments: AttachmentFacts[];
}

/** Days to answer in: 45 CFR 164.524(b)(2), 164.526(b)(2), 164.528(c)(1). */
const daysToAnswer: Readonly<Record<PatientRequest['kind'], number>> = { access: 30, correction: 60, disclosures: 60 };

interface Who {
  facilityId: string;
  actor: Actor;
  now: Date;
}

const hints = `
SELECT v.id, v.patient_id AS "patientId", v.created_at AS "createdAt",
  bool_or(r.verification_id IS NOT NULL) AS "byName", bool_or(c.verification_id IS NOT NULL) AS "byMember"
FROM verification v
LEFT JOIN admission_request r ON r.verification_id = v.id AND r.patient_last_name_index = ANY($2) AND r.patient_birth_date_index = ANY($3)
LEFT JOIN coverage c ON c.verification_id = v.id AND c.member_id_index = ANY($4)
WHERE v.id <> $1 AND v.id IN (
  SELECT verification_id FROM admission_request WHERE patient_last_name_index = ANY($2) AND patient_birth_date_index = ANY($3)
  UNION SELECT verification_id FROM coverage WHERE member_id_index = ANY($4))
GROUP BY v.id, v.patient_id, v.created_at ORDER BY v.created_at DESC, v.id DESC LIMIT 50`;

/** People over several verifications. Who is the same is suggested by keyed hashes and said by a person; nothing is joined by itself. */
export class Patients {
  private readonly consents: Consents;
  private readonly disclosures: Disclosures;
  private readonly records: RecordReader;

  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly reader: VerificationReader,
  ) {
    this.consents = new Consents(database, cipher);
    this.disclosures = new Disclosures(database, cipher);
    this.records = new RecordReader(cipher);
  }

  /** Undefined for a verification that is not there. */
  hints({ facilityId, actor, now }: Who, verificationId: string): Promise<SamePersonHint[] | undefined> {
    return this.database.inFacility(facilityId, async (tx) => {
      if (!(await tx.manager.existsBy(VerificationRow, { id: verificationId }))) return undefined;
      await writeAudit(tx, { actor, action: 'patient.suggested', subjectId: verificationId }, now);
      const [own] = await tx.manager.query<{ names: Buffer[]; births: Buffer[]; members: Buffer[] }[]>(
        `SELECT array_remove(ARRAY[r.patient_last_name_index], NULL) AS names, array_remove(ARRAY[r.patient_birth_date_index], NULL) AS births,
           ARRAY(SELECT member_id_index FROM coverage WHERE verification_id = $1 AND member_id_index IS NOT NULL) AS members
         FROM admission_request r WHERE r.verification_id = $1`,
        [verificationId],
      );
      if (!own) return [];
      const found = await tx.manager.query<
        { id: string; patientId: string | null; createdAt: Date; byName: boolean; byMember: boolean }[]
      >(hints, [verificationId, own.names, own.births, own.members]);
      return found.map(({ id, patientId, createdAt, byName, byMember }) => ({
        verificationId: id,
        ...(patientId ? { patientId } : {}),
        createdAt: createdAt.toISOString(),
        because: [...(byName ? ['name_and_birth_date' as const] : []), ...(byMember ? ['member_id' as const] : [])],
      }));
    });
  }

  /** Says whose a verification is, or that it is another's than was said; who said so stays. @returns the patient; undefined where one is not there */
  assign({ facilityId, actor, now }: Who, verificationId: string, choice: PatientChoice): Promise<string | undefined> {
    return this.database.inFacility(facilityId, async (tx) => {
      const ids = [verificationId, ...('sameAs' in choice ? [choice.sameAs] : [])].sort();
      const rows = await tx.manager.query<{ id: string; patientId: string | null }[]>(
        'SELECT id, patient_id AS "patientId" FROM verification WHERE id = ANY($1) ORDER BY id FOR UPDATE',
        [ids],
      );
      const row = rows.find(({ id }) => id === verificationId);
      if (!row || rows.length < new Set(ids).size) return undefined;
      const other = 'sameAs' in choice ? rows.find(({ id }) => id === choice.sameAs) : undefined;
      const known = 'patientId' in choice ? choice.patientId : other?.patientId;
      if ('patientId' in choice && !(await isKnown(tx, choice.patientId))) return undefined;
      const patientId = known ?? (await newPatient(tx, actor, now));
      for (const one of other && other.patientId === null ? [row, other] : [row])
        await move(tx, one, patientId, { actor, now });
      return patientId;
    });
  }

  read({ facilityId, actor, now }: Who, id: string): Promise<PatientView | undefined> {
    return this.database.inFacility(facilityId, async (tx) => {
      const patient = await readPatient(tx, id);
      if (!patient) return undefined;
      await writeAudit(tx, { actor, action: 'patient.read', subjectId: id }, now);
      const rows = await verificationsOf(tx, id);
      const moves = await tx.manager.query<
        { verificationId: string; from: string | null; to: string; at: Date; by: string }[]
      >(
        `SELECT verification_id AS "verificationId", from_patient_id AS "from", to_patient_id AS "to", at, moved_by AS by
         FROM patient_move WHERE to_patient_id = $1 OR from_patient_id = $1 ORDER BY id`,
        [id],
      );
      return {
        id,
        createdAt: patient.createdAt.toISOString(),
        verifications: rows.map((row) => ({ id: row.id, status: row.status, createdAt: row.createdAt.toISOString() })),
        moves: moves.map(({ from, at, ...rest }) => ({ ...rest, ...(from ? { from } : {}), at: at.toISOString() })),
      };
    });
  }

  accountOf({ facilityId, actor, now }: Who, id: string): Promise<DisclosureLine[] | undefined> {
    return this.database.inFacility(facilityId, async (tx) => {
      if (!(await readPatient(tx, id))) return undefined;
      await writeAudit(tx, { actor, action: 'disclosures.read', subjectId: id }, now);
      return this.disclosures.of(tx, await spansOf(tx, id));
    });
  }

  requests({ facilityId, actor, now }: Who, patientId: string): Promise<PatientRequest[] | undefined> {
    return this.database.inFacility(facilityId, async (tx) => {
      if (!(await readPatient(tx, patientId))) return undefined;
      await writeAudit(tx, { actor, action: 'patient_requests.read', subjectId: patientId }, now);
      return this.requestsOf(tx, patientId);
    });
  }

  addRequest(
    { facilityId, actor, now }: Who,
    patientId: string,
    asked: Pick<PatientRequest, 'kind' | 'receivedOn' | 'words'>,
  ): Promise<PatientRequest | undefined> {
    return this.database.inFacility(facilityId, async (tx) => {
      if (!(await readPatient(tx, patientId))) return undefined;
      const id = newId('ptr', now);
      const content = this.sealed(facilityId, id).seal('content', asked.words);
      await tx.manager.query(
        `INSERT INTO patient_request (id, facility_id, patient_id, kind, received_on, content, recorded_at, recorded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [id, facilityId, patientId, asked.kind, asked.receivedOn, content, now, actor.id],
      );
      const detail = { patient: patientId, kind: asked.kind };
      await writeAudit(tx, { actor, action: 'patient_request.recorded', subjectId: id, detail }, now);
      return (await this.requestsOf(tx, patientId)).find((one) => one.id === id);
    });
  }

  /** Everything that is kept about a patient, to be given out: on the account of disclosures before it leaves. */
  export(
    { facilityId, actor, now }: Who,
    patientId: string,
    given: { to: string; requestId?: string },
  ): Promise<PatientRecord | undefined> {
    return this.database.inFacility(facilityId, async (tx) => {
      if (!(await readPatient(tx, patientId))) return undefined;
      if (given.requestId && !(await this.answered(tx, patientId, given.requestId, { actor, now }))) return undefined;
      const rows = await verificationsOf(tx, patientId);
      const exportId = newId('dis', now);
      for (const { id } of rows)
        await writeDisclosure(
          tx,
          this.cipher,
          {
            ...{ verificationId: id, how: 'export', basis: 'patient_request', recipient: given.to },
            ...{
              purpose: 'access',
              what: ['request', 'benefits', 'estimate', 'records', 'notes', 'consents', 'disclosures'],
            },
            ...{ notice: 'full', subjectId: given.requestId ?? exportId, by: actor.id },
          },
          now,
        );
      const detail = { verifications: rows.length };
      await writeAudit(tx, { actor, action: 'patient.exported', subjectId: patientId, detail }, now);
      return this.recordOf(tx, patientId, rows);
    });
  }

  private async recordOf(
    tx: FacilityTransaction,
    patientId: string,
    rows: readonly VerificationRow[],
  ): Promise<PatientRecord> {
    const verifications: PatientVerification[] = [];
    for (const row of rows) verifications.push(await this.verificationOf(tx, row));
    return {
      patientId,
      verifications,
      requests: await this.requestsOf(tx, patientId),
      disclosures: await this.disclosures.of(tx, await spansOf(tx, patientId)),
    };
  }

  private async verificationOf(tx: FacilityTransaction, row: VerificationRow): Promise<PatientVerification> {
    const { id } = row;
    return {
      view: await this.reader.view(tx, row),
      results: await readResults(tx, this.cipher, id),
      request: await this.reader.requests.load(tx, id),
      consents: await this.consents.of(tx, id),
      answers: await this.reader.answersFor(tx, row),
      calls: await this.records.calls(tx, id),
      authorizations: await this.records.list(tx, 'authorization', id),
      attendance: await this.records.list(tx, 'attendance', id),
      remittances: await this.records.list(tx, 'remittance', id),
      notes: await notesOf(tx, this.cipher, id),
      attachments: await attachmentsOf(tx, id),
    };
  }

  private async answered(
    { manager }: FacilityTransaction,
    patientId: string,
    requestId: string,
    { actor, now }: { actor: Actor; now: Date },
  ): Promise<boolean> {
    const [, count] = await manager.query<[unknown, number]>(
      `UPDATE patient_request SET answered_at = coalesce(answered_at, $3), answered_by = coalesce(answered_by, $4)
       WHERE id = $1 AND patient_id = $2`,
      [requestId, patientId, now, actor.id],
    );
    return count === 1;
  }

  private async requestsOf({ manager, facilityId }: FacilityTransaction, patientId: string): Promise<PatientRequest[]> {
    type Row = Omit<PatientRequest, 'dueOn' | 'words' | 'recordedAt' | 'answeredAt' | 'answeredBy'> & {
      content: Buffer | null;
      recordedAt: Date;
      answeredAt: Date | null;
      answeredBy: string | null;
    };
    const rows = await manager.query<Row[]>(
      `SELECT id, kind, received_on::text AS "receivedOn", content, recorded_at AS "recordedAt", recorded_by AS "recordedBy",
         answered_at AS "answeredAt", answered_by AS "answeredBy"
       FROM patient_request WHERE patient_id = $1 ORDER BY recorded_at DESC, id DESC`,
      [patientId],
    );
    return rows.map(({ content, recordedAt, answeredAt, answeredBy, ...row }) => {
      const words = this.sealed(facilityId, row.id).open('content', content);
      return {
        ...row,
        dueOn: addDays(row.receivedOn, daysToAnswer[row.kind]),
        recordedAt: recordedAt.toISOString(),
        ...(words === undefined ? {} : { words }),
        ...(answeredAt ? { answeredAt: answeredAt.toISOString() } : {}),
        ...(answeredBy ? { answeredBy } : {}),
      };
    });
  }

  private sealed(facilityId: string, id: string): SealedRow {
    return new SealedRow(this.cipher, facilityId, 'patient_request', id);
  }
}

async function move(
  tx: FacilityTransaction,
  { id, patientId: before }: { id: string; patientId: string | null },
  to: string,
  { actor, now, replaced = false }: { actor: Actor; now: Date; replaced?: boolean },
): Promise<void> {
  if (before === to) return;
  await tx.manager.query('UPDATE verification SET patient_id = $2 WHERE id = $1', [id, to]);
  await tx.manager.query(
    `INSERT INTO patient_move (facility_id, verification_id, from_patient_id, to_patient_id, at, moved_by, replaced) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [tx.facilityId, id, before, to, now, actor.id, replaced],
  );
  const detail = { to, ...(before ? { from: before } : {}) };
  const action = before ? 'patient.moved' : 'patient.confirmed';
  await writeAudit(tx, { actor, action, subjectId: id, detail }, now);
}

/**
 * From now on it is about another person, whose patient is not known yet. What was told of it before stays on the former one's account. Nothing where
 * nobody had said whose it is and nothing was told.
 */
export async function setApart(
  tx: FacilityTransaction,
  id: string,
  { actor, now }: { actor: Actor; now: Date },
): Promise<void> {
  const [row] = await tx.manager.query<{ patientId: string | null; told: boolean }[]>(
    `SELECT patient_id AS "patientId", EXISTS (SELECT FROM disclosure WHERE verification_id = $1) AS told FROM verification WHERE id = $1`,
    [id],
  );
  if (!row || (!row.patientId && !row.told)) return;
  const { patientId } = row;
  await move(tx, { id, patientId }, await newPatient(tx, actor, now), { actor, now, replaced: true });
}

async function newPatient({ manager, facilityId }: FacilityTransaction, actor: Actor, now: Date): Promise<string> {
  const id = newId('pat', now);
  await manager.query('INSERT INTO patient (id, facility_id, created_at, created_by) VALUES ($1, $2, $3, $4)', [
    ...[id, facilityId, now, actor.id],
  ]);
  return id;
}

async function readPatient(
  { manager }: FacilityTransaction,
  id: string,
): Promise<{ id: string; createdAt: Date } | undefined> {
  const [row] = await manager.query<{ id: string; createdAt: Date }[]>(
    'SELECT id, created_at AS "createdAt" FROM patient WHERE id = $1',
    [id],
  );
  return row;
}

async function isKnown(tx: FacilityTransaction, id: string): Promise<boolean> {
  return (await readPatient(tx, id)) !== undefined;
}

async function verificationsOf({ manager }: FacilityTransaction, patientId: string): Promise<VerificationRow[]> {
  const rows = await manager.query<{ id: string }[]>('SELECT id FROM verification WHERE patient_id = $1', [patientId]);
  const order = { createdAt: 'DESC', id: 'DESC' } as const;
  return manager.find(VerificationRow, { where: { id: In(rows.map(({ id }) => id)) }, order });
}

/**
 * Since when and until when each verification was about the patient, those that were removed included: the whole time of those that are the patient's, what
 * came before another person's data stood in them left out; and the time before, of those that were the patient's until then.
 */
async function spansOf({ manager }: FacilityTransaction, patientId: string): Promise<DisclosureSpan[]> {
  return manager.query<DisclosureSpan[]>(
    `WITH ever AS (
       SELECT id FROM verification WHERE patient_id = $1
       UNION SELECT verification_id FROM patient_move WHERE to_patient_id = $1 OR from_patient_id = $1
     ), turn AS (
       SELECT verification_id AS id, from_patient_id AS patient, lag(at) OVER (PARTITION BY verification_id ORDER BY id) AS since, at AS until
       FROM patient_move WHERE replaced AND verification_id IN (SELECT id FROM ever)
     ), last AS (
       SELECT e.id, coalesce(v.patient_id, (SELECT to_patient_id FROM patient_move m WHERE m.verification_id = e.id ORDER BY m.id DESC LIMIT 1)) AS patient,
         (SELECT max(at) FROM patient_move m WHERE m.replaced AND m.verification_id = e.id) AS since
       FROM ever e LEFT JOIN verification v ON v.id = e.id
     )
     SELECT id, since, until FROM turn WHERE patient = $1
     UNION ALL SELECT id, since, NULL FROM last WHERE patient = $1`,
    [patientId],
  );
}
