import type { AdmissionRequest } from '@openvob/intake';
import type { FieldCipher } from '@openvob/platform';
import { newId, todayIn } from '@openvob/platform';
import type { VerificationView } from '@openvob/results';
import type { Ground, Recorded, Status } from '@openvob/verification';
import type { EntityTarget } from 'typeorm';
import type { Database, FacilityTransaction } from '../database';
import { type AttendanceRow, type CallReviewRow, type CallRow, FacilityRow, VerificationRow } from '../entities';
import { SealedRow } from '../sealed-row';
import { writeAudit } from './audit';
import { type CallRecipient, discloseCall } from './call-disclosures';
import { readLastGround } from './grounds';
import {
  type KeptRecord,
  type RecordKind,
  RecordReader,
  type ReviewedCall,
  recordTables,
  reviewOf,
} from './record-reader';
import { Redrawing } from './redrawing';
import { type RepeatedKey, Repeats } from './repeats';
import type { Target } from './verification-actions';
import type { VerificationReader } from './verification-reader';

/** What a body is read against, in the transaction that keeps it. */
export interface RecordContext {
  /** What the last conclusion was drawn from; not there before payers were asked. */
  readonly ground?: Ground;
  readonly request: AdmissionRequest;
  readonly recorded: Recorded;
  /** Records of this kind, which may be amended. */
  readonly amendable: readonly KeptRecord[];
  /** Where calls are recorded or reviewed: all of them, and whether the facility has them approved. */
  readonly calls: readonly ReviewedCall[];
  readonly callApproval: boolean;
  readonly today: string;
  readonly timeZone: string;
  /** The id that the new record will have. */
  readonly id: string;
}

/** What is to be kept. */
export interface NewRecord {
  readonly amends?: string;
  readonly content: unknown;
  /** Of a call: its answers count once a supervisor has approved it. */
  readonly needsApproval?: boolean;
  /** Of a call: when it began and who was told of the patient in it. */
  readonly tells?: { readonly startedAt: string; readonly recipients: readonly CallRecipient[] };
  /** Of a review: the call, and what the trail tells of it. */
  readonly reviews?: { readonly callId: string; readonly verdict: string };
}

export interface RecordEntry {
  readonly kind: Exclude<RecordKind, 'remittance'>;
  /** How a repeated request is recognised; without it every request is a new record. */
  readonly repeat?: RepeatedKey;
  /** The content to keep; nothing when there is nothing new. Throws to refuse. */
  read(context: RecordContext): NewRecord | undefined;
  /** The response's text, kept so that a repeat gets the same bytes. */
  respond(view: VerificationView): string;
}

export type Kept =
  | { readonly kind: 'kept' | 'repeated'; readonly response: string }
  | { readonly kind: 'not_found' | 'in_progress' | 'key_reused' }
  | { readonly kind: 'wrong_state'; readonly status: Status }
  /** Of a call about treatment of substance use: no consent was live when it began, and none is by now. */
  | { readonly kind: 'no_consent' };

/**
 * Keeps what people record, and draws the conclusion again from what its round was drawn from: one transaction, behind the lock of the
 * verification's row, so that of two records at once both count.
 */
export class RecordKeeper {
  private readonly records: RecordReader;
  private readonly repeats: Repeats;
  private readonly redrawing: Redrawing;

  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly reader: VerificationReader,
  ) {
    this.records = new RecordReader(cipher);
    this.repeats = new Repeats(cipher);
    this.redrawing = new Redrawing(cipher, this.records);
  }

  keep(target: Target, entry: RecordEntry): Promise<Kept> {
    return this.database.inFacility(target.facilityId, async (tx) => {
      if (entry.repeat && !(await this.repeats.lock(tx, entry.repeat))) return { kind: 'in_progress' };
      const row = await locked(tx, target);
      if (!row) return { kind: 'not_found' };
      const earlier = entry.repeat && (await this.repeats.earlier(tx, entry.repeat, target.now));
      if (earlier) return earlier;
      if (row.status === 'cancelled') return { kind: 'wrong_state', status: row.status };
      const taken = await this.take(tx, row, target, entry);
      if (taken === 'no_consent') return { kind: 'no_consent' };
      const response = entry.respond(taken);
      if (entry.repeat)
        await this.repeats.remember(tx, entry.repeat, { verificationId: row.id, response, now: target.now });
      return { kind: 'kept', response };
    });
  }

  /** What keeping it would come to; nothing of it stays but the line that it was tried. */
  async tryOut(target: Target, entry: RecordEntry): Promise<Kept> {
    const kept = await this.undone(target.facilityId, async (tx): Promise<Kept> => {
      const row = await locked(tx, target);
      if (!row) return { kind: 'not_found' };
      if (row.status === 'cancelled') return { kind: 'wrong_state', status: row.status };
      const taken = await this.take(tx, row, target, entry);
      return taken === 'no_consent' ? { kind: taken } : { kind: 'kept', response: entry.respond(taken) };
    });
    if (kept.kind !== 'kept') return kept;
    const { actor, id, now } = target;
    const line = { actor, action: `${entry.kind}.tried`, subjectId: id };
    await this.database.inFacility(target.facilityId, (tx) => writeAudit(tx, line, now));
    return kept;
  }

  /** Does something in a transaction that is rolled back, whatever comes of it. */
  private async undone<T>(facilityId: string, work: (tx: FacilityTransaction) => Promise<T>): Promise<T> {
    const done: { value?: T } = {};
    const end = new Error('rolled back on purpose');
    try {
      await this.database.inFacility(facilityId, async (tx) => {
        done.value = await work(tx);
        throw end;
      });
    } catch (error) {
      if (error !== end || !('value' in done)) throw error;
    }
    return done.value as T;
  }

  private async take(
    tx: FacilityTransaction,
    row: VerificationRow,
    target: Target,
    entry: RecordEntry,
  ): Promise<VerificationView | 'no_consent'> {
    const context = await this.contextOf(tx, row, target, entry.kind);
    const read = entry.read(context);
    if (!read) return this.reader.view(tx, row);
    const told = await this.disclose(tx, row, target, { read, context });
    if (told === 'no_consent') return told;
    await this.insert(tx, row, target, { ...read, kind: entry.kind, id: context.id, told });
    const review = isAboutCalls(entry.kind)
      ? { callReview: reviewOf(await this.records.calls(tx, row.id)) ?? null }
      : {};
    await tx.manager.update(VerificationRow, { id: row.id }, { recordedVersion: row.recordedVersion + 1, ...review });
    await this.redrawing.redraw(tx, row, target, context.today);
    return this.reader.view(tx, await tx.manager.findOneByOrFail(VerificationRow, { id: row.id }));
  }

  /** What the trail tells of a call's consent; a call that none allows is told there too, and not kept. */
  private async disclose(
    tx: FacilityTransaction,
    row: VerificationRow,
    { actor, now }: Target,
    { read, context }: { read: NewRecord; context: RecordContext },
  ): Promise<object | 'no_consent'> {
    if (!read.tells) return {};
    const { request, timeZone } = context;
    const call = { ...read.tells, id: rootOf(context.amendable, read.amends) ?? context.id };
    const told = await discloseCall(tx, this.cipher, { row, request, call, timeZone, actor, now });
    if (told.kind === 'told') return told.consent ? { consent: told.consent } : {};
    const detail = { how: 'phone', why: 'no_live_consent', startedAt: read.tells.startedAt };
    await writeAudit(tx, { actor, action: 'disclosure.refused', subjectId: row.id, detail }, now);
    return told.kind;
  }

  private async contextOf(
    tx: FacilityTransaction,
    row: VerificationRow,
    target: Target,
    kind: RecordKind,
  ): Promise<RecordContext> {
    const { timeZone, callApproval } = await tx.manager.findOneByOrFail(FacilityRow, { id: tx.facilityId });
    const ground = await readLastGround(tx, this.cipher, row.id);
    return {
      ...(ground ? { ground } : {}),
      request: await this.reader.requests.load(tx, row.id),
      recorded: await this.records.all(tx, row.id),
      amendable: await this.records.list(tx, kind, row.id),
      calls: isAboutCalls(kind) ? await this.records.calls(tx, row.id) : [],
      callApproval,
      today: todayIn(timeZone, target.now),
      timeZone,
      id: newId(recordTables[kind].prefix, target.now),
    };
  }

  private async insert(
    tx: FacilityTransaction,
    row: VerificationRow,
    { actor, now }: Target,
    record: NewRecord & { kind: Exclude<RecordKind, 'remittance'>; id: string; told: object },
  ): Promise<void> {
    const { kind, id, amends } = record;
    const { table } = recordTables[kind];
    const entity: EntityTarget<CallRow | CallReviewRow | AttendanceRow> = recordTables[kind].entity;
    const content = new SealedRow(this.cipher, tx.facilityId, table, id).sealJson('content', record.content);
    if (!content) throw new Error('A record was not sealed');
    const recordedBy = `${actor.kind}:${actor.id}`;
    const base = { id, facilityId: tx.facilityId, verificationId: row.id, recordedAt: now, recordedBy, content };
    await tx.manager.insert(entity, { ...base, ...ownColumns(record) });
    const { callId, verdict } = record.reviews ?? {};
    const detail = {
      record: id,
      ...(amends ? { amends } : {}),
      ...(record.needsApproval ? { awaits: 'approval' } : {}),
      ...(callId ? { call: callId, verdict } : {}),
      ...record.told,
    };
    await writeAudit(tx, { actor, action: `${kind}.recorded`, subjectId: row.id, detail }, now);
  }
}

/** Before anything that hangs on it, also to try a record out: it may move at any moment while its payer is asked. */
function locked({ manager }: FacilityTransaction, { id }: Target): Promise<VerificationRow | null> {
  return manager.findOne(VerificationRow, { where: { id }, lock: { mode: 'pessimistic_write' } });
}

/** The record that a correction goes back to. */
function rootOf(records: readonly KeptRecord[], amends: string | undefined): string | undefined {
  const before = records.find(({ id }) => id === amends)?.amends;
  return before === undefined ? amends : rootOf(records, before);
}

const isAboutCalls = (kind: RecordKind): boolean => kind === 'call' || kind === 'call_review';

/** What the table of a kind has beside the columns of all. */
function ownColumns({ kind, amends, needsApproval, reviews }: NewRecord & { kind: RecordKind }): object {
  switch (kind) {
    case 'attendance':
      return {};
    case 'call_review':
      return { callId: reviews?.callId };
    case 'call':
      return { amends: amends ?? null, needsApproval: needsApproval ?? false };
    default:
      return { amends: amends ?? null };
  }
}
