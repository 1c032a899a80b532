import type { RequestCoverage } from '@openvob/intake';
import type { Adapter } from '@openvob/payers';
import type { PayerConnection, PayerDirectory } from './ports';
import type { PayerMatch } from './readiness';

/** Plan-level benefits; payers that have behavioral health return it too (`reference/benefits.md` 1.4). */
export const serviceTypesToAsk = ['30'] as const;

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

/** The most preferred connection over which the payer answers by itself. */
export async function electronicConnection(
  directory: PayerDirectory,
  adapters: ReadonlyMap<string, Adapter>,
  payerId: string,
): Promise<PayerConnection | undefined> {
  const connections = await directory.connectionsOf(payerId);
  return connections.find((connection) => adapters.get(connection.adapter)?.capabilities.electronic);
}
