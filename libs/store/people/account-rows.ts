import type { MemberFacility, StoredTotp } from '@openvob/access';
import type { FieldCipher } from '@openvob/platform';
import type { EntityManager } from 'typeorm';
import { installation } from '../keys/data-key-rows';
import { SealedRow } from '../sealed-row';

/** A row of `person`. */
export interface PersonRow {
  id: string;
  email: string;
  name: string;
  passwordHash: string | null;
  totpSecret: Buffer | null;
  totpConfirmedAt: Date | null;
  totpLastStep: string;
}

export const personColumns = `id, email, name, password_hash AS "passwordHash", totp_secret AS "totpSecret",
  totp_confirmed_at AS "totpConfirmedAt", totp_last_step AS "totpLastStep"`;

/** The person whom the transaction may see under this id. */
export async function personById(manager: EntityManager, id: string): Promise<PersonRow | undefined> {
  const [row] = await manager.query<PersonRow[]>(`SELECT ${personColumns} FROM person WHERE id = $1`, [id]);
  return row;
}

/** The facilities that the person works for now, by name; the transaction must see the person's rows. */
export async function facilitiesOf(manager: EntityManager, personId: string): Promise<MemberFacility[]> {
  return manager.query<MemberFacility[]>(
    `SELECT f.id, f.name, f.time_zone AS "timeZone", m.role, f.requires_second_factor AS "requiresSecondFactor"
     FROM membership m JOIN facility f ON f.id = m.facility_id
     WHERE m.person_id = $1 AND m.accepted_at IS NOT NULL AND m.ended_at IS NULL ORDER BY f.name, f.id`,
    [personId],
  );
}

/** The authenticator's secret, once it was confirmed. */
export function confirmedTotp(cipher: FieldCipher, row: PersonRow): StoredTotp | undefined {
  if (!row.totpConfirmedAt) return undefined;
  const secret = sealedPerson(cipher, row.id).open('totp_secret', row.totpSecret);
  return secret === undefined ? undefined : { secret, lastStep: Number(row.totpLastStep) };
}

/** Encrypts and decrypts the columns of a person. */
export function sealedPerson(cipher: FieldCipher, personId: string): SealedRow {
  return new SealedRow(cipher, installation, 'person', personId);
}
