import type { FieldCipher } from '@openvob/platform';
import { LessThan } from 'typeorm';
import type { Database, FacilityTransaction } from '../database';
import { DraftRow } from '../entities';
import { SealedRow } from '../sealed-row';
import { writeAudit } from './audit';
import type { Owner } from './saved-views';

/** A form that was not sent is about a patient too: it is not kept for longer. */
export const draftKeptMs = 7 * 86_400_000;
/** Nobody has more forms open; of more the oldest go. */
const mostOfOne = 50;

/** Forms that people have not sent yet, encrypted: a closed tab loses nothing, and nothing lies in the browser. */
export class Drafts {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  read(owner: Owner, kind: string, now: Date): Promise<{ content: unknown; savedAt: Date } | undefined> {
    const { facilityId, personId } = owner;
    return this.database.inFacility(facilityId, async (tx) => {
      const row = await tx.manager.findOneBy(DraftRow, { facilityId, personId, kind });
      if (!row || row.savedAt.getTime() < now.getTime() - draftKeptMs) return undefined;
      await recordUse(tx, owner, { action: 'draft.read', kind, now });
      return { content: this.sealed(owner, kind).openJson('content', row.content), savedAt: row.savedAt };
    });
  }

  save(owner: Owner, kind: string, content: unknown, now: Date): Promise<void> {
    const { facilityId, personId } = owner;
    const sealed = this.sealed(owner, kind).sealJson('content', content);
    if (!sealed) throw new Error('A draft has a content');
    return this.database.inFacility(facilityId, async (tx) => {
      const { manager } = tx;
      await recordUse(tx, owner, { action: 'draft.saved', kind, now });
      await manager.delete(DraftRow, { personId, savedAt: LessThan(new Date(now.getTime() - draftKeptMs)) });
      await manager.upsert(DraftRow, { facilityId, personId, kind, content: sealed, savedAt: now }, [
        'facilityId',
        'personId',
        'kind',
      ]);
      await manager.query(
        `DELETE FROM draft WHERE person_id = $1 AND kind IN (
           SELECT kind FROM draft WHERE person_id = $1 ORDER BY saved_at DESC, kind OFFSET $2)`,
        [personId, mostOfOne],
      );
    });
  }

  remove(owner: Owner, kind: string, now: Date): Promise<void> {
    const { facilityId, personId } = owner;
    return this.database.inFacility(facilityId, async (tx) => {
      const { affected } = await tx.manager.delete(DraftRow, { facilityId, personId, kind });
      if ((affected ?? 0) > 0) await recordUse(tx, owner, { action: 'draft.removed', kind, now });
    });
  }

  private sealed({ facilityId, personId }: Owner, kind: string): SealedRow {
    return new SealedRow(this.cipher, facilityId, 'draft', `${facilityId}/${personId}/${kind}`);
  }
}

/** A form that was begun is about a patient: to save and to read it is on record, as of the person whose it is. */
function recordUse(
  tx: FacilityTransaction,
  { personId }: Owner,
  { action, kind, now }: { action: string; kind: string; now: Date },
): Promise<void> {
  const actor = { kind: 'person', id: personId } as const;
  return writeAudit(tx, { actor, action, subjectId: personId, detail: { draft: kind } }, now);
}

/** Forms about verifications that are removed, and about their calls, go with them: a form is named after what it is about. */
export async function removeDraftsAbout({ manager }: FacilityTransaction, ids: readonly string[]): Promise<void> {
  await manager.query(
    `DELETE FROM draft WHERE split_part(kind, ':', 2) IN (
       SELECT unnest($1::text[]) UNION ALL SELECT id FROM call_record WHERE verification_id = ANY($1))`,
    [[...ids]],
  );
}
