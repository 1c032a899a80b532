import type { Database } from '../database';
import { FacilityRow } from '../entities';
import { type Actor, writeAudit } from './audit';

/** What a facility is to payers. */
export interface ProviderIdentity {
  /** As the information receiver of every inquiry. */
  name: string;
  npi: string;
  /** Asked with once where a payer does not know the first: of the group where that is a person's, or the other way round. */
  secondNpi: string | null;
  taxonomyCode: string | null;
}

/** How a facility names itself to payers; each change is a line of its audit trail, and counts from the next inquiry on. */
export class StoredProviderIdentity {
  constructor(private readonly database: Database) {}

  read(facilityId: string): Promise<ProviderIdentity> {
    return this.database.inFacility(facilityId, async ({ manager }) =>
      identityOf(await manager.findOneByOrFail(FacilityRow, { id: facilityId })),
    );
  }

  change(facilityId: string, change: Partial<ProviderIdentity>, actor: Actor, now: Date): Promise<ProviderIdentity> {
    return this.database.inFacility(facilityId, async (tx) => {
      const before = identityOf(await tx.manager.findOneByOrFail(FacilityRow, { id: facilityId }));
      const after = { ...before, ...change };
      await tx.manager.update(FacilityRow, { id: facilityId }, after);
      const detail = changesOf(before, after);
      await writeAudit(tx, { actor, action: 'provider_identity.changed', subjectId: facilityId, detail }, now);
      return after;
    });
  }
}

function identityOf({ name, npi, secondNpi, taxonomyCode }: FacilityRow): ProviderIdentity {
  return { name, npi, secondNpi, taxonomyCode };
}

/** Each field that changed, as it was and as it is. */
function changesOf(before: ProviderIdentity, after: ProviderIdentity): Record<string, string> {
  const changed = (Object.keys(after) as (keyof ProviderIdentity)[]).filter((key) => before[key] !== after[key]);
  return Object.fromEntries(changed.map((key) => [key, `${before[key] ?? 'none'} → ${after[key] ?? 'none'}`]));
}
