import { type FieldCipher, todayIn } from '@openvob/platform';
import { isPart2Track } from '@openvob/results';
import type { DocumentKind, DocumentRecipient } from '@openvob/results/documents/content';
import { type Dossier, notYet, privacyOf } from '@openvob/results/documents/dossier';
import { In } from 'typeorm';
import type { Database, FacilityTransaction } from '../database';
import { ApiKeyRow, AuditRow, ConsentRow, FacilityRow, ProgramRow, RateRow, VerificationRow } from '../entities';
import { type Actor, writeAudit } from './audit';
import { liveConsent } from './consents';
import { type NewDisclosure, writeDisclosure } from './disclosures';
import { facilityOf, programOf } from './facility-directory';
import { readLastGround } from './grounds';
import { readLetterhead } from './letterheads';
import { counts, RecordReader } from './record-reader';
import type { Target } from './verification-actions';
import type { VerificationReader } from './verification-reader';

/** What is handed out and to whom, for the trail: no word of what it says. */
export interface HandedOut {
  readonly kind: DocumentKind;
  readonly format: string;
  readonly language: string;
  readonly to: DocumentRecipient;
}

type Ground = Pick<NewDisclosure, 'basis' | 'consentId' | 'payerId' | 'recipient' | 'purpose'>;

/** Kinds of information that a document tells, by code. */
const told: Readonly<Record<DocumentKind, readonly string[]>> = {
  summary: ['identity', 'insurance', 'benefits', 'estimate'],
  patient_estimate: ['identity', 'insurance', 'estimate'],
  good_faith_estimate: ['identity', 'estimate'],
};

/** Reads everything that a document may tell; what is handed out stands in the trail and on the account of disclosures, or it was not. */
export class Dossiers {
  private readonly records: RecordReader;

  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
    private readonly reader: VerificationReader,
  ) {
    this.records = new RecordReader(cipher);
  }

  /**
   * Puts a document together from the dossier of a verification.
   *
   * @param build throws where there is nothing to hand out yet; then nothing is recorded
   * @returns undefined for what is not there, also for what belongs to another facility; `no_consent` where the patient has not allowed it
   */
  disclose<T extends object>(
    target: Target,
    handed: HandedOut,
    build: (dossier: Dossier) => T,
  ): Promise<T | 'no_consent' | undefined> {
    return this.database.inFacility(target.facilityId, async (tx) => {
      const row = await tx.manager.findOneBy(VerificationRow, { id: target.id });
      if (!row) return undefined;
      const dossier = await this.dossierOf(tx, row, target.now);
      const built = build(dossier);
      const ground = await groundOf(tx, dossier, handed.to);
      await this.record(tx, { target, handed, dossier, ground });
      return ground ? built : 'no_consent';
    });
  }

  private async record(
    tx: FacilityTransaction,
    given: { target: Target; handed: HandedOut; dossier: Dossier; ground: Ground | undefined },
  ): Promise<void> {
    const { target, handed, dossier, ground } = given;
    const { actor, id: subjectId, now } = target;
    if (!ground) {
      const detail = { kind: handed.kind, to: handed.to, why: 'no_live_consent' };
      return writeAudit(tx, { actor, action: 'disclosure.refused', subjectId, detail }, now);
    }
    const detail = { ...handed, round: dossier.view.round, consented: dossier.consent !== undefined };
    await writeAudit(tx, { actor, action: 'document.disclosed', subjectId, detail }, now);
    const notice = isPart2Track(privacyOf(dossier).track) ? 'full' : 'none';
    const what = told[handed.kind];
    const disclosure = { ...ground, verificationId: subjectId, how: 'document', what, notice, subjectId } as const;
    await writeDisclosure(tx, this.cipher, { ...disclosure, by: actor.id }, now);
  }

  private async dossierOf(tx: FacilityTransaction, row: VerificationRow, now: Date): Promise<Dossier> {
    const facility = facilityOf(await tx.manager.findOneByOrFail(FacilityRow, { id: tx.facilityId }));
    const program = row.programId ? await tx.manager.findOneBy(ProgramRow, { id: row.programId }) : null;
    const letterhead = await readLetterhead(tx, this.cipher);
    const ground = await readLastGround(tx, this.cipher, row.id);
    const request = await this.reader.requests.load(tx, row.id);
    const consent = await this.consentOf(tx, row.id, todayIn(facility.timeZone, now));
    return {
      facility,
      now,
      today: todayIn(facility.timeZone, now),
      view: await this.reader.view(tx, row),
      request,
      answers: await this.reader.answersOf(tx, row.id),
      calls: await this.callsOf(tx, row.id),
      selfPayRates: await selfPayRates(tx, row.startDate ?? todayIn(facility.timeZone, now)),
      requestedBy: await requesterOf(tx, row.id),
      ...(letterhead ? { letterhead } : {}),
      ...(consent ? { consent } : {}),
      ...(program ? { program: programOf(program) } : {}),
      ...(ground ? { ground } : {}),
    };
  }

  /** The consent that was recorded last and is live. */
  private async consentOf(tx: FacilityTransaction, id: string, today: string): Promise<Dossier['consent']> {
    const rows = await tx.manager.find(ConsentRow, {
      where: { verificationId: id },
      order: { recordedAt: 'DESC', id: 'DESC' },
    });
    const row = rows.find(
      ({ signedOn, revokedAt, expiresOn }) =>
        revokedAt === null && signedOn <= today && (expiresOn === null || expiresOn >= today),
    );
    if (!row) return undefined;
    const { id: consentId, signedOn, expiresOn, scope, payerId } = row;
    const payer = payerId ? await this.payerName(tx, payerId) : undefined;
    return {
      id: consentId,
      signedOn,
      scope,
      ...(expiresOn === null ? {} : { expiresOn }),
      ...(payer ? { payerName: payer } : {}),
    };
  }

  private async payerName(tx: FacilityTransaction, id: string): Promise<string | undefined> {
    const [found] = await tx.manager.query<{ name: string }[]>('SELECT name FROM payer WHERE id = $1', [id]);
    return found?.name;
  }

  private async callsOf(tx: FacilityTransaction, id: string): Promise<Dossier['calls']> {
    const calls = (await this.records.calls(tx, id)).filter(counts);
    return calls.map(({ id: call, amends, content }) => ({
      id: call,
      ...(amends ? { amends } : {}),
      representative: content.representative,
      referenceNumber: content.referenceNumber,
      startedAt: content.startedAt,
      answers: content.answers.map(({ questionId, value, words }) => ({
        questionId,
        value,
        ...(words ? { words } : {}),
      })),
    }));
  }
}

/**
 * On what ground a document may be handed out. The chart stays within the program, patients have a right to their own records (42 CFR 2.12(c)(3),
 * 2.23); a payer is told of substance use treatment with a consent that is live alone (2.31, 2.33).
 */
async function groundOf(tx: FacilityTransaction, dossier: Dossier, to: DocumentRecipient): Promise<Ground | undefined> {
  const { view, today, consent } = dossier;
  if (to === 'patient') return { basis: 'patient_request', recipient: 'the patient', purpose: 'access' };
  const consented = (consentId: string): Pick<Ground, 'basis' | 'consentId'> => ({ basis: 'consent', consentId });
  const unasked = { basis: 'treatment_payment_operations' } as const;
  if (to === 'chart')
    return { ...(consent ? consented(consent.id) : unasked), recipient: 'the chart', purpose: 'operations' };
  const payerId = view.payer?.id;
  if (!payerId) throw notYet('The payer is not known yet.');
  const asked = { payerId, purpose: 'payment' };
  if (!isPart2Track(privacyOf(dossier).track)) return { ...unasked, ...asked };
  const consentId = await liveConsent(tx, { verificationId: view.id, payerId, today });
  return consentId === undefined ? undefined : { ...consented(consentId), ...asked };
}

/** The prices for people who pay for themselves: the facility's own, of no payer's contract. */
async function selfPayRates(tx: FacilityTransaction, on: string): Promise<Dossier['selfPayRates']> {
  const rows = await tx.manager.find(RateRow, { where: { network: 'self_pay' } });
  return rows
    .filter(({ payerId, fromDate, toDate }) => payerId === null && (fromDate ?? on) <= on && on <= (toDate ?? on))
    .map(({ code, network, allowedCents, includedIn }) => ({
      code,
      network,
      allowedCents,
      ...(includedIn === null ? {} : { includedIn }),
    }));
}

/** A person by name, a key by its name, anybody else by what they are. */
async function requesterOf(tx: FacilityTransaction, id: string): Promise<string> {
  const line = await tx.manager.findOne(AuditRow, {
    where: { subjectId: id, action: In(['verification.requested']) },
    order: { id: 'ASC' },
  });
  if (!line) return '';
  const { actorKind, actorId } = line;
  if (actorKind === 'person') {
    const [person] = await tx.manager.query<{ name: string }[]>('SELECT name FROM person WHERE id = $1', [actorId]);
    return person?.name ?? actorId;
  }
  if (actorKind !== ('api_key' satisfies Actor['kind'])) return actorId;
  const key = await tx.manager.findOneBy(ApiKeyRow, { id: actorId });
  return key?.name ?? actorId;
}
