import { type AddressRule, isLoopback, literalAddress } from '@openvob/platform';
import type { Adapter, Connection } from './contract';

/**
 * The same adapters, for whom an address of an inner network is a fault of the connection where it is set, and not an outage of the payer when it is
 * asked. A name is judged by each look-up, when the connection is made.
 *
 * @param admits which addresses may be connected to
 */
export function refusingInnerAddresses(
  adapters: ReadonlyMap<string, Adapter>,
  admits: AddressRule,
): ReadonlyMap<string, Adapter> {
  return new Map(
    [...adapters].map(([name, adapter]) => {
      const checkConnection = (connection: Connection): string[] => [
        ...adapter.checkConnection(connection),
        ...addressFaults(connection.endpointUrl, admits),
      ];
      return [name, { ...adapter, checkConnection }];
    }),
  );
}

function addressFaults(endpointUrl: string, admits: AddressRule): string[] {
  if (!URL.canParse(endpointUrl)) return []; // the adapter has said so
  const url = new URL(endpointUrl);
  const address = isLoopback(url.hostname) ? (literalAddress(url) ?? '127.0.0.1') : literalAddress(url);
  if (address === undefined || admits(address)) return [];
  return [
    'endpointUrl: is an address of an inner network; give a public one, or have its network named in PAYER_NETWORKS',
  ];
}
