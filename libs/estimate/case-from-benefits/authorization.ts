import type { Snapshot } from '@openvob/benefits';
import type { IopBenefit } from '@openvob/coverage';
import type { Authorization, Network } from '../estimate-case';
import { assume, type CaseNotes, cite, leaveUnknown } from './case-notes';

const OTHER_NETWORK: Record<Network, Network> = { in: 'out', out: 'in' };

/**
 * Whether an authorization is required, as far as the payer said; how many days are approved is for the facility to add.
 *
 * Source: benefits reference 1.8 (EB11: missing is not N).
 */
export function caseAuthorization(
  { authorization: required }: IopBenefit,
  { authorizations }: Snapshot,
  { path, notes, network }: { path: string; notes: CaseNotes; network: Network },
): Authorization {
  const ofNetwork = authorizations.filter((row) => row.network !== OTHER_NETWORK[network]);
  const stated = ofNetwork.filter((row) => row.required === required);
  const place = `${path}/required`;
  cite(
    notes,
    place,
    stated.map(({ source }) => source),
  );
  if (required === 'unknown') {
    assume(notes, 'authorization_not_stated', place);
    leaveUnknown(notes, 'authorization');
  } else if (stated.length === 0) {
    assume(notes, 'authorization_from_decision', place);
  }
  return { required };
}
