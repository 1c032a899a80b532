import type { Person, Snapshot } from '@openvob/benefits';
import type { Inquiry, InquiryPerson } from './adapter';
import { isSameFirstName, isSameLastName } from './same-name';

/**
 * Why an answer is not the answer to an inquiry:
 * - `trace`: it names other traces, or none and nothing else ties it to the inquiry.
 * - `name`, `birth_date`, `member_id`: it names somebody else.
 * - `last_name`: everything but the last name agrees, as after a marriage; for a person to look into.
 * - `unidentified`: it names nobody well enough.
 */
export type Mismatch = 'trace' | 'name' | 'last_name' | 'birth_date' | 'member_id' | 'unidentified';

/** What else is known of an answer beside its snapshot. */
export interface AnswerTie {
  /** True when the message gave back a reference that was sent with this inquiry alone (X12: BHT03). */
  readonly reference?: boolean;
  /** Default true. False: the protocol does not carry our trace, the reference alone ties. */
  readonly tracesComeBack?: boolean;
}

/**
 * Holds an answer against the inquiry: trace, member id, name and birth date must not contradict it, and together they
 * must name the person asked about. `undefined`: it is this person's answer.
 *
 * A member id other than the one sent is the payer's correction, and is taken only where name and birth date both agree.
 * In a rejection a fact that the payer itself complains of may differ, and a rejection of the subscriber may stand for
 * that of a dependent.
 */
export function mismatchOf(inquiry: Inquiry, snapshot: Snapshot, tie: AnswerTie = {}): Mismatch | undefined {
  return isTied(inquiry, snapshot, tie) ? mismatchOfPerson(inquiry, snapshot) : 'trace';
}

/** The same of the person alone, whatever ties the message to the inquiry. */
export function mismatchOfPerson(inquiry: Inquiry, snapshot: Snapshot): Mismatch | undefined {
  if (snapshot.outcome === 'rejected') return mismatchOfRejection(inquiry, snapshot);
  const asked = inquiry.dependent ?? inquiry.subscriber;
  const found = contradiction(asked, snapshot.patient);
  if (found === 'name' && isNamedAnew(inquiry, snapshot)) return 'last_name';
  return found ?? missingEvidence(inquiry, snapshot);
}

/** First name, birth date and member id agree: only the last name is another. */
function isNamedAnew(inquiry: Inquiry, snapshot: Snapshot): boolean {
  const { firstName, birthDate } = inquiry.dependent ?? inquiry.subscriber;
  const { patient } = snapshot;
  const birthDateAgrees = birthDate !== undefined && birthDate === patient.birthDate;
  const first = isSameFirstName(firstName, patient.firstName, { birthDateAgrees });
  return first === true && birthDateAgrees && memberIdAgrees(inquiry, snapshot) === true;
}

function isTied(inquiry: Inquiry, { trace }: Snapshot, tie: AnswerTie): boolean {
  if (trace.length === 0 || tie.tracesComeBack === false) return tie.reference === true;
  return trace.some((given) => given.trim().toUpperCase() === inquiry.trace.toUpperCase());
}

/** A fact that both sides state and that differs. */
function contradiction(
  asked: InquiryPerson,
  named: Person,
  complaints: ReadonlySet<Mismatch> = new Set(),
): Mismatch | undefined {
  const birthDateAgrees = asked.birthDate !== undefined && asked.birthDate === named.birthDate;
  const differs = named.birthDate !== undefined && asked.birthDate !== undefined && !birthDateAgrees;
  const first = isSameFirstName(asked.firstName, named.firstName, { birthDateAgrees });
  const last = isSameLastName(asked.lastName, named.lastName);
  if ((first === false || last === false) && !complaints.has('name')) return 'name';
  return differs && !complaints.has('birth_date') ? 'birth_date' : undefined;
}

/** Nothing contradicts: is there enough to say that it is this person, and this one of the family? */
function missingEvidence(inquiry: Inquiry, snapshot: Snapshot): Mismatch | undefined {
  const asked = inquiry.dependent ?? inquiry.subscriber;
  const { patient } = snapshot;
  const birthDateAgrees = asked.birthDate !== undefined && asked.birthDate === patient.birthDate;
  const first = isSameFirstName(asked.firstName, patient.firstName, { birthDateAgrees }) === true;
  const last = isSameLastName(asked.lastName, patient.lastName) === true;
  const member = memberIdAgrees(inquiry, snapshot);
  if (member !== true && !(first && last && birthDateAgrees)) return member === false ? 'member_id' : 'unidentified';
  if (first || birthDateAgrees) return undefined;
  const isUnnamedSubscriber = inquiry.dependent === undefined && patient.isSubscriber !== false;
  return isUnnamedSubscriber ? undefined : 'unidentified';
}

/** `undefined` when one side gives no member id. A dependent is known by the subscriber's or by their own. */
function memberIdAgrees({ subscriber }: Inquiry, snapshot: Snapshot): boolean | undefined {
  const given = [snapshot.patient.memberId, snapshot.subscriber.memberId].filter((id) => id !== undefined);
  const { memberId } = subscriber;
  if (memberId === undefined || given.length === 0) return undefined;
  return given.some((id) => isSameMemberId(memberId, id));
}

/**
 * Member ids as cards and payers write them: blanks and hyphens do not count, nor do leading zeros, a prefix of three
 * letters or up to three digits for the person behind it.
 */
export function isSameMemberId(one: string, other: string): boolean {
  const [short, long] = [bareId(one), bareId(other)].sort((a, b) => a.length - b.length);
  if (short === undefined || long === undefined || short === '') return false;
  if (short === long || (/^[A-Z]{3}/.test(long) && long.slice(3) === short)) return true;
  return short.length >= 6 && long.startsWith(short) && /^\d{1,3}$/.test(long.slice(short.length));
}

function bareId(id: string): string {
  return id
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replace(/^0+/, '');
}

/** Codes by which a payer says that a fact of the inquiry is wrong (X12 901), and which fact. */
const complaintsByCode: Readonly<Record<string, Mismatch>> = {
  '58': 'birth_date',
  '71': 'birth_date',
  '64': 'member_id',
  '72': 'member_id',
  '65': 'name',
  '73': 'name',
};

function mismatchOfRejection(inquiry: Inquiry, snapshot: Snapshot): Mismatch | undefined {
  const complaints = new Set(snapshot.rejections.flatMap(({ code }) => complaintsByCode[code] ?? []));
  const people = inquiry.dependent === undefined ? [inquiry.subscriber] : [inquiry.dependent, inquiry.subscriber];
  const faults = people.map((asked) => contradiction(asked, snapshot.patient, complaints));
  if (faults.every((fault) => fault !== undefined)) return faults[0];
  const named = people.some((asked) => isSameLastName(asked.lastName, snapshot.patient.lastName) === true);
  const wrongId = memberIdAgrees(inquiry, snapshot) === false && !named && !complaints.has('member_id');
  return wrongId ? 'member_id' : undefined;
}
