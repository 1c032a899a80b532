import type { RequestCoverage } from '@openvob/intake';
import type { Adapter } from '@openvob/payers';
import type { Way } from './connection-choice';
import type { PayerDirectory } from './ports';
import type { PayerMatch } from './readiness';

/** The payer that a coverage speaks of: by id, or by a name that fits one payer well enough. */
export async function matchPayer(directory: PayerDirectory, coverage: RequestCoverage): Promise<PayerMatch> {
  if (coverage.payer?.id) {
    const payer = await directory.byId(coverage.payer.id);
    return payer ? { payer } : { candidates: [] };
  }
  if (!coverage.payer?.name) return { candidates: [] };
  const { exact, candidates } = await directory.byName(coverage.payer.name);
  return exact ? { payer: exact } : { candidates };
}

/** The connections over which a payer answers by itself, in order of preference; those that may not be asked over yet come last. */
export async function waysTo(
  directory: PayerDirectory,
  adapters: ReadonlyMap<string, Adapter>,
  payerId: string,
): Promise<Way[]> {
  const connections = await directory.connectionsOf(payerId);
  const ways = connections.flatMap((connection) => {
    const adapter = adapters.get(connection.adapter);
    return adapter?.capabilities.electronic ? [{ connection, adapter }] : [];
  });
  return [...ways.filter(mayAskOver), ...ways.filter((way) => !mayAskOver(way))];
}

/** False while the facility has to enroll with the payer before it may ask over this connection. */
export function mayAskOver({ connection }: Way): boolean {
  return connection.enrollment !== 'needed';
}
