import type { AdmissionRequest, Priority } from '@openvob/intake';
import type { FieldCipher } from '@openvob/platform';
import type { Ground, Status } from '@openvob/verification';
import canonicalize from 'canonicalize';
import type { FacilityTransaction } from '../database';
import { IntakeDeliveryRow, type VerificationRow } from '../entities';
import { normaliseForIndex } from '../normalise';
import { SealedRow } from '../sealed-row';
import { readGround } from './grounds';

/** A request as it was, and as it is to be. */
export interface Amended {
  readonly before: AdmissionRequest;
  readonly after: AdmissionRequest;
}

type FiledColumns = Pick<VerificationRow, 'priority' | 'neededBy' | 'reference' | 'referenceIndex'>;

/** The caller's own reference, as it is kept and as it is found. */
export function referenceColumns(
  cipher: FieldCipher,
  { facilityId, id }: Pick<VerificationRow, 'facilityId' | 'id'>,
  reference: string | undefined,
): Pick<FiledColumns, 'reference' | 'referenceIndex'> {
  const sealed = new SealedRow(cipher, facilityId, 'verification', id);
  return {
    reference: sealed.seal('reference', reference),
    referenceIndex: reference ? cipher.blindIndex('reference', facilityId, normaliseForIndex(reference)) : null,
  };
}

/** What a request says of its turn and of where it is filed, as far as it has changed: what a row has of its own stays. */
export async function filedColumns(
  tx: FacilityTransaction,
  cipher: FieldCipher,
  row: VerificationRow,
  { before, after }: Amended,
): Promise<Partial<FiledColumns>> {
  const { priority, neededBy, reference } = after;
  return {
    ...(priority === before.priority ? {} : { priority: priority ?? (await usualPriority(tx, row)) }),
    ...(neededBy === before.neededBy ? {} : { neededBy: neededBy ? new Date(neededBy) : null }),
    ...(reference === before.reference ? {} : referenceColumns(cipher, row, reference)),
  };
}

/** Of a request that names none, by where it came from. */
async function usualPriority({ manager }: FacilityTransaction, { id, batchId }: VerificationRow): Promise<Priority> {
  if (batchId !== null) return 'routine';
  return (await manager.existsBy(IntakeDeliveryRow, { verificationId: id })) ? 'today' : 'caller_waiting';
}

const underWay: readonly Status[] = ['received', 'queued', 'asking_payer', 'waiting_for_payer'];
const concluded: readonly Status[] = ['verified', 'inactive', 'needs_call'];

/**
 * Whether what has changed concerns nobody but ourselves, and the verification can go on, or rest, as it is: while it is under way, and where the answers of
 * its round stand.
 */
export async function asksNothingNew(
  tx: FacilityTransaction,
  cipher: FieldCipher,
  row: VerificationRow,
  { before, after }: Amended,
): Promise<boolean> {
  if (after.consent || concernOf(before) !== concernOf(after)) return false;
  const status = row.status as Status;
  if (underWay.includes(status)) return true;
  if (!concluded.includes(status)) return false;
  const ground = await readGround(tx, cipher, row.id, row.round);
  return ground?.outcomes.every(stands) ?? false;
}

/** Everything that an answer or a conclusion depends on, as text that is equal for the same. */
function concernOf({ patient, subscriber, coverages, program, admission }: AdmissionRequest): string {
  const { phone: _phone, email: _email, ...person } = patient;
  return canonicalize({ person, subscriber: subscriber ?? {}, coverages, program: program ?? {}, admission }) ?? '';
}

/** Whoever was turned away, or was not answered, may be asked about again by whoever changes anything. */
function stands(outcome: Ground['outcomes'][number]): boolean {
  if (outcome.kind !== 'answered') return outcome.kind === 'by_phone';
  return outcome.answer.snapshot.outcome === 'benefits' && outcome.waits === undefined;
}

/** Names of what was changed, for the trail; never values. */
export function amendedFields({ before, after }: Amended): string {
  const fields = {
    priority: [before.priority, after.priority],
    neededBy: [before.neededBy, after.neededBy],
    reference: [before.reference, after.reference],
    phone: [before.patient.phone, after.patient.phone],
    email: [before.patient.email, after.patient.email],
  };
  return Object.entries(fields)
    .filter(([, [was, is]]) => was !== is)
    .map(([name]) => name)
    .join(' ');
}

/** Whom payers are asked about, as text that is equal for the same. */
export function subjectOf({ patient, subscriber, coverages }: AdmissionRequest): string {
  const { phone: _phone, email: _email, ...person } = patient;
  return canonicalize([person, subscriber ?? {}, coverages]) ?? '';
}
