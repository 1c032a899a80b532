import { gunzipSync, inflateSync } from 'node:zlib';
import { Redis } from 'ioredis';
import type { Fleet } from './fleet';

/**
 * Looks for patients where none may be: in what programs logged, in the queue (BullMQ's tables, Redis) and in `more`.
 *
 * @param canaries what must not be found: values of requests that stand nowhere else
 * @param more further texts by name, e.g. metrics and bodies of errors
 * @returns `place: canary` for each that was found
 */
export async function patientDataIn(
  fleet: Fleet,
  canaries: readonly string[],
  more: ReadonlyMap<string, string> = new Map(),
): Promise<string[]> {
  return findings([...fleet.logs(), ...(await queueTexts(fleet)), ...more], canaries);
}

/** As `patientDataIn`, in the queue alone: it forgets what is done. */
export async function patientDataInQueue(fleet: Fleet, canaries: readonly string[]): Promise<string[]> {
  return findings(await queueTexts(fleet), canaries);
}

function findings(texts: readonly (readonly [place: string, text: string])[], canaries: readonly string[]): string[] {
  return texts.flatMap(([place, text]) => canariesIn(text, canaries).map((canary) => `${place}: ${canary}`));
}

async function queueTexts(fleet: Fleet): Promise<[string, string][]> {
  const tables = await queueTables(fleet);
  return fleet.options.redisUrl ? [...tables, ['redis', await dumpOf(fleet.options.redisUrl)]] : tables;
}

/** Which canaries a text holds: plain, in any case, in base64 (at each offset), hexadecimal, a URL, JSON, or compressed. */
export function canariesIn(text: string, canaries: readonly string[]): string[] {
  const all = [text, ...unpacked(text)].join('\n').toLowerCase();
  return canaries.filter((canary) => formsOf(canary).some((form) => all.includes(form.toLowerCase())));
}

/** All that a value may look like in a text. */
function formsOf(canary: string): string[] {
  const bytes = Buffer.from(canary);
  const json = JSON.stringify(canary).slice(1, -1);
  const escaped = [...canary].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
  return [canary, ...base64Forms(bytes), bytes.toString('hex'), encodeURIComponent(canary), json, escaped];
}

/** In base64 a value looks otherwise at each of three offsets; what depends on its neighbours is left out. */
function base64Forms(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const certain = encoded.slice(Math.ceil((offset * 4) / 3), Math.floor(((offset + bytes.length) * 4) / 3));
    return [certain, certain.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

/** What stands compressed in a text, raw or in base64. */
function unpacked(text: string): string[] {
  const packed = [...text.matchAll(/(?:H4sI|eJ|eN)[A-Za-z0-9+/_-]{16,}={0,2}/g)].map(([match]) =>
    Buffer.from(match, 'base64'),
  );
  const raw = Buffer.from(text, 'latin1');
  for (let at = raw.indexOf('\x1f\x8b', 0, 'latin1'); at >= 0; at = raw.indexOf('\x1f\x8b', at + 2, 'latin1'))
    packed.push(raw.subarray(at));
  return packed.flatMap((bytes) => {
    try {
      return [(bytes[0] === 0x1f ? gunzipSync(bytes) : inflateSync(bytes)).toString('utf8')];
    } catch {
      return []; // not compressed after all
    }
  });
}

async function queueTables(fleet: Fleet): Promise<[string, string][]> {
  const { rows } = await fleet.owner.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'bullmq'`,
  );
  const dumps: [string, string][] = [];
  for (const { name } of rows) {
    const dump = await fleet.owner.query<{ text: string | null }>(
      `SELECT string_agg(t::text, E'\\n') AS text FROM bullmq."${name}" t`,
    );
    dumps.push([`bullmq.${name}`, dump.rows[0]?.text ?? '']);
  }
  return dumps;
}

/** Every key and value of a Redis database as text. */
async function dumpOf(url: string): Promise<string> {
  const redis = new Redis(url);
  const parts: string[] = [];
  for (const key of await redis.keys('*')) parts.push(key, (await redis.dumpBuffer(key))?.toString('latin1') ?? '');
  redis.disconnect();
  return parts.join('\n');
}
