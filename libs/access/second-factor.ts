import { Secret, TOTP } from 'otpauth';

const issuer = 'OpenVOB';
const secretBytes = 20;
const digits = 6;
const periodSeconds = 30;
/** A code is taken one step early or late, for clocks that differ (RFC 6238, 5.2). */
const stepsEitherWay = 1;

/** A new secret of an authenticator app, in base 32. */
export function newTotpSecret(): string {
  return new Secret({ size: secretBytes }).base32;
}

/** What an authenticator app reads from a QR code. */
export function totpUri(secret: string, email: string): string {
  return totpOf(secret, email).toString();
}

/**
 * The time step that a code belongs to (RFC 6238), so that it can be refused when it comes a second time.
 *
 * @returns undefined for a wrong or outdated code
 */
export function totpStepOf(secret: string, code: string, now: Date): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const delta = totpOf(secret, '').validate({ token: code, timestamp: now.getTime(), window: stepsEitherWay });
  return delta === null ? undefined : Math.floor(now.getTime() / 1000 / periodSeconds) + delta;
}

/** SHA-1, six digits, 30 seconds: what every authenticator app understands. */
function totpOf(secret: string, label: string): TOTP {
  const shared = { issuer, algorithm: 'SHA1', digits, period: periodSeconds };
  return new TOTP({ ...shared, label, secret: Secret.fromBase32(secret) });
}
