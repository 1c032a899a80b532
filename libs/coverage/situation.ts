import type { CivilDate, Snapshot } from '@openvob/benefits';
import { endedPlans } from './fit';
import type { IopRequest } from './iop-request';

/** A request with what of the snapshot bears on every row. */
export interface Situation extends Omit<IopRequest, 'on'> {
  readonly on: CivilDate | undefined;
  /** Plans whose coverage is said to have ended. */
  readonly endedPlans: ReadonlySet<string>;
}

/** The date is the request's, else the one that the snapshot was worked out for. */
export function situationOf(snapshot: Snapshot, { track, network, setting, on }: IopRequest): Situation {
  const date = on ?? snapshot.basis?.serviceDate;
  return { track, network, setting, on: date, endedPlans: endedPlans(snapshot) };
}
