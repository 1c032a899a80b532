import { randomBytes } from 'node:crypto';
import { accessSync, constants, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { childEnvironment, generateKeyRing, type StandaloneConfig } from '@openvob/platform';
import { migrate } from '@openvob/store';
import { Child } from './child';
import { type DemoFacts, seedDemo } from './demo/seed';
import { describeVerification, runFirstVerification } from './first-verification';
import { Instance } from './instance';
import { freePort, listenerOn, portFault } from './ports';
import { type RunningPostgres, startPostgres } from './postgres';
import { accountName } from './postgres/account';
import type { Progress } from './progress';
import { refuseSilentRedis } from './redis';
import { keptSecret } from './secrets';

const drainMs = 30_000;
const simulatorPort = 3900;
/** The built programs' folder: this file is in `dist/apps/standalone`. */
const programs = resolve(__dirname, '..');

/** Thrown out of the start when the person stopped it half-way. */
export class Interrupted extends Error {}

/** The whole of OpenVOB on one machine, with invented payers and people. */
export class Demonstration {
  private readonly url: string;
  private instance: Instance | undefined;
  private postgres: RunningPostgres | undefined;
  private children: Child[] = [];
  private stopping = false;

  /** @param home the folder of everything that it keeps */
  constructor(
    private readonly config: StandaloneConfig,
    private readonly home: string,
    private readonly progress: Progress,
  ) {
    this.url = `http://127.0.0.1:${config.port}`;
  }

  /**
   * Starts everything, in order, and shows one verification.
   *
   * @throws Interrupted when `stop` was called meanwhile
   * @throws Error that names the remedy
   */
  async start(): Promise<void> {
    const startedAt = performance.now();
    makeHome(this.home);
    this.instance = await Instance.claim(this.home, this.url);
    await refuseTakenPort(this.config.port);
    await refuseSilentRedis(this.config.redisUrl);
    const ownerUrl = await this.startDatabase();
    const { applicationUrl } = await this.migrateDatabase(ownerUrl);
    const simulator = await freePort(this.config.simulatorPort ?? simulatorPort);
    const facts = await this.seed({ ownerUrl, applicationUrl, simulatorUrl: `http://127.0.0.1:${simulator}` });
    await this.startPrograms({ applicationUrl, simulator, metricsToken: facts.metricsToken });
    await this.showVerification(facts);
    this.showAddresses(facts, { simulator, startMs: performance.now() - startedAt });
  }

  get isStopping(): boolean {
    return this.stopping;
  }

  /** Lets the programs finish what they are at, for at most `patienceMs`, then stops the database. */
  async stop(patienceMs = drainMs): Promise<void> {
    this.stopping = true;
    await this.stopPrograms(patienceMs);
    await this.progress.settled();
    await this.stopPrograms(patienceMs); // those that the interrupted step still started
    await this.postgres?.stop();
    this.instance?.release();
  }

  private async stopPrograms(patienceMs: number): Promise<void> {
    const [simulator, ...others] = this.children;
    await Promise.all(others.map((child) => child.stop(patienceMs)));
    await simulator?.stop(patienceMs); // last: the worker may still be asking
  }

  private async startDatabase(): Promise<string> {
    const { databaseUrl } = this.config;
    if (databaseUrl) return databaseUrl;
    const start = async (): Promise<RunningPostgres> => {
      this.postgres = await startPostgres({ dataDir: join(this.home, 'postgres'), durable: true });
      return this.postgres;
    };
    const postgres = await this.step('PostgreSQL', start, ({ port, elsewhere }) =>
      [`127.0.0.1:${port}`, elsewhere && `data in ${elsewhere}`].filter(Boolean).join(', '),
    );
    return postgres.superuserUrl;
  }

  private migrateDatabase(ownerUrl: string): Promise<{ applicationUrl: string; applied: string[] }> {
    const password = keptSecret(join(this.home, 'application-password'), () => randomBytes(24).toString('hex'));
    const work = (): ReturnType<typeof migrate> => migrate({ ownerUrl, applicationPassword: password });
    return this.step('database schema', work, ({ applied }) =>
      applied.length === 0 ? 'up to date' : `${applied.length} migrations`,
    );
  }

  private seed(urls: { ownerUrl: string; applicationUrl: string; simulatorUrl: string }): Promise<DemoFacts> {
    keptSecret(this.keysFile, generateKeyRing);
    writeFileSync(join(this.home, 'database-url'), `${urls.applicationUrl}\n`, { mode: 0o600 }); // for commands beside it
    const { metricsToken } = this.config;
    const own = { apiUrl: this.url, directory: this.home, ...(metricsToken ? { metricsToken } : {}) };
    return this.step('demo facility', () => seedDemo({ ...urls, ...own }));
  }

  private async startPrograms(told: {
    applicationUrl: string;
    simulator: number;
    metricsToken: string;
  }): Promise<void> {
    const environment = {
      DATABASE_URL: told.applicationUrl,
      OPENVOB_KEYS_FILE: this.keysFile,
      HOST: '127.0.0.1',
      PORT: String(this.config.port),
      SIMULATOR_PORT: String(told.simulator),
      METRICS_TOKEN: told.metricsToken,
      PAYER_NETWORKS: '127.0.0.0/8',
      WEBHOOK_NETWORKS: '127.0.0.0/8',
      MAIL_FOLDER: join(this.home, 'mail'),
      MAIL_FROM: 'OpenVOB demonstration <openvob@demo.openvob.example>',
    };
    const start = async (): Promise<void> => {
      const names = ['payer simulator', 'worker', 'API'] as const;
      this.children = names.map((name) => this.child(name, environment));
      await Promise.all(this.children.map((child) => child.start()));
    };
    await this.step('programs', start, () => 'payer simulator, worker, API');
  }

  private child(name: string, environment: Readonly<Record<string, string>>): Child {
    const folder = name.toLowerCase().replaceAll(' ', '-');
    return new Child({
      name,
      script: join(programs, folder, 'main.js'),
      environment: childEnvironment(environment),
      logFile: join(relative(process.cwd(), this.home), 'logs', `${folder}.log`),
      onStart: (pid) => this.instance?.addChild(pid),
      onCrash: (message) => this.progress.line(message),
    });
  }

  private async showVerification(facts: DemoFacts): Promise<void> {
    const run = (): ReturnType<typeof runFirstVerification> =>
      runFirstVerification({ url: this.url, apiKey: facts.apiKey }, facts.request);
    const shown = await this.step('first verification', run, ({ id }) => id);
    this.progress.line();
    for (const line of describeVerification(shown)) this.progress.line(`      ${line}`);
  }

  private showAddresses(facts: DemoFacts, { simulator, startMs }: { simulator: number; startMs: number }): void {
    const requestFile = join(this.home, 'demo-request.json');
    writeFileSync(requestFile, `${JSON.stringify(facts.request, undefined, 2)}\n`, { mode: 0o600 });
    const lines = [
      '',
      `OpenVOB runs on ${this.url} after ${(startMs / 1000).toFixed(1)} s; its API is described at ${this.url}/docs.`,
      `The simulated payers and their members are listed on http://127.0.0.1:${simulator}.`,
      'A demonstration: payers, people and figures are invented. Do not enter real patients.',
      '',
      ...facts.users.map(({ email, password, role }) => `  ${role.padEnd(16)}${email}  ${password}`),
      `  ${'API key'.padEnd(16)}${facts.apiKey}`,
      '',
      'Ask for another verification:',
      `  curl -s ${this.url}/v1/verifications -H 'Authorization: Bearer ${facts.apiKey}' \\`,
      `    -H "Idempotency-Key: $(date +%s)" -H 'Content-Type: application/json' -d @${relative(process.cwd(), requestFile)}`,
      '',
      'Figures for Prometheus:',
      `  curl -s ${this.url}/metrics -H 'Authorization: Bearer ${facts.metricsToken}'`,
      '',
      'Ctrl-C stops it and keeps its data; npm run reset removes them.',
    ];
    for (const line of lines) this.progress.line(line);
  }

  private step<T>(name: string, work: () => Promise<T>, detail?: (result: T) => string): Promise<T> {
    if (this.stopping) throw new Interrupted();
    return this.progress.step(name, work, detail);
  }

  private get keysFile(): string {
    return join(this.home, 'keys.json');
  }
}

function makeHome(home: string): void {
  try {
    for (const folder of ['logs', 'mail']) mkdirSync(join(home, folder), { recursive: true });
    accessSync(home, constants.W_OK);
  } catch (cause) {
    const owner = statSync(home, { throwIfNoEntry: false })?.uid;
    const whose = owner === undefined ? 'cannot be made' : `belongs to ${accountName(owner)}`;
    throw new Error(`${home} ${whose}: start as that user, or as root run npm run reset.`, { cause });
  }
}

async function refuseTakenPort(port: number): Promise<void> {
  const fault = await portFault(port);
  if (fault === undefined) return;
  const holder = listenerOn(port);
  const whom = holder ? ` by ${holder.program || 'a program'} (process ${holder.pid})` : '';
  const why = fault === 'EADDRINUSE' ? `is in use${whom}` : `cannot be used (${fault})`;
  throw new Error(`Port ${port} ${why}. Choose another: PORT=${await freePort(port + 1)} npm start`);
}
