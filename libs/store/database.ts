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
import { AuditSeals1700000000016 } from './migrations/0016-audit-seals';
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

/** The way to PostgreSQL. Rows of a facility are reached by `inFacility` alone (row-level security does the rest). */
export class Database {
  private constructor(readonly source: DataSource) {}

  static async open(options: DatabaseOptions): Promise<Database> {
    const source = createDataSource(options);
    await source.initialize();
    return new Database(source);
  }

  /** Runs `work` in one transaction bound to a facility; rolled back when it throws. */
  inFacility<T>(facilityId: string, work: (tx: FacilityTransaction) => Promise<T>): Promise<T> {
    return this.source.transaction(async (manager) => {
      await manager.query(`SET LOCAL openvob.facility_id = ${escapeLiteral(facilityId)}`);
      return work({ facilityId, manager });
    });
  }

  /** Runs `work` with the rows visible that the look-up names exactly, and none of a facility. */
  lookingUp<T>(lookUp: LookUp, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.source.transaction(async (manager) => {
      await alsoSee(manager, lookUp);
      return work(manager);
    });
  }

  /** Runs `work` as the upkeep role: ids and states of all facilities, nothing else, read only. */
  forUpkeep<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.source.transaction(async (manager) => {
      await manager.query('SET LOCAL ROLE openvob_upkeep');
      return work(manager);
    });
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
  const named = Object.entries(lookUp) as [keyof LookUp, string | Buffer][];
  const settings = named.map(([key, value]) => {
    const text = typeof value === 'string' ? value : value.toString('hex');
    return `SET LOCAL openvob.${lookUpSettings[key]} = ${escapeLiteral(text)}`;
  });
  await manager.query(settings.join('; '));
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
      AuditSeals1700000000016,
    ],
    migrationsTransactionMode: 'each',
    applicationName: options.applicationName ?? 'openvob',
    poolErrorHandler: options.onError ?? (() => undefined),
    logging: false,
    extra: {
      Client: PreparedClient,
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
