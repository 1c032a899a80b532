import { adapters, personVariations } from '@openvob/payers';
import type { FieldCipher } from '@openvob/platform';
import type { PayerConnection } from '@openvob/verification';
import type { PayerConnectionRow } from '../entities';
import { SealedRow } from '../sealed-row';

/** Inquiries in flight at once over a connection of which nothing else was agreed and whose adapter says nothing. */
const usualMaxInFlight = 10;

/** Credentials of connections belong to the installation, not to a facility. */
const installation = 'installation';

/** How many inquiries a connection may have in flight when nothing was agreed for it: what its adapter says. */
export function inFlightByAdapter(adapter: string): number {
  return adapters.get(adapter)?.capabilities.mostInFlight ?? usualMaxInFlight;
}

/** A connection as it is asked over, with its credentials opened. */
export function connectionOf(cipher: FieldCipher, row: PayerConnectionRow): PayerConnection {
  const sealed = new SealedRow(cipher, installation, 'payer_connection', row.id);
  return {
    id: row.id,
    adapter: row.adapter,
    payerReference: row.payerReference,
    endpointUrl: row.endpointUrl,
    settings: row.settings,
    credentials: sealed.openJson<Record<string, string>>('credentials', row.credentials) ?? {},
    timeoutMs: row.timeoutMs,
    maxInFlight: row.maxInFlight,
    ...(row.perMinute === null ? {} : { perMinute: row.perMinute }),
    ...(row.costCents === null ? {} : { costCents: row.costCents }),
    ...(row.serviceTypes === null ? {} : { serviceTypes: row.serviceTypes }),
    ...(row.enrollment === null ? {} : { enrollment: row.enrollment }),
    ...(row.variations === null ? {} : { variations: personVariations.filter((one) => row.variations?.includes(one)) }),
    ...(row.resendAfterMs === null ? {} : { resendAfterMs: row.resendAfterMs }),
  };
}

/** The row of a connection, its credentials sealed. */
export function connectionRow(
  cipher: FieldCipher,
  payerId: string,
  connection: PayerConnection,
  preference: number,
): Omit<PayerConnectionRow, 'pausedAt' | 'source' | 'asOf'> {
  return {
    id: connection.id,
    payerId,
    adapter: connection.adapter,
    payerReference: connection.payerReference,
    endpointUrl: connection.endpointUrl,
    settings: { ...connection.settings },
    credentials: sealCredentials(cipher, connection.id, connection.credentials),
    timeoutMs: connection.timeoutMs,
    preference,
    costCents: connection.costCents ?? null,
    maxInFlight: connection.maxInFlight ?? inFlightByAdapter(connection.adapter),
    agreedInFlight: connection.maxInFlight ?? null,
    perMinute: connection.perMinute ?? null,
    serviceTypes: connection.serviceTypes === undefined ? null : [...connection.serviceTypes],
    enrollment: connection.enrollment ?? null,
    variations: connection.variations ? [...connection.variations] : null,
    resendAfterMs: connection.resendAfterMs ?? null,
    disabledAt: null,
  };
}

export function sealCredentials(
  cipher: FieldCipher,
  connectionId: string,
  credentials: Readonly<Record<string, string>>,
): Buffer | null {
  if (Object.keys(credentials).length === 0) return null;
  return new SealedRow(cipher, installation, 'payer_connection', connectionId).sealJson('credentials', credentials);
}
