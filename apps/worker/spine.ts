import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { HeadExport, HeadSigner, headSeedPurpose, Sealing } from '@openvob/access';
import { WebhookSender } from '@openvob/notifications';
import { type Adapter, refusingInnerAddresses } from '@openvob/payers';
import {
  type Clock,
  type Config,
  countedLog,
  createHttp,
  type FieldCipher,
  type Http,
  type Log,
  publicAddressesAnd,
  Tally,
} from '@openvob/platform';
import type { VerificationJobs } from '@openvob/queue';
import { part2ShortNotice } from '@openvob/results';
import {
  AdmissionRequests,
  ConnectionInspection,
  Database,
  type DataKeys,
  KeyRotation,
  type OpenCipher,
  openCipher,
  Rechecks,
  Retention,
  refuseUnusableKeys,
  StoredPacing,
  StoredPayerDirectory,
  StoredRecipeMemory,
  StoredSeals,
  StoredWebhookOutbox,
  Upkeep,
  usualPacing,
  VerificationRuns,
  WebhookDeliveryList,
  WorkerReports,
} from '@openvob/store';
import { noticeHeader, Runner } from '@openvob/verification';

/** What the worker's libraries work in. */
export interface Surroundings {
  clock: Clock;
  log: Log;
  adapters: ReadonlyMap<string, Adapter>;
}

/** The worker's libraries, put together by hand. */
export class Spine {
  /** This process, told apart from those in other containers, which may have the same process number. */
  readonly id = `worker-${hostname()}-${process.pid}-${randomBytes(3).toString('hex')}`;
  readonly tally = new Tally();
  readonly log: Log;
  readonly reports: WorkerReports;
  readonly upkeep: Upkeep;
  readonly rechecks: Rechecks;
  readonly runner: Runner;
  readonly pacing: StoredPacing;
  readonly connections: ConnectionInspection;
  /** Set once the queue is there; whoever frees a payer's slot wakes the next by it. */
  jobs: Pick<VerificationJobs, 'enqueue'> | undefined;
  readonly dataKeys: DataKeys;
  readonly keyRotation: KeyRotation;
  readonly retention: Retention;
  readonly stopping = new AbortController();
  readonly sealing: Sealing;
  readonly webhooks: WebhookSender;
  readonly webhookDeliveries: WebhookDeliveryList;

  readonly clock: Clock;

  constructor(
    readonly database: Database,
    readonly config: Config,
    { cipher, keys }: OpenCipher,
    { clock, log: plainLog, adapters }: Surroundings,
  ) {
    const log = countedLog(plainLog, this.tally);
    this.log = log;
    this.clock = clock;
    this.reports = new WorkerReports(database);
    this.dataKeys = keys;
    this.keyRotation = new KeyRotation({ database, cipher, keys });
    this.retention = new Retention(database, cipher);
    this.upkeep = new Upkeep(database);
    const requests = new AdmissionRequests(cipher);
    this.rechecks = new Rechecks({ database, cipher, requests, log });
    const admits = publicAddressesAnd(config.payers.networks);
    this.connections = new ConnectionInspection(database, cipher, refusingInnerAddresses(adapters, admits));
    const rules = { ...usualPacing, probeEveryMs: config.payers.probeEveryMs };
    this.pacing = new StoredPacing({
      database,
      rules,
      clock,
      log,
      wake: async (due) => this.jobs?.enqueue(due),
    });
    // Where payers are is set by people; where audit heads go, by whoever runs the server.
    // How much may be under way with a payer, its permits say: waiting for a socket would come out of the exchange's own deadline.
    const http = createHttp({ admits, maxSockets: Number.POSITIVE_INFINITY });
    this.sealing = sealingOf({ database, config, cipher, http: createHttp(), clock, log });
    this.webhookDeliveries = new WebhookDeliveryList(database, cipher);
    const { networks, retryLadderMs: ladderMs, timeoutMs, everyMs } = config.webhooks;
    this.webhooks = new WebhookSender({
      ...{ outbox: new StoredWebhookOutbox(database, cipher), clock, log, tally: this.tally },
      ...{ ladderMs, timeoutMs, everyMs, stopping: this.stopping.signal },
      http: createHttp({ admits: publicAddressesAnd(networks) }),
      notice: { header: noticeHeader, text: part2ShortNotice },
    });
    this.runner = new Runner({
      pacing: this.pacing,
      store: new VerificationRuns(database, cipher, requests, config.worker.leaseMs),
      directory: new StoredPayerDirectory(database, cipher),
      recipes: new StoredRecipeMemory(database),
      adapters,
      clock,
      http,
      log,
      waiting: config.payers,
      reuseForMs: config.payers.reuseForMs,
      notice: part2ShortNotice,
      holder: this.id,
      renewEveryMs: Math.floor(config.worker.leaseMs / 3),
    });
  }

  static async open(config: Config, surroundings: Surroundings): Promise<Spine> {
    const onError = (error: Error): void =>
      surroundings.log.warn('database.idle_connection_lost', { error: error.name });
    const database = await Database.open({
      url: config.databaseUrl,
      poolSize: 20,
      applicationName: 'openvob-worker',
      onError,
    });
    const open = openCipher(database, config, surroundings);
    await refuseUnusableKeys(database, open.keys);
    return new Spine(database, config, open, surroundings);
  }
}

interface SealingNeeds {
  database: Database;
  config: Config;
  cipher: FieldCipher;
  http: Http;
  clock: Clock;
  log: Log;
}

function sealingOf({ database, config, cipher, http, clock, log }: SealingNeeds): Sealing {
  const { headFile: file, headWebhook: webhook, headEveryMs: everyMs, sealEveryMs } = config.audit;
  const signer = new HeadSigner(cipher.secret(headSeedPurpose));
  const heads = new HeadExport({ signer, log, http, file, webhook, everyMs });
  return new Sealing({ seals: new StoredSeals(database), heads, clock, log, everyMs: sealEveryMs });
}
