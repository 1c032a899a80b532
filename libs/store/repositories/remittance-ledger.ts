import type { ComparedSum, Estimate } from '@openvob/estimate';
import type { FieldCipher } from '@openvob/platform';
import { newId, todayIn } from '@openvob/platform';
import { plannedEstimate } from '@openvob/verification';
import { In } from 'typeorm';
import type { Database, FacilityTransaction } from '../database';
import { FacilityRow, PayerRow, RemittanceRow, VerificationRow } from '../entities';
import { SealedRow } from '../sealed-row';
import { type Actor, writeAudit } from './audit';
import { readLastGround } from './grounds';
import { type KeptRecord, lastForms, RecordReader } from './record-reader';
import { type RepeatedKey, Repeats } from './repeats';
import { readLastResult } from './results';
import type { Target } from './verification-actions';

/** What a remittance is read against. */
export interface RemittanceContext {
  /** Of the program as it was planned; not there while there is no estimate. */
  readonly estimate?: Estimate;
  /** The payer that the verification asked first. */
  readonly payer?: { readonly id: string; readonly name: string };
  readonly earlier: readonly KeptRecord[];
  readonly id: string;
}

export interface NewRemittance {
  readonly amends?: string;
  readonly content: unknown;
  readonly sum: ComparedSum;
}

export interface RemittanceEntry {
  readonly repeat?: RepeatedKey;
  /** Throws to refuse. */
  read(context: RemittanceContext): NewRemittance;
  respond(record: KeptRecord): string;
}

export type KeptRemittance =
  | { readonly kind: 'kept' | 'repeated'; readonly response: string }
  | { readonly kind: 'not_found' | 'in_progress' | 'key_reused' | 'unknown_payer' };

/** What payers settled, kept beside the estimates, and summed up by payer. Rows are added and never changed. */
export class RemittanceLedger {
  private readonly records: RecordReader;
  private readonly repeats: Repeats;

  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {
    this.records = new RecordReader(cipher);
    this.repeats = new Repeats(cipher);
  }

  keep(target: Target, entry: RemittanceEntry): Promise<KeptRemittance> {
    return this.database.inFacility(target.facilityId, async (tx) => {
      if (entry.repeat && !(await this.repeats.lock(tx, entry.repeat))) return { kind: 'in_progress' };
      const where = { id: target.id };
      const row = await tx.manager.findOne(VerificationRow, { where, lock: { mode: 'pessimistic_read' } });
      if (!row) return { kind: 'not_found' };
      const earlier = entry.repeat && (await this.repeats.earlier(tx, entry.repeat, target.now));
      if (earlier) return earlier;
      const context = await this.contextOf(tx, row, target.now);
      const fresh = entry.read(context);
      if (!(await tx.manager.existsBy(PayerRow, { id: fresh.sum.payerId }))) return { kind: 'unknown_payer' };
      const response = entry.respond(await this.insert(tx, row.id, target, { ...fresh, id: context.id }));
      if (entry.repeat)
        await this.repeats.remember(tx, entry.repeat, { verificationId: row.id, response, now: target.now });
      return { kind: 'kept', response };
    });
  }

  /**
   * How estimates for a payer came true in this facility: one sum a remittance, in its last form.
   *
   * @returns undefined when there is no such payer
   */
  sums(
    facilityId: string,
    payerId: string,
    actor: Actor,
    now: Date,
  ): Promise<{ name: string; sums: ComparedSum[] } | undefined> {
    return this.database.inFacility(facilityId, async (tx) => {
      const payer = await tx.manager.findOneBy(PayerRow, { id: payerId });
      if (!payer) return undefined;
      await writeAudit(tx, { actor, action: 'accuracy.read', subjectId: payerId }, now);
      const rows = await tx.manager.find(RemittanceRow, { where: { facilityId, payerId }, order: { seq: 'ASC' } });
      const amended = await this.amended(tx, rows);
      const sums = rows.filter(({ id }) => !amended.has(id)).map((row) => this.sumOf(tx, row));
      return { name: payer.name, sums };
    });
  }

  /** Ids of rows that a later row takes the place of, also one of another payer. */
  private async amended(tx: FacilityTransaction, rows: readonly RemittanceRow[]): Promise<ReadonlySet<string>> {
    const verificationIds = [...new Set(rows.map(({ verificationId }) => verificationId))];
    if (verificationIds.length === 0) return new Set();
    const all = await tx.manager.find(RemittanceRow, {
      where: { verificationId: In(verificationIds) },
      order: { seq: 'ASC' },
      select: { id: true, amends: true, verificationId: true, seq: true },
    });
    const forms = all.map(({ id, amends }) => ({ id, ...(amends ? { amends } : {}), ...noContent }));
    const last = new Set(lastForms(forms).map(({ id }) => id));
    return new Set(all.map(({ id }) => id).filter((id) => !last.has(id)));
  }

  private sumOf(tx: FacilityTransaction, row: RemittanceRow): ComparedSum {
    const sum = this.sealed(tx, row.id).openJson<ComparedSum>('summary', row.summary);
    if (!sum) throw new Error(`Remittance ${row.id} has no sum`);
    return sum;
  }

  private async contextOf(tx: FacilityTransaction, row: VerificationRow, now: Date): Promise<RemittanceContext> {
    const { timeZone } = await tx.manager.findOneByOrFail(FacilityRow, { id: tx.facilityId });
    const ground = await readLastGround(tx, this.cipher, row.id);
    const recorded = await this.records.all(tx, row.id);
    const estimate = ground
      ? plannedEstimate(ground, recorded, todayIn(timeZone, now))
      : (await readLastResult(tx, this.cipher, row.id))?.conclusion.estimate;
    const payer = row.payerId ? await tx.manager.findOneBy(PayerRow, { id: row.payerId }) : null;
    return {
      ...(estimate ? { estimate } : {}),
      ...(payer ? { payer: { id: payer.id, name: payer.name } } : {}),
      earlier: await this.records.list(tx, 'remittance', row.id),
      id: newId('rem', now),
    };
  }

  private async insert(
    tx: FacilityTransaction,
    verificationId: string,
    { actor, now }: Target,
    { id, amends, content, sum }: NewRemittance & { id: string },
  ): Promise<KeptRecord> {
    const sealed = this.sealed(tx, id);
    const [bytes, summary] = [sealed.sealJson('content', content), sealed.sealJson('summary', sum)];
    if (!bytes || !summary) throw new Error('A remittance was not sealed');
    const recordedBy = `${actor.kind}:${actor.id}`;
    await tx.manager.insert(RemittanceRow, {
      id,
      facilityId: tx.facilityId,
      verificationId,
      payerId: sum.payerId,
      amends: amends ?? null,
      recordedAt: now,
      recordedBy,
      content: bytes,
      summary,
    });
    const detail = { record: id, payer: sum.payerId, ...(amends ? { amends } : {}) };
    await writeAudit(tx, { actor, action: 'remittance.recorded', subjectId: verificationId, detail }, now);
    return { id, recordedAt: now, recordedBy, ...(amends ? { amends } : {}), content };
  }

  private sealed(tx: FacilityTransaction, id: string): SealedRow {
    return new SealedRow(this.cipher, tx.facilityId, 'remittance_record', id);
  }
}

const noContent = { content: undefined, recordedAt: new Date(0), recordedBy: '' };
