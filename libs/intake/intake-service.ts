import { createHash } from 'node:crypto';
import { type Clock, errorFields, type Log, Problem, todayIn } from '@openvob/platform';
import { presentVerification } from '@openvob/results';
import type { Accepted, Actor, Promises, Repeat, VerificationIntake } from '@openvob/store';
import canonicalize from 'canonicalize';
import { readRequest } from './read-request';
import { payerIdPointer, unknownReferences } from './references';
import type { AdmissionRequest, Fault, Lane, Priority } from './request';

/** Puts an accepted verification before the workers. May fail: the row is committed, and the sweep makes up for it. */
export interface VerificationQueue {
  enqueue(job: VerificationToEnqueue): Promise<void>;
}

/** A round that may be worked on, and what decides when it has its turn. */
export interface VerificationToEnqueue {
  facilityId: string;
  verificationId: string;
  round: number;
  lane: Lane;
  createdAt: Date;
  neededBy?: Date;
  /** When one that had its turn already was given another. */
  changedAt?: Date;
}

/** Knows payers by id; the payer directory. */
export interface KnownPayers {
  byId(id: string): Promise<{ id: string } | undefined>;
}

/** By when a verification may have its answer, and whether that is too late. */
export type PromisedTimes = Pick<Promises, 'of' | 'added'>;

export interface IntakeParts {
  promises: PromisedTimes;
  intake: VerificationIntake;
  payers: KnownPayers;
  queue: VerificationQueue;
  clock: Clock;
  log: Log;
}

const longestKey = 255;

/** A message of an intake website whose signature was right. */
export interface IntakeForm {
  source: { id: string; facilityId: string };
  messageId: string;
  /** The message's `data`. */
  data: unknown;
  /** The message as it came. */
  text: string;
}

export interface FormReceipt {
  repeated: boolean;
  response: string;
}

/** Takes requests from systems (complete or refused) and from intake websites (kept as they are). */
export class IntakeService {
  constructor(private readonly parts: IntakeParts) {}

  /**
   * Accepts a complete request.
   *
   * @returns the response's text, the same bytes for a repeat
   * @throws Problem `idempotency_key_missing`, `validation_failed`, `unknown_program`, `unknown_payer`, `idempotency_key_reused`, `in_progress`
   */
  async accept(
    facilityId: string,
    actor: Actor,
    body: unknown,
    idempotencyKey: string | undefined,
  ): Promise<{ id: string; response: string }> {
    const repeat = repeatOf(idempotencyKey, body);
    const { intake, clock } = this.parts;
    const earlier = await intake.repeated(facilityId, repeat, clock.now());
    if (earlier) return responseOf(earlier);
    const request = await this.checked(facilityId, body);
    const promised = await this.promised(facilityId, request);
    const accepted = await intake.accept({
      facilityId,
      actor,
      request,
      priority: request.priority ?? 'caller_waiting',
      repeat,
      respond: (view) => JSON.stringify(presentVerification({ ...view, ...promised })),
      now: clock.now(),
    });
    if (accepted.kind === 'accepted') await this.enqueue(facilityId, accepted, request, 'caller_waiting');
    return responseOf(accepted);
  }

  /** A request that was read and whose program and payers exist. @throws Problem */
  async checked(facilityId: string, body: unknown): Promise<AdmissionRequest> {
    const { request, missing, unusable } = readRequest(body, await this.today(facilityId));
    const faults = [...missing, ...unusable];
    if (faults.length > 0) throw new Problem('validation_failed', { fields: faults });
    return this.withKnownReferences(facilityId, request, () => true);
  }

  /**
   * A request whose program and payers exist: ids of nothing are refused where they are asked about, and kept for a person elsewhere.
   *
   * @throws Problem `unknown_program`, `unknown_payer`
   */
  async withKnownReferences(
    facilityId: string,
    request: AdmissionRequest,
    isAskedAbout: (pointer: string) => boolean,
  ): Promise<AdmissionRequest> {
    const faults = await this.unknownReferences(facilityId, request);
    const fields = faults.filter(({ pointer }) => isAskedAbout(pointer));
    const [first] = fields;
    if (first) throw new Problem(first.code === 'unknown_program' ? 'unknown_program' : 'unknown_payer', { fields });
    return withoutReferences(request, faults);
  }

  /** The first response to a message that was delivered before, whatever it holds this time. */
  async repeatedForm(source: IntakeForm['source'], messageId: string): Promise<FormReceipt | undefined> {
    const { intake, clock } = this.parts;
    const earlier = await intake.repeated(source.facilityId, deliveryOf(source, messageId), clock.now());
    return earlier && { repeated: true, response: responseOf(earlier).response };
  }

  /** Accepts whatever an intake website sent; what is missing or unusable is kept for a person. */
  async acceptForm({ source, messageId, data, text }: IntakeForm): Promise<FormReceipt> {
    const { intake, clock } = this.parts;
    const { facilityId } = source;
    const repeat = deliveryOf(source, messageId);
    const read = readRequest(withoutNulls(data), await this.today(facilityId));
    const request = await this.withKnownReferences(facilityId, keptWhole(read.request, text), () => false);
    const priority = request.priority ?? 'today';
    const accepted = await intake.accept({
      facilityId,
      actor: { kind: 'intake_source', id: source.id },
      request,
      priority,
      repeat,
      respond: (view) => JSON.stringify({ id: view.id, status: view.status }),
      now: clock.now(),
    });
    if (accepted.kind === 'accepted') await this.enqueue(facilityId, accepted, request, 'today');
    return { repeated: accepted.kind === 'repeated', response: responseOf(accepted).response };
  }

  /** Looked up before the transaction, which holds a connection to the database. A payer that is only named is not known yet. */
  private promised(
    facilityId: string,
    { coverages, priority, neededBy }: AdmissionRequest,
  ): ReturnType<PromisedTimes['of']> {
    const payerId = coverages[0]?.payer?.id;
    return this.parts.promises.of(facilityId, {
      status: 'received',
      ...(payerId ? { turn: { payerId, lane: priority ?? 'caller_waiting' } } : {}),
      ...(neededBy ? { neededBy: new Date(neededBy) } : {}),
    });
  }

  private async today(facilityId: string): Promise<string> {
    const facility = await this.parts.intake.facility(facilityId);
    return todayIn(facility.timeZone, this.parts.clock.now());
  }

  private unknownReferences(facilityId: string, request: AdmissionRequest): Promise<Fault[]> {
    const { intake, payers } = this.parts;
    const program = (id: string): Promise<boolean> => intake.hasProgram(facilityId, id);
    const payer = async (id: string): Promise<boolean> => (await payers.byId(id)) !== undefined;
    return unknownReferences({ program, payer }, request);
  }

  private async enqueue(
    facilityId: string,
    { verificationId, round }: Extract<Accepted, { kind: 'accepted' }>,
    { priority, neededBy }: AdmissionRequest,
    otherwise: Priority,
  ): Promise<void> {
    const { queue, log, clock } = this.parts;
    const lane = priority ?? otherwise;
    const job = { facilityId, verificationId, round };
    log.info('verification.accepted', { ...job, lane });
    try {
      const deadline = neededBy === undefined ? {} : { neededBy: new Date(neededBy) };
      await queue.enqueue({ ...job, lane, createdAt: clock.now(), ...deadline });
    } catch (error) {
      log.warn('verification.not_enqueued', { ...job, ...errorFields(error) });
    }
  }
}

function deliveryOf(source: IntakeForm['source'], messageId: string): Repeat {
  return { kind: 'intake_delivery', sourceId: source.id, messageHash: sha256(messageId) };
}

/** A form that cannot be taken apart (nested too deep) is kept as the text that came. */
function keptWhole(request: AdmissionRequest, text: string): AdmissionRequest {
  const unusable = request.unusable.map((fault) => (fault.pointer === '' ? { ...fault, value: text } : fault));
  return { ...request, unusable };
}

function repeatOf(key: string | undefined, body: unknown): Repeat {
  if (!key || key.length > longestKey) {
    const detail = key
      ? `It may have ${longestKey} characters at most.`
      : 'Send a fresh one, such as a UUID, with each new request.';
    throw new Problem('idempotency_key_missing', { detail });
  }
  return { kind: 'idempotency_key', keyHash: sha256(key), bodyHash: sha256(canonicalize(body) ?? '') };
}

function responseOf(accepted: Accepted): { id: string; response: string } {
  switch (accepted.kind) {
    case 'in_progress':
      throw new Problem('in_progress', { retryAfterSeconds: 1 });
    case 'key_reused':
      throw new Problem('idempotency_key_reused');
    default:
      return { id: accepted.verificationId, response: accepted.response };
  }
}

/** Ids of nothing leave their places, and are kept as unusable. */
function withoutReferences(request: AdmissionRequest, faults: readonly Fault[]): AdmissionRequest {
  if (faults.length === 0) return request;
  const unknown = new Set(faults.map((fault) => fault.pointer));
  const { program, ...rest } = request;
  const kept = faults.map((fault) => ({
    ...fault,
    value: fault.code === 'unknown_program' ? program?.id : payerIdAt(request, fault.pointer),
  }));
  return {
    ...rest,
    ...(program && !unknown.has('/program/id') ? { program } : {}),
    coverages: request.coverages.map((coverage, position) =>
      unknown.has(payerIdPointer(request, position)) ? withoutPayerId(coverage) : coverage,
    ),
    unusable: [...request.unusable, ...kept],
  };
}

function payerIdAt(request: AdmissionRequest, pointer: string): string | undefined {
  return request.coverages.find((_, position) => payerIdPointer(request, position) === pointer)?.payer?.id;
}

function withoutPayerId(coverage: AdmissionRequest['coverages'][number]): AdmissionRequest['coverages'][number] {
  const { payer, ...rest } = coverage;
  return payer?.name ? { ...rest, payer: { name: payer.name } } : rest;
}

/** Websites send `null` and empty text for what was left blank. */
function withoutNulls(value: unknown, depth = 0): unknown {
  if (depth > 16 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => withoutNulls(item, depth + 1));
  const kept = Object.entries(value).filter(([, item]) => item !== null && item !== '');
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutNulls(item, depth + 1)]));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
