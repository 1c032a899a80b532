import type { FieldCipher } from '@openvob/platform';
import type { ListedView } from '@openvob/results';
import type { SelectQueryBuilder } from 'typeorm';
import type { Database, FacilityTransaction } from '../database';
import { AdmissionRequestRow, VerificationRow } from '../entities';
import { startLetters } from '../keys/sealed-tables';
import { normaliseForIndex } from '../normalise';
import { SealedRow } from '../sealed-row';
import { type Actor, writeAudit } from './audit';
import type { VerificationReader } from './verification-reader';

export interface ListFilter {
  status?: readonly string[];
  payer?: string;
  program?: string;
  /** What came in this file. */
  batch?: string;
  assignee?: string;
  /** Kind of need, e.g. `call`. */
  needs?: string;
  dueBefore?: Date;
  /** Last name, birth date, member id or reference, whole; or the first letters of a last name, three at least. */
  q?: string;
  after?: ListCursor;
  limit: number;
}

/** The last item of a page; lists run from the newest to the oldest. */
export interface ListCursor {
  createdAt: Date;
  id: string;
}

const exactMatch = `(v.reference_index = ANY(:reference)
  OR EXISTS (SELECT FROM coverage c WHERE c.verification_id = v.id AND c.member_id_index = ANY(:member))
  OR EXISTS (SELECT FROM admission_request a WHERE a.verification_id = v.id
    AND (a.patient_last_name_index = ANY(:name) OR a.patient_birth_date_index = ANY(:birthDate))))`;

/** The worklist: filters over plain columns, search over keyed hashes. */
export class VerificationList {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly reader: VerificationReader,
  ) {}

  find(facilityId: string, filter: ListFilter, actor: Actor, now: Date): Promise<ListedView[]> {
    return this.database.inFacility(facilityId, async (tx) => {
      const query = tx.manager
        .createQueryBuilder(VerificationRow, 'v')
        .where('v.facility_id = :facilityId', { facilityId });
      applyFilter(query, filter);
      if (filter.q) this.applySearch(query, facilityId, filter.q);
      const found = await query
        .orderBy('v.created_at', 'DESC')
        .addOrderBy('v.id', 'DESC')
        .limit(filter.limit)
        .getRawAndEntities<{ exact?: boolean }>();
      const listed: ListedView[] = [];
      for (const [index, row] of found.entities.entries()) {
        const one = await this.listed(tx, row);
        if (!filter.q || found.raw[index]?.exact || startsWith(one.patient.lastName, filter.q)) listed.push(one);
      }
      // Whose names were shown, so that it can be told who saw a record.
      const subjects = listed.map(({ id }) => id);
      const detail = { count: listed.length, searched: Boolean(filter.q), subjects };
      await writeAudit(tx, { actor, action: 'verifications.listed', subjectId: facilityId, detail }, now);
      return listed;
    });
  }

  /** Hashes of the whole text as last name, birth date, member id and reference, and of its first three letters as the start of a last name. */
  private applySearch(query: SelectQueryBuilder<VerificationRow>, facilityId: string, q: string): void {
    const text = normaliseForIndex(q);
    const hashes = (purpose: string, value: string): Buffer[] => this.cipher.blindIndexes(purpose, facilityId, value);
    const start = text.length >= startLetters ? hashes('last_name_start', text.slice(0, startLetters)) : [];
    query
      .addSelect(exactMatch, 'exact')
      .andWhere(
        `(${exactMatch} OR EXISTS (SELECT FROM admission_request s WHERE s.verification_id = v.id AND s.patient_last_name_start_index = ANY(:start)))`,
      )
      .setParameters({
        reference: hashes('reference', text),
        member: hashes('member_id', text),
        name: hashes('last_name', text),
        birthDate: hashes('birth_date', text),
        start,
      });
  }

  private async listed(tx: FacilityTransaction, row: VerificationRow): Promise<ListedView> {
    const {
      conclusion: _conclusion,
      resultOf: _resultOf,
      changes: _changes,
      ...view
    } = await this.reader.view(tx, row);
    const person = await tx.manager.findOneBy(AdmissionRequestRow, { verificationId: row.id });
    const sealed = new SealedRow(this.cipher, tx.facilityId, 'admission_request', row.id);
    const firstName = sealed.open('patient_first_name', person?.patientFirstName ?? null);
    const lastName = sealed.open('patient_last_name', person?.patientLastName ?? null);
    return {
      ...view,
      patient: { ...(firstName ? { firstName } : {}), ...(lastName ? { lastName } : {}) },
      priority: row.priority,
      ...(row.assignee ? { assignee: row.assignee } : {}),
    };
  }
}

function applyFilter(query: SelectQueryBuilder<VerificationRow>, filter: ListFilter): void {
  if (filter.status?.length) query.andWhere('v.status IN (:...status)', { status: [...filter.status] });
  if (filter.payer) query.andWhere('v.payer_id = :payer', { payer: filter.payer });
  if (filter.batch) query.andWhere('v.batch_id = :batch', { batch: filter.batch });
  if (filter.program) query.andWhere('v.program_id = :program', { program: filter.program });
  if (filter.assignee) query.andWhere('v.assignee = :assignee', { assignee: filter.assignee });
  if (filter.needs) query.andWhere('v.needs @> :needs::jsonb', { needs: JSON.stringify([{ kind: filter.needs }]) });
  if (filter.dueBefore) query.andWhere('v.needed_by < :dueBefore', { dueBefore: filter.dueBefore });
  if (filter.after) query.andWhere('(v.created_at, v.id) < (:createdAt, :id)', { ...filter.after });
}

/** Three letters stand for many names: of those, the ones that begin with all that was typed. */
function startsWith(name: string | undefined, q: string): boolean {
  return normaliseForIndex(name ?? '').startsWith(normaliseForIndex(q));
}
