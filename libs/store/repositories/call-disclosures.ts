import type { AdmissionRequest } from '@openvob/intake';
import { type FieldCipher, todayIn } from '@openvob/platform';
import { needsConsent } from '@openvob/verification';
import { IsNull } from 'typeorm';
import type { FacilityTransaction } from '../database';
import { ConsentRow, ProgramRow, type VerificationRow } from '../entities';
import { SealedRow } from '../sealed-row';
import type { Actor } from './audit';
import { type NewDisclosure, writeDisclosure } from './disclosures';
import { programOf } from './facility-directory';

/** Who was told: somebody of the directory, or whoever goes by that name. */
export type CallRecipient = { readonly payerId: string } | { readonly name: string };

/** A call as far as it tells a payer, or the administrator behind it, of a patient. */
export interface DisclosedCall {
  /** The call, or the one that it is a correction of: a correction tells nobody anything anew. */
  readonly id: string;
  readonly startedAt: string;
  /** Who was told. */
  readonly recipients: readonly CallRecipient[];
}

export interface CallTelling {
  readonly row: VerificationRow;
  readonly request: AdmissionRequest;
  readonly call: DisclosedCall;
  readonly timeZone: string;
  readonly actor: Actor;
  readonly now: Date;
}

/** What a payer is told in a call, by code. */
const what = ['identity', 'insurance', 'program'];

/** A consent that a call stands on. */
interface Standing {
  id: string;
  /** It was live when the call began, not only since. */
  wasLive: boolean;
}

type Told = { kind: 'told'; consent?: 'not_live_then' } | { kind: 'no_consent' };

/**
 * Puts a call on the account of disclosures, one line a recipient, in the transaction that records it (42 CFR 2.25, 2.31; 45 CFR 164.528). The
 * consent is one that was live when the call began, revoked since or not; else one that is live by now, which the trail tells.
 *
 * @returns `no_consent` where neither is there; then nothing is on the account
 */
export async function discloseCall(tx: FacilityTransaction, cipher: FieldCipher, telling: CallTelling): Promise<Told> {
  const { row, call } = telling;
  const recipients = await asListed(tx, call.recipients);
  const untold = await notToldYet(tx, cipher, row.id, { ...call, recipients });
  const grounds: Ground[] = [];
  for (const recipient of untold) {
    const ground = await groundOf(tx, recipient, telling);
    if (!ground) return { kind: 'no_consent' };
    grounds.push(ground);
  }
  for (const { wasLive: _, ...ground } of grounds) await write(tx, cipher, telling, ground);
  return grounds.every(({ wasLive }) => wasLive) ? { kind: 'told' } : { kind: 'told', consent: 'not_live_then' };
}

/** An id that a request gives and the directory does not know is a name as any other. */
async function asListed(
  { manager }: FacilityTransaction,
  recipients: readonly CallRecipient[],
): Promise<readonly CallRecipient[]> {
  const ids = recipients.flatMap((one) => ('payerId' in one ? [one.payerId] : []));
  const rows = await manager.query<{ id: string }[]>('SELECT id FROM payer WHERE id = ANY($1)', [ids]);
  const isKnown = (payerId: string): boolean => rows.some(({ id }) => id === payerId);
  return recipients.map((one) => ('payerId' in one && !isKnown(one.payerId) ? { name: one.payerId } : one));
}

type Ground = Pick<NewDisclosure, 'basis' | 'consentId' | 'payerId' | 'recipient'> & { wasLive: boolean };

async function write(
  tx: FacilityTransaction,
  cipher: FieldCipher,
  { row, call, actor }: CallTelling,
  ground: Omit<Ground, 'wasLive'>,
): Promise<void> {
  // What is said aloud carries no written statement; the sheet for the call has its words.
  const disclosure = { verificationId: row.id, how: 'phone', purpose: 'payment', what, notice: 'none' } as const;
  const at = new Date(call.startedAt);
  await writeDisclosure(tx, cipher, { ...disclosure, ...ground, subjectId: call.id, by: actor.id }, at);
}

/** Without those who are on the account already for the call that is corrected. */
async function notToldYet(
  { manager, facilityId }: FacilityTransaction,
  cipher: FieldCipher,
  verificationId: string,
  { id: callId, recipients }: DisclosedCall,
): Promise<readonly CallRecipient[]> {
  const lines = await manager.query<{ id: string; payerId: string | null; recipient: Buffer | null }[]>(
    `SELECT id, payer_id AS "payerId", recipient FROM disclosure WHERE verification_id = $1 AND how = 'phone' AND subject_id = $2`,
    [verificationId, callId],
  );
  const told = new Set(
    lines.map(
      ({ id, payerId, recipient }) =>
        payerId ?? new SealedRow(cipher, facilityId, 'disclosure', id).open('recipient', recipient),
    ),
  );
  return recipients.filter((recipient) => !told.has('payerId' in recipient ? recipient.payerId : recipient.name));
}

async function groundOf(
  tx: FacilityTransaction,
  recipient: CallRecipient,
  telling: CallTelling,
): Promise<Ground | undefined> {
  const who = 'payerId' in recipient ? recipient : { recipient: recipient.name };
  if (!needsConsent(await trackOf(tx, telling)))
    return { ...who, basis: 'treatment_payment_operations', wasLive: true };
  const payerId = 'payerId' in recipient ? recipient.payerId : undefined;
  const consent = await consentFor(tx, payerId, telling);
  if (!consent) return undefined;
  if (payerId !== undefined) await bind(tx, consent.id, payerId);
  return { ...who, basis: 'consent', consentId: consent.id, wasLive: consent.wasLive };
}

/** Unsaid is treated as substance use, which is protected most. */
async function trackOf(
  { manager }: FacilityTransaction,
  { row, request }: CallTelling,
): Promise<'sud' | 'mh' | 'dual'> {
  const { track } = request.admission;
  if (track || !row.programId) return track ?? 'sud';
  const program = await manager.findOneBy(ProgramRow, { id: row.programId });
  return program ? programOf(program).plan.track : 'sud';
}

async function consentFor(
  { manager }: FacilityTransaction,
  payerId: string | undefined,
  { row, call, timeZone, now }: CallTelling,
): Promise<Standing | undefined> {
  const then = new Date(call.startedAt);
  const [found] = await manager.query<Standing[]>(
    `SELECT * FROM (
       SELECT id, recorded_at, revoked_at, signed_on <= $3 AND coalesce(expires_on >= $3, true) AND coalesce(revoked_at > $4, true) AS "wasLive",
         revoked_at IS NULL AND signed_on <= $5 AND coalesce(expires_on >= $5, true) AS "isLive"
       FROM consent WHERE verification_id = $1 AND (scope <> 'this_payer' OR payer_id IS NULL OR payer_id = $2)
     ) c WHERE "wasLive" OR "isLive" ORDER BY "wasLive" DESC, recorded_at DESC, id DESC LIMIT 1`,
    [row.id, payerId ?? null, todayIn(timeZone, then), then, todayIn(timeZone, now)],
  );
  return found && { id: found.id, wasLive: found.wasLive };
}

/** A consent for one payer that names none is for the first that is told. */
async function bind({ manager }: FacilityTransaction, id: string, payerId: string): Promise<void> {
  await manager.update(ConsentRow, { id, scope: 'this_payer' as const, payerId: IsNull() }, { payerId });
}
