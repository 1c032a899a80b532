import { type FieldCipher, newId } from '@openvob/platform';
import type { Database, FacilityTransaction } from '../database';
import { NoteRow, VerificationRow } from '../entities';
import { SealedRow } from '../sealed-row';
import { type Actor, writeAudit } from './audit';
import { type RepeatedKey, Repeats } from './repeats';

/** What somebody wrote to colleagues about a verification. */
export interface Note {
  readonly id: string;
  readonly writtenAt: Date;
  /** `person:…`, `api_key:…`. */
  readonly writtenBy: string;
  readonly text: string;
  /** To whom it was handed over with these words. */
  readonly handedTo?: string;
}

export interface NewNote {
  readonly verificationId: string;
  readonly text: string;
  readonly handedTo?: string;
  readonly actor: Actor;
  readonly now: Date;
}

export type KeptNote =
  | { readonly kind: 'kept' | 'repeated'; readonly response: string }
  | { readonly kind: 'not_found' | 'in_progress' | 'key_reused' };

/** Notes on verifications: encrypted, added and never changed; each one written or read is a line of the trail. */
export class Notes {
  private readonly repeats: Repeats;

  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {
    this.repeats = new Repeats(cipher);
  }

  /** Oldest first; undefined for a verification that is not there. */
  list(facilityId: string, verificationId: string, actor: Actor, now: Date): Promise<Note[] | undefined> {
    return this.database.inFacility(facilityId, async (tx) => {
      if (!(await tx.manager.existsBy(VerificationRow, { id: verificationId }))) return undefined;
      await writeAudit(tx, { actor, action: 'notes.read', subjectId: verificationId }, now);
      return notesOf(tx, this.cipher, verificationId);
    });
  }

  /** @param respond the response's text, kept so that a repeat gets the same bytes */
  add(
    facilityId: string,
    note: NewNote,
    { repeat, respond }: { repeat?: RepeatedKey; respond: (note: Note) => string },
  ): Promise<KeptNote> {
    return this.database.inFacility(facilityId, async (tx) => {
      const { verificationId, now } = note;
      if (repeat && !(await this.repeats.lock(tx, repeat))) return { kind: 'in_progress' };
      if (!(await tx.manager.existsBy(VerificationRow, { id: verificationId }))) return { kind: 'not_found' };
      const earlier = repeat && (await this.repeats.earlier(tx, repeat, now));
      if (earlier) return earlier;
      const response = respond(await insertNote(tx, this.cipher, note));
      if (repeat) await this.repeats.remember(tx, repeat, { verificationId, response, now });
      return { kind: 'kept', response };
    });
  }
}

/** Adds a note in the transaction of what it belongs to. */
export async function insertNote(
  tx: FacilityTransaction,
  cipher: FieldCipher,
  { verificationId, text, handedTo, actor, now }: NewNote,
): Promise<Note> {
  const id = newId('nte', now);
  const { facilityId } = tx;
  const content = new SealedRow(cipher, facilityId, 'verification_note', id).seal('content', text);
  if (!content) throw new Error('A note was not sealed');
  const writtenBy = `${actor.kind}:${actor.id}`;
  const row = { id, facilityId, verificationId, writtenAt: now, writtenBy, handedTo: handedTo ?? null, content };
  await tx.manager.insert(NoteRow, row);
  await writeAudit(tx, { actor, action: 'note.written', subjectId: verificationId, detail: { note: id } }, now);
  return { id, writtenAt: now, writtenBy, text, ...(handedTo ? { handedTo } : {}) };
}

/** All notes on a verification, oldest first. */
export async function notesOf(tx: FacilityTransaction, cipher: FieldCipher, verificationId: string): Promise<Note[]> {
  const rows = await tx.manager.find(NoteRow, { where: { verificationId }, order: { seq: 'ASC' } });
  return rows.map((row) => openedNote(tx, cipher, row));
}

/** The last note on each of these, by verification. */
export async function lastNotes(
  tx: FacilityTransaction,
  cipher: FieldCipher,
  verificationIds: readonly string[],
): Promise<Map<string, Note>> {
  if (verificationIds.length === 0) return new Map();
  const rows = await tx.manager
    .createQueryBuilder(NoteRow, 'n')
    .distinctOn(['n.verification_id'])
    .where('n.verification_id IN (:...ids)', { ids: [...verificationIds] })
    .orderBy('n.verification_id')
    .addOrderBy('n.seq', 'DESC')
    .getMany();
  return new Map(rows.map((row) => [row.verificationId, openedNote(tx, cipher, row)]));
}

function openedNote({ facilityId }: FacilityTransaction, cipher: FieldCipher, row: NoteRow): Note {
  const { id, writtenAt, writtenBy, handedTo, content } = row;
  const text = new SealedRow(cipher, facilityId, 'verification_note', id).open('content', content) ?? '';
  return { id, writtenAt, writtenBy, text, ...(handedTo === null ? {} : { handedTo }) };
}
