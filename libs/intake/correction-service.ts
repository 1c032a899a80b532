import { type Clock, errorFields, type Log, Problem, todayIn } from '@openvob/platform';
import { presentVerification } from '@openvob/results';
import type { Acted, Target, VerificationActions, VerificationIntake } from '@openvob/store';
import { inSentOrder } from './coverage-order';
import { readHandOver } from './hand-over';
import type { IntakeService, PromisedTimes, VerificationQueue } from './intake-service';
import { mergePatch } from './merge-patch';
import { putAt, readRequest } from './read-request';
import type { AdmissionRequest, Part2Consent } from './request';

export interface CorrectionParts {
  actions: VerificationActions;
  intake: VerificationIntake;
  requests: Pick<IntakeService, 'withKnownReferences'>;
  queue: VerificationQueue;
  promises: PromisedTimes;
  clock: Clock;
  log: Log;
}

type Who = Omit<Target, 'now'>;

/** What persons do to a verification after it was accepted: correct, consent, ask again, cancel. */
export class CorrectionService {
  constructor(private readonly parts: CorrectionParts) {}

  /**
   * Applies a merge patch to the request and lets it go on.
   *
   * @throws Problem `not_found`, `validation_failed`, `unknown_program`, `unknown_payer`, `wrong_state`
   */
  async information(who: Who, patch: unknown): Promise<Record<string, unknown>> {
    const { actions } = this.parts;
    if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) throw new Problem('unparsable_body');
    const before = await actions.request(who.facilityId, who.id);
    if (!before) throw new Problem('not_found');
    const today = await this.today(who.facilityId);
    const { request, unusable } = readRequest(mergePatch(bodyOf(before), patch), today, before.admission.startDate);
    const own = unusable.filter((fault) => isTouched(patch, fault.pointer));
    if (own.length > 0) throw new Problem('validation_failed', { fields: own });
    const isAskedAbout = (pointer: string) => isTouched(patch, pointer);
    const known = await this.parts.requests.withKnownReferences(who.facilityId, request, isAskedAbout);
    return this.settle(who, await actions.correct(this.at(who), known, isOfFilingAlone(patch)));
  }

  /** @throws Problem `not_found`, `validation_failed`, `wrong_state` */
  async consent(who: Who, body: unknown): Promise<Record<string, unknown>> {
    const { actions } = this.parts;
    if (!(await actions.exists(who.facilityId, who.id))) throw new Problem('not_found');
    const consent = await this.checkedConsent(who.facilityId, body ?? {});
    return this.settle(who, await actions.consent(this.at(who), consent));
  }

  /** @throws Problem `not_found`, `validation_failed` */
  async revoke(who: Who, consentId: string, body: unknown): Promise<Record<string, unknown>> {
    const how = typeof body === 'object' && body !== null && 'how' in body ? body.how : 'written';
    if (how !== 'written' && how !== 'spoken') {
      const detail = 'must be written or spoken';
      throw new Problem('validation_failed', { fields: [{ pointer: '/how', code: 'unusable', detail }] });
    }
    return this.settle(who, await this.parts.actions.revoke(this.at(who), consentId, how));
  }

  /** @throws Problem `not_found`, `wrong_state` */
  async reverify(who: Who): Promise<Record<string, unknown>> {
    return this.settle(who, await this.parts.actions.reverify(this.at(who)));
  }

  /** @throws Problem `not_found`, `wrong_state` */
  async cancel(who: Who): Promise<Record<string, unknown>> {
    return this.settle(who, await this.parts.actions.cancel(this.at(who)));
  }

  /** @throws Problem `not_found`, `validation_failed` */
  async assign(who: Who, body: unknown): Promise<Record<string, unknown>> {
    const { assignee, note } = readHandOver(body);
    return this.settle(who, await this.parts.actions.assign(this.at(who), assignee, note));
  }

  /** A consent is read by the rules of a request's; pointers are from this body's root. */
  private async checkedConsent(facilityId: string, body: unknown): Promise<Part2Consent> {
    const { request, missing, unusable } = readRequest({ consent: body }, await this.today(facilityId));
    const own = [...missing, ...unusable].filter((fault) => fault.pointer.startsWith('/consent'));
    const fields = own.map((fault) => ({ ...fault, pointer: fault.pointer.slice('/consent'.length) }));
    if (fields.length > 0 || !request.consent) throw new Problem('validation_failed', { fields });
    return request.consent;
  }

  private async settle(who: Who, acted: Acted): Promise<Record<string, unknown>> {
    if (acted.kind === 'not_found') throw new Problem('not_found');
    if (acted.kind === 'wrong_state')
      throw new Problem('wrong_state', { detail: `The verification is ${acted.status}.` });
    if (acted.job) await this.enqueue({ facilityId: who.facilityId, verificationId: who.id, ...acted.job });
    return presentVerification(await this.parts.promises.added(who.facilityId, acted.view));
  }

  private async enqueue(job: Parameters<VerificationQueue['enqueue']>[0]): Promise<void> {
    try {
      await this.parts.queue.enqueue(job);
    } catch (error) {
      const { facilityId, verificationId, round } = job;
      this.parts.log.warn('verification.not_enqueued', { facilityId, verificationId, round, ...errorFields(error) });
    }
  }

  private at(who: Who): Target {
    return { ...who, now: this.parts.clock.now() };
  }

  private async today(facilityId: string): Promise<string> {
    const facility = await this.parts.intake.facility(facilityId);
    return todayIn(facility.timeZone, this.parts.clock.now());
  }
}

/** The request in the shape of a body, for a merge patch: what could not be used stands where it stood, so that nothing is lost by correcting the rest. */
function bodyOf(given: AdmissionRequest): Record<string, unknown> {
  const { unusable, sentAs: _, consent, ...rest } = given;
  const body: Record<string, unknown> = structuredClone({
    ...rest,
    coverages: inSentOrder(given),
    ...(consent ? { consent: { part2: consent } } : {}),
  });
  const inOrder = [...unusable].sort((a, b) => (a.pointer < b.pointer ? -1 : 1));
  for (const { pointer, value } of inOrder) if (pointer !== '') putAt(body, pointer, value);
  return body;
}

const ofFiling = ['priority', 'neededBy', 'reference'];
const ofReaching = ['phone', 'email'];

/** True when a merge patch speaks of nothing but what only we go by: the turn, the reference, how to reach the patient. */
function isOfFilingAlone(patch: object): boolean {
  return Object.entries(patch).every(([key, value]: [string, unknown]) => {
    if (key !== 'patient') return ofFiling.includes(key);
    return typeof value === 'object' && value !== null && Object.keys(value).every((part) => ofReaching.includes(part));
  });
}

/** True when a merge patch says something about this place, above it or below it. */
function isTouched(patch: unknown, pointer: string): boolean {
  const [key, ...rest] = pointer.split('/').slice(1);
  if (key === undefined) return true;
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) return true;
  if (!Object.hasOwn(patch, key)) return false;
  const below: unknown = (patch as Record<string, unknown>)[key];
  return rest.length === 0 ? true : isTouched(below, `/${rest.join('/')}`);
}
