import { type FieldCipher, newId } from '@openvob/platform';
import type { Database, FacilityTransaction } from '../database';
import { AttachmentRow, VerificationRow } from '../entities';
import { SealedRow } from '../sealed-row';
import { type Actor, writeAudit } from './audit';

export interface AttachmentFacts {
  id: string;
  kind: string;
  mediaType: string;
  bytes: number;
  addedAt: Date;
  addedBy: string;
}

/** Which verification, by whom, when. */
export interface AttachmentTarget {
  facilityId: string;
  verificationId: string;
  actor: Actor;
  now: Date;
}

const mostOfOne = 20;

/** Photos and files about a verification, encrypted; each reading of one stands in the audit trail. */
export class Attachments {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  /** @returns what was kept; `full` where it has too many, `not_found` where there is no such verification */
  add(
    { facilityId, verificationId, actor, now }: AttachmentTarget,
    file: { kind: string; mediaType: string; content: Buffer },
  ): Promise<AttachmentFacts | 'not_found' | 'full'> {
    return this.database.inFacility(facilityId, async (tx) => {
      if (!(await tx.manager.existsBy(VerificationRow, { id: verificationId }))) return 'not_found';
      if ((await tx.manager.countBy(AttachmentRow, { verificationId })) >= mostOfOne) return 'full';
      const { kind, mediaType, content } = file;
      const facts = {
        id: newId('att', now),
        kind,
        mediaType,
        bytes: content.length,
        addedAt: now,
        addedBy: actor.id,
      };
      const sealed = this.sealed(facilityId, facts.id).seal('content', content.toString('base64'));
      if (!sealed) throw new Error('An attachment has a content');
      await tx.manager.insert(AttachmentRow, { ...facts, facilityId, verificationId, content: sealed });
      const detail = { attachment: facts.id, kind, bytes: content.length };
      await writeAudit(tx, { actor, action: 'attachment.added', subjectId: verificationId, detail }, now);
      return facts;
    });
  }

  list({ facilityId, verificationId, actor, now }: AttachmentTarget): Promise<AttachmentFacts[] | undefined> {
    return this.database.inFacility(facilityId, async (tx) => {
      if (!(await tx.manager.existsBy(VerificationRow, { id: verificationId }))) return undefined;
      await writeAudit(tx, { actor, action: 'attachments.listed', subjectId: verificationId }, now);
      return attachmentsOf(tx, verificationId);
    });
  }

  read(
    { facilityId, verificationId, actor, now }: AttachmentTarget,
    id: string,
  ): Promise<{ mediaType: string; content: Buffer } | undefined> {
    return this.database.inFacility(facilityId, async (tx) => {
      const row = await tx.manager
        .createQueryBuilder(AttachmentRow, 'a')
        .addSelect('a.content')
        .where('a.id = :id AND a.verification_id = :verificationId', { id, verificationId })
        .getOne();
      if (!row) return undefined;
      const detail = { attachment: id };
      await writeAudit(tx, { actor, action: 'attachment.read', subjectId: verificationId, detail }, now);
      const text = this.sealed(facilityId, id).open('content', row.content) ?? '';
      return { mediaType: row.mediaType, content: Buffer.from(text, 'base64') };
    });
  }

  /** @returns false when there is none */
  remove({ facilityId, verificationId, actor, now }: AttachmentTarget, id: string): Promise<boolean> {
    return this.database.inFacility(facilityId, async (tx) => {
      const { affected } = await tx.manager.delete(AttachmentRow, { id, verificationId });
      if ((affected ?? 0) === 0) return false;
      const detail = { attachment: id };
      await writeAudit(tx, { actor, action: 'attachment.removed', subjectId: verificationId, detail }, now);
      return true;
    });
  }

  private sealed(facilityId: string, id: string): SealedRow {
    return new SealedRow(this.cipher, facilityId, 'attachment', id);
  }
}

/** What is attached to a verification, in the order in which it came. */
export function attachmentsOf({ manager }: FacilityTransaction, verificationId: string): Promise<AttachmentFacts[]> {
  return manager.find(AttachmentRow, { where: { verificationId }, order: { addedAt: 'ASC', id: 'ASC' } });
}
