import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

interface Bomb {
  name: string;
  body: Buffer;
  headers: Record<string, string>;
  path?: string;
  /** Where another status is a refusal too. */
  refusedAs?: number;
}

const mebibyte = 1024 * 1024;
const batch = '/v1/verifications/batch';
let made: Bomb[] | undefined;

/** Bodies that a careless reader would unpack, hold or walk. */
export function bombs(): Bomb[] {
  made ??= make();
  return made;
}

function make(): Bomb[] {
  const zeros = Buffer.from(`{"a":"${'0'.repeat(40 * mebibyte)}"}`);
  const keys = `{${Array.from({ length: 1_000_000 }, (_, at) => `"k${at}":1`).join(',')}}`;
  const deep = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
  const ndjson = { 'content-type': 'application/x-ndjson' };
  return [
    { name: 'gzip of 40 MB', body: gzipSync(zeros), headers: { 'content-encoding': 'gzip' } },
    { name: 'deflate of 40 MB', body: deflateSync(zeros), headers: { 'content-encoding': 'deflate' } },
    {
      name: 'brotli of 40 MB',
      body: brotliCompressSync(zeros.subarray(0, 4 * mebibyte)),
      headers: { 'content-encoding': 'br' },
    },
    {
      name: 'gzip into a batch',
      body: gzipSync(zeros),
      headers: { ...ndjson, 'content-encoding': 'gzip' },
      path: batch,
    },
    { name: '50 MB of JSON', body: Buffer.alloc(50 * mebibyte, ' '), headers: {} },
    { name: '10,000 deep', body: Buffer.from(deep(10_000)), headers: {} },
    { name: '40,000 lists deep', body: Buffer.from('['.repeat(40_000) + ']'.repeat(40_000)), headers: {} },
    { name: 'a million keys', body: Buffer.from(keys), headers: {} },
    {
      name: 'as many keys as fit',
      body: Buffer.from(`${keys.slice(0, 250_000).replace(/,[^,]*$/, '')}}`),
      headers: {},
    },
    { name: 'a number of 200,000 digits', body: Buffer.from(`{"a":${'9'.repeat(200_000)}}`), headers: {} },
    {
      name: 'one line of 20 MB in a batch',
      body: Buffer.alloc(20 * mebibyte, 'a'),
      headers: ndjson,
      path: batch,
      // The file is taken, and its one row told as a fault.
      refusedAs: 202,
    },
    {
      name: 'one cell of 20 MB in a file',
      body: Buffer.alloc(20 * mebibyte, '"'),
      headers: { 'content-type': 'text/csv' },
      path: batch,
    },
  ];
}

/** Markup whose entities grow, reach out, or nest. */
export function markupBombs(): string[] {
  const entities = Array.from({ length: 12 }, (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`).join('');
  const body = (text: string): string =>
    `<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope"><soap:Body>${text}</soap:Body></soap:Envelope>`;
  return [
    `<!DOCTYPE x [<!ENTITY e0 "lol">${entities}]>${body('&e12;')}`,
    `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${body('&e;')}`,
    `<!DOCTYPE x [<!ENTITY % e SYSTEM "http://127.0.0.1:1/x"> %e;]>${body('x')}`,
    body('<a>'.repeat(100_000)),
    body(`<a ${Array.from({ length: 50_000 }, (_, at) => `b${at}="1"`).join(' ')}/>`),
    body('&amp;'.repeat(200_000)),
  ];
}
