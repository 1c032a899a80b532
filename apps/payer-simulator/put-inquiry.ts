import { type HierarchyLevel, readX12, type Segment, type X12File } from '@openvob/x12';
import { type AnsweredPerson, answeredPerson, personSegments } from './answered-person';
import { cleanFor, editX12 } from './edit-x12';
import type { AskedInquiry, AskedPerson } from './inquiry';
import { packDate } from './relative-date';
import { daysToShift, shiftDates } from './shift-dates';

type Elements = readonly string[];

/**
 * Puts an inquiry into somebody's 271: its trace and reference, its person into the loop that is answered, and its
 * date by moving all dates alike. What the file says of benefits, and every fault of its form, stays as it is.
 *
 * @throws X12Error when the text is no X12.
 */
export function putInquiryInto(text: string, inquiry: AskedInquiry): string {
  const file = readX12(text);
  const answered = answeredPerson(file);
  const changes = answered === undefined ? new Changes() : personChanges(answered, inquiry);
  const days = daysToShift(answered ?? file.transactions[0], inquiry.serviceDate);
  giveReference(file, answered, { inquiry, changes });
  return editX12(
    text,
    (segment, elements) => [shiftDates(changes.of(segment) ?? elements, days), ...changes.after(segment)],
    file,
  );
}

/** What becomes of segments: other elements in their place, new segments behind them. */
class Changes {
  private readonly replaced = new Map<Segment, Elements>();
  private readonly inserted = new Map<Segment, Elements[]>();

  of(segment: Segment): Elements | undefined {
    return this.replaced.get(segment);
  }

  after(segment: Segment): readonly Elements[] {
    return this.inserted.get(segment) ?? [];
  }

  get insertions(): number {
    return [...this.inserted.values()].reduce((sum, added) => sum + added.length, 0);
  }

  replace(segment: Segment, elements: Elements): void {
    this.replaced.set(segment, elements);
  }

  insert(behind: Segment, elements: Elements): void {
    this.inserted.set(behind, [...this.after(behind), elements]);
  }
}

/** BHT03 of an answer is that of its inquiry. */
function giveReference(
  file: X12File,
  answered: AnsweredPerson | undefined,
  { inquiry, changes }: { inquiry: AskedInquiry; changes: Changes },
): void {
  if (inquiry.reference === undefined) return;
  const transactions = answered === undefined ? file.transactions : [answered.transaction];
  for (const { segments, delimiters } of transactions) {
    const header = segments.find(({ id }) => id === 'BHT');
    if (header === undefined) continue;
    const elements = header.raw.split(delimiters.element);
    changes.replace(header, withElements(elements, { 3: cleanFor(delimiters, inquiry.reference) }));
  }
}

function personChanges(answered: AnsweredPerson, inquiry: AskedInquiry): Changes {
  const changes = new Changes();
  const writer = new PersonWriter(answered, changes);
  const { patient, subscriber } = answered;
  const memberId = inquiry.subscriber.memberId ?? inquiry.dependent?.memberId;
  if (patient !== subscriber && inquiry.dependent !== undefined) writer.name(subscriber, inquiry.subscriber);
  writer.memberId(subscriber, memberId);
  writer.name(patient, inquiry.dependent ?? inquiry.subscriber);
  writer.birthDate(patient, inquiry.dependent ?? inquiry.subscriber);
  if (inquiry.trace !== undefined) writer.trace(inquiry.trace, inquiry.traceOrigin);
  writer.count();
  return changes;
}

/** Writes an inquiry's person and trace into the loops of an answer, with the delimiters of its file. */
class PersonWriter {
  constructor(
    private readonly answered: AnsweredPerson,
    private readonly changes: Changes,
  ) {}

  /** A person who was asked about without a name keeps the name of the file. */
  name(level: HierarchyLevel, person: AskedPerson): void {
    if (person.lastName === undefined && person.firstName === undefined) return;
    const { lastName = '', firstName = '', middleName = '', suffix = '' } = person;
    this.change(this.nameSegment(level), { 2: '1', 3: lastName, 4: firstName, 5: middleName, 6: '', 7: suffix });
  }

  memberId(level: HierarchyLevel, memberId: string | undefined): void {
    if (memberId !== undefined) this.change(this.nameSegment(level), { 8: 'MI', 9: memberId });
  }

  birthDate(level: HierarchyLevel, { birthDate, sex }: AskedPerson): void {
    if (birthDate === undefined) return;
    const written: Record<number, string> = {
      1: 'D8',
      2: packDate(birthDate),
      ...(sex === undefined ? {} : { 3: sex }),
    };
    const existing = level.name.find(({ id }) => id === 'DMG');
    if (existing !== undefined) this.change(existing, written);
    else this.insertDemographic(level, written);
  }

  /** TRN 2 is the trace that the asker sent; TRN 1 is the payer's own and stays. */
  trace(trace: string, origin: string | undefined): void {
    const { patient, subscriber } = this.answered;
    const first = personSegments(patient).find(isEchoedTrace);
    if (first === undefined) this.changes.insert(patient.hl, this.clean(['TRN', '2', trace, origin ?? '9SIMULATOR']));
    for (const segment of new Set([patient, subscriber].flatMap(personSegments).filter(isEchoedTrace))) {
      if (segment.element(2) === first?.element(2)) this.change(segment, { 2: trace });
    }
  }

  /** SE01 counts what was put in; a count that was wrong stays as wrong as it was. */
  count(): void {
    const trailer = this.answered.transaction.segments.findLast(({ id }) => id === 'SE');
    const said = Number(trailer?.element(1));
    if (trailer === undefined || !Number.isInteger(said) || this.changes.insertions === 0) return;
    this.change(trailer, { 1: String(said + this.changes.insertions) });
  }

  private nameSegment(level: HierarchyLevel): Segment | undefined {
    return level.name.find(({ id }) => id === 'NM1');
  }

  /** DMG stands before INS, HI, DTP and MPI (TR3 005010X279A1, 2100C). */
  private insertDemographic(level: HierarchyLevel, written: Record<number, string>): void {
    const behind = level.name.findLast(({ id }) => ['NM1', 'REF', 'N3', 'N4', 'AAA', 'PRV'].includes(id));
    if (behind !== undefined) this.changes.insert(behind, this.clean(withElements(['DMG'], written)));
  }

  private change(segment: Segment | undefined, written: Record<number, string>): void {
    if (segment === undefined) return;
    const elements = this.changes.of(segment) ?? segment.raw.split(this.answered.transaction.delimiters.element);
    this.changes.replace(segment, withElements(elements, this.cleanAll(written)));
  }

  private cleanAll(written: Record<number, string>): Record<number, string> {
    const entries = Object.entries(written);
    return Object.fromEntries(entries.map(([position, text]) => [position, this.clean([text])[0] ?? '']));
  }

  private clean(elements: Elements): Elements {
    return elements.map((element) => cleanFor(this.answered.transaction.delimiters, element));
  }
}

function isEchoedTrace(segment: Segment): boolean {
  return segment.id === 'TRN' && segment.element(1) === '2';
}

function withElements(elements: Elements, written: Record<number, string>): Elements {
  const last = Math.max(elements.length - 1, ...Object.keys(written).map(Number));
  return Array.from({ length: last + 1 }, (_, position) => written[position] ?? elements[position] ?? '');
}
