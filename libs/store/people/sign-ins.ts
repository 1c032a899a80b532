import type { Account, Mail, NewSession, RefusalReason, SecondFactorProof, ThrottleKey } from '@openvob/access';
import { type FieldCipher, newId } from '@openvob/platform';
import type { EntityManager } from 'typeorm';
import { alsoSee, type Database } from '../database';
import { installation } from '../keys/data-key-rows';
import { confirmedTotp, facilitiesOf, type PersonRow, personColumns } from './account-rows';
import { OutgoingMail } from './outgoing-mail';
import { writeInstallationAudit, writePersonAudit } from './person-audit';
import { SignInThrottle } from './sign-in-throttle';

const keptDays = 30;

/** A refused sign-in, for the audit trail. */
export interface Refusal {
  email: string;
  account?: Account;
  why: RefusalReason;
  address: string;
}

/** What signing in reads and writes. */
export class StoredSignIns {
  readonly throttle: SignInThrottle;
  private readonly mail: OutgoingMail;

  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {
    this.throttle = new SignInThrottle(database, cipher);
    this.mail = new OutgoingMail(database, cipher);
  }

  /** @param deviceHash of the browser's secret, when it brought one */
  account(email: string, deviceHash: Buffer | undefined): Promise<Account | undefined> {
    return this.database.lookingUp({ personEmail: email }, async (manager) => {
      const [row] = await manager.query<PersonRow[]>(`SELECT ${personColumns} FROM person WHERE email = $1`, [email]);
      return row && this.accountOf(manager, row, deviceHash);
    });
  }

  accountById(personId: string, deviceHash: Buffer | undefined): Promise<Account | undefined> {
    return this.database.lookingUp({ personId }, async (manager) => {
      const [row] = await manager.query<PersonRow[]>(`SELECT ${personColumns} FROM person WHERE id = $1`, [personId]);
      return row && this.accountOf(manager, row, deviceHash);
    });
  }

  /** Told in the trail of every facility that the person works for; of an unknown account only that its name was tried. */
  async refused({ email, account, why, address }: Refusal, now: Date): Promise<void> {
    const actor = { kind: 'nobody', id: address } as const;
    const line = { actor, action: 'session.refused', detail: { why, address } };
    if (account) {
      const facilityIds = account.facilities.map(({ id }) => id);
      await this.database.lookingUp({ personId: account.personId }, (manager) =>
        writePersonAudit(manager, facilityIds, { ...line, subjectId: account.personId }, now),
      );
      return;
    }
    const name = this.cipher.blindIndex('unknown_account', installation, email).toString('hex').slice(0, 16);
    await this.database.directory.transaction((manager) =>
      writeInstallationAudit(manager, { ...line, subjectId: `unknown_${name}` }, now),
    );
  }

  /**
   * Begins a session and uses up what proved the second factor, in one transaction.
   *
   * @returns its id; undefined when the proof was used before
   */
  begin(session: NewSession, keys: readonly ThrottleKey[], now: Date): Promise<string | undefined> {
    const { account } = session;
    return this.database.lookingUp({ personId: account.personId }, async (manager) => {
      if (session.proof && !(await useUp(manager, account.personId, session.proof, now))) return undefined;
      const deviceId = await this.seenDevice(manager, session, now);
      const id = newId('ses', now);
      await insertSession(manager, session, { id, deviceId }, now);
      if (session.passwordHash) await rehash(manager, account.personId, session.passwordHash);
      await this.throttle.clear(manager, keys);
      await forgetSessions(manager, account.personId, now);
      await this.tell(manager, session, id, now);
      return id;
    });
  }

  private async accountOf(manager: EntityManager, row: PersonRow, deviceHash: Buffer | undefined): Promise<Account> {
    await alsoSee(manager, { personId: row.id });
    const totp = confirmedTotp(this.cipher, row);
    const device = deviceHash && (await deviceOf(manager, row.id, deviceHash));
    const [last] = await manager.query<{ facilityId: string | null }[]>(
      `SELECT facility_id AS "facilityId" FROM session WHERE person_id = $1 ORDER BY created_at DESC, id DESC LIMIT 1`,
      [row.id],
    );
    return {
      personId: row.id,
      email: row.email,
      name: row.name,
      ...(row.passwordHash ? { passwordHash: row.passwordHash } : {}),
      ...(totp ? { totp } : {}),
      facilities: await facilitiesOf(manager, row.id),
      ...(device ? { device } : {}),
      isNew: last === undefined,
      ...(last?.facilityId ? { lastFacilityId: last.facilityId } : {}),
    };
  }

  private async seenDevice(manager: EntityManager, session: NewSession, now: Date): Promise<string> {
    const { account, newDeviceHash, deviceName } = session;
    if (account.device) {
      await manager.query('UPDATE known_device SET last_seen_at = $2, name = $3 WHERE id = $1', [
        account.device.id,
        now,
        deviceName,
      ]);
      return account.device.id;
    }
    if (!newDeviceHash) throw new Error('A session begins in a known browser or in a new one');
    const id = newId('dev', now);
    await manager.query(
      `INSERT INTO known_device (id, person_id, token_hash, name, first_seen_at, last_seen_at) VALUES ($1, $2, $3, $4, $5, $5)`,
      [id, account.personId, newDeviceHash, deviceName, now],
    );
    return id;
  }

  private async tell(manager: EntityManager, session: NewSession, id: string, now: Date): Promise<void> {
    const { account, facilityId, address, proof, providerId, notices } = session;
    const facilityIds = facilityId ? [facilityId] : account.facilities.map((facility) => facility.id);
    const detail = { address, device: session.deviceName, secondFactor: proof?.kind ?? 'none', provider: providerId };
    const actor = { kind: 'person', id: account.personId } as const;
    await writePersonAudit(manager, facilityIds, { actor, action: 'session.begun', subjectId: id, detail }, now);
    await this.mail.put(manager, notices satisfies readonly Mail[], now);
  }
}

async function deviceOf(manager: EntityManager, personId: string, hash: Buffer): Promise<{ id: string } | undefined> {
  const [row] = await manager.query<{ id: string }[]>(
    'SELECT id FROM known_device WHERE person_id = $1 AND token_hash = $2',
    [personId, hash],
  );
  return row;
}

/** A code counts once, however many bring it at the same moment. */
async function useUp(manager: EntityManager, personId: string, proof: SecondFactorProof, now: Date): Promise<boolean> {
  const [, used] =
    proof.kind === 'totp'
      ? await manager.query<[unknown, number]>(
          'UPDATE person SET totp_last_step = $2 WHERE id = $1 AND totp_last_step < $2 AND totp_confirmed_at IS NOT NULL',
          [personId, proof.step],
        )
      : await manager.query<[unknown, number]>(
          'UPDATE recovery_code SET used_at = $3 WHERE person_id = $1 AND code_hash = $2 AND used_at IS NULL',
          [personId, proof.hash, now],
        );
  return used === 1;
}

async function insertSession(
  manager: EntityManager,
  session: NewSession,
  { id, deviceId }: { id: string; deviceId: string },
  now: Date,
): Promise<void> {
  const { account, facilityId, providerId, tokenHash, address, proof } = session;
  await manager.query(
    `INSERT INTO session (id, person_id, facility_id, provider_id, token_hash, device_id, address, second_factor, created_at, last_seen_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)`,
    [
      id,
      account.personId,
      facilityId ?? null,
      providerId ?? null,
      tokenHash,
      deviceId,
      address,
      proof !== undefined,
      now,
    ],
  );
}

async function rehash(manager: EntityManager, personId: string, passwordHash: string): Promise<void> {
  await manager.query('UPDATE person SET password_hash = $2 WHERE id = $1', [personId, passwordHash]);
}

async function forgetSessions(manager: EntityManager, personId: string, now: Date): Promise<void> {
  const before = new Date(now.getTime() - keptDays * 24 * 3_600_000);
  await manager.query('DELETE FROM session WHERE person_id = $1 AND created_at < $2', [personId, before]);
}
