import { isDate } from './date';
import type { OrderedRules, ResolvedRule } from './element-rules';
import type { DataType } from './guide/data-elements';
import type { Segment } from './segment';

export interface ElementFault {
  readonly code: 'code_not_allowed' | 'guide';
  readonly message: string;
}

const TIME = /^(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d\d{0,2})?$/;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
/** A value that may be told in a message: a code, never a name or a number of a person. */
const TELLABLE = /^[A-Z0-9]{1,3}$/;

/** Holds the elements of one segment against their rules, at most one fault an element; undefined when there is none. */
export function checkElements(segment: Segment, rules: OrderedRules): readonly ElementFault[] | undefined {
  let faults: ElementFault[] | undefined;
  const last = Math.max(rules.length - 1, segment.elementCount);
  for (let position = 1; position <= last; position++) {
    const fault = elementFault(segment, position, rules[position]);
    if (fault === undefined) continue;
    const name = `${segment.id}${String(position).padStart(2, '0')}`;
    faults ??= [];
    faults.push({ code: fault.code, message: `${name} ${fault.message}` });
  }
  return faults;
}

function elementFault(segment: Segment, position: number, rule: ResolvedRule | undefined): ElementFault | undefined {
  const value = segment.element(position);
  if (value === undefined) return rule?.isRequired === true ? guideFault('is missing') : undefined;
  if (rule === undefined) return guideFault('is not used');
  if (rule.components !== undefined) return compositeFault(segment.components(position), rule.components);
  if (rule.repeat > 1) return repeatedFault(segment.repetitions(position), rule);
  return valueFault(value, rule) ?? (rule.isPeriod ? periodFault(value, segment, position) : undefined);
}

function repeatedFault(values: readonly string[], rule: ResolvedRule): ElementFault | undefined {
  if (values.length > rule.repeat) return guideFault(`is repeated more than ${rule.repeat} times`);
  for (const each of values) {
    const fault = valueFault(each, rule);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

function compositeFault(parts: readonly string[], rules: OrderedRules): ElementFault | undefined {
  const last = Math.max(rules.length - 1, parts.length);
  for (let position = 1; position <= last; position++) {
    const fault = componentFault(parts[position - 1] ?? '', rules[position]);
    if (fault !== undefined) return { code: fault.code, message: `component ${position} ${fault.message}` };
  }
  return undefined;
}

function componentFault(value: string, rule: ResolvedRule | undefined): ElementFault | undefined {
  if (value === '') return rule?.isRequired === true ? guideFault('is missing') : undefined;
  return rule === undefined ? guideFault('is not used') : valueFault(value, rule);
}

function valueFault(value: string, { codes, element }: ResolvedRule): ElementFault | undefined {
  if (codes !== undefined) return codes.has(value) ? undefined : codeFault(value);
  if (element === undefined) return undefined;
  const { type, min, max } = element;
  const length = type === 'R' || type === 'N0' ? digitsIn(value) : value.length;
  if (length < min || length > max) {
    return guideFault(`is ${length} characters long, expected ${min === max ? min : `${min} to ${max}`}`);
  }
  return isOfType(value, type) ? undefined : guideFault(`is not of type ${type}`);
}

/** The length of a number: sign and decimal point do not count. */
function digitsIn(value: string): number {
  let length = value.length;
  for (let at = 0; at < value.length; at++) {
    const character = value.charCodeAt(at);
    if (character === MINUS || character === POINT) length--;
  }
  return length;
}

function codeFault(value: string): ElementFault {
  const told = TELLABLE.test(value) ? value : `of ${value.length} characters`;
  return { code: 'code_not_allowed', message: `code ${told} is not allowed` };
}

function isOfType(value: string, type: DataType): boolean {
  if (type === 'AN' || type === 'ID') return true;
  if (type === 'N0') return isNumber(value, 0);
  if (type === 'R') return isNumber(value, 1);
  if (type === 'DT') return isDate(value.length === 6 ? `20${value}` : value);
  return type !== 'TM' || TIME.test(value);
}

/** Digits, a minus in front of them, and no more points among them than are allowed. Character by character: there are many. */
function isNumber(value: string, mostPoints: number): boolean {
  let digits = 0;
  let points = 0;
  for (let at = value.charCodeAt(0) === MINUS ? 1 : 0; at < value.length; at++) {
    const character = value.charCodeAt(at);
    if (character >= ZERO && character <= NINE) digits++;
    else if (character !== POINT || ++points > mostPoints) return false;
  }
  return digits > 0;
}

/** A date or range of dates (data element 1251) after its format qualifier. */
function periodFault(value: string, segment: Segment, position: number): ElementFault | undefined {
  const format = segment.element(position - 1);
  if (format === 'D8') return isDate(value) ? undefined : guideFault('is no date CCYYMMDD');
  if (format !== 'RD8' || isRange(value)) return undefined;
  return guideFault('is no range CCYYMMDD-CCYYMMDD');
}

function isRange(value: string): boolean {
  const dates = value.split('-');
  return dates.length === 2 && dates.every(isDate);
}

function guideFault(message: string): ElementFault {
  return { code: 'guide', message };
}
