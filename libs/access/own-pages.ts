/** Headers of a request that tell where it came from. */
export interface RequestHeaders {
  readonly [name: string]: string | string[] | undefined;
}

/** Our own pages send it with every change; a form or a picture of another site cannot. */
export const ownPageHeader = 'x-openvob-csrf';

const reads = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a method changes nothing. */
export function isReading(method: string): boolean {
  return reads.has(method.toUpperCase());
}

/**
 * Whether a request that rides on a cookie was meant by our own page: it names no foreign origin, and carries a header that other
 * sites can send only after a CORS preflight, which is never granted (OWASP CSRF Prevention, custom request headers).
 *
 * @param publicOrigin where our pages are, e.g. `https://vob.example.org`
 */
export function comesFromOwnPage(headers: RequestHeaders, publicOrigin: string): boolean {
  return single(headers[ownPageHeader]) !== undefined && !isForeign(headers, publicOrigin);
}

/** Whether a browser says that another site's page sent this. */
export function isForeign(headers: RequestHeaders, publicOrigin: string): boolean {
  const site = single(headers['sec-fetch-site']);
  if (site !== undefined && site !== 'same-origin') return true;
  const origin = single(headers.origin);
  return origin !== undefined && origin !== publicOrigin && hostOf(origin) !== single(headers.host)?.toLowerCase();
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(',') : value;
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
