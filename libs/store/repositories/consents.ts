import type { Part2Consent } from '@openvob/intake';
import { type FieldCipher, newId } from '@openvob/platform';
import type { Claim } from '@openvob/verification';
import type { Database, FacilityTransaction } from '../database';
import { ConsentRow, VerificationRow } from '../entities';
import { SealedRow } from '../sealed-row';
import { type Actor, writeAudit } from './audit';

/** A consent as it is told. */
export interface ConsentView {
  id: string;
  signedOn: string;
  expiresOn?: string;
  scope: Part2Consent['scope'];
  /** The only payer that it is for, once that is known. */
  payerId?: string;
  information?: string;
  recipient?: string;
  purpose?: string;
  signedHow?: string;
  signedBy?: string;
  recordedAt: string;
  recordedBy?: string;
  revokedAt?: string;
  revokedBy?: string;
  revokedHow?: string;
}

type Details = Pick<Part2Consent, 'information' | 'recipient' | 'purpose'>;

/** The row of a consent, with what it says in words encrypted. */
export function consentRow(
  cipher: FieldCipher,
  facilityId: string,
  verificationId: string,
  given: { consent: Part2Consent; by?: string; now: Date },
): ConsentRow {
  const { consent, by, now } = given;
  const { signedOn, expiresOn, scope, signedHow, signedBy, ...details } = consent;
  const id = newId('cst', now);
  const hasDetails = Object.keys(details).length > 0;
  return {
    ...{ id, verificationId, facilityId, signedOn, scope, recordedAt: now, payerId: null, revokedAt: null },
    expiresOn: expiresOn ?? null,
    signedHow: signedHow ?? null,
    signedBy: signedBy ?? null,
    details: hasDetails ? new SealedRow(cipher, facilityId, 'consent', id).sealJson('details', details) : null,
    recordedBy: by ?? null,
    revokedBy: null,
    revokedHow: null,
  };
}

/** A consent as a run sees it. */
export function consentOf(consent: ConsentRow): Claim['consents'][number] {
  return {
    signedOn: consent.signedOn,
    ...(consent.expiresOn ? { expiresOn: consent.expiresOn } : {}),
    revoked: consent.revokedAt !== null,
    ...(consent.revokedHow === 'another_person' ? { anothers: true as const } : {}),
    scope: consent.scope,
    ...(consent.scope === 'this_payer' && consent.payerId ? { payerId: consent.payerId } : {}),
  };
}

/** For whom and when a consent is to be live. */
export interface ConsentWish {
  verificationId: string;
  payerId: string;
  /** A day, civil. */
  today: string;
}

/** The consent of a verification that is live on a day for a payer (42 CFR 2.31): signed, neither expired nor revoked. */
export async function liveConsent(tx: FacilityTransaction, wish: ConsentWish): Promise<string | undefined> {
  return (await liveConsents(tx, [wish]))[0];
}

/** As `liveConsent` for many, in their order. */
export async function liveConsents(
  { manager }: FacilityTransaction,
  wishes: readonly ConsentWish[],
): Promise<(string | undefined)[]> {
  const rows = await manager.query<{ id: string | null }[]>(
    `SELECT live.id FROM unnest($1::text[], $2::text[], $3::date[]) WITH ORDINALITY AS wish (verification, payer, today, place)
     LEFT JOIN LATERAL (
       SELECT id FROM consent WHERE verification_id = wish.verification AND revoked_at IS NULL AND signed_on <= wish.today
         AND (expires_on IS NULL OR expires_on >= wish.today) AND (scope <> 'this_payer' OR payer_id = wish.payer)
       ORDER BY recorded_at DESC, id DESC LIMIT 1) AS live ON true
     ORDER BY wish.place`,
    [
      wishes.map(({ verificationId }) => verificationId),
      wishes.map(({ payerId }) => payerId),
      wishes.map(({ today }) => today),
    ],
  );
  return rows.map(({ id }) => id ?? undefined);
}

/** Consents of a verification as they are recorded. */
export class Consents {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  /** Newest first; undefined for a verification that is not there. */
  list(facilityId: string, verificationId: string, actor: Actor, now: Date): Promise<ConsentView[] | undefined> {
    return this.database.inFacility(facilityId, async (tx) => {
      if (!(await tx.manager.existsBy(VerificationRow, { id: verificationId }))) return undefined;
      await writeAudit(tx, { actor, action: 'consents.read', subjectId: verificationId }, now);
      return this.of(tx, verificationId);
    });
  }

  async of(tx: FacilityTransaction, verificationId: string): Promise<ConsentView[]> {
    const order = { recordedAt: 'DESC', id: 'DESC' } as const;
    const rows = await tx.manager.find(ConsentRow, { where: { verificationId }, order });
    return rows.map((row) => this.viewOf(tx.facilityId, row));
  }

  private viewOf(facilityId: string, row: ConsentRow): ConsentView {
    const details = new SealedRow(this.cipher, facilityId, 'consent', row.id).openJson<Details>('details', row.details);
    const { id, signedOn, scope } = row;
    const told = {
      expiresOn: row.expiresOn,
      payerId: row.payerId,
      signedHow: row.signedHow,
      signedBy: row.signedBy,
      recordedBy: row.recordedBy,
      revokedAt: row.revokedAt?.toISOString(),
      revokedBy: row.revokedBy,
      revokedHow: row.revokedHow,
      ...details,
    };
    const said = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== null && value !== undefined));
    return { id, signedOn, scope, recordedAt: row.recordedAt.toISOString(), ...said };
  }
}
