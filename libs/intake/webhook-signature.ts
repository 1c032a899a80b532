import { timingSafeEqual } from 'node:crypto';
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
  const signedAt = new Date(Number(timestamp) * 1000);
  return secrets.some((secret) => isSignedBy(secret, signature, { id, signedAt, body })) ? id : undefined;
}

/** Compares with every signature of the header in constant time; versions other than `v1` are passed over. */
function isSignedBy(
  secret: string,
  signatures: string,
  message: { id: string; signedAt: Date; body: string },
): boolean {
  const expected = Buffer.from(new Webhook(secret).sign(message.id, message.signedAt, message.body));
  return signatures
    .split(' ')
    .map((signature) => Buffer.from(signature))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}
