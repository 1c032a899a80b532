import { CorrectionService, IntakeService } from '@openvob/intake';
import type { Adapter } from '@openvob/payers';
import { type Config, FieldCipher, generateKeyRing, type Log, readConfig } from '@openvob/platform';
import {
  AdmissionRequests,
  Database,
  type DueVerification,
  Promises,
  StoredPacing,
  StoredPayerDirectory,
  StoredRecipeMemory,
  Upkeep,
  usualPacing,
  VerificationActions,
  VerificationIntake,
  VerificationReader,
  VerificationRuns,
} from '@openvob/store';
import { type Pacing, type Permit, Runner, type VerificationStore } from '@openvob/verification';
import { Client } from 'pg';
import type { Installation } from '../setup/on-each-backend';
import { seedTestFacility } from '../setup/seed';

const beginning = Date.parse('2026-03-02T15:00:00Z');

/** A clock that goes on when it is told to. */
export class HeldClock {
  private at = beginning;

  now(): Date {
    return new Date(this.at);
  }

  advance(ms: number): void {
    this.at += ms;
  }

  /** Back to where it began: answers were given about that day. */
  reset(): void {
    this.at = beginning;
  }
}

/** The row of a verification, as far as the lifecycle goes. */
export interface Standing {
  status: string;
  version: number;
  round: number;
  requestVersion: number;
}

const quiet: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const hour = 3_600_000;

/** Intake, corrections, upkeep and runs over a real database, with a queue, a clock and payers that do as they are told. */
export class LifecycleWorld {
  readonly clock = new HeldClock();
  /** Jobs by id, as a queue holds them: one a round. */
  readonly queue = new Map<string, DueVerification>();
  queueIsDown = false;
  readonly intake: IntakeService;
  readonly corrections: CorrectionService;
  readonly upkeep: Upkeep;
  readonly pacing: StoredPacing;
  private readonly cipher: FieldCipher;
  private runs = 0;

  private constructor(
    readonly config: Config,
    readonly database: Database,
    readonly owner: Client,
  ) {
    const { clock } = this;
    this.cipher = new FieldCipher(config.keyRing);
    const reader = new VerificationReader(database, this.cipher, new AdmissionRequests(this.cipher));
    const intake = new VerificationIntake(database, this.cipher, reader);
    const payers = new StoredPayerDirectory(database, this.cipher);
    const queue = { enqueue: (due: DueVerification) => this.enqueue(due) };
    this.upkeep = new Upkeep(database);
    const promises = new Promises(database, clock, { people: 1, bulk: 1 });
    this.intake = new IntakeService({ intake, payers, queue, clock, log: quiet, promises });
    const actions = new VerificationActions(database, reader);
    const told = { clock, log: quiet, promises };
    this.corrections = new CorrectionService({ actions, intake, requests: this.intake, queue, ...told });
    const wake = (due: DueVerification): Promise<void> => this.enqueue(due);
    this.pacing = new StoredPacing({ database, rules: usualPacing, clock, log: quiet, wake });
  }

  static async open({
    applicationUrl,
    ownerUrl,
  }: Pick<Installation, 'applicationUrl' | 'ownerUrl'>): Promise<LifecycleWorld> {
    const config = readConfig({ DATABASE_URL: applicationUrl, OPENVOB_KEYS: generateKeyRing() });
    await seedTestFacility(config, 'http://127.0.0.1:1');
    const owner = new Client({ connectionString: ownerUrl, application_name: 'openvob-checker' });
    await owner.connect();
    return new LifecycleWorld(config, await Database.open({ url: applicationUrl, poolSize: 8 }), owner);
  }

  async close(): Promise<void> {
    this.pacing.stop();
    await this.database.close();
    await this.owner.end();
  }

  /** Begins again: what an earlier sequence left under way, because it went wrong, is nobody's business any more. */
  async clear(): Promise<void> {
    this.clock.reset();
    this.queue.clear();
    this.queueIsDown = false;
    await this.owner.query(
      `UPDATE verification SET next_look_at = NULL, waiting_for_connection = NULL
       WHERE next_look_at IS NOT NULL OR waiting_for_connection IS NOT NULL`,
    );
  }

  /** A payer that nobody has asked yet. @returns its id */
  async freshPayer(number: number): Promise<string> {
    const id = `pay_life_${number}`;
    const connection = {
      id: `con_life_${number}`,
      adapter: 'scripted',
      payerReference: 'NW001',
      endpointUrl: 'https://payer.test',
      settings: {},
      credentials: {},
      timeoutMs: 20_000,
    };
    const payer = { id, name: `Payer ${number}`, aliases: [], memberIdPrefixes: [] };
    await new StoredPayerDirectory(this.database, this.cipher).put(payer, [connection], this.clock.now());
    return id;
  }

  async enqueue(due: DueVerification): Promise<void> {
    if (this.queueIsDown) throw new Error('The queue is down');
    const id = `${due.verificationId}-${due.round}`;
    if (!this.queue.has(id)) this.queue.set(id, due);
    await this.upkeep.enqueued(due, this.clock.now(), 60_000);
  }

  /** What the sweep does. */
  async sweep(): Promise<void> {
    const now = this.clock.now();
    await this.pacing.wakeDue(now);
    for (const due of await this.upkeep.due(now, 3000, 500)) await this.enqueue(due).catch(() => undefined);
  }

  /** A run in a process of its own. `around` may stand before the store and the pacing. */
  runner(answer: Adapter['verify'], around: (parts: Surrounded) => Surrounded = (parts) => parts): Runner {
    this.runs += 1;
    const store = new VerificationRuns(this.database, this.cipher, new AdmissionRequests(this.cipher), 15_000);
    const parts = around({ store, pacing: this.pacing });
    return new Runner({
      ...parts,
      directory: new StoredPayerDirectory(this.database, this.cipher),
      recipes: new StoredRecipeMemory(this.database),
      adapters: new Map([['scripted', scripted(answer)]]),
      clock: this.clock,
      http: { send: () => Promise.reject(new Error('Nothing is sent')) },
      log: quiet,
      waiting: {
        retryLadderMs: [15_000, 60_000],
        rereadLadderMs: [2000, 5000],
        repeatNotFoundMs: 180_000,
        giveUpAfterMs: 24 * hour,
      },
      reuseForMs: 0,
      holder: `life-${this.runs}`,
      renewEveryMs: 60_000,
    });
  }

  async standing(id: string): Promise<Standing> {
    const { rows } = await this.owner.query<Standing>(
      'SELECT status, version, round, request_version AS "requestVersion" FROM verification WHERE id = $1',
      [id],
    );
    const [row] = rows;
    if (!row) throw new Error(`${id} is lost`);
    return row;
  }

  /** The moves of a verification as the audit trail has them. */
  async moves(id: string): Promise<{ from: string; to: string }[]> {
    const { rows } = await this.owner.query<{ from: string; to: string }>(
      `SELECT detail->>'from' AS "from", detail->>'to' AS "to" FROM audit_entry
       WHERE subject_id = $1 AND action = 'verification.moved' ORDER BY id`,
      [id],
    );
    return rows;
  }

  /** How many answers are kept of it. */
  async answers(id: string): Promise<number> {
    const { rowCount } = await this.owner.query(
      'SELECT FROM answer a JOIN inquiry i ON i.id = a.inquiry_id WHERE i.verification_id = $1',
      [id],
    );
    return rowCount ?? 0;
  }

  /** True while nothing is kept that settles this inquiry, and it is noted as sent. */
  async isOpen(inquiryId: string): Promise<boolean> {
    const { rows } = await this.owner.query(
      `SELECT FROM inquiry WHERE id = $1 AND state = 'sent'
         AND NOT EXISTS (SELECT FROM answer WHERE inquiry_id = $1 AND kind = 'benefits')`,
      [inquiryId],
    );
    return rows.length === 1;
  }

  /** A patient takes a consent back. */
  async withdrawConsent(id: string): Promise<void> {
    await this.owner.query('UPDATE consent SET revoked_at = $2 WHERE verification_id = $1 AND revoked_at IS NULL', [
      id,
      this.clock.now(),
    ]);
  }

  async pause(payerId: string, paused: boolean): Promise<void> {
    const at = paused ? this.clock.now() : null;
    await this.owner.query('UPDATE payer_connection SET paused_at = $2 WHERE payer_id = $1', [payerId, at]);
  }
}

/** What a run reaches the world through. */
export interface Surrounded {
  store: VerificationStore;
  pacing: Pacing;
}

function scripted(verify: Adapter['verify']): Adapter {
  return {
    name: 'scripted',
    capabilities: { severalServiceTypes: false, afterLostReply: 'resend_same_trace', electronic: true },
    checkConnection: () => [],
    fieldsOf: () => [],
    verify,
    poll: (_reference, inquiry, connection, context) => verify(inquiry, connection, context),
  };
}

/** Notes whether a permit was refused. */
export function watchingPermits({ store, pacing }: Surrounded, refused: (permit: Permit) => void): Surrounded {
  const acquire: Pacing['acquire'] = async (wanted, now) => {
    const permit = await pacing.acquire(wanted, now);
    if (permit.kind !== 'granted') refused(permit);
    return permit;
  };
  return { store, pacing: changed(pacing, { acquire }) };
}

/** The process dies before or after the nth thing that it does to the world: nothing that it does later has an effect. */
export function dyingAt({ store, pacing }: Surrounded, at: number, when: 'before' | 'after'): Surrounded {
  let done = 0;
  const dying = <T extends object>(target: T): T =>
    new Proxy(target, {
      get: (object, name) => {
        const method: unknown = Reflect.get(object, name);
        if (typeof method !== 'function') return method;
        return async (...given: unknown[]) => {
          done += 1;
          if (done > at || (done === at && when === 'before')) throw new Error('The process is dead');
          const result: unknown = await method.apply(object, given);
          if (done === at) throw new Error('The process died');
          return result;
        };
      },
    });
  return { store: dying(store), pacing: dying(pacing) };
}

function changed<T extends object>(target: T, change: Partial<T>): T {
  return new Proxy(target, {
    get: (object, name) => {
      const own: unknown = Reflect.get(change, name);
      const value: unknown = own ?? Reflect.get(object, name);
      return typeof value === 'function' && own === undefined ? value.bind(object) : value;
    },
  });
}
