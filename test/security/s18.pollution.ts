import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import request from 'supertest';
import { intakeSourceId, requestFor, type Spine, startSpine } from '../setup/spine';

const keys = [
  '__proto__',
  'constructor',
  'prototype',
  '__defineGetter__',
  '__lookupSetter__',
  'toString',
  'valueOf',
  'hasOwnProperty',
];
const places = [
  '',
  'patient',
  'subscriber',
  'coverages.0',
  'coverages.0.payer',
  'admission',
  'consent',
  'consent.part2',
  'program',
];
const values = [
  '{"polluted":1}',
  '{"prototype":{"polluted":1}}',
  '"polluted"',
  '{"__proto__":{"polluted":1}}',
  '[{"__proto__":{"polluted":1}}]',
];

/** Sends bodies with poisoned keys to every door that takes a request. @returns what of every object's prototype is new */
export async function pollute(count: number): Promise<{ sent: number; polluted: number; failed: number }> {
  const before = Reflect.ownKeys(Object.prototype).length + Reflect.ownKeys(Array.prototype).length;
  const spine = await startSpine({ redisUrl: undefined, withWorker: false });
  let failed = 0;
  try {
    for (let index = 0; index < count; index += 1) failed += (await sendTo(spine, index)) >= 500 ? 1 : 0;
  } finally {
    await spine.stop();
  }
  const after = Reflect.ownKeys(Object.prototype).length + Reflect.ownKeys(Array.prototype).length;
  const inherited = ({} as { polluted?: unknown }).polluted === undefined ? 0 : 1;
  return { sent: count, polluted: after - before + inherited, failed };
}

async function sendTo(spine: Spine, index: number): Promise<number> {
  const body = poisoned(
    keys[index % keys.length] ?? '',
    places[index % places.length] ?? '',
    values[index % values.length] ?? '',
  );
  const door = index % 3;
  const agent = request(spine.api.getHttpServer());
  const headers = {
    authorization: `Bearer ${spine.apiKey}`,
    'content-type': door === 2 ? 'application/x-ndjson' : 'application/json',
    'idempotency-key': randomUUID(),
  };
  if (door === 0) return (await agent.post('/v1/verifications').set(headers).send(body)).status;
  if (door === 2) return (await agent.post('/v1/verifications/batch').set(headers).send(body)).status;
  const [id, at, event] = [`msg_${randomUUID()}`, new Date(), `{"type":"verification.requested","data":${body}}`];
  const signed = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(spine.intakeSecret).sign(id, at, event),
    'content-type': 'application/json',
  };
  return (await agent.post(`/v1/webhooks/intake/${intakeSourceId}`).set(signed).send(event)).status;
}

/** A request's text with one key put into one of its places; as text, since an object would swallow it. */
function poisoned(key: string, place: string, value: string): string {
  const marker = 'POISON';
  const body = structuredClone(requestFor('NWH0010001')) as Record<string, unknown>;
  let at = body;
  for (const step of place.split('.').filter((one) => one !== '')) {
    at[step] ??= {};
    at = at[step] as Record<string, unknown>;
  }
  at[marker] = 0;
  return JSON.stringify(body).replace(`"${marker}":0`, `"${key}":${value}`);
}
