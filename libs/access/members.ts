import { type Clock, Problem } from '@openvob/platform';
import { linkUrl, type NewLink, newLink } from './links';
import { invitationMail, secondFactorMail } from './mail-texts';
import { type Mail, normalisedEmail } from './people';
import type { PersonPrincipal, PersonRole, Principal } from './principal';

/** Somebody who works for a facility, was asked to, or did. */
export interface Member {
  id: string;
  email: string;
  name: string;
  role: PersonRole;
  invitedAt: Date;
  acceptedAt?: Date;
  endedAt?: Date;
  hasSecondFactor: boolean;
}

type Acting = { kind: Principal['kind']; id: string; emergencyId?: string };
type Ref = { facilityId: string; personId: string; actor: Acting };
type Outcome = 'done' | 'not_found' | 'last_admin' | 'elsewhere_too';
type MailFor = (to: { email: string; name: string }) => Mail;

/** What administering people needs of the database. */
export interface MemberStore {
  list(facilityId: string, options: { withFormer: boolean }): Promise<Member[]>;
  get(facilityId: string, personId: string): Promise<Member | undefined>;
  invite(
    member: {
      facilityId: string;
      email: string;
      name: string;
      role: PersonRole;
      actor: Acting;
      link: NewLink;
      mailFor(facilityName: string): Mail;
    },
    now: Date,
  ): Promise<string | undefined>;
  setRole(ref: Ref, role: PersonRole, now: Date): Promise<Outcome>;
  end(ref: Ref, now: Date): Promise<Outcome>;
  endSessionsOf(ref: Ref, now: Date): Promise<Outcome>;
  removeSecondFactor(ref: Ref, notice: MailFor, now: Date): Promise<Outcome>;
}

/** The people of a facility, administered by those whose role allows it. */
export class Members {
  constructor(
    private readonly store: MemberStore,
    private readonly clock: Clock,
    private readonly publicOrigin: string,
  ) {}

  list(caller: Principal, options: { withFormer: boolean }): Promise<Member[]> {
    return this.store.list(caller.facilityId, options);
  }

  /** @throws Problem `not_found` */
  async get(caller: Principal, personId: string): Promise<Member> {
    const member = await this.store.get(caller.facilityId, personId);
    if (!member) throw new Problem('not_found');
    return member;
  }

  /** @throws Problem `wrong_state` for somebody who works there already */
  async invite(caller: Principal, person: { email: string; name: string; role: PersonRole }): Promise<Member> {
    const { facilityId } = caller;
    const now = this.clock.now();
    const { secret, link } = newLink('invitation', { by: caller.id, at: now, facilityId });
    const to = { email: normalisedEmail(person.email), name: person.name };
    const url = linkUrl(this.publicOrigin, 'invitation', secret);
    const mailFor = (facilityName: string): Mail => invitationMail(to, facilityName, url, link.expiresAt);
    const member = { ...person, ...to, facilityId, actor: actingFor(caller), link, mailFor };
    const personId = await this.store.invite(member, now);
    if (personId === undefined) throw new Problem('wrong_state', { detail: 'This person works here already.' });
    return this.get(caller, personId);
  }

  /** A fresh link, the one before holds no more. @throws Problem `not_found`, `wrong_state` once it was accepted */
  async inviteAgain(caller: Principal, personId: string): Promise<Member> {
    const { email, name, role, endedAt } = await this.get(caller, personId);
    if (endedAt) throw new Problem('not_found');
    return this.invite(caller, { email, name, role });
  }

  /** @throws Problem `not_found`, `wrong_state` for the last administrator */
  async setRole(caller: Principal, personId: string, role: PersonRole): Promise<void> {
    settled(await this.store.setRole(refOf(caller, personId), role, this.clock.now()));
  }

  /** @throws Problem `not_found`, `wrong_state` for the last administrator */
  async end(caller: Principal, personId: string): Promise<void> {
    settled(await this.store.end(refOf(caller, personId), this.clock.now()));
  }

  /** @throws Problem `not_found` */
  async endSessions(caller: Principal, personId: string): Promise<void> {
    settled(await this.store.endSessionsOf(refOf(caller, personId), this.clock.now()));
  }

  /** @throws Problem `not_found`, `wrong_state` for somebody who works elsewhere too */
  async removeSecondFactor(caller: Principal, personId: string): Promise<void> {
    const now = this.clock.now();
    const notice: MailFor = (to) => secondFactorMail(to, 'removed', now);
    settled(await this.store.removeSecondFactor(refOf(caller, personId), notice, now));
  }
}

/** Who acts, for the audit trail. */
export function actingFor(caller: Principal): Acting {
  const { kind, id } = caller;
  return isInEmergency(caller) ? { kind, id, emergencyId: caller.emergencyId } : { kind, id };
}

function isInEmergency(caller: Principal): caller is PersonPrincipal & { emergencyId: string } {
  return caller.kind === 'person' && caller.emergencyId !== undefined;
}

function refOf(caller: Principal, personId: string): Ref {
  return { facilityId: caller.facilityId, personId, actor: actingFor(caller) };
}

function settled(outcome: Outcome): void {
  if (outcome === 'not_found') throw new Problem('not_found');
  if (outcome === 'last_admin')
    throw new Problem('wrong_state', {
      detail: 'Nobody would administer the facility: make somebody else an admin first.',
    });
  if (outcome === 'elsewhere_too')
    throw new Problem('wrong_state', {
      detail: 'This person works for another facility too: recovery codes or the operator help.',
    });
}
