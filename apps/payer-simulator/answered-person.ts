import { type HierarchyLevel, readHierarchy, type Segment, type Transaction, type X12File } from '@openvob/x12';

/** The level of the person whom a 271 answers, and the subscriber's: the same one when the subscriber is the patient. */
export interface AnsweredPerson {
  readonly transaction: Transaction;
  readonly patient: HierarchyLevel;
  readonly subscriber: HierarchyLevel;
}

/** The first person answered in a file: a dependent, or a subscriber with EB or AAA or without dependents. */
export function answeredPerson(file: X12File): AnsweredPerson | undefined {
  for (const transaction of file.transactions) {
    const found = transaction.kind === '271' ? answeredIn(transaction) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function answeredIn(transaction: Transaction): AnsweredPerson | undefined {
  const patient = readHierarchy(transaction).levels.find(isAnswered);
  return (
    patient && { transaction, patient, subscriber: patient.parent?.kind === 'subscriber' ? patient.parent : patient }
  );
}

function isAnswered(level: HierarchyLevel): boolean {
  if (level.kind === 'dependent') return true;
  if (level.kind !== 'subscriber') return false;
  const rejected = [...level.header, ...level.name].some(({ id }) => id === 'AAA');
  return rejected || level.benefits.length > 0 || level.children.length === 0;
}

/** What stands above the benefits of a level: HL, TRN and the name loop. */
export function personSegments(level: HierarchyLevel): Segment[] {
  return [...level.header, ...level.name];
}
