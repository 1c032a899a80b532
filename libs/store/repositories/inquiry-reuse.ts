import type { Snapshot } from '@openvob/benefits';
import type { Answer } from '@openvob/payers';
import { type FieldCipher, newId } from '@openvob/platform';
import type { Reuse, ReuseWish } from '@openvob/verification';
import { In, IsNull, MoreThanOrEqual, Not } from 'typeorm';
import type { Database, FacilityTransaction } from '../database';
import { AnswerRow, InquiryRow } from '../entities';
import { SealedRow } from '../sealed-row';

/** Of so many answers to the same question, the latest, one may serve. */
const mostLookedAt = 5;

/** What a question is known again by, without anything of it being kept. */
export function questionFingerprint(cipher: FieldCipher, facilityId: string, about: string): Buffer {
  return cipher.blindIndex('inquiry', facilityId, about);
}

/** An inquiry and what it asks. */
export interface OwnQuestion {
  id: string;
  fingerprint: Buffer;
}

/** Of each whether nobody else of the facility has asked the same. Who asks it at once, and comes later, waits here and is told no. */
export async function areFirst(tx: FacilityTransaction, questions: readonly OwnQuestion[]): Promise<boolean[]> {
  const { manager, facilityId } = tx;
  const [, others] = await Promise.all([
    oneAfterTheOther(
      tx,
      questions.map(({ fingerprint }) => fingerprint),
    ),
    manager.query<{ is_asked: boolean }[]>(
      `SELECT EXISTS (SELECT FROM inquiry i WHERE i.facility_id = $1 AND i.fingerprint = decode(own.fingerprint, 'hex') AND i.id <> own.id) AS is_asked
       FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS own (id, fingerprint, place) ORDER BY own.place`,
      [facilityId, questions.map(({ id }) => id), questions.map(({ fingerprint }) => fingerprint.toString('hex'))],
    ),
  ]);
  return others.map(({ is_asked }) => !is_asked);
}

/** In one order, as everything that locks several. */
function oneAfterTheOther({ manager }: FacilityTransaction, fingerprints: readonly Buffer[]): Promise<unknown> {
  return manager.query(
    'SELECT pg_advisory_xact_lock(hashtextextended(fingerprint, 0)) FROM unnest($1::text[]) AS fingerprint',
    [[...new Set(fingerprints.map((fingerprint) => fingerprint.toString('hex')))].sort()],
  );
}

/**
 * Finds a late answer to the same question within the facility and makes it this inquiry's own: a copy at no cost that says where it is from. Those who
 * ask the same at once come one after the other: the second finds that the first is under way.
 */
export async function reuseAnswer(
  tx: FacilityTransaction,
  cipher: FieldCipher,
  wish: ReuseWish,
  now: Date,
): Promise<Reuse> {
  const fingerprint = questionFingerprint(cipher, tx.facilityId, wish.about);
  await oneAfterTheOther(tx, [fingerprint]);
  await tx.manager.update(InquiryRow, { id: wish.inquiryId }, { fingerprint });
  const own = await tx.manager.findOneByOrFail(InquiryRow, { id: wish.inquiryId });
  for (const row of await answersTo(tx, own, wish.benefitsSince)) {
    const answer = opened(tx, cipher, row);
    if (!answer || !mayServe(answer, row, own, wish)) continue;
    await adopt(tx, cipher, { own, row, now });
    return { kind: 'answer', answer: { ...answer, evidence: {} } as Answer, answeredAt: row.receivedAt };
  }
  return { kind: (await isUnderWay(tx, own, now)) ? 'under_way' : 'none' };
}

/** Answers that would serve in place of asking; nothing is written. */
export class ReusableAnswers {
  constructor(
    private readonly database: Database,
    private readonly cipher: FieldCipher,
  ) {}

  /** When the answer was given that a new verification would use; undefined when it would ask. */
  answeredAt(facilityId: string, wish: ReuseWish): Promise<Date | undefined> {
    return this.database.inFacility(facilityId, async (tx) => {
      const fingerprint = questionFingerprint(this.cipher, facilityId, wish.about);
      const nobody = { id: '', verificationId: '', fingerprint };
      for (const row of await answersTo(tx, nobody, wish.benefitsSince)) {
        const answer = opened(tx, this.cipher, row);
        if (answer && mayServe(answer, row, nobody, wish)) return row.receivedAt;
      }
      return undefined;
    });
  }
}

/** An answer with the inquiry that it is to. */
type Given = AnswerRow & { verificationId: string };

async function answersTo(
  tx: FacilityTransaction,
  own: Pick<InquiryRow, 'id' | 'fingerprint'>,
  since: Date,
): Promise<Given[]> {
  const inquiries = await tx.manager.find(InquiryRow, {
    where: {
      facilityId: tx.facilityId,
      fingerprint: own.fingerprint ?? Buffer.alloc(0),
      state: 'answered',
      reusedFrom: IsNull(),
      id: Not(own.id),
      answeredAt: MoreThanOrEqual(since),
    },
    order: { answeredAt: 'DESC', id: 'DESC' },
    take: mostLookedAt,
  });
  const found: Given[] = [];
  for (const { id, verificationId } of inquiries) {
    const where = { inquiryId: id, kind: In(['benefits', 'rejected']) };
    const answer = await tx.manager.findOne(AnswerRow, { where, order: { receivedAt: 'DESC', id: 'DESC' } });
    if (answer) found.push({ ...answer, verificationId });
  }
  return found;
}

type Content = Omit<Extract<Answer, { kind: 'benefits' | 'rejected' }>, 'evidence'>;

function opened(tx: FacilityTransaction, cipher: FieldCipher, row: Given): Content | undefined {
  return new SealedRow(cipher, tx.facilityId, 'answer', row.id).openJson<Content>('content', row.content);
}

/** Who tries again within one verification wants a refusal looked into again. */
function mayServe(
  { kind, snapshot }: { kind: string; snapshot: Snapshot },
  row: Given,
  own: Pick<InquiryRow, 'verificationId'>,
  wish: ReuseWish,
): boolean {
  const isFresh =
    kind === 'benefits' || (row.receivedAt >= wish.refusalsSince && row.verificationId !== own.verificationId);
  return isFresh && row.receivedAt >= wish.benefitsSince && wish.holds(snapshot, row.receivedAt);
}

/** The answer becomes the inquiry's own, so that each verification holds the evidence that it rests on. */
async function adopt(
  tx: FacilityTransaction,
  cipher: FieldCipher,
  { own, row, now }: { own: InquiryRow; row: Given; now: Date },
): Promise<void> {
  const id = newId('ans', now);
  const from = new SealedRow(cipher, tx.facilityId, 'answer', row.id);
  const to = new SealedRow(cipher, tx.facilityId, 'answer', id);
  const copied = (column: string, bytes: Buffer | null): Buffer | null => to.seal(column, from.open(column, bytes));
  await tx.manager.insert(AnswerRow, {
    id,
    facilityId: tx.facilityId,
    inquiryId: own.id,
    kind: row.kind,
    why: row.why,
    receivedAt: row.receivedAt,
    httpStatus: row.httpStatus,
    content: copied('content', row.content),
    rawRequest: copied('raw_request', row.rawRequest),
    rawResponse: copied('raw_response', row.rawResponse),
  });
  await tx.manager.update(
    InquiryRow,
    { id: own.id },
    { state: 'answered', answeredAt: now, reusedFrom: row.inquiryId, costCents: 0 },
  );
}

/** Somebody else asks the same just now: recorded before this one, by a run that lives. */
async function isUnderWay(tx: FacilityTransaction, own: InquiryRow, now: Date): Promise<boolean> {
  const rows = await tx.manager.query<unknown[]>(
    `SELECT FROM inquiry i JOIN verification v ON v.id = i.verification_id
     WHERE i.facility_id = $1 AND i.fingerprint = $2 AND i.state <> 'answered' AND i.verification_id <> $3 AND (i.recorded_at, i.id) < ($4, $5)
       AND v.status = 'asking_payer' AND v.lease_until > $6 LIMIT 1`,
    [tx.facilityId, own.fingerprint, own.verificationId, own.recordedAt, own.id, now],
  );
  return rows.length > 0;
}
