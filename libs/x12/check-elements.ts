import { readDate } from './date';
import { type DataElementNumber, type DataType, dataElement } from './guide/data-elements';
import type { ElementRule, Elements, SegmentRule } from './guide/rule';
import type { Segment } from './segment';

export interface ElementFault {
  readonly code: 'code_not_allowed' | 'guide';
  readonly message: string;
}

const WHOLE = /^-?\d+$/;
const DECIMAL = /^-?(?:\d+(?:\.\d*)?|\.\d+)$/;
const TIME = /^(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d\d{0,2})?$/;
/** A value that may be told in a message: a code, never a name or a number of a person. */
const TELLABLE = /^[A-Z0-9]{1,3}$/;

/** Holds the elements of one segment against their rules, at most one fault an element. */
export function checkElements(segment: Segment, rule: SegmentRule, separator: string): ElementFault[] {
  const faults: ElementFault[] = [];
  const last = Math.max(lastPosition(rule.elements), countElements(segment.raw, separator));
  for (let position = 1; position <= last; position++) {
    const fault = elementFault(segment, position, rule.elements[position]);
    if (fault === undefined) continue;
    const name = `${segment.id}${String(position).padStart(2, '0')}`;
    faults.push({ code: fault.code, message: `${name} ${fault.message}` });
  }
  return faults;
}

function countElements(raw: string, separator: string): number {
  let count = 0;
  for (let at = raw.indexOf(separator); at >= 0; at = raw.indexOf(separator, at + 1)) count++;
  return count;
}

function elementFault(segment: Segment, position: number, rule: ElementRule | undefined): ElementFault | undefined {
  const value = segment.element(position);
  if (value === undefined) return rule?.usage === 'R' ? guideFault('is missing') : undefined;
  if (rule === undefined) return guideFault('is not used');
  if (rule.components !== undefined) return compositeFault(segment.components(position), rule.components);
  const values = rule.repeat === undefined ? [value] : segment.repetitions(position);
  if (values.length > (rule.repeat ?? 1)) return guideFault(`is repeated more than ${rule.repeat} times`);
  for (const each of values) {
    const fault = valueFault(each, rule) ?? periodFault(each, rule.data, segment.element(position - 1));
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function compositeFault(parts: readonly string[], rules: Elements): ElementFault | undefined {
  const last = Math.max(lastPosition(rules), parts.length);
  for (let position = 1; position <= last; position++) {
    const fault = componentFault(parts[position - 1] ?? '', rules[position]);
    if (fault !== undefined) return { code: fault.code, message: `component ${position} ${fault.message}` };
  }
  return undefined;
}

function componentFault(value: string, rule: ElementRule | undefined): ElementFault | undefined {
  if (value === '') return rule?.usage === 'R' ? guideFault('is missing') : undefined;
  return rule === undefined ? guideFault('is not used') : valueFault(value, rule);
}

function valueFault(value: string, rule: ElementRule): ElementFault | undefined {
  if (rule.codes !== undefined) return rule.codes.has(value) ? undefined : codeFault(value);
  if (rule.data === undefined) return undefined;
  const { type, min, max } = dataElement(rule.data);
  const length = type === 'R' || type === 'N0' ? value.replace(/[-.]/g, '').length : value.length;
  if (length < min || length > max) {
    return guideFault(`is ${length} characters long, expected ${min === max ? min : `${min} to ${max}`}`);
  }
  return isOfType(value, type) ? undefined : guideFault(`is not of type ${type}`);
}

function codeFault(value: string): ElementFault {
  const told = TELLABLE.test(value) ? value : `of ${value.length} characters`;
  return { code: 'code_not_allowed', message: `code ${told} is not allowed` };
}

function isOfType(value: string, type: DataType): boolean {
  if (type === 'N0') return WHOLE.test(value);
  if (type === 'R') return DECIMAL.test(value);
  if (type === 'DT') return readDate(value) !== undefined;
  return type !== 'TM' || TIME.test(value);
}

/** A date or range of dates (data element 1251) after its format qualifier. */
function periodFault(
  value: string,
  data: DataElementNumber | undefined,
  format: string | undefined,
): ElementFault | undefined {
  if (data !== 1251 || (format !== 'D8' && format !== 'RD8')) return undefined;
  const dates = value.split('-');
  const expected = format === 'D8' ? 1 : 2;
  if (dates.length === expected && dates.every((date) => readDate(date) !== undefined)) return undefined;
  return guideFault(format === 'D8' ? 'is no date CCYYMMDD' : 'is no range CCYYMMDD-CCYYMMDD');
}

function guideFault(message: string): ElementFault {
  return { code: 'guide', message };
}

function lastPosition(rules: Elements): number {
  let last = 0;
  for (const position in rules) last = Math.max(last, Number(position));
  return last;
}
