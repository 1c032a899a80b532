import { serviceTypeName } from '@openvob/benefits';
import type { Adapter, Connection } from './contract';

/** A connection with what every protocol has. */
export interface CheckedConnection extends Connection {
  readonly payerReference: string;
  readonly maxInFlight?: number;
  readonly perMinute?: number;
  readonly costCents?: number;
  readonly serviceTypes?: readonly string[];
}

/** Inquiries in flight at once when nothing was agreed and the protocol says nothing. */
const usualInFlight = 10;
const usualTimeoutMs = 60_000;

/** What holds for a connection that leaves it open: what its protocol says, or what is usual. */
export function connectionDefaults(adapter: Adapter | undefined): { maxInFlight: number; timeoutMs: number } {
  const { mostInFlight = usualInFlight, usualTimeoutMs: timeoutMs = usualTimeoutMs } = adapter?.capabilities ?? {};
  return { maxInFlight: mostInFlight, timeoutMs };
}

/**
 * Everything that keeps a connection from being asked over, each fault naming the setting and its remedy; empty when it can be used.
 *
 * @param adapters every protocol that is spoken, by name
 */
export function faultsOfConnection(connection: CheckedConnection, adapters: ReadonlyMap<string, Adapter>): string[] {
  const adapter = adapters.get(connection.adapter);
  if (!adapter) return [`adapter: must be one of ${[...adapters.keys()].join(', ')}`];
  return [...faultsOfLimits(connection), ...adapter.checkConnection(connection)];
}

const whole = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;

function faultsOfLimits(connection: CheckedConnection): string[] {
  const { payerReference, timeoutMs, maxInFlight, perMinute, costCents, serviceTypes } = connection;
  const unknown = serviceTypes?.filter((code) => serviceTypeName(code) === undefined) ?? [];
  const faults: (string | false)[] = [
    !/^[^\p{C}*~^:]{1,80}$/u.test(payerReference) &&
      'payerReference: must be the payer’s id on this connection, 1 to 80 characters',
    !whole(timeoutMs, 1_000, 110_000) && 'timeoutMs: must be 1000 to 110000 milliseconds, e.g. 60000',
    maxInFlight !== undefined &&
      !whole(maxInFlight, 1, 1_000) &&
      'maxInFlight: must be 1 to 1000, or be left out for what the protocol takes',
    perMinute !== undefined &&
      !whole(perMinute, 1, 100_000) &&
      'perMinute: must be 1 to 100000, or be left out where no rate was agreed',
    costCents !== undefined &&
      !whole(costCents, 0, 1_000_000) &&
      'costCents: must be whole cents, 0 to 1000000, or be left out',
    unknown.length > 0 &&
      `serviceTypes: ${unknown.slice(0, 5).join(', ')} is no service type code of X12; leave the list out when it is unknown`,
  ];
  return faults.filter((fault) => fault !== false);
}
