import type { Clock } from '@openvob/platform';
import type { MemberFacility, SessionLine, StoredSession } from './people';
import type { PersonPrincipal } from './principal';
import { hashOfPresented, hashSecret, newSecret } from './secrets';
import { absoluteMs, isWorthNoting, sessionEnd, sessionEnds } from './session-rules';

/** What sessions need of the database. */
export interface SessionStore {
  byToken(tokenHash: Buffer): Promise<StoredSession | undefined>;
  noteActivity(session: StoredSession, now: Date): Promise<void>;
  end(
    ending: {
      personId: string;
      sessionId?: string;
      except?: string;
      why: string;
      actor: { kind: 'person'; id: string };
    },
    now: Date,
  ): Promise<number>;
  list(personId: string, since: Date): Promise<SessionLine[]>;
  facilities(personId: string): Promise<MemberFacility[]>;
  chooseFacility(
    session: StoredSession,
    choice: { facilityId: string; tokenHash: Buffer },
    now: Date,
  ): Promise<boolean>;
}

/** What a person has to do before the session opens anything. */
export type SessionNeed = 'facility' | 'second_factor';

/** Sessions of people who signed in: who they are, how long they hold, how they end. */
export class Sessions {
  constructor(
    private readonly store: SessionStore,
    private readonly clock: Clock,
  ) {}

  /**
   * The session of a browser's token.
   *
   * @param isActivity false for what the page asks by itself: that keeps no session alive
   * @returns undefined for a missing, malformed, unknown or ended one; one that has run out is ended
   */
  async of(token: string | undefined, isActivity: boolean): Promise<StoredSession | undefined> {
    const hash = hashOfPresented(token);
    const session = hash && (await this.store.byToken(hash));
    if (!session || session.endedAt) return undefined;
    const now = this.clock.now();
    const why = sessionEnd(session, now);
    if (why) {
      const actor = { kind: 'person', id: session.personId } as const;
      await this.store.end({ personId: session.personId, sessionId: session.id, why, actor }, now);
      return undefined;
    }
    if (isActivity && isWorthNoting(session, now)) {
      await this.store.noteActivity(session, now);
      return { ...session, lastSeenAt: now };
    }
    return session;
  }

  /** What the session lacks to act for a facility; undefined when it lacks nothing. */
  needOf(session: StoredSession): SessionNeed | undefined {
    if (!session.facility) return 'facility';
    const isProven = session.hasSecondFactor || session.providerId !== undefined;
    return session.facility.requiresSecondFactor && !isProven ? 'second_factor' : undefined;
  }

  /** Who the session acts as; undefined while it lacks something. Emergency access makes a supervisor, for its time. */
  principalOf(session: StoredSession): PersonPrincipal | undefined {
    const { facility, emergency, id, personId } = session;
    if (!facility || this.needOf(session)) return undefined;
    const who = { kind: 'person', id: personId, facilityId: facility.id, sessionId: id } as const;
    if (emergency && emergency.until > this.clock.now())
      return { ...who, role: 'supervisor', emergencyId: emergency.id };
    return { ...who, role: facility.role };
  }

  /** Where the person may work in this session: one that a provider began is bound to the provider's facility. */
  async facilitiesFor(session: StoredSession): Promise<MemberFacility[]> {
    const all = await this.store.facilities(session.personId);
    return session.providerId ? all.filter(({ id }) => id === session.facility?.id) : all;
  }

  /** @returns the new token; undefined when the person does not work there, or not in this session */
  async chooseFacility(session: StoredSession, facilityId: string): Promise<string | undefined> {
    const allowed = await this.facilitiesFor(session);
    if (!allowed.some(({ id }) => id === facilityId)) return undefined;
    const token = newSecret();
    const choice = { facilityId, tokenHash: hashSecret(token) };
    return (await this.store.chooseFacility(session, choice, this.clock.now())) ? token : undefined;
  }

  /** Ends own sessions. @returns how many */
  end(session: StoredSession, which: { sessionId?: string; except?: string }, why: string): Promise<number> {
    const actor = { kind: 'person', id: session.personId } as const;
    return this.store.end({ personId: session.personId, ...which, why, actor }, this.clock.now());
  }

  /** Own sessions that still hold, newest first. */
  async list(session: StoredSession): Promise<SessionLine[]> {
    const now = this.clock.now();
    const lines = await this.store.list(session.personId, new Date(now.getTime() - absoluteMs));
    return lines.filter((line) => sessionEnd(line, now) === undefined || line.id === session.id);
  }

  endsOf(session: StoredSession): { idleAt: Date; endsAt: Date } {
    return sessionEnds(session);
  }
}
