import { type Clock, Problem } from '@openvob/platform';
import { emergencyAccessMail } from './mail-texts';
import type { Mail, StoredSession } from './people';
import type { Principal } from './principal';
import { hashSecret, newSecret } from './secrets';
import type { Sessions } from './sessions';

/** Emergency access that was taken, as those who review it see it. */
export interface EmergencyAccess {
  id: string;
  person: { id: string; name: string };
  reason: string;
  beganAt: Date;
  endsAt: Date;
  endedAt?: Date;
  reviewed?: { by: string; at: Date };
}

/** What emergency access needs of the database. */
export interface EmergencyStore {
  begin(
    session: StoredSession & { facility: { id: string; name: string } },
    access: { reason: string; until: Date; tokenHash: Buffer; mailFor(to: { email: string; name: string }): Mail },
    now: Date,
  ): Promise<boolean>;
  end(session: StoredSession, tokenHash: Buffer, now: Date): Promise<boolean>;
  list(caller: Principal, now: Date): Promise<EmergencyAccess[]>;
  review(caller: Principal, id: string, now: Date): Promise<'done' | 'not_found' | 'own'>;
}

/** 45 CFR 164.312(a)(2)(ii): a way to patient data in an emergency, for whoever works there, in the open. */
export class EmergencyAccesses {
  constructor(
    private readonly store: EmergencyStore,
    private readonly sessions: Sessions,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes the person a supervisor in this session for a while; administrators and auditors are told by mail.
   *
   * @returns the token that the session goes on under
   * @throws Problem `wrong_state` where the role suffices, or access was taken already
   */
  async begin(session: StoredSession, wanted: { reason: string; minutes: number }): Promise<string> {
    const now = this.clock.now();
    const { facility } = session;
    const role = this.sessions.principalOf(session)?.role;
    if (!facility || !role) throw new Problem('facility_not_chosen');
    if (role === 'supervisor') throw new Problem('wrong_state', { detail: 'This session may do that already.' });
    const until = new Date(now.getTime() + wanted.minutes * 60_000);
    const told = { person: session.name, facilityName: facility.name, from: now, until };
    const mailFor = (to: { email: string; name: string }): Mail => emergencyAccessMail(to, told);
    const token = newSecret();
    const access = { reason: wanted.reason, until, tokenHash: hashSecret(token), mailFor };
    if (!(await this.store.begin({ ...session, facility }, access, now))) throw new Problem('wrong_state');
    return token;
  }

  /** @throws Problem `wrong_state` when none was taken */
  async end(session: StoredSession): Promise<string> {
    const token = newSecret();
    if (!(await this.store.end(session, hashSecret(token), this.clock.now()))) throw new Problem('wrong_state');
    return token;
  }

  /** Newest first. Reasons may speak of patients: that they were read is in the trail. */
  list(caller: Principal): Promise<EmergencyAccess[]> {
    return this.store.list(caller, this.clock.now());
  }

  /** @throws Problem `not_found`, `wrong_state` for one's own */
  async review(caller: Principal, id: string): Promise<void> {
    const outcome = await this.store.review(caller, id, this.clock.now());
    if (outcome === 'not_found') throw new Problem('not_found');
    if (outcome === 'own') throw new Problem('wrong_state', { detail: 'Somebody else has to review this.' });
  }
}
