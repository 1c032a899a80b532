import { actingFor, type Principal } from '@openvob/access';
import type { Operator } from '@openvob/store';

/** Who acts, for the audit trail. */
export const actorOf = actingFor;

/** Who operates the installation, and in which facility's trail that is told. */
export function operatorOf(caller: Principal): Operator {
  return { facilityId: caller.facilityId, actor: actingFor(caller) };
}
