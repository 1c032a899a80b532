import { addDays, type CivilDate, daysBetween, parseCivilDate, parseDateSpan } from '@openvob/benefits';
import type { Transaction } from '@openvob/x12';
import { type AnsweredPerson, personSegments } from './answered-person';
import { packDate } from './relative-date';

/** Dates outside of these years are marks ("no end"), not days. */
const firstYear = '1901';
const lastYear = '2199';

/** Days by which the dates of an answer are moved so that the date it was given for becomes `asked`. */
export function daysToShift(answered: AnsweredPerson | Transaction | undefined, asked: CivilDate | undefined): number {
  const given = answered === undefined ? undefined : dateOf(answered);
  return asked === undefined || given === undefined ? 0 : daysBetween(given, asked);
}

/** DTP 472 of the person, else BHT04, else GS04. */
function dateOf(answered: AnsweredPerson | Transaction): CivilDate | undefined {
  if (!('patient' in answered)) return dateOfTransaction(answered);
  const segments = [answered.patient, answered.subscriber].flatMap((level) => [
    ...personSegments(level),
    ...level.benefits.flatMap(({ dtp }) => dtp),
  ]);
  const service = segments.filter((segment) => segment.id === 'DTP' && segment.element(1) === '472');
  const dates = service.map((segment) => parseCivilDate(segment.element(3)) ?? parseDateSpan(segment.element(3))?.from);
  return dates.find((date) => date !== undefined) ?? dateOfTransaction(answered.transaction);
}

function dateOfTransaction(transaction: Transaction): CivilDate | undefined {
  const header = transaction.segments.find(({ id }) => id === 'BHT');
  return parseCivilDate(header?.element(4)) ?? transaction.interchange?.gsDate;
}

/** The elements of a segment with its dates moved; birth dates (DMG) stay. */
export function shiftDates(elements: readonly string[], days: number): readonly string[] {
  switch (elements[0]) {
    case 'DTP':
      return replaceAt(elements, 3, (text) => text.replace(/\d{8}/g, (date) => shiftPacked(date, days)));
    case 'BHT':
    case 'GS':
      return replaceAt(elements, 4, (text) => shiftPacked(text, days));
    case 'ISA':
      return replaceAt(elements, 9, (text) => shiftPacked(`20${text}`, days).slice(2));
    default:
      return elements;
  }
}

function replaceAt(elements: readonly string[], position: number, change: (text: string) => string): readonly string[] {
  return elements.map((element, index) => (index === position ? change(element) : element));
}

function shiftPacked(text: string, days: number): string {
  const date = text.length === 8 ? parseCivilDate(text) : undefined;
  if (date === undefined || date.slice(0, 4) < firstYear || date.slice(0, 4) > lastYear) return text;
  return packDate(addDays(date, days));
}
