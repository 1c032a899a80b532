import type { PersonRole } from './principal';

/** A facility that a person works for, as that person sees it. */
export interface MemberFacility {
  id: string;
  name: string;
  timeZone: string;
  role: PersonRole;
  requiresSecondFactor: boolean;
}

/** What a mail says; it is encrypted until it is sent. Never holds patient data. */
export interface Mail {
  /** For the log: `invitation`, `password_changed` … */
  kind: string;
  to: string;
  subject: string;
  text: string;
}

/** Where a request comes from. */
export interface Origin {
  address: string;
  userAgent?: string;
  /** The browser's own secret, from an earlier sign-in. */
  deviceSecret?: string;
}

/** How an account's second factor stands. */
export interface StoredTotp {
  secret: string;
  /** Of the last code that was used; an older or equal one is refused. */
  lastStep: number;
}

/** An account, as far as signing in needs it. */
export interface Account {
  personId: string;
  email: string;
  name: string;
  passwordHash?: string;
  /** Confirmed by a code. */
  totp?: StoredTotp;
  facilities: readonly MemberFacility[];
  /** The known browser that the request comes from. */
  device?: { id: string };
  /** Whether the person signed in before, from wherever. */
  isNew: boolean;
  /** The facility of the last session. */
  lastFacilityId?: string;
}

/** What proves the second factor, to be used up with the sign-in. */
export type SecondFactorProof = { kind: 'totp'; step: number } | { kind: 'recovery_code'; hash: Buffer };

/** A session to begin. */
export interface NewSession {
  account: Account;
  tokenHash: Buffer;
  /** Of the browser, when it is not known yet. */
  newDeviceHash?: Buffer;
  deviceName: string;
  address: string;
  facilityId?: string;
  /** Signed in by this provider, and so bound to its facility. */
  providerId?: string;
  proof?: SecondFactorProof;
  /** The password hashed by today's settings. */
  passwordHash?: string;
  notices: readonly Mail[];
}

/** A session as the guard and its owner see it. */
export interface StoredSession {
  id: string;
  personId: string;
  name: string;
  email: string;
  createdAt: Date;
  lastSeenAt: Date;
  hasSecondFactor: boolean;
  /** The one that was chosen, while the person works for it. */
  facility?: MemberFacility;
  providerId?: string;
  emergency?: { id: string; until: Date };
  endedAt?: Date;
}

/** One of a person's sessions in a list. */
export interface SessionLine {
  id: string;
  device: string;
  address: string;
  createdAt: Date;
  lastSeenAt: Date;
  facilityName?: string;
}

/** Why a sign-in was refused, for the audit trail alone. */
export type RefusalReason = 'unknown_account' | 'no_password' | 'password' | 'second_factor' | 'no_facility';

/** E-mail addresses are compared without regard to case and outer space. */
export function normalisedEmail(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase();
}

/** A change that people make to their own account, in a session of theirs. */
export interface AccountChange {
  personId: string;
  sessionId: string;
  /** The session goes on under this token. */
  tokenHash?: Buffer;
  notices: readonly Mail[];
}
