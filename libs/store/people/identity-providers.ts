import type { IdentityProvider, KnownIdentity, Mail } from '@openvob/access';
import { type FieldCipher, newId } from '@openvob/platform';
import type { EntityManager } from 'typeorm';
import { alsoSee, type Database } from '../database';
import { type Actor, writeAudit } from '../repositories/audit';
import { SealedRow } from '../sealed-row';
import { OutgoingMail } from './outgoing-mail';

import type { StoredSignIns } from './sign-ins';

interface Row {
  id: string;
  facilityId: string;
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: Buffer | null;
  emailDomains: string[];
}

const columns = `id, facility_id AS "facilityId", name, issuer, client_id AS "clientId", client_secret AS "clientSecret",
  email_domains AS "emailDomains"`;

/** OpenID providers of facilities, and whom their subjects are known as here. */
export class StoredIdentityProviders {
  private readonly mail: OutgoingMail;

  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly signIns: StoredSignIns,
  ) {
    this.mail = new OutgoingMail(database, cipher);
  }

  list(facilityId: string): Promise<IdentityProvider[]> {
    return this.database.inFacility(facilityId, async ({ manager }) => {
      const rows = await manager.query<Row[]>(
        `SELECT ${columns} FROM identity_provider WHERE facility_id = $1 AND withdrawn_at IS NULL ORDER BY name, id`,
        [facilityId],
      );
      return rows.map((row) => this.providerOf(row));
    });
  }

  async provider(id: string): Promise<IdentityProvider | undefined> {
    const [row] = await this.database.lookingUp({ identityProviderId: id }, (manager) =>
      manager.query<Row[]>(`SELECT ${columns} FROM identity_provider WHERE id = $1 AND withdrawn_at IS NULL`, [id]),
    );
    // The keys of its facility are open in a transaction of that facility alone.
    return row && this.database.inFacility(row.facilityId, async () => this.providerOf(row));
  }

  byDomain(domain: string): Promise<{ id: string; name: string }[]> {
    return this.database.lookingUp({ emailDomain: domain }, (manager) =>
      manager.query<{ id: string; name: string }[]>(
        'SELECT id, name FROM identity_provider WHERE email_domains @> ARRAY[$1] AND withdrawn_at IS NULL ORDER BY name, id',
        [domain],
      ),
    );
  }

  /** @returns undefined when another facility's provider vouches for one of the domains */
  put(provider: Omit<IdentityProvider, 'id'>, actor: Actor, now: Date): Promise<IdentityProvider | undefined> {
    const { facilityId, name, issuer, clientId, clientSecret, emailDomains } = provider;
    const id = newId('idp', now);
    return this.database.inFacility(facilityId, async (tx) => {
      await tx.manager.query(`SELECT pg_advisory_xact_lock(hashtext('openvob_email_domains'))`);
      if (await isTaken(tx.manager, emailDomains, facilityId)) return undefined;
      const sealed = this.sealed(facilityId, id).seal('client_secret', clientSecret);
      await tx.manager.query(
        `INSERT INTO identity_provider (id, facility_id, name, issuer, client_id, client_secret, email_domains, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [id, facilityId, name, issuer, clientId, sealed, emailDomains, now],
      );
      const detail = { issuer, emailDomains: emailDomains.join(' ') };
      await writeAudit(tx, { actor, action: 'identity_provider.added', subjectId: id, detail }, now);
      return { ...provider, id };
    });
  }

  withdraw(ref: { id: string; facilityId: string; actor: Actor }, now: Date): Promise<boolean> {
    return this.database.inFacility(ref.facilityId, async (tx) => {
      const [, changed] = await tx.manager.query<[unknown, number]>(
        'UPDATE identity_provider SET withdrawn_at = $2, client_secret = NULL WHERE id = $1 AND withdrawn_at IS NULL',
        [ref.id, now],
      );
      if (changed !== 1) return false;
      const [, ended] = await tx.manager.query<[unknown, number]>(
        `UPDATE session SET ended_at = $2, end_reason = 'provider_withdrawn' WHERE provider_id = $1 AND ended_at IS NULL`,
        [ref.id, now],
      );
      const line = { actor: ref.actor, action: 'identity_provider.withdrawn', subjectId: ref.id };
      await writeAudit(tx, { ...line, detail: { endedSessions: ended } }, now);
      return true;
    });
  }

  /** Looks by subject; without a link by the address, among the people of the provider's facility, and links the two. */
  async accountFor(
    who: { provider: IdentityProvider; subject: string; email?: string; deviceHash?: Buffer },
    mailFor: (to: { email: string; name: string }) => Mail,
    now: Date,
  ): Promise<KnownIdentity | undefined> {
    const { provider, deviceHash } = who;
    const found = await this.database.inFacility(provider.facilityId, async ({ manager }) => {
      const linked = await linkedPerson(manager, provider.id, who.subject);
      if (linked !== undefined) return { personId: linked, linked: false };
      const person = who.email === undefined ? undefined : await memberByEmail(manager, provider.facilityId, who.email);
      if (!person) return undefined;
      await this.link(manager, { ...who, personId: person.id }, mailFor(person), now);
      return { personId: person.id, linked: true };
    });
    const account = found && (await this.signIns.accountById(found.personId, deviceHash));
    const worksThere = account?.facilities.some(({ id }) => id === provider.facilityId);
    return account && worksThere ? { account, linked: found.linked } : undefined;
  }

  async refused(provider: IdentityProvider, refusal: { why: string; address: string }, now: Date): Promise<void> {
    const actor = { kind: 'nobody', id: refusal.address } as const;
    const line = { actor, action: 'session.refused', subjectId: provider.id, detail: refusal };
    await this.database.inFacility(provider.facilityId, (tx) => writeAudit(tx, line, now));
  }

  begin: StoredSignIns['begin'] = (session, keys, now) => this.signIns.begin(session, keys, now);

  private async link(
    manager: EntityManager,
    { provider, subject, personId }: { provider: IdentityProvider; subject: string; personId: string },
    notice: Mail,
    now: Date,
  ): Promise<void> {
    await manager.query(
      `INSERT INTO identity (provider_id, subject, facility_id, person_id, linked_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
      [provider.id, subject, provider.facilityId, personId, now],
    );
    // The facility's own log-in shows who it is as well as the link of an invitation does.
    await manager.query(
      'UPDATE membership SET accepted_at = $3 WHERE facility_id = $1 AND person_id = $2 AND accepted_at IS NULL AND ended_at IS NULL',
      [provider.facilityId, personId, now],
    );
    const actor = { kind: 'person', id: personId } as const;
    const line = { actor, action: 'identity.linked', subjectId: personId, detail: { provider: provider.id } };
    await writeAudit({ facilityId: provider.facilityId, manager }, line, now);
    await this.mail.put(manager, [notice], now);
  }

  private providerOf(row: Row): IdentityProvider {
    const { clientSecret: sealed, ...provider } = row;
    const clientSecret = this.sealed(row.facilityId, row.id).open('client_secret', sealed);
    return clientSecret === undefined ? provider : { ...provider, clientSecret };
  }

  private sealed(facilityId: string, id: string): SealedRow {
    return new SealedRow(this.cipher, facilityId, 'identity_provider', id);
  }
}

/** Whether somebody else's provider vouches for one of the domains; each is asked for by itself, as the row policy wants it. */
async function isTaken(manager: EntityManager, domains: readonly string[], facilityId: string): Promise<boolean> {
  for (const emailDomain of domains) {
    await alsoSee(manager, { emailDomain });
    const taken = await manager.query<unknown[]>(
      'SELECT FROM identity_provider WHERE email_domains @> ARRAY[$1] AND facility_id <> $2 AND withdrawn_at IS NULL',
      [emailDomain, facilityId],
    );
    if (taken.length > 0) return true;
  }
  return false;
}

async function linkedPerson(manager: EntityManager, providerId: string, subject: string): Promise<string | undefined> {
  const [row] = await manager.query<{ personId: string }[]>(
    'SELECT person_id AS "personId" FROM identity WHERE provider_id = $1 AND subject = $2',
    [providerId, subject],
  );
  return row?.personId;
}

async function memberByEmail(
  manager: EntityManager,
  facilityId: string,
  email: string,
): Promise<{ id: string; email: string; name: string } | undefined> {
  const [row] = await manager.query<{ id: string; email: string; name: string }[]>(
    `SELECT p.id, p.email, p.name FROM person p JOIN membership m ON m.person_id = p.id
     WHERE p.email = $2 AND m.facility_id = $1 AND m.ended_at IS NULL`,
    [facilityId, email],
  );
  return row;
}
