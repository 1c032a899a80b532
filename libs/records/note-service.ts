import { readNote } from '@openvob/intake';
import { type Clock, type Log, Problem } from '@openvob/platform';
import type { KeptNote, Note, Notes } from '@openvob/store';
import { readBody, refused } from './body';
import { repeatOf, type Who } from './record-service';

/** What colleagues write to each other about a verification. */
export class NoteService {
  constructor(private readonly parts: { notes: Notes; clock: Clock; log: Log }) {}

  async list({ facilityId, id, actor }: Who): Promise<object> {
    const notes = await this.parts.notes.list(facilityId, id, actor, this.parts.clock.now());
    if (!notes) throw new Problem('not_found');
    return { items: notes.map(presentNote) };
  }

  /**
   * Adds a note; none is ever changed.
   *
   * @returns the note as JSON text, the same again for the same key
   * @throws Problem `not_found`, `validation_failed`, `idempotency_key_reused`, `in_progress`
   */
  async write({ facilityId, id, actor }: Who, body: unknown, key: string | undefined): Promise<string> {
    const { notes, clock, log } = this.parts;
    const text = textOf(body);
    const repeat = key === undefined ? {} : { repeat: repeatOf(`note:${id}`, key, body) };
    const note = { verificationId: id, text, actor, now: clock.now() };
    const kept = await notes.add(facilityId, note, { ...repeat, respond: (one) => JSON.stringify(presentNote(one)) });
    if (kept.kind === 'kept') log.info('note.kept', { verificationId: id, facilityId });
    return responseOf(kept);
  }
}

function textOf(body: unknown): string {
  return readBody(body, (fields) => {
    fields.only('text');
    const read = readNote(fields.any('text', 'needed') ?? '');
    if ('fault' in read) throw refused([{ pointer: '/text', ...read.fault }]);
    return read.value;
  });
}

/** A note as callers read it. */
export function presentNote({ writtenAt, ...note }: Note): object {
  return { ...note, writtenAt: writtenAt.toISOString() };
}

function responseOf(kept: KeptNote): string {
  switch (kept.kind) {
    case 'kept':
    case 'repeated':
      return kept.response;
    case 'not_found':
      throw new Problem('not_found');
    case 'in_progress':
      throw new Problem('in_progress', { retryAfterSeconds: 1 });
    case 'key_reused':
      throw new Problem('idempotency_key_reused');
  }
}
