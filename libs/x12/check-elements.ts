import { isDate } from './date';
import type { OrderedRules, ResolvedRule } from './element-rules';
import type { DataType } from './guide/data-elements';
import type { Segment } from './segment';
import { endOfRepetition, isBlank } from './text-segment';

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

const MISSING: ElementFault = { code: 'guide', message: 'is missing' };
const NOT_USED: ElementFault = { code: 'guide', message: 'is not used' };

/** Holds the elements of one segment against their rules, at most one fault an element; undefined when there is none. */
export function checkElements(
  segment: Segment,
  { rules, lastRequired }: OrderedRules,
): readonly ElementFault[] | undefined {
  const { text, elementCount } = segment;
  let faults: ElementFault[] | undefined;
  let start = segment.endOf(0) + 1;
  for (let position = 1; position <= elementCount; position++) {
    const end = segment.endOf(position);
    const rule = position < rules.length ? rules[position] : undefined;
    const fault = isBlank(text, start, end) ? blankFault(rule) : elementFault(segment, position, rule, start);
    start = end + 1;
    if (fault !== undefined) faults = withFault(faults, segment, position, fault);
  }
  for (let position = elementCount + 1; position <= lastRequired; position++) {
    if (rules[position]?.isRequired === true) faults = withFault(faults, segment, position, MISSING);
  }
  return faults;
}

function withFault(
  faults: ElementFault[] | undefined,
  { id }: Segment,
  position: number,
  { code, message }: ElementFault,
): ElementFault[] {
  const fault = { code, message: `${id}${String(position).padStart(2, '0')} ${message}` };
  if (faults === undefined) return [fault];
  faults.push(fault);
  return faults;
}

function blankFault(rule: ResolvedRule | undefined): ElementFault | undefined {
  return rule?.isRequired === true ? MISSING : undefined;
}

/** Of an element that stands from an offset on. */
function elementFault(
  segment: Segment,
  position: number,
  rule: ResolvedRule | undefined,
  start: number,
): ElementFault | undefined {
  if (rule === undefined) return NOT_USED;
  if (rule.components !== undefined) return compositeFault(segment.components(position), rule.components);
  const end = segment.endOf(position);
  if (rule.repeat > 1) return repeatedFault(segment, start, end, rule);
  const fault = valueFault(segment.text, start, end, rule);
  return fault ?? (rule.isPeriod ? periodFault(segment, position) : undefined);
}

/** Of an element that may be repeated; its repetitions are looked at where they stand, empty ones are left out. */
function repeatedFault(
  { text, delimiters }: Segment,
  start: number,
  end: number,
  rule: ResolvedRule,
): ElementFault | undefined {
  let count = 0;
  let fault: ElementFault | undefined;
  for (let from = start; from < end; ) {
    const to = endOfRepetition(text, from, end, delimiters);
    if (!isBlank(text, from, to)) {
      count++;
      fault ??= valueFault(text, from, to, rule);
    }
    from = to + 1;
  }
  return count > rule.repeat ? guideFault(`is repeated more than ${rule.repeat} times`) : fault;
}

function compositeFault(parts: readonly string[], { rules }: OrderedRules): ElementFault | undefined {
  const last = Math.max(rules.length - 1, parts.length);
  for (let position = 1; position <= last; position++) {
    const fault = componentFault(parts[position - 1] ?? '', rules[position]);
    if (fault !== undefined) return { code: fault.code, message: `component ${position} ${fault.message}` };
  }
  return undefined;
}

function componentFault(value: string, rule: ResolvedRule | undefined): ElementFault | undefined {
  if (value === '') return rule?.isRequired === true ? MISSING : undefined;
  return rule === undefined ? NOT_USED : valueFault(value, 0, value.length, rule);
}

/** Looks at a value where it stands in a text. */
function valueFault(text: string, start: number, end: number, rule: ResolvedRule): ElementFault | undefined {
  const { codes, element } = rule;
  if (codes !== undefined) return codes.has(text, start, end) ? undefined : codeFault(text.slice(start, end));
  if (element === undefined) return undefined;
  const { type, min, max } = element;
  const length = type === 'R' || type === 'N0' ? digitsIn(text, start, end) : end - start;
  if (length < min || length > max) {
    return guideFault(`is ${length} characters long, expected ${min === max ? min : `${min} to ${max}`}`);
  }
  return isOfType(text, start, end, type) ? undefined : guideFault(`is not of type ${type}`);
}

/** The length of a number: sign and decimal point do not count. */
function digitsIn(text: string, start: number, end: number): number {
  let length = end - start;
  for (let at = start; at < end; at++) {
    const character = text.charCodeAt(at);
    if (character === MINUS || character === POINT) length--;
  }
  return length;
}

function codeFault(value: string): ElementFault {
  const told = TELLABLE.test(value) ? value : `of ${value.length} characters`;
  return { code: 'code_not_allowed', message: `code ${told} is not allowed` };
}

function isOfType(text: string, start: number, end: number, type: DataType): boolean {
  if (type === 'AN' || type === 'ID') return true;
  if (type === 'N0') return isNumber(text, start, end, 0);
  if (type === 'R') return isNumber(text, start, end, 1);
  const value = text.slice(start, end);
  if (type === 'DT') return isDate(value.length === 6 ? `20${value}` : value);
  return type !== 'TM' || TIME.test(value);
}

/** Digits, a minus in front of them, and no more points among them than are allowed. Character by character: there are many. */
function isNumber(text: string, start: number, end: number, mostPoints: number): boolean {
  let digits = 0;
  let points = 0;
  for (let at = text.charCodeAt(start) === MINUS ? start + 1 : start; at < end; at++) {
    const character = text.charCodeAt(at);
    if (character >= ZERO && character <= NINE) digits++;
    else if (character !== POINT || ++points > mostPoints) return false;
  }
  return digits > 0;
}

/** A date or range of dates (data element 1251) after its format qualifier. */
function periodFault(segment: Segment, position: number): ElementFault | undefined {
  const format = segment.element(position - 1);
  if (format !== 'D8' && format !== 'RD8') return undefined;
  const value = segment.element(position) ?? '';
  if (format === 'D8') return isDate(value) ? undefined : guideFault('is no date CCYYMMDD');
  return isRange(value) ? undefined : guideFault('is no range CCYYMMDD-CCYYMMDD');
}

function isRange(value: string): boolean {
  const dates = value.split('-');
  return dates.length === 2 && dates.every(isDate);
}

function guideFault(message: string): ElementFault {
  return { code: 'guide', message };
}
