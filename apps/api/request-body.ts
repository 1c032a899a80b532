import type { Readable } from 'node:stream';
import { hasMoreFieldsThan, isDeeperThan, unkeepable } from '@openvob/intake';
import { Problem, type ProblemField } from '@openvob/platform';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { accessOf } from './access.guard';

/** No body of this API, FHIR bundles included, nests deeper; what reads bodies may recurse this far. */
const deepest = 64;
const mostFaults = 50;
/** The longest record, a sheet of attendance, has 2,250 fields and some; more are nobody's. */
const mostFields = 20_000;

/**
 * Reads every body: JSON into a value whose texts and numbers can be kept, the body of a signed route as its bytes. Anything else is refused as
 * problem details.
 */
export function readBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'buffer' }, (request, bytes, done) => {
    try {
      done(null, bodyOf(request, bytes as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
  readStreams(fastify);
}

/** Types of bodies that may be read while they come. */
const streamedTypes = ['application/x-ndjson', 'text/csv', 'image/jpeg', 'image/png', 'image/webp', 'application/pdf'];

function readStreams(fastify: FastifyInstance): void {
  const { bodyLimit = 0 } = fastify.initialConfig;
  fastify.addContentTypeParser(streamedTypes, async (request: FastifyRequest, payload: Readable): Promise<unknown> => {
    refuseCompressed(request);
    if (accessOf(request)?.body === 'stream') return payload;
    return bodyOf(request, await allOf(payload, bodyLimit));
  });
}

/** @throws Problem `body_too_large` */
export async function allOf(payload: Readable, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of payload as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > limit) throw new Problem('body_too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** @throws Problem `unparsable_body` for what is no JSON text in UTF-8 */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    // The cause quotes the body: it is left behind.
    throw new Problem('unparsable_body');
  }
}

function bodyOf(request: FastifyRequest, bytes: Buffer): unknown {
  if (request.is404) return undefined;
  refuseCompressed(request);
  if (accessOf(request)?.body === 'bytes') return bytes;
  if (bytes.length === 0) return undefined;
  if (!isJson(request.headers['content-type'])) throw new Problem('unsupported_media_type');
  const body = parseJson(bytes);
  const fields = faultsOf(body);
  if (fields.length > 0) throw new Problem('validation_failed', { fields });
  return body;
}

/** Bodies are taken as they come: what unpacks to a thousand times its size never does so here. @throws Problem `unsupported_media_type` */
function refuseCompressed({ headers }: FastifyRequest): void {
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') throw new Problem('unsupported_media_type');
}

function isJson(contentType: string | undefined): boolean {
  return /^\s*application\/([\w.-]+\+)?json\s*(;|$)/i.test(contentType ?? '');
}

function faultsOf(body: unknown): ProblemField[] {
  if (isDeeperThan(body, deepest))
    return [{ pointer: '', code: 'wrong_type', detail: `must be nested at most ${deepest} deep` }];
  if (hasMoreFieldsThan(body, mostFields))
    return [{ pointer: '', code: 'wrong_type', detail: `must have at most ${mostFields} fields` }];
  return unkeepable(body, 'allowed').slice(0, mostFaults);
}
