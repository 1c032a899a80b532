import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { Problem } from '@openvob/platform';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from './problem.filter';

/** The addresses of the console's pages; all of them are one document, whose script reads the address. */
export const consolePages = [
  '/',
  '/sign-in',
  '/welcome',
  '/new-password',
  '/new',
  '/verifications/:id',
  '/verifications/:id/what-if',
  '/verifications/:id/call',
  '/settings',
  '/settings/:part',
  '/account',
  '/audit',
];

/** All that is served, where it was built. */
export const consoleRoutes: readonly string[] = [...consolePages.map((page) => `GET ${page}`), 'GET /assets/:file'];

/** Takes the place of the nonce in the document; the bundler writes it there. */
const noncePlaceholder = '__OPENVOB_NONCE__';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

interface Asset {
  readonly type: string;
  readonly plain: Buffer;
  readonly gzip?: Buffer;
  readonly brotli?: Buffer;
}

/**
 * Serves the console: the document, anew for each request since it carries a nonce, and its assets, whose names change with their content.
 * Where it was not built (a process of tests), its addresses are not there.
 */
export function serveConsole(fastify: FastifyInstance, folder = builtConsole()): void {
  if (folder === undefined) return;
  const document = readFileSync(join(folder, 'index.html'), 'utf8');
  const assets = readAssets(join(folder, 'assets'));
  for (const url of consolePages) fastify.get(url, (_request, reply) => sendDocument(reply, document));
  fastify.addHook('onRequest', async (request, reply) => {
    if (request.is404 && isOfBrowser(request)) return sendDocument(reply.status(404), document);
  });
  fastify.get('/assets/:file', (request: FastifyRequest<{ Params: { file: string } }>, reply) => {
    const asset = assets.get(request.params.file);
    if (asset) return sendAsset(request, reply, asset);
    sendProblem(reply, new Problem('not_found'), request.id);
    return reply;
  });
}

/** Where machines ask: they are answered as machines, whoever else opens these addresses. */
const forMachines = /^\/(?:v1|fhir|ops|docs|docs-yaml|openapi\.json|health|metrics|assets)(?:[/?]|$)/;

/** Somebody opened an address that does not exist: the console says so, in words. */
function isOfBrowser({ method, url, headers }: FastifyRequest): boolean {
  return method === 'GET' && !forMachines.test(url) && /\btext\/html\b/.test(headers.accept ?? '');
}

/** `dist/console`, from `dist/apps/api` or from `apps/api`. */
function builtConsole(): string | undefined {
  const places = ['../../console', '../../dist/console'].map((place) => resolve(__dirname, place));
  return places.find((place) => existsSync(join(place, 'index.html')));
}

function readAssets(folder: string): ReadonlyMap<string, Asset> {
  const names = readdirSync(folder);
  const read = (name: string): Buffer | undefined =>
    names.includes(name) ? readFileSync(join(folder, name)) : undefined;
  return new Map(
    names.flatMap((name) => {
      const type = types[extname(name)];
      const plain = read(name);
      if (!type || !plain) return [];
      const [gzip, brotli] = [read(`${name}.gz`), read(`${name}.br`)];
      return [[name, { type, plain, ...(gzip ? { gzip } : {}), ...(brotli ? { brotli } : {}) }] as const];
    }),
  );
}

function sendDocument(reply: FastifyReply, document: string): FastifyReply {
  const nonce = randomBytes(18).toString('base64');
  return reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', contentPolicy(nonce))
    .header('cross-origin-opener-policy', 'same-origin')
    .header('permissions-policy', 'camera=(), microphone=(), geolocation=()')
    .send(document.replaceAll(noncePlaceholder, nonce));
}

/** Nothing but this server is asked, no script or style runs that it did not send, and nobody frames the page. */
function contentPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function sendAsset(request: FastifyRequest, reply: FastifyReply, asset: Asset): FastifyReply {
  const accepted = String(request.headers['accept-encoding'] ?? '');
  reply
    .header('content-type', asset.type)
    .header('cache-control', 'public, max-age=31536000, immutable')
    .header('vary', 'accept-encoding');
  if (asset.brotli && /\bbr\b/.test(accepted)) return reply.header('content-encoding', 'br').send(asset.brotli);
  if (asset.gzip && /\bgzip\b/.test(accepted)) return reply.header('content-encoding', 'gzip').send(asset.gzip);
  return reply.send(asset.plain);
}
