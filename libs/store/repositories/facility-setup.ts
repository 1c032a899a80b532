import type { Role } from '@openvob/access';
import { hashApiKey } from '@openvob/access';
import { type FieldCipher, newId } from '@openvob/platform';
import type { Facility, FacilityRate, Program } from '@openvob/verification';
import type { Database, FacilityTransaction } from '../database';
import { ApiKeyRow, FacilityRow, IntakeSourceRow, ProgramRow, RateRow } from '../entities';
import { SealedRow } from '../sealed-row';

/** A rate with a word on where the figure is from. */
export type SourcedRate = FacilityRate & { source: string };

/** Sets a facility up: its programs, rates, keys and intake websites. Safe to run again with the same ids. */
export class FacilitySetup {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  put(facility: Facility, now: Date): Promise<void> {
    return this.database.inFacility(facility.id, async ({ manager }) => {
      const { secondNpi = null, taxonomyCode = null } = facility;
      await manager.upsert(FacilityRow, { ...facility, secondNpi, taxonomyCode, createdAt: now }, ['id']);
    });
  }

  putProgram(facilityId: string, program: Program & { description: object }, now: Date): Promise<void> {
    return this.database.inFacility(facilityId, async ({ manager }) => {
      await manager.upsert(
        ProgramRow,
        { ...program, onFirstDay: [...program.onFirstDay], facilityId, createdAt: now, withdrawnAt: null },
        ['id'],
      );
    });
  }

  /** Replaces all rates of the facility. */
  putRates(facilityId: string, rates: readonly SourcedRate[], now: Date): Promise<void> {
    return this.database.inFacility(facilityId, async ({ manager }) => {
      await manager.delete(RateRow, { facilityId });
      for (const rate of rates) await manager.insert(RateRow, rateRow(facilityId, rate, now));
    });
  }

  /** Stores the hash of a key; the key itself is kept by whoever was given it. */
  putApiKey(facilityId: string, key: { name: string; role: Role; secret: string }, now: Date): Promise<void> {
    return this.database.inFacility(facilityId, async (tx) => {
      const keyHash = hashApiKey(key.secret);
      if (await tx.manager.existsBy(ApiKeyRow, { keyHash })) return;
      await tx.manager.insert(ApiKeyRow, {
        id: newId('key', now),
        facilityId,
        name: key.name,
        role: key.role,
        keyHash,
        createdAt: now,
      });
    });
  }

  /** Sets the secrets that a website's webhooks may be signed with: two of them while one is being replaced. */
  putIntakeSource(
    facilityId: string,
    source: { id: string; name: string; secrets: readonly string[] },
    now: Date,
  ): Promise<void> {
    return this.database.inFacility(facilityId, (tx) => this.writeIntakeSource(tx, source, now));
  }

  private async writeIntakeSource(
    tx: FacilityTransaction,
    source: { id: string; name: string; secrets: readonly string[] },
    now: Date,
  ): Promise<void> {
    const sealed = new SealedRow(this.cipher, tx.facilityId, 'intake_source', source.id);
    const secrets = sealed.sealJson('secrets', source.secrets);
    if (!secrets) throw new Error('An intake source needs a secret');
    await tx.manager.upsert(
      IntakeSourceRow,
      { id: source.id, facilityId: tx.facilityId, name: source.name, secrets, createdAt: now, revokedAt: null },
      ['id'],
    );
  }
}

function rateRow(facilityId: string, rate: SourcedRate, now: Date): RateRow {
  return {
    id: newId('rat', now),
    facilityId,
    payerId: rate.payerId ?? null,
    network: rate.network,
    code: rate.code,
    allowedCents: rate.allowedCents,
    chargeCents: rate.chargeCents ?? null,
    includedIn: rate.includedIn ?? null,
    source: rate.source,
    fromDate: rate.from ?? null,
    toDate: null,
  };
}
