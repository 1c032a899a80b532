import { gzipSync } from 'node:zlib';
import { type Reply, reply } from '../reply';
import type { FaultSpec } from './fault';

const page =
  '<!DOCTYPE html><html><head><title>Scheduled maintenance</title></head><body><h1>We will be back soon</h1></body></html>';
let bomb: Buffer | undefined;

/** What a fault makes of a finished reply; faults of the X12 inside leave it alone. */
export function spoilReply(fault: FaultSpec, good: Reply): Reply {
  switch (fault.kind) {
    case 'latency':
      return { ...good, delayMs: good.delayMs + fault.ms };
    case 'status':
      return withStatus(fault);
    case 'redirect':
      return { ...reply(307, 'text/plain', ''), headers: { location: fault.to ?? '/elsewhere' } };
    case 'reset':
    case 'silent':
      return { ...good, delivery: { kind: fault.kind } };
    case 'cut_body':
      return { ...good, delivery: { kind: 'cut' } };
    case 'drip':
      return { ...good, delivery: { kind: 'drip', everyMs: fault.everyMs ?? 1_000 } };
    case 'slow_header':
      return { ...good, delivery: { kind: 'slow_header', everyMs: fault.everyMs ?? 1_000 } };
    case 'sent_twice':
      return { ...good, delivery: { kind: 'twice' } };
    case 'html':
      return reply(200, 'text/html; charset=utf-8', page);
    case 'garbage':
      return reply(200, 'application/soap+xml; charset=utf-8', '\u0001\u0002 Lorem|ipsum;;dolor {"sit": amet} %%EOF');
    case 'empty':
      return { ...good, body: '' };
    case 'truncate_envelope':
      return { ...good, body: good.body.slice(0, Math.floor(good.body.length * 0.7)) };
    case 'gzip_bomb':
      return { ...good, body: bombBytes(), headers: { ...good.headers, 'content-encoding': 'gzip' } };
    default:
      return good;
  }
}

function withStatus(fault: FaultSpec & { kind: 'status' }): Reply {
  const refused = reply(fault.status, 'text/plain', `status ${fault.status}`);
  if (fault.retryAfterSeconds === undefined) return refused;
  return { ...refused, headers: { ...refused.headers, 'retry-after': String(fault.retryAfterSeconds) } };
}

/** 256 MiB of zeros: a MiB of them 256 times, as a gzip file may be made of several. */
function bombBytes(): Buffer {
  bomb ??= Buffer.concat(Array.from<Buffer>({ length: 256 }).fill(gzipSync(Buffer.alloc(1024 * 1024), { level: 9 })));
  return bomb;
}
