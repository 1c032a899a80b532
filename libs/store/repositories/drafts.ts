import type { FieldCipher } from '@openvob/platform';
import { LessThan } from 'typeorm';
import type { Database } from '../database';
import { DraftRow } from '../entities';
import { SealedRow } from '../sealed-row';
import type { Owner } from './saved-views';

/** A form that was not sent is about a patient too: it is not kept for longer. */
const keptForMs = 7 * 86_400_000;

/** Forms that people have not sent yet, encrypted: a closed tab loses nothing, and nothing lies in the browser. */
export class Drafts {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  read(owner: Owner, kind: string, now: Date): Promise<{ content: unknown; savedAt: Date } | undefined> {
    const { facilityId, personId } = owner;
    return this.database.inFacility(facilityId, async ({ manager }) => {
      const row = await manager.findOneBy(DraftRow, { facilityId, personId, kind });
      if (!row || row.savedAt.getTime() < now.getTime() - keptForMs) return undefined;
      return { content: this.sealed(owner, kind).openJson('content', row.content), savedAt: row.savedAt };
    });
  }

  save(owner: Owner, kind: string, content: unknown, now: Date): Promise<void> {
    const { facilityId, personId } = owner;
    const sealed = this.sealed(owner, kind).sealJson('content', content);
    if (!sealed) throw new Error('A draft has a content');
    return this.database.inFacility(facilityId, async ({ manager }) => {
      await manager.delete(DraftRow, { personId, savedAt: LessThan(new Date(now.getTime() - keptForMs)) });
      await manager.upsert(DraftRow, { facilityId, personId, kind, content: sealed, savedAt: now }, [
        'facilityId',
        'personId',
        'kind',
      ]);
    });
  }

  remove({ facilityId, personId }: Owner, kind: string): Promise<void> {
    return this.database.inFacility(facilityId, async ({ manager }) => {
      await manager.delete(DraftRow, { facilityId, personId, kind });
    });
  }

  private sealed({ facilityId, personId }: Owner, kind: string): SealedRow {
    return new SealedRow(this.cipher, facilityId, 'draft', `${facilityId}/${personId}/${kind}`);
  }
}
