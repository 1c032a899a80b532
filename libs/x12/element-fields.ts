import { type Sayable, sayId, sayName } from './character-set';
import { writeDate } from './date';
import { type DataElementNumber, dataElement } from './guide/data-elements';
import type { Delimiters } from './segment';
import type { WriteFault, WriteFaultCode } from './write-segment';

/** Turns fields into elements; what cannot be said is a fault under the field's name and an empty element. */
export class ElementFields {
  readonly faults: WriteFault[] = [];

  constructor(private readonly delimiters: Delimiters) {}

  /** A name, normalised. */
  name(field: string, value: string | undefined, data: DataElementNumber): string | undefined {
    return this.said(field, value === undefined ? undefined : sayName(value, this.delimiters), data);
  }

  /** An identifier, as it is. */
  id(field: string, value: string | undefined, data: DataElementNumber): string | undefined {
    return this.said(field, value === undefined ? undefined : sayId(value, this.delimiters), data);
  }

  /** A civil date as `CCYYMMDD`. */
  date(field: string, value: string | undefined): string | undefined {
    const written = value === undefined ? undefined : writeDate(value);
    if (value !== undefined && written === undefined) this.fault(field, 'date', 'must be a date YYYY-MM-DD');
    return written;
  }

  /** One of a set of codes. */
  code(field: string, value: string, codes: ReadonlySet<string>): string {
    if (codes.has(value)) return value;
    this.fault(field, 'code', 'is not a code that the guide allows');
    return '';
  }

  /** A national provider identifier: ten digits. */
  npi(field: string, value: string): string {
    if (/^\d{10}$/.test(value)) return value;
    this.fault(field, 'number', 'must be ten digits');
    return '';
  }

  /** Reports a field whose element came out empty. */
  require(field: string, element: string | undefined): void {
    if (element === undefined && !this.isFaulty(field)) this.fault(field, 'missing', 'is required');
  }

  /** A field that goes into two elements is reported once. */
  fault(field: string, code: WriteFaultCode, message: string): void {
    if (this.faults.some((fault) => fault.field === field && fault.code === code)) return;
    this.faults.push({ field, code, message });
  }

  isFaulty(field: string): boolean {
    return this.faults.some((fault) => fault.field === field);
  }

  private said(field: string, said: Sayable | undefined, data: DataElementNumber): string | undefined {
    if (said === undefined || (said.ok && said.text === '')) return undefined;
    if (!said.ok) {
      this.fault(field, 'character', said.why);
      return undefined;
    }
    const { min, max } = dataElement(data);
    if (said.text.length >= min && said.text.length <= max) return said.text;
    this.fault(
      field,
      'length',
      min === max ? `must be ${min} characters long` : `must be ${min} to ${max} characters long`,
    );
    return undefined;
  }
}
