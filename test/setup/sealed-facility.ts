import type { AdmissionRequest } from '@openvob/intake';
import { type Clock, FieldCipher, type KeyManagement, LocalKeys, parseKeyRing } from '@openvob/platform';
import {
  AdmissionRequests,
  Database,
  DataKeys,
  FacilitySetup,
  KeyRotation,
  VerificationIntake,
  VerificationList,
  VerificationReader,
} from '@openvob/store';
import type { TestDatabase } from './database';

export const silentLog = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** What is done with the rows of a facility by one process: under the key ring alone, as earlier versions did, or under data keys. */
export class SealedFacility {
  readonly requests: AdmissionRequests;
  readonly intake: VerificationIntake;
  readonly reader: VerificationReader;
  readonly list: VerificationList;

  private constructor(
    readonly database: Database,
    readonly cipher: FieldCipher,
    private readonly clock: Clock,
    /** Only where there are data keys. */
    readonly rotation: KeyRotation | undefined,
  ) {
    this.requests = new AdmissionRequests(cipher);
    this.reader = new VerificationReader(database, cipher, this.requests);
    this.intake = new VerificationIntake(database, cipher, this.reader);
    this.list = new VerificationList(database, cipher);
  }

  /** A process of today, or one of an earlier version that knew no data keys. */
  static async open(
    home: TestDatabase,
    options: { ring: string; clock: Clock; isEarlier?: boolean; management?: KeyManagement; poolSize?: number },
  ): Promise<SealedFacility> {
    const { clock } = options;
    const database = await Database.open({ url: home.applicationUrl, poolSize: options.poolSize ?? 4 });
    const ring = parseKeyRing(options.ring);
    if (options.isEarlier) return new SealedFacility(database, new FieldCipher(ring), clock, undefined);
    const management = options.management ?? new LocalKeys(() => ring);
    const keys = new DataKeys(database, { management, ring, clock, log: silentLog });
    database.openKeysBy(keys);
    const cipher = new FieldCipher(ring, keys);
    return new SealedFacility(database, cipher, clock, new KeyRotation({ database, cipher, keys }));
  }

  setUp(id: string): Promise<void> {
    const facility = { id, name: `Facility ${id}`, timeZone: 'America/New_York', npi: '1999999984' };
    return new FacilitySetup(this.database, this.cipher).put(facility, this.clock.now());
  }

  /** Takes requests in, one statement a table. @returns the verifications' ids */
  take(facilityId: string, requests: readonly AdmissionRequest[]): Promise<string[]> {
    const actor = { kind: 'worker', id: 'suite' } as const;
    const accepted = requests.map((request) => ({ actor, request, priority: 'routine' as const }));
    return this.database.inFacility(facilityId, (tx) => this.intake.insertAll(tx, accepted, this.clock.now()));
  }

  read(facilityId: string, verificationId: string): Promise<AdmissionRequest> {
    return this.database.inFacility(facilityId, (tx) => this.requests.load(tx, verificationId));
  }

  async search(facilityId: string, q: string, limit = 100): Promise<string[]> {
    const actor = { kind: 'worker', id: 'suite' } as const;
    const found = await this.list.find(facilityId, { q, limit }, actor, this.clock.now());
    return found.map(({ id }) => id);
  }
}

/** An invented person. */
export function admissionOf(lastName: string, birthDate = '1988-03-14', memberId = 'NWH0000001'): AdmissionRequest {
  return {
    patient: { firstName: 'Marlow', lastName, birthDate, relationship: 'self' },
    coverages: [{ memberId }],
    admission: {},
    reference: `intake ${lastName}`,
    unusable: [],
  };
}
