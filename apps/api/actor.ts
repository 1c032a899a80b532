import type { Principal } from '@openvob/access';
import type { Actor, Operator } from '@openvob/store';

/** Who acts, for the audit trail. */
export function actorOf(caller: Principal): Actor {
  const { kind, id } = caller;
  return kind === 'person' && caller.emergencyId ? { kind, id, emergencyId: caller.emergencyId } : { kind, id };
}

/** Who operates the installation, and in which facility's trail that is told. */
export function operatorOf(caller: Principal): Operator {
  return { facilityId: caller.facilityId, actor: actorOf(caller) };
}
