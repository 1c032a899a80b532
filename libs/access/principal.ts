import type { Scope } from './scopes';

/** What people may be; a person has one role in each facility. */
export const personRoles = ['coordinator', 'supervisor', 'biller', 'ops', 'auditor', 'admin'] as const;
/** What a machine key or a person may do; a route declares which of these it is open to. */
export const roles = [...personRoles, 'machine'] as const;

export type PersonRole = (typeof personRoles)[number];
export type Role = (typeof roles)[number];

/** A program that carries a key of a facility. */
export interface KeyPrincipal {
  kind: 'api_key';
  id: string;
  facilityId: string;
  role: Role;
  /** What the key is limited to; everything that its role may do when left out. */
  scopes?: readonly Scope[];
}

/** A person who signed in and chose a facility. */
export interface PersonPrincipal {
  kind: 'person';
  id: string;
  facilityId: string;
  role: Role;
  sessionId: string;
  /** The emergency access that the role is owed to. */
  emergencyId?: string;
}

/** Who makes a request, and for which facility. */
export type Principal = KeyPrincipal | PersonPrincipal;
