import type { FieldCipher } from '@openvob/platform';
import type { RawAnswer } from '@openvob/results';
import type { Database, FacilityTransaction } from '../database';
import { AnswerRow, InquiryRow, PayerRow } from '../entities';
import { SealedRow } from '../sealed-row';
import { type Actor, writeAudit } from './audit';

/** Which exchange of which verification. */
export interface ExchangeOf {
  verificationId: string;
  inquiryId: string;
}

/** Payers' answers word for word: each read is a line of the audit trail that names the exchange. */
export class RawAnswers {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  /** Undefined for what is not there, also for what belongs to another verification or facility. */
  read(
    facilityId: string,
    { verificationId, inquiryId }: ExchangeOf,
    actor: Actor,
    now: Date,
  ): Promise<RawAnswer | undefined> {
    return this.database.inFacility(facilityId, async (tx) => {
      const inquiry = await tx.manager.findOneBy(InquiryRow, { id: inquiryId, verificationId });
      if (!inquiry) return undefined;
      const detail = { inquiry: inquiry.id };
      await writeAudit(tx, { actor, action: 'raw_answer.read', subjectId: verificationId, detail }, now);
      const payer = await tx.manager.findOneBy(PayerRow, { id: inquiry.payerId });
      const order = { receivedAt: 'ASC', id: 'ASC' } as const;
      const rows = await tx.manager.find(AnswerRow, { where: { inquiryId }, order });
      return {
        inquiryId,
        round: inquiry.round,
        payer: payer?.name ?? inquiry.payerId,
        askedAt: inquiry.sentAt ?? inquiry.recordedAt,
        texts: rows.map((row) => this.textOf(tx, row)),
      };
    });
  }

  private textOf({ facilityId }: FacilityTransaction, row: AnswerRow): RawAnswer['texts'][number] {
    const text = new SealedRow(this.cipher, facilityId, 'answer', row.id).open('raw_response', row.rawResponse);
    return {
      receivedAt: row.receivedAt,
      kind: row.kind,
      ...(row.httpStatus === null ? {} : { httpStatus: row.httpStatus }),
      ...(text === undefined ? {} : { text }),
    };
  }
}
