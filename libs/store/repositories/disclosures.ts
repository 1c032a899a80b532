import { type FieldCipher, newId } from '@openvob/platform';
import type { Database, FacilityTransaction } from '../database';
import { DisclosureRow, VerificationRow } from '../entities';
import { SealedRow } from '../sealed-row';
import { type Actor, writeAudit } from './audit';

/** Something about a patient that leaves the facility. */
export interface NewDisclosure {
  verificationId: string;
  how: 'inquiry' | 'export' | 'document' | 'webhook' | 'phone';
  basis: 'consent' | 'treatment_payment_operations' | 'patient_request';
  payerId?: string;
  /** Who gets it, where it is no payer. */
  recipient?: string;
  purpose: string;
  /** Kinds of information, by code. */
  what: readonly string[];
  consentId?: string;
  /** Which statement of 42 CFR 2.32 goes with it. */
  notice: 'full' | 'short' | 'none';
  /** The inquiry, export or delivery. */
  subjectId: string;
  by: string;
}

/** A line of the accounting of disclosures. */
export interface DisclosureLine {
  id: string;
  at: string;
  verificationId: string;
  how: NewDisclosure['how'];
  basis: NewDisclosure['basis'];
  recipient: { payerId?: string; name?: string };
  purpose: string;
  what: string[];
  consentId?: string;
  notice: NewDisclosure['notice'];
  by: string;
}

/** Puts a disclosure on the account in the transaction that decides on it: what is not recorded does not leave. */
export async function writeDisclosure(
  tx: FacilityTransaction,
  cipher: FieldCipher,
  disclosure: NewDisclosure,
  now: Date,
): Promise<string> {
  const { verificationId, how, basis, payerId, purpose, what, consentId, notice, subjectId, by } = disclosure;
  const id = newId('dis', now);
  const recipient = new SealedRow(cipher, tx.facilityId, 'disclosure', id).seal('recipient', disclosure.recipient);
  await tx.manager.insert(DisclosureRow, {
    ...{ id, facilityId: tx.facilityId, verificationId, at: now, how, basis, payerId: payerId ?? null, recipient },
    ...{ purpose, what: [...what], consentId: consentId ?? null, notice, subjectId, disclosedBy: by },
  });
  return id;
}

interface Row extends Omit<DisclosureLine, 'at' | 'recipient' | 'consentId'> {
  at: Date;
  payerId: string | null;
  payerName: string | null;
  recipient: Buffer | null;
  consentId: string | null;
}

const columns = `d.id, d.at, d.verification_id AS "verificationId", d.how, d.basis, d.payer_id AS "payerId", p.name AS "payerName",
  d.recipient, d.purpose, d.what, d.consent_id AS "consentId", d.notice, d.disclosed_by AS by`;

/** Since when and until when a verification is looked at; null has no bound. */
export interface DisclosureSpan {
  readonly id: string;
  readonly since: Date | null;
  readonly until: Date | null;
}

/** The account of what left the facility about a patient, newest first. */
export class Disclosures {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  /** Also of a verification that was removed since; undefined for one that never was. */
  ofVerification(facilityId: string, id: string, actor: Actor, now: Date): Promise<DisclosureLine[] | undefined> {
    return this.database.inFacility(facilityId, async (tx) => {
      const lines = await this.of(tx, [{ id, since: null, until: null }]);
      if (lines.length === 0 && !(await tx.manager.existsBy(VerificationRow, { id }))) return undefined;
      await writeAudit(tx, { actor, action: 'disclosures.read', subjectId: id }, now);
      return lines;
    });
  }

  async of(tx: FacilityTransaction, spans: readonly DisclosureSpan[]): Promise<DisclosureLine[]> {
    const rows = await tx.manager.query<Row[]>(
      `SELECT ${columns} FROM unnest($1::text[], $2::timestamptz[], $3::timestamptz[]) AS span (id, since, until)
       JOIN disclosure d ON d.verification_id = span.id AND (span.since IS NULL OR d.at >= span.since) AND (span.until IS NULL OR d.at < span.until)
       LEFT JOIN payer p ON p.id = d.payer_id ORDER BY d.seq DESC`,
      [spans.map(({ id }) => id), spans.map(({ since }) => since), spans.map(({ until }) => until)],
    );
    return rows.map((row) => this.lineOf(tx.facilityId, row));
  }

  private lineOf(facilityId: string, row: Row): DisclosureLine {
    const { payerId, payerName, recipient, consentId, at, ...line } = row;
    const name = payerName ?? new SealedRow(this.cipher, facilityId, 'disclosure', row.id).open('recipient', recipient);
    return {
      ...line,
      at: at.toISOString(),
      recipient: { ...(payerId ? { payerId } : {}), ...(name ? { name } : {}) },
      ...(consentId ? { consentId } : {}),
    };
  }
}

/**
 * When a revocation takes effect: what went out by this consent while it waited for the row, by the clock of another process, was before it.
 */
export async function behindDisclosures(
  { manager }: FacilityTransaction,
  verificationId: string,
  consentId: string,
  now: Date,
): Promise<Date> {
  const [last] = await manager.query<{ at: Date | null }[]>(
    'SELECT max(at) AS at FROM disclosure WHERE verification_id = $1 AND consent_id = $2',
    [verificationId, consentId],
  );
  return last?.at && last.at > now ? last.at : now;
}
