import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** The prefix binds a cookie to this host over a safe connection: a neighbour's page cannot set it (RFC 6265bis, 4.1.3.2). */
const sessionCookie = '__Host-openvob';
const deviceCookie = '__Host-openvob-device';
const pendingCookie = '__Host-openvob-provider';
const pendingSeconds = 600;
const yearSeconds = 365 * 24 * 3600;

const shared = { path: '/', secure: true, httpOnly: true, sameSite: 'strict' } as const;

/** The secrets that a browser brought. */
export function secretsOf(request: FastifyRequest): { session?: string; device?: string } {
  const cookies = parseCookie(request.headers.cookie ?? '');
  const session = cookies[sessionCookie];
  const device = cookies[deviceCookie];
  return { ...(session ? { session } : {}), ...(device ? { device } : {}) };
}

/** Hands the secrets of a session over; without an age the browser forgets the session's when it is closed. */
export function giveSecrets(reply: FastifyReply, secrets: { token: string; deviceSecret?: string }): void {
  reply.header('set-cookie', stringifySetCookie({ name: sessionCookie, value: secrets.token, ...shared }));
  const { deviceSecret: value } = secrets;
  if (value !== undefined)
    reply.header('set-cookie', stringifySetCookie({ name: deviceCookie, value, ...shared, maxAge: yearSeconds }));
}

/** What the browser keeps while the person is at a provider; it comes back from another site, hence not strict. */
export function givePending(reply: FastifyReply, value: string): void {
  const cookie = { name: pendingCookie, value, ...shared, sameSite: 'lax', maxAge: pendingSeconds } as const;
  reply.header('set-cookie', stringifySetCookie(cookie));
}

/** What it kept; it is forgotten with this answer. */
export function takePending(request: FastifyRequest, reply: FastifyReply): string | undefined {
  const value = parseCookie(request.headers.cookie ?? '')[pendingCookie];
  const cookie = { name: pendingCookie, value: '', ...shared, sameSite: 'lax', maxAge: 0 } as const;
  reply.header('set-cookie', stringifySetCookie(cookie));
  return value || undefined;
}

/** The browser forgets the session; that it is known stays. */
export function takeSession(reply: FastifyReply): void {
  reply.header('set-cookie', stringifySetCookie({ name: sessionCookie, value: '', ...shared, maxAge: 0 }));
}
