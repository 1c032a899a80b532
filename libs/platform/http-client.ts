import { Agent as PlainAgent } from 'node:http';
import { Agent as TlsAgent } from 'node:https';
import axios, { type AxiosInstance, type AxiosResponse, isAxiosError } from 'axios';
import { type AddressRule, admittedLookup, type LookUpName, literalAddress } from './address-rule';
import { type Http, HttpFailure, type HttpRequest, type HttpResponse } from './http';
import { watchedTransport } from './http-transport';

export interface HttpClientOptions {
  /** Cap of a response after decompression where the request names none. Default 8 MiB. */
  maxResponseBytes?: number;
  /** Cap of a request body. Default 8 MiB. */
  maxRequestBytes?: number;
  /** Connections to one host at once; more wait, and their deadline runs meanwhile. Default 256. */
  maxSockets?: number;
  /** How long a connection is kept without a request, milliseconds. Default 4 s: common servers close theirs after 5. */
  idleSocketMs?: number;
  /** Certificates to trust instead of Node's own list (a private authority), PEM. */
  ca?: string;
  /** Which addresses may be connected to, where people set them; all when left out. */
  admits?: AddressRule;
  /** How names are looked up; the system's way when left out. */
  lookUp?: LookUpName;
}

/** An `Http` that owns connections. */
export interface HttpClient extends Http {
  /** Closes the connections that are kept alive; calls under way fail with `reset`. */
  close(): void;
}

const mebibyte = 1024 * 1024;

/**
 * The `Http` of production: one hard deadline for the whole exchange, no redirects, no proxy, verified TLS, capped bodies.
 *
 * Whatever goes wrong rejects with an `HttpFailure` that is made here: an AxiosError, which holds the body, the
 * headers and the URL of the request, never leaves this file (`reliability.md` 22, 23).
 */
export function createHttp(options: HttpClientOptions = {}): HttpClient {
  const pool = {
    keepAlive: true,
    maxSockets: options.maxSockets ?? 256,
    timeout: options.idleSocketMs ?? 4_000,
    scheduling: 'lifo',
    ...(options.admits ? { lookup: admittedLookup(options.admits, options.lookUp) } : {}),
  } as const;
  const httpAgent = new PlainAgent(pool);
  const trust = options.ca === undefined ? {} : { ca: options.ca };
  const httpsAgent = new TlsAgent({ ...pool, ...trust, rejectUnauthorized: true, minVersion: 'TLSv1.2' });
  const client = axios.create({
    adapter: 'http',
    httpAgent,
    httpsAgent,
    maxRedirects: 0,
    proxy: false,
    maxBodyLength: options.maxRequestBytes ?? 8 * mebibyte,
    maxContentLength: options.maxResponseBytes ?? 8 * mebibyte,
    responseType: 'arraybuffer',
    validateStatus: () => true,
    transformRequest: [(data: unknown) => data],
    transformResponse: [(data: unknown) => data],
    headers: { common: { Accept: '*/*', 'User-Agent': 'OpenVOB' } },
  });
  return {
    send: async (request) => {
      refuseLiteral(request.url, options.admits);
      return exchange(client, request);
    },
    close: () => {
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
}

/** An address in the URL itself is never looked up. */
function refuseLiteral(url: string, admits: AddressRule | undefined): void {
  if (!admits || !URL.canParse(url)) return;
  const address = literalAddress(new URL(url));
  if (address !== undefined && !admits(address)) throw new HttpFailure('refused', { nothingSent: true });
}

async function exchange(client: AxiosInstance, request: HttpRequest): Promise<HttpResponse> {
  if (request.signal?.aborted) throw new HttpFailure('aborted', { nothingSent: true });
  const deadline = startDeadline(request);
  const transport = watchedTransport(request.url);
  try {
    const response = await client.request<Buffer>({
      method: request.method,
      url: request.url,
      data: request.body,
      headers: { ...request.headers },
      signal: deadline.signal,
      transport,
      timeout: request.timeoutMs,
      ...(request.maxResponseBytes === undefined ? {} : { maxContentLength: request.maxResponseBytes }),
    });
    return { status: response.status, headers: headersOf(response), body: textOf(response) };
  } catch (error) {
    throw failureOf(error, { ended: deadline.ended(), nothingSent: !transport.stood() });
  } finally {
    deadline.clear();
  }
}

/** The caller's signal and the clock on the wall, whichever comes first; both are let go afterwards. */
function startDeadline({ timeoutMs, signal }: HttpRequest) {
  const controller = new AbortController();
  let ended: 'timeout' | 'aborted' | undefined;
  const end = (why: 'timeout' | 'aborted') => {
    ended ??= why;
    controller.abort();
  };
  const abort = () => end('aborted');
  const timer = setTimeout(() => end('timeout'), timeoutMs);
  signal?.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    ended: () => ended,
    clear: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    },
  };
}

function headersOf(response: AxiosResponse): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined && value !== null) headers[name.toLowerCase()] = String(value);
  }
  return headers;
}

/** UTF-8 unless the bytes are no UTF-8 or the header names another charset; an unknown charset is read byte for byte. */
function textOf(response: AxiosResponse<Buffer>): string {
  const bytes = response.data;
  const declared = /charset="?([\w-]+)/i.exec(String(response.headers['content-type'] ?? ''))?.[1];
  for (const charset of declared ? [declared, 'utf-8'] : ['utf-8']) {
    try {
      return new TextDecoder(charset, { fatal: true }).decode(bytes);
    } catch {
      // Not of this charset: try the next.
    }
  }
  return bytes.toString('latin1');
}

type Why = HttpFailure['why'];

const whyByCode: Readonly<Record<string, Why>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  EADDRNOTAVAIL: 'refused',
  EADDRNOTADMITTED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ERR_STREAM_PREMATURE_CLOSE: 'reset',
  ETIMEDOUT: 'timeout',
  ESOCKETTIMEDOUT: 'timeout',
  ECONNABORTED: 'timeout',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  EPROTO: 'tls',
  CERT_HAS_EXPIRED: 'tls',
  CERT_NOT_YET_VALID: 'tls',
  CERT_REVOKED: 'tls',
  CERT_UNTRUSTED: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  UNABLE_TO_GET_ISSUER_CERT: 'tls',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
  ERR_FR_MAX_BODY_LENGTH_EXCEEDED: 'too_large',
};

/** Everything that is kept of an error: why, the system's code for it, and whether anything was sent. */
function failureOf(
  error: unknown,
  { ended, nothingSent }: { ended: Why | undefined; nothingSent: boolean },
): HttpFailure {
  const code = codeOf(error);
  const why = ended ?? whyOf(error, code);
  // A host that becomes unreachable behind a connection that stood has cut it.
  const told = why === 'refused' && !nothingSent ? 'reset' : why;
  return new HttpFailure(told, { nothingSent, ...(code === undefined ? {} : { cause: new Error(code) }) });
}

function whyOf(error: unknown, code: string | undefined): Why {
  const message = isAxiosError(error) ? error.message : '';
  if (/^(?:maxContentLength size|Request body larger)/.test(message)) return 'too_large';
  if (message === 'stream has been aborted') return 'reset';
  if (code === undefined) return 'other';
  if (code.startsWith('ERR_TLS') || code.startsWith('ERR_SSL')) return 'tls';
  return whyByCode[code] ?? 'other';
}

/** An upper-case code of the system or of axios, never a text. */
function codeOf(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(code) ? code : undefined;
}
