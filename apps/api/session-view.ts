import type { MemberFacility, Origin, SessionLine, Sessions, StoredSession } from '@openvob/access';
import type { FastifyRequest } from 'fastify';

/** A session as its owner sees it. */
export function presentSession(
  session: StoredSession,
  sessions: Sessions,
  facilities: readonly MemberFacility[],
): Record<string, unknown> {
  const { id, personId, name, email, facility, hasSecondFactor, createdAt } = session;
  const principal = sessions.principalOf(session);
  const need = sessions.needOf(session);
  const { idleAt, endsAt } = sessions.endsOf(session);
  return {
    id,
    person: { id: personId, name, email },
    ...(facility ? { facility: presentFacility(facility) } : {}),
    facilities: facilities.map(presentFacility),
    ...(principal ? { role: principal.role } : {}),
    ...(need ? { need } : {}),
    hasSecondFactor,
    ...(principal?.emergencyId ? emergencyOf(session) : {}),
    signedInAt: createdAt.toISOString(),
    idleAt: idleAt.toISOString(),
    endsAt: endsAt.toISOString(),
  };
}

/** One of the own sessions in their list. */
export function presentSessionLine(line: SessionLine, ownId: string): Record<string, unknown> {
  const { id, device, address, createdAt, lastSeenAt, facilityName } = line;
  return {
    id,
    device,
    address,
    signedInAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    ...(facilityName ? { facility: facilityName } : {}),
    isThis: id === ownId,
  };
}

/** Where a request comes from. @param deviceSecret the browser's own, when it brought one */
export function originOf(request: FastifyRequest, deviceSecret: string | undefined): Origin {
  const userAgent = request.headers['user-agent'];
  return {
    address: request.ip,
    ...(userAgent === undefined ? {} : { userAgent }),
    ...(deviceSecret === undefined ? {} : { deviceSecret }),
  };
}

function presentFacility({ id, name, timeZone, role }: MemberFacility): Record<string, unknown> {
  return { id, name, timeZone, role };
}

function emergencyOf({ emergency }: StoredSession): Record<string, unknown> {
  return emergency ? { emergencyAccess: { id: emergency.id, until: emergency.until.toISOString() } } : {};
}
