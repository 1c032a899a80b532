import { type CivilDate, parseCivilDate, parseDateSpan } from '@openvob/benefits';
import type { Segment, Transaction } from '@openvob/x12';

export interface AskedPerson {
  readonly lastName?: string;
  readonly firstName?: string;
  readonly middleName?: string;
  readonly suffix?: string;
  readonly memberId?: string;
  readonly birthDate?: CivilDate;
  /** DMG03. */
  readonly sex?: string;
  /** INS02 of a dependent. */
  readonly relationship?: string;
}

/** A 270 as a payer reads it (TR3 005010X279A1). */
export interface AskedInquiry {
  /** BHT03, given back in the answer. */
  readonly reference?: string;
  readonly payer: { readonly name?: string; readonly id?: string };
  /** NM1 of the information receiver (2100B), given back as it came. */
  readonly provider: readonly string[];
  readonly trace?: string;
  /** TRN03 beside the trace. */
  readonly traceOrigin?: string;
  readonly subscriber: AskedPerson;
  readonly dependent?: AskedPerson;
  readonly serviceTypes: readonly string[];
  readonly serviceDate?: CivilDate;
  /** People asked about; a real-time inquiry is about one. */
  readonly people: number;
}

interface Loop {
  readonly level: string;
  readonly segments: readonly Segment[];
}

/** Reads what a 270 transaction asks. Of several people the first is answered; `people` tells how many there were. */
export function readInquiry(transaction: Transaction): AskedInquiry {
  const loops = loopsOf(transaction.segments);
  const subscriber = loops.find(({ level }) => level === '22');
  const dependents = loops.filter(({ level }) => level === '23');
  const patient = dependents[0] ?? subscriber;
  const header = transaction.segments.find(({ id }) => id === 'BHT');
  const trace = patient?.segments.find(({ id }) => id === 'TRN');
  const people = Math.max(loops.filter(({ level }) => level === '22').length, dependents.length);
  return {
    payer: payerOf(loops.find(({ level }) => level === '20')),
    provider: providerOf(loops.find(({ level }) => level === '21')),
    subscriber: personOf(subscriber),
    serviceTypes: patient?.segments.filter(({ id }) => id === 'EQ').flatMap((segment) => segment.repetitions(1)) ?? [],
    people,
    ...given('reference', header?.element(3)),
    ...given('trace', trace?.element(2)),
    ...given('traceOrigin', trace?.element(3)),
    ...given('serviceDate', serviceDateOf(patient) ?? parseCivilDate(header?.element(4))),
    ...(dependents[0] === undefined ? {} : { dependent: personOf(dependents[0]) }),
  };
}

/** The member id that the inquiry is about. */
export function memberIdOf(inquiry: AskedInquiry): string | undefined {
  return inquiry.subscriber.memberId ?? inquiry.dependent?.memberId;
}

function loopsOf(segments: readonly Segment[]): Loop[] {
  const loops: { level: string; segments: Segment[] }[] = [];
  for (const segment of segments) {
    if (segment.id === 'HL') loops.push({ level: segment.element(3) ?? '', segments: [segment] });
    else loops.at(-1)?.segments.push(segment);
  }
  return loops;
}

function payerOf(loop: Loop | undefined): AskedInquiry['payer'] {
  const name = nameOf(loop);
  return { ...given('name', name?.element(3)), ...given('id', name?.element(9)) };
}

function providerOf(loop: Loop | undefined): string[] {
  const name = nameOf(loop);
  return Array.from({ length: 9 }, (_, index) => name?.element(index + 1) ?? '');
}

function personOf(loop: Loop | undefined): AskedPerson {
  const name = nameOf(loop);
  const demographic = loop?.segments.find(({ id }) => id === 'DMG');
  const relation = loop?.segments.find(({ id }) => id === 'INS');
  return {
    ...given('lastName', name?.element(3)),
    ...given('firstName', name?.element(4)),
    ...given('middleName', name?.element(5)),
    ...given('suffix', name?.element(7)),
    ...given('memberId', name?.element(9)),
    ...given('birthDate', parseCivilDate(demographic?.element(2))),
    ...given('sex', demographic?.element(3)),
    ...given('relationship', relation?.element(2)),
  };
}

function nameOf(loop: Loop | undefined): Segment | undefined {
  return loop?.segments.find(({ id }) => id === 'NM1');
}

/** DTP 291 (plan) is what a 5010 inquiry dates itself by; 472 (service) is what older ones wrote. */
function serviceDateOf(loop: Loop | undefined): CivilDate | undefined {
  const dates = loop?.segments.filter(({ id }) => id === 'DTP') ?? [];
  const date = dates.find((segment) => ['291', '472', '307'].includes(segment.element(1) ?? ''));
  return parseCivilDate(date?.element(3)) ?? parseDateSpan(date?.element(3))?.from;
}

/** A property only when there is something to put into it. */
export function given<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}
