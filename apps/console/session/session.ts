import type { SessionJson } from '@openvob/results';
import { createContext, use } from 'react';

export interface SessionActions {
  goTo(facilityId: string): Promise<void>;
  signOut(): Promise<void>;
}

export type OpenSession = SessionJson & SessionActions;

export const SessionContext = createContext<OpenSession | undefined>(undefined);

/** Who is signed in and where. Pages inside the shell have one. */
export function useSession(): OpenSession {
  const session = use(SessionContext);
  if (!session) throw new Error('No session here');
  return session;
}

/** The time zone that the facility's days are of. */
export const useTimeZone = (): string | undefined => useSession().facility?.timeZone;

/** Whether the person may do something that only these roles may. */
export function useMay(...roles: readonly string[]): boolean {
  const { role } = useSession();
  return role !== undefined && roles.includes(role);
}
