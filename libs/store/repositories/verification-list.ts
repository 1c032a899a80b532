import type { FieldCipher } from '@openvob/platform';
import type { ListedView } from '@openvob/results';
import { In, type SelectQueryBuilder } from 'typeorm';
import type { Database, FacilityTransaction } from '../database';
import { AdmissionRequestRow, CoverageRow, FacilityRow, PayerRow, ProgramRow, VerificationRow } from '../entities';
import { startLetters } from '../keys/sealed-tables';
import { normaliseForIndex } from '../normalise';
import { SealedRow } from '../sealed-row';
import { type Actor, writeAudit } from './audit';
import { lastNotes, type Note } from './notes';
import { rowView, turnsOf } from './verification-reader';

export interface ListFilter {
  status?: readonly string[];
  payer?: string;
  program?: string;
  /** What came in this file. */
  batch?: string;
  /** `none`: what nobody looks after. */
  assignee?: string;
  /** Kind of need, e.g. `call`. */
  needs?: string;
  dueBefore?: Date;
  /** By when it is needed, what is usual included: from `from` on, before `to`. */
  due?: { from?: Date; to?: Date };
  /** What waits for a person. */
  isOpen?: boolean;
  /** Last name, birth date, member id or reference, whole; or the first letters of a last name, three at least. */
  q?: string;
  /** Newest first, or first due first. */
  order?: 'newest' | 'due';
  after?: ListCursor;
  limit: number;
}

/** The last item of a page: when it was made, or when it is due, as the order is. */
export interface ListCursor {
  at: Date;
  id: string;
}

/** The moments between which the worklist counts. */
export interface CountBounds {
  now: Date;
  in30Minutes: Date;
  in2Hours: Date;
  endOfDay: Date;
}

export interface WorklistCounts {
  overdue: number;
  within30Minutes: number;
  within2Hours: number;
  today: number;
  later: number;
  mine: number;
  unassigned: number;
  underWay: number;
}

/** Whom another verification may be about as well. */
export interface Likeness {
  memberId?: string;
  lastName?: string;
  firstName?: string;
  birthDate?: string;
}

export type SimilarView = ListedView & { because: ('member_id' | 'name_and_birth_date')[] };

const mostSimilar = 10;
const mostCandidates = 100;

/** Each hash is looked up in an index of its own, before any verification is read. */
const exactMatch = `SELECT verification_id AS id FROM coverage WHERE facility_id = $1 AND member_id_index = ANY($2)
  UNION SELECT verification_id FROM admission_request WHERE facility_id = $1 AND patient_last_name_index = ANY($3)
  UNION SELECT verification_id FROM admission_request WHERE facility_id = $1 AND patient_birth_date_index = ANY($4)
  UNION SELECT id FROM verification WHERE facility_id = $1 AND reference_index = ANY($5)`;

/** Rows that have no hash of their birth date yet are looked at by name alone. */
const samePerson = `SELECT verification_id AS id FROM coverage WHERE facility_id = $1 AND member_id_index = ANY($2)
  UNION SELECT verification_id FROM admission_request WHERE facility_id = $1 AND patient_last_name_index = ANY($3)
    AND (patient_birth_date_index = ANY($4) OR patient_birth_date_index IS NULL)`;

const startMatch =
  'SELECT verification_id AS id, patient_last_name AS name FROM admission_request WHERE facility_id = $1 AND patient_last_name_start_index = ANY($2)';

/** The worklist: filters over plain columns, search over keyed hashes. */
export class VerificationList {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  find(facilityId: string, filter: ListFilter, actor: Actor, now: Date): Promise<ListedView[]> {
    return this.database.inFacility(facilityId, async (tx) => {
      const { q } = filter;
      const listed = await this.listed(tx, await this.rows(tx, filter, q ? await this.matching(tx, q) : undefined));
      // Whose names were shown, so that it can be told who saw a record.
      const subjects = listed.map(({ id }) => id);
      const detail = { count: listed.length, searched: Boolean(q), subjects };
      await writeAudit(tx, { actor, action: 'verifications.listed', subjectId: facilityId, detail }, now);
      return listed;
    });
  }

  /** @param among whose ids alone are looked at */
  private rows(
    { manager, facilityId }: FacilityTransaction,
    filter: ListFilter,
    among?: readonly string[],
  ): Promise<VerificationRow[]> {
    const query = manager.createQueryBuilder(VerificationRow, 'v').where('v.facility_id = :facilityId', { facilityId });
    applyFilter(query, filter);
    if (among) query.andWhere('v.id = ANY(:among)', { among });
    applyOrder(query, filter);
    return query.limit(filter.limit).getMany();
  }

  /** Ids by the hashes of the whole text as last name, birth date, member id and reference, and by what a last name begins with. */
  private async matching({ manager, facilityId }: FacilityTransaction, q: string): Promise<string[]> {
    const text = normaliseForIndex(q);
    const hashes = (purpose: string, value = text): Buffer[] => this.cipher.blindIndexes(purpose, facilityId, value);
    const exact = (await manager.query(exactMatch, [
      facilityId,
      hashes('member_id'),
      hashes('last_name'),
      hashes('birth_date'),
      hashes('reference'),
    ])) as { id: string }[];
    const ids = new Set(exact.map(({ id }) => id));
    if (text.length < startLetters) return [...ids];
    const start = hashes('last_name_start', text.slice(0, startLetters));
    const alike = (await manager.query(startMatch, [facilityId, start])) as { id: string; name: Buffer | null }[];
    for (const { id, name } of alike)
      if (!ids.has(id) && (text.length === startLetters || this.begins(facilityId, id, name, text))) ids.add(id);
    return [...ids];
  }

  /** Three letters stand for many names: of those, the ones that begin with all that was typed. */
  private begins(facilityId: string, verificationId: string, name: Buffer | null, text: string): boolean {
    const sealed = new SealedRow(this.cipher, facilityId, 'admission_request', verificationId);
    return normaliseForIndex(sealed.open('patient_last_name', name) ?? '').startsWith(text);
  }

  /** How many wait for a person, by when they are needed; ids and instants alone are looked at. @param mine whose own are counted */
  counts(facilityId: string, bounds: CountBounds, mine: string): Promise<WorklistCounts> {
    const due = (condition: string): string => `count(*) FILTER (WHERE is_open AND ${condition})::integer`;
    return this.database.inFacility(facilityId, async ({ manager }) => {
      const [counts] = (await manager.query(
        `SELECT ${due('due_at < $2')} AS overdue, ${due('due_at >= $2 AND due_at < $3')} AS "within30Minutes",
          ${due('due_at >= $3 AND due_at < $4')} AS "within2Hours", ${due('due_at >= $4 AND due_at < $5')} AS today,
          ${due('due_at >= greatest($4, $5)')} AS later, ${due('assignee = $6')} AS mine, ${due('assignee IS NULL')} AS unassigned,
          count(*) FILTER (WHERE NOT is_open)::integer AS "underWay"
        FROM verification WHERE facility_id = $1
          AND (is_open OR status IN ('received', 'queued', 'asking_payer', 'waiting_for_payer'))`,
        [facilityId, bounds.now, bounds.in30Minutes, bounds.in2Hours, bounds.endOfDay, mine],
      )) as [WorklistCounts];
      return counts;
    });
  }

  /** What there is already about somebody with this member id, or of this name and birth date; newest first. */
  similar(facilityId: string, likeness: Likeness, actor: Actor, now: Date): Promise<SimilarView[]> {
    return this.database.inFacility(facilityId, async (tx) => {
      const hashes = (purpose: string, value: string | undefined): Buffer[] =>
        value ? this.cipher.blindIndexes(purpose, facilityId, normaliseForIndex(value)) : [];
      const { memberId, lastName, birthDate } = likeness;
      const candidates: { id: string }[] = await tx.manager.query(samePerson, [
        ...[facilityId, hashes('member_id', memberId)],
        ...[hashes('last_name', lastName), hashes('birth_date', birthDate)],
      ]);
      const found = await this.rows(
        tx,
        { limit: mostCandidates },
        candidates.map(({ id }) => id),
      );
      const alike = await this.alike(tx, found, likeness);
      const detail = { count: alike.length, subjects: alike.map(({ id }) => id) };
      await writeAudit(tx, { actor, action: 'verifications.compared', subjectId: facilityId, detail }, now);
      return alike;
    });
  }

  private async alike(
    tx: FacilityTransaction,
    rows: readonly VerificationRow[],
    { memberId, ...person }: Likeness,
  ): Promise<SimilarView[]> {
    const ids = rows.map(({ id }) => id);
    const listed = await this.listed(tx, rows);
    const requests = await tx.manager.findBy(AdmissionRequestRow, { verificationId: In(ids) });
    const members = memberId ? this.cipher.blindIndexes('member_id', tx.facilityId, normaliseForIndex(memberId)) : [];
    const coverages = await tx.manager.findBy(CoverageRow, { verificationId: In(ids), memberIdIndex: In(members) });
    const similar = listed.flatMap((view): SimilarView[] => {
      const request = requests.find(({ verificationId }) => verificationId === view.id);
      const because: SimilarView['because'] = [
        ...(coverages.some(({ verificationId }) => verificationId === view.id) ? (['member_id'] as const) : []),
        ...(request && this.isSamePerson(tx, request, person) ? (['name_and_birth_date'] as const) : []),
      ];
      return because.length > 0 ? [{ ...view, because }] : [];
    });
    return similar.slice(0, mostSimilar);
  }

  private isSamePerson(
    { facilityId }: FacilityTransaction,
    row: AdmissionRequestRow,
    { firstName, lastName, birthDate }: Likeness,
  ): boolean {
    if (!lastName || !birthDate) return false;
    const sealed = new SealedRow(this.cipher, facilityId, 'admission_request', row.verificationId);
    const kept = {
      first: sealed.open('patient_first_name', row.patientFirstName) ?? '',
      last: sealed.open('patient_last_name', row.patientLastName) ?? '',
    };
    if (normaliseForIndex(kept.last) !== normaliseForIndex(lastName)) return false;
    if (sealed.open('patient_birth_date', row.patientBirthDate) !== birthDate) return false;
    return !firstName || normaliseForIndex(kept.first).slice(0, 1) === normaliseForIndex(firstName).slice(0, 1);
  }

  /** A page costs six queries more, however long it is. */
  private async listed(tx: FacilityTransaction, rows: readonly VerificationRow[]): Promise<ListedView[]> {
    const ids = rows.map(({ id }) => id);
    const people = await byKey(tx.manager.findBy(AdmissionRequestRow, { verificationId: In(ids) }), 'verificationId');
    const payers = await byKey(tx.manager.findBy(PayerRow, { id: In(present(rows, 'payerId')) }), 'id');
    const programs = await byKey(tx.manager.findBy(ProgramRow, { id: In(present(rows, 'programId')) }), 'id');
    const facility = await tx.manager.findOneByOrFail(FacilityRow, { id: tx.facilityId });
    const notes = await lastNotes(tx, this.cipher, ids);
    const turns = await turnsOf(tx, rows);
    return rows.map((row) => ({
      ...rowView(row, {
        payer: payers.get(row.payerId ?? '') ?? null,
        program: programs.get(row.programId ?? '') ?? null,
        reference: new SealedRow(this.cipher, tx.facilityId, 'verification', row.id).open('reference', row.reference),
      }),
      patient: this.patientOf(tx, people.get(row.id)),
      priority: row.priority,
      dueAt: row.dueAt,
      ...lastNoteOf(notes.get(row.id)),
      ...(row.nextRecheckAt && row.nextRecheckBecause && facility.rechecks
        ? { nextRecheck: { at: row.nextRecheckAt, because: row.nextRecheckBecause } }
        : {}),
      ...turns.get(row.id),
    }));
  }

  private patientOf({ facilityId }: FacilityTransaction, row: AdmissionRequestRow | undefined): ListedView['patient'] {
    if (!row) return {};
    const sealed = new SealedRow(this.cipher, facilityId, 'admission_request', row.verificationId);
    const firstName = sealed.open('patient_first_name', row.patientFirstName);
    const lastName = sealed.open('patient_last_name', row.patientLastName);
    return { ...(firstName ? { firstName } : {}), ...(lastName ? { lastName } : {}) };
  }
}

function lastNoteOf(note: Note | undefined): Pick<ListedView, 'lastNote'> {
  return note ? { lastNote: { at: note.writtenAt, by: note.writtenBy, text: note.text } } : {};
}

async function byKey<Row, Key extends keyof Row>(rows: Promise<Row[]>, key: Key): Promise<Map<Row[Key], Row>> {
  return new Map((await rows).map((row) => [row[key], row]));
}

function present(rows: readonly VerificationRow[], key: 'payerId' | 'programId'): string[] {
  return [...new Set(rows.flatMap((row) => row[key] ?? []))];
}

function applyFilter(query: SelectQueryBuilder<VerificationRow>, filter: ListFilter): void {
  if (filter.status?.length) query.andWhere('v.status IN (:...status)', { status: [...filter.status] });
  if (filter.isOpen !== undefined) query.andWhere('v.is_open = :isOpen', { isOpen: filter.isOpen });
  if (filter.payer) query.andWhere('v.payer_id = :payer', { payer: filter.payer });
  if (filter.batch) query.andWhere('v.batch_id = :batch', { batch: filter.batch });
  if (filter.program) query.andWhere('v.program_id = :program', { program: filter.program });
  if (filter.assignee === 'none') query.andWhere('v.assignee IS NULL');
  else if (filter.assignee) query.andWhere('v.assignee = :assignee', { assignee: filter.assignee });
  if (filter.needs) applyNeed(query, filter.needs);
  if (filter.dueBefore) query.andWhere('v.needed_by < :dueBefore', { dueBefore: filter.dueBefore });
  if (filter.due?.from) query.andWhere('v.due_at >= :dueFrom', { dueFrom: filter.due.from });
  if (filter.due?.to) query.andWhere('v.due_at < :dueTo', { dueTo: filter.due.to });
}

/** What calls wait for stands in a column of its own; the index of needs holds those alone that need something. */
function applyNeed(query: SelectQueryBuilder<VerificationRow>, kind: string): void {
  const review = { approval: 'awaiting', sent_back: 'sent_back' }[kind];
  if (review) query.andWhere("v.call_review = :review AND v.status <> 'cancelled'", { review });
  else query.andWhere(`v.needs <> '[]'::jsonb AND v.needs @> :needs::jsonb`, { needs: JSON.stringify([{ kind }]) });
}

function applyOrder(query: SelectQueryBuilder<VerificationRow>, { order, after }: ListFilter): void {
  const isByDue = order === 'due';
  const direction = isByDue ? 'ASC' : 'DESC';
  query.orderBy(isByDue ? 'v.due_at' : 'v.created_at', direction).addOrderBy('v.id', direction);
  const behind = isByDue ? '(v.due_at, v.id) > (:at, :id)' : '(v.created_at, v.id) < (:at, :id)';
  if (after) query.andWhere(behind, { ...after });
}
