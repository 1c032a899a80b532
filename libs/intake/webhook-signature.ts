import type { Clock } from '@openvob/platform';
import { Webhook } from 'standardwebhooks';

export interface WebhookHeaders {
  id: string | undefined;
  timestamp: string | undefined;
  signature: string | undefined;
}

const toleranceSeconds = 5 * 60;

/**
 * Checks a Standard Webhooks signature over the exact bytes of the body, by any of the source's secrets.
 *
 * @returns the message id, or undefined when no secret fits, a header is missing or the timestamp is more than 5 minutes off
 */
export function verifiedMessageId(
  body: string,
  headers: WebhookHeaders,
  secrets: readonly string[],
  clock: Clock,
): string | undefined {
  const { id, timestamp, signature } = headers;
  if (!id || !timestamp || !signature || !/^\d{1,12}$/.test(timestamp)) return undefined;
  const offSeconds = Math.abs(clock.now().getTime() / 1000 - Number(timestamp));
  if (offSeconds > toleranceSeconds) return undefined;
  return secrets.some((secret) => fits(body, { id, timestamp, signature }, secret)) ? id : undefined;
}

function fits(body: string, headers: { id: string; timestamp: string; signature: string }, secret: string): boolean {
  try {
    const signed = {
      'webhook-id': headers.id,
      'webhook-timestamp': headers.timestamp,
      'webhook-signature': headers.signature,
    };
    new Webhook(secret).verify(body, signed, { jsonParse: false });
    return true;
  } catch {
    return false;
  }
}
