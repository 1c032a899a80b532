import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { Clock } from './clock';

export interface WebhookHeaders {
  id: string | undefined;
  timestamp: string | undefined;
  signature: string | undefined;
}

/** A message as it is signed. */
export interface WebhookMessage {
  /** The same at each try. */
  id: string;
  /** When this try is made. */
  sentAt: Date;
  /** Exactly as it goes out. */
  body: string;
}

const toleranceSeconds = 5 * 60;
const secretBytes = 32;

/** A fresh secret as Standard Webhooks writes it. */
export function newWebhookSecret(): string {
  return `whsec_${randomBytes(secretBytes).toString('base64')}`;
}

/**
 * The headers of a Standard Webhooks message (specification 1.0.0), signed `v1` by each secret: while one is being replaced, whoever knows either of the
 * two takes the message.
 */
export function signedHeaders(message: WebhookMessage, secrets: readonly string[]): Record<string, string> {
  return {
    'content-type': 'application/json',
    'webhook-id': message.id,
    'webhook-timestamp': String(Math.floor(message.sentAt.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => signatureOf(message, secret)).join(' '),
  };
}

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
  const sentAt = new Date(Number(timestamp) * 1000);
  return secrets.some((secret) => isSignedBy(secret, signature, { id, sentAt, body })) ? id : undefined;
}

/** Compares with every signature of the header in constant time; versions other than `v1` are passed over. */
function isSignedBy(secret: string, signatures: string, message: WebhookMessage): boolean {
  const expected = Buffer.from(signatureOf(message, secret));
  return signatures
    .split(' ')
    .map((signature) => Buffer.from(signature))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}

function signatureOf({ id, sentAt, body }: WebhookMessage, secret: string): string {
  return new Webhook(secret).sign(id, sentAt, body);
}
