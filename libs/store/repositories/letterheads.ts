import type { FieldCipher } from '@openvob/platform';
import type { Letterhead } from '@openvob/results/documents/letterhead';
import type { Database, FacilityTransaction } from '../database';
import { FacilityLetterheadRow } from '../entities';
import { SealedRow } from '../sealed-row';
import { type Actor, writeAudit } from './audit';

/** What facilities put on their documents. */
export class Letterheads {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  /** Undefined until one was set. */
  get(facilityId: string): Promise<Letterhead | undefined> {
    return this.database.inFacility(facilityId, (tx) => readLetterhead(tx, this.cipher));
  }

  /** Takes the place of the one before; the trail names the fields that differ. */
  put(facilityId: string, letterhead: Letterhead, actor: Actor, now: Date): Promise<void> {
    return this.database.inFacility(facilityId, async (tx) => {
      const before = await readLetterhead(tx, this.cipher);
      const fields = changedKeys(before ?? {}, letterhead);
      const content = sealedLetterhead(tx, this.cipher).sealJson('content', letterhead);
      if (!content) throw new Error('A letterhead was not sealed');
      await tx.manager.upsert(FacilityLetterheadRow, { facilityId, content, updatedAt: now }, ['facilityId']);
      const detail = { fields: fields.join(',') };
      await writeAudit(tx, { actor, action: 'letterhead.changed', subjectId: facilityId, detail }, now);
    });
  }
}

export async function readLetterhead(tx: FacilityTransaction, cipher: FieldCipher): Promise<Letterhead | undefined> {
  const row = await tx.manager.findOneBy(FacilityLetterheadRow, { facilityId: tx.facilityId });
  return row ? sealedLetterhead(tx, cipher).openJson<Letterhead>('content', row.content) : undefined;
}

function sealedLetterhead(tx: FacilityTransaction, cipher: FieldCipher): SealedRow {
  return new SealedRow(cipher, tx.facilityId, 'facility_letterhead', tx.facilityId);
}

function changedKeys(before: Letterhead, after: Letterhead): string[] {
  const values = (letterhead: Letterhead): Map<string, string> =>
    new Map(Object.entries(letterhead).map(([key, value]) => [key, JSON.stringify(value)]));
  const [old, fresh] = [values(before), values(after)];
  return [...new Set([...old.keys(), ...fresh.keys()])].filter((key) => old.get(key) !== fresh.get(key)).sort();
}
