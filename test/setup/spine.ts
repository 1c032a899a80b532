import { randomBytes, randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { generateApiKey, type Role } from '@openvob/access';
import { type Config, FieldCipher, generateKeyRing, type Log, type LogFields, readConfig } from '@openvob/platform';
import type { ProgramPlan } from '@openvob/programs';
import { Database, FacilitySetup, type SourcedRate, StoredPayerDirectory } from '@openvob/store';
import request from 'supertest';
import { createApi } from '../../apps/api/main';
import { simulatedPayers } from '../../apps/payer-simulator/simulated-payers';
import { type RunningSimulator, startSimulator } from '../../apps/payer-simulator/simulator';
import { startWorker } from '../../apps/worker/main';
import { createTestDatabase, type TestDatabase } from './database';

export const facilityId = 'fac_test';
export const programId = 'prg_test';
export const intakeSourceId = 'src_test';

/** Eight weeks of three mornings, substance use, with a weekly individual hour. */
export const plan: ProgramPlan = {
  track: 'sud',
  phases: [{ weeks: 8, weekdays: ['mon', 'wed', 'fri'] }],
  services: [
    { code: 'H0015', kind: 'iop_day', on: { every: 'program_day' } },
    { code: '90837', kind: 'individual_therapy', on: { weekly: 'tue' } },
  ],
};

const contract = (network: 'in' | 'out' | 'self_pay', h0015: number, hour: number): SourcedRate[] => [
  { code: 'H0015', network, allowedCents: h0015, source: 'invented for tests' },
  { code: '90837', network, allowedCents: hour, source: 'invented for tests' },
];
const rates: SourcedRate[] = [
  ...simulatedPayers.flatMap(({ id }) => contract('in', 32_500, 14_000).map((rate) => ({ ...rate, payerId: id }))),
  ...contract('in', 32_500, 14_000),
  ...contract('out', 25_000, 11_000),
  ...contract('self_pay', 29_500, 12_500),
];

/** The whole path in this process: API, worker and simulated payers over a database of its own. */
export interface Spine {
  api: NestFastifyApplication;
  worker: INestApplicationContext;
  simulator: RunningSimulator;
  database: TestDatabase;
  config: Config;
  apiKey: string;
  intakeSecret: string;
  /** Every line that API and worker logged. */
  logged: string[];
  /** A key of another role, or of another facility. */
  keyFor(role: Role, facility?: string): Promise<string>;
  stop(): Promise<void>;
}

export interface SpineOptions {
  redisUrl: string | undefined;
  settings?: Record<string, string>;
  withWorker?: boolean;
}

export async function startSpine(options: SpineOptions): Promise<Spine> {
  const database = await createTestDatabase();
  const simulator = await startSimulator({ port: 0, host: '127.0.0.1' });
  const config = readConfig({
    DATABASE_URL: database.applicationUrl,
    OPENVOB_KEYS: generateKeyRing(),
    PAYER_RETRY_SECONDS: '0.2,0.3',
    PAYER_REREAD_SECONDS: '0.1,0.1',
    SWEEP_EVERY_MS: '500',
    ...(options.redisUrl ? { REDIS_URL: options.redisUrl } : {}),
    ...options.settings,
  });
  const seeded = await seed(config, simulator.url);
  const { log, lines } = recordingLog();
  const api = await createApi(config, log);
  await api.init();
  await api.getHttpAdapter().getInstance().ready();
  const worker = options.withWorker === false ? undefined : await startWorker(config, log);
  return {
    api,
    simulator,
    database,
    config,
    ...seeded,
    logged: lines,
    worker: worker ?? api,
    keyFor: (role, facility = facilityId) => addKey(config, role, facility),
    stop: async () => {
      await worker?.close();
      await api.close();
      await simulator.close();
      await database.drop();
    },
  };
}

/** A request that the demo scenario of this member id answers. */
export function requestFor(memberId: string, change: object = {}): Record<string, unknown> {
  const payer = simulatedPayers.find(({ memberIdPrefix }) => memberId.startsWith(memberIdPrefix)) ?? simulatedPayers[0];
  return {
    patient: { firstName: 'Marlow', lastName: 'Quillfeather', birthDate: '1988-03-14', relationship: 'self' },
    coverages: [{ payer: { id: payer?.id }, memberId }],
    program: { id: programId },
    admission: { network: 'in', startDate: '2027-03-01' },
    consent: { part2: { signedOn: '2026-01-02', scope: 'treatment_payment_operations' } },
    ...change,
  };
}

// biome-ignore lint/suspicious/noExplicitAny: bodies of responses are looked into freely by tests
export type Body = any;

/** Speaks to the API as a caller does. */
export class TestCaller {
  constructor(
    private readonly spine: Spine,
    readonly key: string = spine.apiKey,
  ) {}

  post(path: string, body?: unknown, idempotencyKey: string = randomUUID()): request.Test {
    const sent = request(this.spine.api.getHttpServer())
      .post(path)
      .set('Authorization', `Bearer ${this.key}`)
      .set('Idempotency-Key', idempotencyKey);
    return body === undefined
      ? sent
      : sent.set('Content-Type', 'application/json').send(typeof body === 'string' ? body : JSON.stringify(body));
  }

  get(path: string): request.Test {
    return request(this.spine.api.getHttpServer()).get(path).set('Authorization', `Bearer ${this.key}`);
  }

  /** Asks for a verification and waits until it rests. */
  async verify(body: unknown): Promise<Body> {
    const accepted = await this.post('/v1/verifications', body);
    if (accepted.status !== 202) throw new Error(`refused: ${accepted.status} ${accepted.text}`);
    return this.rested(accepted.body.id);
  }

  async rested(id: string): Promise<Body> {
    const shown = await this.get(`/v1/verifications/${id}?wait=20`);
    return shown.body;
  }
}

async function seed(config: Config, simulatorUrl: string): Promise<{ apiKey: string; intakeSecret: string }> {
  const cipher = new FieldCipher(config.keyRing);
  const database = await Database.open({ url: config.databaseUrl, poolSize: 2 });
  const setup = new FacilitySetup(database, cipher);
  const now = new Date();
  const apiKey = generateApiKey();
  const intakeSecret = `whsec_${randomBytes(32).toString('base64')}`;
  await setup.put({ id: facilityId, name: 'Testwood Recovery', timeZone: 'America/New_York', npi: '1999999984' }, now);
  await setup.putProgram(
    facilityId,
    { id: programId, name: 'Testwood Mornings', plan, onFirstDay: [], description: {} },
    now,
  );
  await setup.putApiKey(facilityId, { name: 'tests', role: 'coordinator', secret: apiKey }, now);
  await setup.putIntakeSource(facilityId, { id: intakeSourceId, name: 'Test website', secrets: [intakeSecret] }, now);
  const directory = new StoredPayerDirectory(database, cipher);
  for (const { id, name, aliases, payerId, memberIdPrefix } of simulatedPayers) {
    const settings = { senderId: 'TESTWOOD', receiverId: payerId, usageIndicator: 'T' };
    const connection = {
      id: `con_${id}`,
      adapter: 'x12',
      payerReference: payerId,
      endpointUrl: `${simulatorUrl}/x12`,
      settings,
      credentials: {},
      timeoutMs: 5000,
      costCents: 10,
    };
    await directory.put({ id, name, aliases: [...aliases], memberIdPrefixes: [memberIdPrefix] }, [connection], now);
  }
  await directory.put(
    { id: 'pay_phone', name: 'Paper and Phone Assurance', aliases: [], memberIdPrefixes: [], phone: '555-0199' },
    [],
    now,
  );
  await setup.putRates(facilityId, rates, now);
  await database.close();
  return { apiKey, intakeSecret };
}

async function addKey(config: Config, role: Role, facility: string): Promise<string> {
  const database = await Database.open({ url: config.databaseUrl, poolSize: 1 });
  const setup = new FacilitySetup(database, new FieldCipher(config.keyRing));
  const secret = generateApiKey();
  if (facility !== facilityId)
    await setup.put({ id: facility, name: 'Elsewhere', timeZone: 'America/Denver', npi: '1999999984' }, new Date());
  await setup.putApiKey(facility, { name: role, role, secret }, new Date());
  await database.close();
  return secret;
}

function recordingLog(): { log: Log; lines: string[] } {
  const lines: string[] = [];
  const write = (level: string) => (event: string, fields?: LogFields) => {
    lines.push(JSON.stringify({ level, event, ...fields }));
  };
  return { lines, log: { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') } };
}
