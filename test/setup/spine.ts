import { randomUUID } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { generateApiKey, type Role } from '@openvob/access';
import {
  type Clock,
  type Config,
  FieldCipher,
  generateKeyRing,
  type Log,
  type LogFields,
  readConfig,
} from '@openvob/platform';
import { Database, FacilitySetup } from '@openvob/store';
import request from 'supertest';
import { createApi } from '../../apps/api/main';
import { type RunningSimulator, startSimulator } from '../../apps/payer-simulator/simulator';
import { startWorker } from '../../apps/worker/main';
import { createTestDatabase, type TestDatabase } from './database';
import { facilityId, seedTestFacility } from './seed';

export { facilityId, intakeSourceId, programId, requestFor, usualConsent, usualStart } from './seed';

/** The whole path in this process: API, worker and simulated payers over a database of its own. */
export interface Spine {
  api: NestFastifyApplication;
  worker: INestApplicationContext;
  simulator: RunningSimulator;
  database: TestDatabase;
  config: Config;
  apiKey: string;
  intakeSecret: string;
  log: Log;
  /** Every line that API and worker logged. */
  logged: string[];
  /** A key of another role, or of another facility. */
  keyFor(role: Role, facility?: string): Promise<string>;
  stop(): Promise<void>;
}

export interface SpineOptions {
  redisUrl: string | undefined;
  settings?: Record<string, string>;
  /** A key ring file in place of one that is made up. */
  keysFile?: string;
  withWorker?: boolean;
  /** Of API, worker and simulated payers; the queue goes by the machine's own. */
  clock?: Clock;
}

export async function startSpine(options: SpineOptions): Promise<Spine> {
  const database = await createTestDatabase();
  const { clock } = options;
  const simulator = await startSimulator({ port: 0, host: '127.0.0.1', ...(clock ? { clock } : {}) });
  const config = readConfig({
    DATABASE_URL: database.applicationUrl,
    ...(options.keysFile ? { OPENVOB_KEYS_FILE: options.keysFile } : { OPENVOB_KEYS: generateKeyRing() }),
    PAYER_NETWORKS: '127.0.0.0/8',
    WEBHOOK_NETWORKS: '127.0.0.0/8',
    PAYER_RETRY_SECONDS: '0.2,0.3',
    PAYER_REREAD_SECONDS: '0.1,0.1',
    SWEEP_EVERY_MS: '500',
    // Suites ask for the same people again and again, and count how often the payer was asked.
    REUSE_ANSWERS_HOURS: '0',
    ...(options.redisUrl ? { REDIS_URL: options.redisUrl } : {}),
    ...options.settings,
  });
  const seeded = await seedTestFacility(config, simulator.url);
  const { log, lines } = recordingLog();
  const api = await createApi(config, log, options.clock);
  await api.init();
  await api.getHttpAdapter().getInstance().ready();
  const worker = options.withWorker === false ? undefined : await startWorker(config, log, undefined, options.clock);
  return {
    api,
    simulator,
    database,
    config,
    ...seeded,
    log,
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

  patch(path: string, body: object): request.Test {
    return request(this.spine.api.getHttpServer()).patch(path).set('Authorization', `Bearer ${this.key}`).send(body);
  }

  delete(path: string): request.Test {
    return request(this.spine.api.getHttpServer()).delete(path).set('Authorization', `Bearer ${this.key}`);
  }

  put(path: string, body: object): request.Test {
    return request(this.spine.api.getHttpServer()).put(path).set('Authorization', `Bearer ${this.key}`).send(body);
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
