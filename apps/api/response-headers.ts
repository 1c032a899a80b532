import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** What every answer carries, however it came about. */
const always: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
};

/** For what is no page: nothing in it is run, styled, fetched or framed. */
const dataPolicy = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";
const yearSeconds = 365 * 24 * 3600;

/**
 * Puts the headers of safety on every answer of the API, pages of others (API description, queue board) included: a page runs the scripts
 * and styles of this server, and those that stand in it as it was sent, by their hashes.
 *
 * @param publicOrigin browsers that came over TLS are told to come no other way
 */
export function hardenAnswers(fastify: FastifyInstance, publicOrigin: string): (reply: FastifyReply) => void {
  const isOverTls = publicOrigin.startsWith('https:');
  const harden = (reply: FastifyReply, body: unknown): void => {
    const headers = isOverTls ? { ...always, 'strict-transport-security': `max-age=${yearSeconds}` } : always;
    for (const [name, value] of Object.entries({ ...headers, ...policyOf(reply, body) }))
      if (!reply.hasHeader(name)) reply.header(name, value);
  };
  fastify.addHook('onSend', async (_request, reply, body) => harden(reply, body));
  return (reply) => harden(reply, undefined);
}

/** The headers of an answer that is written past the framework. */
export function bareHeaders(): string {
  const all = { ...always, 'cache-control': 'no-store', 'content-security-policy': dataPolicy };
  return Object.entries(all)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
}

function policyOf(reply: FastifyReply, body: unknown): Record<string, string> {
  const isPage = String(reply.getHeader('content-type') ?? '').startsWith('text/html');
  const policy = isPage && (typeof body === 'string' || Buffer.isBuffer(body)) ? pagePolicy(String(body)) : dataPolicy;
  return { 'cache-control': 'no-store', 'content-security-policy': policy };
}

function pagePolicy(html: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' ${hashesOf(textsOf(html, 'script'))}`.trim(),
    `style-src 'self' ${hashesOf(textsOf(html, 'style'))}`.trim(),
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    // The queue board names its own place as the base.
    "base-uri 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** What stands in the elements of a kind; data for scripts is no script. */
function textsOf(html: string, element: 'script' | 'style'): string[] {
  const [, ...rest] = html.split(`<${element}`);
  return rest.flatMap((part) => {
    const [attributes = '', ...inside] = part.split('>');
    const text = inside.join('>').split(`</${element}`)[0] ?? '';
    return text === '' || attributes.includes('application/json') ? [] : [text];
  });
}

function hashesOf(texts: readonly string[]): string {
  return texts.map((text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`).join(' ');
}
