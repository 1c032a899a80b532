import { createHash } from 'node:crypto';
import { type Clock, type Log, Problem } from '@openvob/platform';
import { presentVerification } from '@openvob/results';
import type {
  AttendanceContent,
  AuthorizationContent,
  CallContent,
  Kept,
  KnownSoFar,
  RecordEntry,
  RecordKeeper,
  RecordLists,
  Target,
} from '@openvob/store';
import { callScript, type Ground, matchPayer, unaskedGround, whomToCall } from '@openvob/verification';
import canonicalize from 'canonicalize';
import { refused } from './body';
import { type CallSheet, closing, haveReady, opening } from './call-sheet';
import { confidentiality } from './confidentiality';
import { presentAttendance, presentAuthorization, presentCalls, presentRecords } from './present-records';
import { readAttendance, readAttendanceBody } from './read-attendance';
import { readAuthorization, readAuthorizationBody } from './read-authorization';
import { type CallBody, readCall, readCallBody } from './read-call';
import { readReview, readReviewBody } from './read-review';
import { contactsOf, type RingParts } from './whom-to-ring';

export interface RecordParts extends RingParts {
  keeper: RecordKeeper;
  lists: RecordLists;
  clock: Clock;
  log: Log;
}

/** Which verification, and who acts. */
export type Who = Omit<Target, 'now'>;

const longestKey = 255;
const noConsent =
  'No consent of the patient (42 CFR Part 2) that allows this payer to be told was live when the call began, and none is now: record the consent, then the call.';

/** What people record beside what payers answer electronically: calls, authorizations, attendance. */
export class RecordService {
  constructor(private readonly parts: RecordParts) {}

  /**
   * Records a call and draws the conclusion again.
   *
   * @returns the verification as JSON text, the same again for the same key
   * @throws Problem `not_found`, `wrong_state`, `validation_failed`, `idempotency_key_reused`, `in_progress`
   */
  async call(who: Who, body: unknown, key: string | undefined, by = { mayApprove: false }): Promise<string> {
    const now = this.parts.clock.now();
    const call = await this.called(readCallBody(body, now));
    return this.keep(who, key, body, { kind: 'call', read: (context) => readCall(call, context, by) });
  }

  /**
   * Approves a call, so that what was said in it counts from now on, or sends it back.
   *
   * @param dryRun says what the verification would come to; nothing is stored
   * @throws Problem likewise
   */
  async review(
    { callId, ...who }: Who & { callId: string },
    body: unknown,
    { key, dryRun }: { key?: string | undefined; dryRun?: boolean } = {},
  ): Promise<string> {
    const content = readReviewBody(body);
    const by = `${who.actor.kind}:${who.actor.id}`;
    const entry = {
      kind: 'call_review' as const,
      read: (context: Parameters<RecordEntry['read']>[0]) => readReview(content, { callId, by }, context),
    };
    if (!dryRun) return this.keep(who, key, { callId, ...content }, entry);
    const respond: RecordEntry['respond'] = (view) => JSON.stringify(presentVerification(view));
    return responseOf(await this.parts.keeper.tryOut({ ...who, now: this.parts.clock.now() }, { ...entry, respond }));
  }

  /**
   * What recording this call would come to; nothing is stored.
   *
   * @throws Problem likewise
   */
  async tryCall(who: Who, body: unknown): Promise<string> {
    const { keeper, clock } = this.parts;
    const now = clock.now();
    const call = await this.called(readCallBody(body, now));
    const entry = {
      kind: 'call' as const,
      read: (context: Parameters<RecordEntry['read']>[0]) => readCall(call, context, { mayApprove: true }),
    };
    const respond: RecordEntry['respond'] = (view) => JSON.stringify(presentVerification(view));
    return responseOf(await keeper.tryOut({ ...who, now }, { ...entry, respond }));
  }

  /** @throws Problem likewise */
  async authorization(who: Who, body: unknown, key: string | undefined): Promise<string> {
    const authorization = readAuthorizationBody(body);
    return this.keep(who, key, body, {
      kind: 'authorization',
      read: (context) => readAuthorization(authorization, context),
    });
  }

  /** @throws Problem likewise */
  async attendance(who: Who, body: unknown, key: string | undefined): Promise<string> {
    const days = readAttendanceBody(body);
    return this.keep(who, key, body, { kind: 'attendance', read: (context) => readAttendance(days, context) });
  }

  async calls(who: Who): Promise<object> {
    const calls = found(await this.parts.lists.calls(who, this.parts.clock.now()));
    return { items: presentCalls(calls) };
  }

  async authorizations(who: Who): Promise<object> {
    const records = await this.parts.lists.list<AuthorizationContent>('authorization', who, this.parts.clock.now());
    return { items: presentRecords(found(records), presentAuthorization) };
  }

  async attended(who: Who): Promise<object> {
    const sheets = await this.parts.lists.list<AttendanceContent>('attendance', who, this.parts.clock.now());
    return { items: presentAttendance(found(sheets)) };
  }

  /** What is still to ask by phone, of whom. */
  async sheet(who: Who): Promise<CallSheet> {
    const known = found(await this.parts.lists.known(who, this.parts.clock.now()));
    const { recorded, today } = known;
    const ground = known.ground ?? (await this.unasked(known));
    const called = ground ? whomToCall(ground, recorded, today).filter(({ payerId }) => payerId !== '') : [];
    const contacts = await contactsOf(this.parts, called, this.parts.clock.now());
    return {
      verificationId: who.id,
      contacts,
      haveReady,
      opening: [...confidentiality(known, contacts), ...opening],
      questions: ground ? callScript(ground, recorded, today) : [],
      closing,
    };
  }

  /** Somebody may call before any payer was asked, or where it is not clear yet which. */
  private async unasked({ request, program, today }: KnownSoFar): Promise<Ground | undefined> {
    if (!program) return undefined;
    const { directory } = this.parts;
    const matches = await Promise.all(request.coverages.map((coverage) => matchPayer(directory, coverage)));
    return unaskedGround({ request, program, matches, today });
  }

  /** A payer that is known is named by its id. */
  private async called({ payer, ...call }: CallBody): Promise<Omit<CallBody, 'payer'> & Pick<CallContent, 'payer'>> {
    if (!payer) return call;
    const { id, name = '' } = payer;
    const { directory } = this.parts;
    const known = id === undefined ? (await directory.byName(name)).exact : await directory.byId(id);
    if (known) return { ...call, payer: { id: known.id, name: known.name } };
    if (id === undefined) return { ...call, payer: { name } };
    throw refused([
      { pointer: '/payer/id', code: 'unknown_value', detail: 'must be the id of a payer of the directory' },
    ]);
  }

  private async keep(
    who: Who,
    key: string | undefined,
    body: unknown,
    entry: Pick<RecordEntry, 'kind' | 'read'>,
  ): Promise<string> {
    const { keeper, clock, log } = this.parts;
    const repeat = key === undefined ? {} : { repeat: repeatOf(`${entry.kind}:${who.id}`, key, body) };
    const kept = await keeper.keep(
      { ...who, now: clock.now() },
      { ...entry, ...repeat, respond: (view) => JSON.stringify(presentVerification(view)) },
    );
    if (kept.kind === 'kept')
      log.info('record.kept', { kind: entry.kind, verificationId: who.id, facilityId: who.facilityId });
    return responseOf(kept);
  }
}

function responseOf(kept: Kept): string {
  switch (kept.kind) {
    case 'kept':
    case 'repeated':
      return kept.response;
    case 'not_found':
      throw new Problem('not_found');
    case 'wrong_state':
      throw new Problem('wrong_state', { detail: `The verification is ${kept.status}.` });
    case 'in_progress':
      throw new Problem('in_progress', { retryAfterSeconds: 1 });
    case 'key_reused':
      throw new Problem('idempotency_key_reused');
    case 'no_consent':
      throw new Problem('wrong_state', { detail: noConsent });
  }
}

/** How a repeated request is recognised; a key of another route is another key. */
export function repeatOf(route: string, key: string, body: unknown): NonNullable<RecordEntry['repeat']> {
  if (key === '' || key.length > longestKey)
    throw new Problem('idempotency_key_missing', { detail: `It may have 1 to ${longestKey} characters.` });
  return { keyHash: sha256(`${route}:${key}`), bodyHash: sha256(canonicalize(body) ?? '') };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Problem('not_found');
  return value;
}
