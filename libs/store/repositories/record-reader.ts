import type { AttendanceDay, AuthorizationRecord, PhoneAnswer } from '@openvob/estimate';
import type { FieldCipher } from '@openvob/platform';
import type { Recorded } from '@openvob/verification';
import type { EntityTarget } from 'typeorm';
import type { FacilityTransaction } from '../database';
import { AttendanceRow, AuthorizationRow, CallReviewRow, CallRow, RemittanceRow, VerificationRow } from '../entities';
import { SealedRow } from '../sealed-row';

export type RecordKind = 'call' | 'call_review' | 'authorization' | 'attendance' | 'remittance';

/** What a call's record holds: as it was sent, and what each answer means. */
export interface CallContent {
  readonly representative: string;
  readonly referenceNumber: string;
  readonly startedAt: string;
  readonly endedAt: string;
  /** Whom it was to, where that was said: an administrator, say, and not the payer of the coverage. */
  readonly payer?: { readonly id?: string; readonly name: string };
  readonly answers: readonly { questionId: string; value: unknown; words?: string; settles?: boolean }[];
  readonly meanings: readonly PhoneAnswer[];
}

/** What a supervisor decided about a call. */
export interface CallReviewContent {
  readonly verdict: 'approved' | 'sent_back';
  /** Why it was sent back. */
  readonly reason?: string;
}

/** Where a call stands at a facility that has calls approved. */
export interface CallReview {
  readonly state: 'awaiting' | CallReviewContent['verdict'];
  readonly at?: Date;
  readonly by?: string;
  readonly reason?: string;
}

/** A call, with where its approval stands if it needs one. */
export type ReviewedCall = KeptRecord<CallContent> & { readonly review?: CallReview };

export type AuthorizationContent = Omit<AuthorizationRecord, 'id'>;

export interface AttendanceContent {
  readonly days: readonly AttendanceDay[];
}

/** One record as it was written; it is never changed. */
export interface KeptRecord<Content = unknown> {
  readonly id: string;
  readonly recordedAt: Date;
  readonly recordedBy: string;
  /** The record that it takes the place of. */
  readonly amends?: string;
  readonly content: Content;
}

export type RecordRow = CallRow | CallReviewRow | AuthorizationRow | AttendanceRow | RemittanceRow;

/** Table and entity of each kind. */
export const recordTables = {
  call: { table: 'call_record', entity: CallRow, prefix: 'cal' },
  call_review: { table: 'call_review', entity: CallReviewRow, prefix: 'crv' },
  authorization: { table: 'authorization_record', entity: AuthorizationRow, prefix: 'aut' },
  attendance: { table: 'attendance_record', entity: AttendanceRow, prefix: 'att' },
  remittance: { table: 'remittance_record', entity: RemittanceRow, prefix: 'rem' },
} as const satisfies Record<
  RecordKind,
  { table: string; entity: EntityTarget<RecordRow>; prefix: 'cal' | 'crv' | 'aut' | 'att' | 'rem' }
>;

/** Reads what people recorded of a verification. */
export class RecordReader {
  constructor(readonly cipher: FieldCipher) {}

  /** Everything recorded up to now. The version is read first: what is recorded meanwhile makes it one too old, never too new. */
  async all(tx: FacilityTransaction, verificationId: string): Promise<Recorded> {
    const where = { id: verificationId };
    const row = await tx.manager.findOneOrFail(VerificationRow, { where, select: { id: true, recordedVersion: true } });
    const calls = lastForms(await this.calls(tx, verificationId), counts);
    const authorizations = lastForms(await this.list<AuthorizationContent>(tx, 'authorization', verificationId));
    const sheets = await this.list<AttendanceContent>(tx, 'attendance', verificationId);
    return {
      version: row.recordedVersion,
      answers: calls.flatMap(({ content }) => content.meanings),
      authorizations: authorizations.map(({ id, content }) => ({ id, ...content })),
      attendance: daysOf(sheets),
    };
  }

  /** All calls in the order in which they were recorded, amended ones included, with what was decided about them. */
  async calls(tx: FacilityTransaction, verificationId: string): Promise<ReviewedCall[]> {
    const order = { seq: 'ASC' } as const;
    const rows = await tx.manager.find(CallRow, { where: { verificationId }, order });
    const isReviewed = rows.some(({ needsApproval }) => needsApproval);
    const reviews = isReviewed ? await tx.manager.find(CallReviewRow, { where: { verificationId }, order }) : [];
    return rows.map((row) => {
      const call = this.opened<CallContent>(tx, 'call', row);
      if (!row.needsApproval) return call;
      const decided = reviews.find(({ callId }) => callId === row.id);
      if (!decided) return { ...call, review: { state: 'awaiting' } };
      const { recordedAt: at, recordedBy: by, content } = this.opened<CallReviewContent>(tx, 'call_review', decided);
      const reason = content.reason === undefined ? {} : { reason: content.reason };
      return { ...call, review: { state: content.verdict, at, by, ...reason } };
    });
  }

  /** All records of a kind in the order in which they were written, amended ones included. */
  async list<Content>(
    tx: FacilityTransaction,
    kind: RecordKind,
    verificationId: string,
  ): Promise<KeptRecord<Content>[]> {
    const rows: RecordRow[] = await tx.manager.find<RecordRow>(recordTables[kind].entity, {
      where: { verificationId },
      order: { seq: 'ASC' },
    });
    return rows.map((row) => this.opened<Content>(tx, kind, row));
  }

  private opened<Content>(tx: FacilityTransaction, kind: RecordKind, row: RecordRow): KeptRecord<Content> {
    const sealed = new SealedRow(this.cipher, tx.facilityId, recordTables[kind].table, row.id);
    const content = sealed.openJson<Content>('content', row.content);
    if (content === undefined) throw new Error(`Record ${row.id} is empty`);
    const amends = 'amends' in row && row.amends !== null ? { amends: row.amends } : {};
    const { id, recordedAt, recordedBy } = row;
    return { id, recordedAt, recordedBy, ...amends, content };
  }
}

/**
 * Of every record that was amended its last form alone, in the place of the first. An amendment of an amendment is one of the record that it goes
 * back to. One that does not count leaves the form before it in place.
 */
export function lastForms<Kept extends KeptRecord>(
  records: readonly Kept[],
  isCounted: (record: Kept) => boolean = () => true,
): Kept[] {
  const roots = new Map<string, string>();
  const last = new Map<string, Kept>();
  for (const record of records) {
    const root = record.amends === undefined ? record.id : (roots.get(record.amends) ?? record.amends);
    roots.set(record.id, root);
    if (isCounted(record)) last.set(root, record);
  }
  return [...last.values()];
}

/** Whether what was said in a call counts: it needs no approval, or has it. */
export function counts({ review }: ReviewedCall): boolean {
  return review === undefined || review.state === 'approved';
}

/** What somebody has to do about the calls of a verification, in their last forms: approve one, or mend one that was sent back. */
export function reviewOf(calls: readonly ReviewedCall[]): 'awaiting' | 'sent_back' | undefined {
  const states = lastForms(calls).map(({ review }) => review?.state);
  if (states.includes('awaiting')) return 'awaiting';
  return states.includes('sent_back') ? 'sent_back' : undefined;
}

/** One a date: what was written last. */
function daysOf(sheets: readonly KeptRecord<AttendanceContent>[]): AttendanceDay[] {
  const days = new Map(sheets.flatMap(({ content }) => content.days.map((day) => [day.date, day] as const)));
  return [...days.values()].sort((a, b) => a.date.localeCompare(b.date));
}
