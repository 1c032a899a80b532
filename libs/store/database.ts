import { escapeLiteral } from 'pg';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import * as entities from './entities';
import { Spine1700000000001 } from './migrations/0001-spine';
import { PayerPacing1700000000002 } from './migrations/0002-payer-pacing';
import { Operations1700000000003 } from './migrations/0003-operations';
import { Workflow1700000000004 } from './migrations/0004-workflow';
import { Records1700000000005 } from './migrations/0005-records';
import { PayerFacts1700000000006 } from './migrations/0006-payer-facts';
import { TimeAndSpend1700000000007 } from './migrations/0007-time-and-spend';
import { FairShare1700000000008 } from './migrations/0008-fair-share';
import { People1700000000009 } from './migrations/0009-people';
import { Outages1700000000010 } from './migrations/0010-outages';
import { Rechecks1700000000011 } from './migrations/0011-rechecks';
import { DataKeys1700000000013 } from './migrations/0013-data-keys';
import { Part21700000000014 } from './migrations/0014-part2';
import { Patients1700000000015 } from './migrations/0015-patients';
import { AuditSeals1700000000016 } from './migrations/0016-audit-seals';
import { Console1700000000018 } from './migrations/0018-console';
import { Letterhead1700000000020 } from './migrations/0020-letterhead';
import { LetterheadKeys1700000000021 } from './migrations/0021-letterhead-keys';
import { Webhooks1700000000022 } from './migrations/0022-webhooks';
import { UnsealedLines1700000000024 } from './migrations/0024-unsealed-lines';
import { Erasures1700000000025 } from './migrations/0025-erasures';
import { Notes1700000000026 } from './migrations/0026-notes';
import { CallReviews1700000000027 } from './migrations/0027-call-reviews';
import { RateDates1700000000028 } from './migrations/0028-rate-dates';
import { BeginFacility1700000000029 } from './migrations/0029-begin-facility';
import { CheapMoves1700000000030 } from './migrations/0030-cheap-moves';
import { PhoneDisclosures1700000000031 } from './migrations/0031-phone-disclosures';
import { ConsentsOfOthers1700000000032 } from './migrations/0032-consents-of-others';
import { ReplacedPersons1700000000033 } from './migrations/0033-replaced-persons';
import { OneAnnouncement1700000000034 } from './migrations/0034-one-announcement';
import { UnreadableProbes1700000000036 } from './migrations/0036-unreadable-probes';
import { FailedInOutage1700000000038 } from './migrations/0038-failed-in-outage';
import { FailedInquiries1700000000039 } from './migrations/0039-failed-inquiries';
import { PlainManager } from './plain-manager';
import { PreparedClient } from './prepared-client';

/** One transaction that sees the rows of one facility and no other. */
export interface FacilityTransaction {
  readonly facilityId: string;
  readonly manager: EntityManager;
}

/** Settings that open the look-ups which come before the facility is known: each shows the rows of one key, website, person or secret. */
export interface LookUp {
  apiKeyHash?: Buffer;
  intakeSourceId?: string;
  personId?: string;
  personEmail?: string;
  sessionHash?: Buffer;
  linkHash?: Buffer;
  identityProviderId?: string;
  emailDomain?: string;
}

const lookUpSettings: Readonly<Record<keyof LookUp, string>> = {
  apiKeyHash: 'api_key_hash',
  intakeSourceId: 'intake_source_id',
  personId: 'person_id',
  personEmail: 'person_email',
  sessionHash: 'session_hash',
  linkHash: 'link_hash',
  identityProviderId: 'identity_provider_id',
  emailDomain: 'email_domain',
};

export interface DatabaseOptions {
  url: string;
  /** Connections at most; the queue has its own. */
  poolSize?: number;
  applicationName?: string;
  onError?: (error: Error) => void;
}

/** What the keys of a facility, and those of the installation, have come to; "0" where there are none. */
export interface KeyGenerations {
  own: string;
  installation: string;
}

/** Sees to it that the keys of a transaction's rows are open. */
export interface TransactionKeys {
  /** Before the transaction. @throws Problem */
  ready(owner: string): Promise<void>;
  /** At its beginning. @throws Problem */
  within(manager: EntityManager, facilityId: string | undefined, generations: KeyGenerations): Promise<void>;
}

const installation = 'installation';
const generations = 'SELECT own, installation FROM key_generations()';

/** The way to PostgreSQL. Rows of a facility are reached by `inFacility` alone (row-level security does the rest). */
export class Database {
  private keys: TransactionKeys | undefined;

  private constructor(readonly source: DataSource) {}

  static async open(options: DatabaseOptions): Promise<Database> {
    const source = createDataSource(options);
    await source.initialize();
    return new Database(source);
  }

  /** From now on the keys of every transaction are open before its work begins. */
  openKeysBy(keys: TransactionKeys): void {
    this.keys = keys;
  }

  /** Runs `work` in one transaction bound to a facility; rolled back when it throws. @throws Problem `keys_unavailable` before anything is done */
  async inFacility<T>(facilityId: string, work: (tx: FacilityTransaction) => Promise<T>): Promise<T> {
    await this.keys?.ready(installation);
    await this.keys?.ready(facilityId);
    return this.source.transaction(async (manager) => {
      await this.beginFor(manager, facilityId);
      return work({ facilityId, manager });
    });
  }

  /** Runs `work` with the rows visible that the look-up names exactly, and none of a facility. */
  async lookingUp<T>(lookUp: LookUp, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    await this.keys?.ready(installation);
    return this.source.transaction(async (manager) => {
      await this.begin(manager, settingsOf(lookUp));
      return work(manager);
    });
  }

  /** As `inFacility` without its keys: for the keys themselves. */
  plainly<T>(facilityId: string, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.source.transaction(async (manager) => {
      await manager.query(`SET LOCAL openvob.facility_id = ${escapeLiteral(facilityId)}`);
      return work(manager);
    });
  }

  /** Runs `work` as the role that brings ciphertexts under other keys. */
  asKeeper<T>(facilityId: string, work: (tx: FacilityTransaction) => Promise<T>): Promise<T> {
    return this.inFacility(facilityId, async (tx) => {
      await tx.manager.query('SET LOCAL ROLE openvob_keeper');
      return work(tx);
    });
  }

  /** Puts a fault of the key service on the installation's record, where its operators look. */
  async recordKeyFault(facilityId: string, detail: Record<string, string>, at: Date): Promise<void> {
    await this.directory.query(
      `INSERT INTO installation_audit_entry (at, actor_kind, actor_id, action, subject_id, detail)
       VALUES ($1, 'worker', 'keys', 'keys.unavailable', $2, $3)`,
      [at, facilityId, JSON.stringify(detail)],
    );
  }

  /** Runs `work` as the upkeep role: ids and states of all facilities, nothing else, read only. */
  forUpkeep<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.source.transaction(async (manager) => {
      await manager.query('SET LOCAL ROLE openvob_upkeep');
      return work(manager);
    });
  }

  /** Binds to a facility and learns what the keys have come to, in one round trip. */
  private async beginFor(manager: EntityManager, facilityId: string): Promise<void> {
    const [now] = await manager.query<KeyGenerations[]>('SELECT own, installation FROM begin_facility($1)', [
      facilityId,
    ]);
    if (now) await this.keys?.within(manager, facilityId, now);
  }

  /** Settings and, where keys are in use, what they have come to: in one round trip. */
  private async begin(manager: EntityManager, settings: readonly string[]): Promise<void> {
    if (!this.keys) {
      await manager.query(settings.join('; '));
      return;
    }
    const [now] = await manager.query<KeyGenerations[]>([...settings, generations].join('; '));
    if (now) await this.keys.within(manager, undefined, now);
  }

  /** Tables without a facility (the payer directory). */
  get directory(): EntityManager {
    return this.source.manager;
  }

  async close(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }
}

/** Widens what the rest of the transaction sees by the rows that the look-up names. */
export async function alsoSee(manager: EntityManager, lookUp: LookUp): Promise<void> {
  await manager.query(settingsOf(lookUp).join('; '));
}

function settingsOf(lookUp: LookUp): string[] {
  const named = Object.entries(lookUp) as [keyof LookUp, string | Buffer][];
  return named.map(([key, value]) => {
    const text = typeof value === 'string' ? value : value.toString('hex');
    return `SET LOCAL openvob.${lookUpSettings[key]} = ${escapeLiteral(text)}`;
  });
}

/** The data source for the application, or with `migrations` for the owner. */
export function createDataSource(options: DatabaseOptions): DataSource {
  return new PlainDataSource({
    type: 'postgres',
    url: options.url,
    entities: Object.values(entities),
    migrations: [
      Spine1700000000001,
      PayerPacing1700000000002,
      Operations1700000000003,
      Workflow1700000000004,
      Records1700000000005,
      PayerFacts1700000000006,
      TimeAndSpend1700000000007,
      FairShare1700000000008,
      People1700000000009,
      Outages1700000000010,
      Rechecks1700000000011,
      DataKeys1700000000013,
      Part21700000000014,
      Patients1700000000015,
      AuditSeals1700000000016,
      Console1700000000018,
      Letterhead1700000000020,
      LetterheadKeys1700000000021,
      Webhooks1700000000022,
      UnsealedLines1700000000024,
      Erasures1700000000025,
      Notes1700000000026,
      CallReviews1700000000027,
      RateDates1700000000028,
      BeginFacility1700000000029,
      CheapMoves1700000000030,
      PhoneDisclosures1700000000031,
      ConsentsOfOthers1700000000032,
      ReplacedPersons1700000000033,
      OneAnnouncement1700000000034,
      UnreadableProbes1700000000036,
      FailedInOutage1700000000038,
      FailedInquiries1700000000039,
    ],
    migrationsTransactionMode: 'each',
    applicationName: options.applicationName ?? 'openvob',
    poolErrorHandler: options.onError ?? (() => undefined),
    logging: false,
    extra: {
      Client: PreparedClient,
      pipeline: true,
      max: options.poolSize ?? 10,
      connectionTimeoutMillis: 10_000,
      statement_timeout: 30_000,
      idle_in_transaction_session_timeout: 60_000,
    },
  });
}

/** Everyday statements go past TypeORM's builders. */
class PlainDataSource extends DataSource {
  override createEntityManager(queryRunner?: QueryRunner): EntityManager {
    return new PlainManager(this, queryRunner);
  }
}
