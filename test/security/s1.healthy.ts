import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Redis } from 'ioredis';
import { Webhook } from 'standardwebhooks';
import { canaries, requestAbout } from '../chaos/payers.people';
import { FleetSetup } from '../chaos/payers.ways';
import { Fleet } from '../setup/fleet';
import type { Installation } from '../setup/on-each-backend';
import { patientDataIn } from '../setup/patient-data';

const metricsToken = 'metrics-token-of-the-search';
const northwind = { id: 'pay_demo_northwind', memberIdPrefix: 'NWH' };

/** People through every flow over separate programs; what could be seen of it meanwhile and afterwards. */
export async function healthyLeaks(where: Installation, count: number): Promise<{ leaks: string[]; places: number }> {
  const fleet = await Fleet.start({ ...where, settings: { LOG_LEVEL: 'debug', METRICS_TOKEN: metricsToken } });
  const seen = new Map<string, string>();
  const monitor = await monitored(where.redisUrl, seen);
  try {
    await fleet.launch('worker');
    const opsKey = await FleetSetup.of(fleet, (setup) => setup.addKey('ops'));
    const bodies = Array.from({ length: count }, (_, number) => requestAbout(number, northwind, { priority: 'today' }));
    const ids = await fleet.requestAll(bodies, 25);
    await fleet.untilRested(count, 60_000 + count * 100);
    await everyRoute(fleet, ids[0] ?? '', seen);
    await faultyRequests(fleet, seen);
    await brokenDatabase(fleet, seen);
    await operations(fleet, opsKey, seen);
    seen.set('log of the database', await serverLog(fleet));
    seen.set('audit trail', await tableText(fleet, 'audit_entry'));
    seen.set('installation trail', await tableText(fleet, 'installation_audit_entry'));
    seen.set('worker tallies', await tableText(fleet, 'worker_tally'));
    seen.set('mail on its way', await tableText(fleet, 'outgoing_mail'));
    seen.set('connection outcomes', await tableText(fleet, 'connection_outcome'));
    seen.set('verification rows', await tableText(fleet, 'verification'));
    await redisFiles(where.redisUrl, seen);
    return { leaks: await patientDataIn(fleet, canaries, seen), places: seen.size + fleet.logs().size };
  } finally {
    monitor?.disconnect();
    await fleet.stop();
  }
}

const monitorPart = 5_000_000;

/** All that Redis is told, in parts; what it writes to its disk is kept from now on. */
async function monitored(url: string | undefined, seen: Map<string, string>): Promise<Redis | undefined> {
  if (!url) return undefined;
  const base = new Redis(url);
  await base.config('SET', 'appendonly', 'yes');
  const redis = await base.monitor();
  base.disconnect();
  redis.on('error', () => undefined); // the server ends before we do
  let [part, text] = [1, ''];
  redis.on('monitor', (_at: string, words: string[]) => {
    text += `\n${words.join(' ')}`;
    seen.set(`redis monitor ${part}`, text);
    if (text.length > monitorPart) [part, text] = [part + 1, ''];
  });
  return redis;
}

/** RDB and append-only files. */
async function redisFiles(url: string | undefined, seen: Map<string, string>): Promise<void> {
  if (!url) return;
  const redis = new Redis(url);
  try {
    await redis.save();
    const [, folder = ''] = (await redis.config('GET', 'dir')) as string[];
    for (const path of [folder, join(folder, 'appendonlydir')])
      for (const entry of existsSync(path) ? readdirSync(path, { withFileTypes: true }) : [])
        if (entry.isFile() && /\.(rdb|aof|manifest)$/.test(entry.name))
          seen.set(`redis file ${entry.name}`, readFileSync(join(path, entry.name), 'latin1'));
  } finally {
    redis.disconnect();
  }
}

async function ask(
  fleet: Fleet,
  path: string,
  init: RequestInit & { key?: string } = {},
): Promise<{ status: number; text: string; headers: string }> {
  const { key = fleet.apiKey, headers, ...rest } = init;
  const all = {
    authorization: `Bearer ${key}`,
    'idempotency-key': randomUUID(),
    'content-type': 'application/json',
    ...headers,
  };
  const response = await fetch(fleet.apiUrl + path, { ...rest, headers: all });
  return { status: response.status, text: await response.text(), headers: JSON.stringify([...response.headers]) };
}

/** Flows that show patient data to whoever may see it: their answers hold it, their headers may not. */
async function everyRoute(fleet: Fleet, id: string, seen: Map<string, string>): Promise<void> {
  const patch = (body: object): RequestInit => ({ method: 'POST', body: JSON.stringify(body) });
  const flows: [string, RequestInit][] = [
    [`/v1/verifications/${id}`, {}],
    [`/v1/verifications/${id}/answers`, {}],
    [`/v1/verifications/${id}/request`, {}],
    [`/v1/verifications/${id}/call-script`, {}],
    [`/v1/verifications/${id}/history`, {}],
    ['/v1/verifications?q=Quorvintle', {}],
    ['/v1/verifications?q=NWH0017316042000000', {}],
    [`/v1/verifications/${id}/information`, patch({ patient: { lastName: 'Quorvintleb' } })],
    [`/v1/verifications/${id}/assignee`, patch({ assignee: 'dana' })],
    [`/v1/verifications/${id}/reverify`, patch({})],
    [`/v1/verifications/${id}/estimate`, patch({ network: 'out' })],
  ];
  for (const [path, init] of flows)
    seen.set(`headers of ${path.split('?')[0]}`, (await ask(fleet, path, init)).headers);
  const lines = `${JSON.stringify(requestAbout(900_001, northwind))}\n{"patient":{"firstName":"Zephyrinax"`;
  const batch = await ask(fleet, '/v1/verifications/batch', {
    method: 'POST',
    body: lines,
    headers: { 'content-type': 'application/x-ndjson' },
  });
  seen.set('answer to a batch', batch.text + batch.headers);
}

/** Requests that are refused: what is said about them quotes nothing. */
async function faultyRequests(fleet: Fleet, seen: Map<string, string>): Promise<void> {
  const good = requestAbout(999_997, northwind) as { patient: object };
  const bodies = [
    JSON.stringify({ ...good, patient: { ...good.patient, birthDate: '19570823', phone: { a: '4155550173' } } }),
    JSON.stringify({ ...good, nickname: 'Zephyrinax' }),
    `${JSON.stringify(good)}}`,
    JSON.stringify({
      ...good,
      program: { id: 'Quorvintle' },
      coverages: [{ payer: { id: 'Plumquist' }, memberId: '7316042' }],
    }),
  ];
  for (const [index, body] of bodies.entries())
    seen.set(`refusal ${index}`, (await ask(fleet, '/v1/verifications', { method: 'POST', body })).text);
  for (const path of [
    '/v1/Quorvintle',
    '/v1/verifications/Quorvintle',
    '/v1/verifications?cursor=Quorvintle',
    '/v1/verifications?status=Quorvintle',
    '/%ff?Quorvintle',
  ])
    seen.set(`refusal of ${path}`, (await ask(fleet, path)).text);
  const webhook = JSON.stringify({
    type: 'verification.requested',
    data: { ...good, patient: { ...good.patient, email: 'zq-mailbox' } },
  });
  const [id, at] = ['msg_1', new Date()];
  const forged = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(Buffer.alloc(32).toString('base64')).sign(id, at, webhook),
  };
  seen.set(
    'refusal of a webhook',
    (await ask(fleet, '/v1/webhooks/intake/src_test', { method: 'POST', body: webhook, headers: forged })).text,
  );
}

/** The database refuses rows with all that they hold in its messages. */
async function brokenDatabase(fleet: Fleet, seen: Map<string, string>): Promise<void> {
  await fleet.owner.query('ALTER TABLE coverage ADD CONSTRAINT planted CHECK (coverage_order IS NULL) NOT VALID');
  const body = requestAbout(999_996, northwind) as { coverages: object[] };
  const ordered = { ...body, coverages: body.coverages.map((one) => ({ ...one, order: 'primary' })) };
  const refused = await ask(fleet, '/v1/verifications', { method: 'POST', body: JSON.stringify(ordered) });
  if (refused.status < 500) throw new Error(`the broken database was not met: ${refused.status}`);
  seen.set('refusal by a constraint', refused.text);
  await fleet.owner.query('ALTER TABLE coverage DROP CONSTRAINT planted');
}

async function operations(fleet: Fleet, opsKey: string, seen: Map<string, string>): Promise<void> {
  const pages: [string, string][] = [
    ['/metrics', metricsToken],
    ['/ops/queues/', opsKey],
    ['/ops/queues/api/queues?activeQueue=today&status=latest', opsKey],
    ['/ops/queues/api/queues?activeQueue=today&status=completed', opsKey],
    ['/ops/queues/api/queues?activeQueue=today&status=failed', opsKey],
    ['/health/ready', opsKey],
    ['/openapi.json', opsKey],
    ['/v1/payers/pay_demo_northwind/health', opsKey],
  ];
  for (const [path, key] of pages) seen.set(path, (await ask(fleet, path, { key })).text);
}

/** The server keeps it beside its data. */
async function serverLog(fleet: Fleet): Promise<string> {
  const { rows } = await fleet.owner.query<{ data_directory: string }>('SHOW data_directory');
  return readFileSync(join(dirname(rows[0]?.data_directory ?? ''), 'server.log'), 'utf8');
}

async function tableText(fleet: Fleet, table: string): Promise<string> {
  const { rows } = await fleet.owner.query<{ text: string | null }>(
    `SELECT string_agg(t::text, E'\\n') AS text FROM ${table} t`,
  );
  return rows[0]?.text ?? '';
}
