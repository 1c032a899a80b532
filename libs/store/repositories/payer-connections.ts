import { adapters, connectionDefaults, personVariations } from '@openvob/payers';
import type { FieldCipher } from '@openvob/platform';
import type { PayerConnection, QuietHours } from '@openvob/verification';
import type { PayerConnectionRow } from '../entities';
import { installation } from '../keys/data-key-rows';
import { SealedRow } from '../sealed-row';

/** A connection as it is asked over, with its credentials opened. */
export function connectionOf(cipher: FieldCipher, row: PayerConnectionRow): PayerConnection {
  return {
    id: row.id,
    adapter: row.adapter,
    payerReference: row.payerReference,
    endpointUrl: row.endpointUrl,
    settings: row.settings,
    credentials: openCredentials(cipher, row),
    timeoutMs: row.timeoutMs,
    maxInFlight: row.maxInFlight,
    ...(row.perMinute === null ? {} : { perMinute: row.perMinute }),
    ...(row.costCents === null ? {} : { costCents: row.costCents }),
    ...(row.serviceTypes === null ? {} : { serviceTypes: row.serviceTypes }),
    ...(row.enrollment === null ? {} : { enrollment: row.enrollment }),
    ...(row.variations === null ? {} : { variations: personVariations.filter((one) => row.variations?.includes(one)) }),
    ...(row.resendAfterMs === null ? {} : { resendAfterMs: row.resendAfterMs }),
    ...(row.quietHours === null ? {} : { quietHours: row.quietHours as QuietHours }),
  };
}

/** @throws Error when the key that sealed them is not at hand */
export function openCredentials(
  cipher: FieldCipher,
  { id, credentials }: Pick<PayerConnectionRow, 'id' | 'credentials'>,
): Record<string, string> {
  return new SealedRow(cipher, installation, 'payer_connection', id).openJson('credentials', credentials) ?? {};
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
    maxInFlight: connection.maxInFlight ?? connectionDefaults(adapters.get(connection.adapter)).maxInFlight,
    agreedInFlight: connection.maxInFlight ?? null,
    perMinute: connection.perMinute ?? null,
    serviceTypes: connection.serviceTypes === undefined ? null : [...connection.serviceTypes],
    enrollment: connection.enrollment ?? null,
    variations: connection.variations ? [...connection.variations] : null,
    resendAfterMs: connection.resendAfterMs ?? null,
    quietHours: connection.quietHours ?? null,
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
