import { readDate } from './date';
import { type DataElement, type DataType, dataElement } from './guide/data-elements';
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

/** Holds the elements of one segment against their rules, at most one fault an element; undefined when there is none. */
export function checkElements(segment: Segment, rule: SegmentRule): readonly ElementFault[] | undefined {
  const rules = inOrder(rule.elements);
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

/** A rule with what its data element says. All are alike to the engine: every element of every message is held against one. */
interface ResolvedRule {
  readonly isRequired: boolean;
  readonly codes: ReadonlySet<string> | undefined;
  readonly components: OrderedRules | undefined;
  /** 1 when the element may not be repeated. */
  readonly repeat: number;
  /** Absent for a composite. */
  readonly element: DataElement | undefined;
  /** True for a date or a range of dates, which its format qualifier tells apart. */
  readonly isPeriod: boolean;
}

type OrderedRules = readonly (ResolvedRule | undefined)[];

const DATE_TIME_PERIOD = 1251;
const ORDERED = new WeakMap<Elements, OrderedRules>();

/** The rules by position, up to the last; each table is put in order once. */
function inOrder(elements: Elements): OrderedRules {
  const known = ORDERED.get(elements);
  if (known !== undefined) return known;
  const length = Math.max(0, ...Object.keys(elements).map(Number)) + 1;
  const rules = Array.from({ length }, (_, position) => resolved(elements[position]));
  ORDERED.set(elements, rules);
  return rules;
}

function resolved(rule: ElementRule | undefined): ResolvedRule | undefined {
  if (rule === undefined) return undefined;
  const { usage, data, codes, components, repeat = 1 } = rule;
  return {
    isRequired: usage === 'R',
    codes,
    components: components === undefined ? undefined : inOrder(components),
    repeat,
    element: data === undefined ? undefined : dataElement(data),
    isPeriod: data === DATE_TIME_PERIOD,
  };
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
  for (let at = 0; at < value.length; at++) if (value[at] === '-' || value[at] === '.') length--;
  return length;
}

function codeFault(value: string): ElementFault {
  const told = TELLABLE.test(value) ? value : `of ${value.length} characters`;
  return { code: 'code_not_allowed', message: `code ${told} is not allowed` };
}

function isOfType(value: string, type: DataType): boolean {
  if (type === 'AN' || type === 'ID') return true;
  if (type === 'N0') return WHOLE.test(value);
  if (type === 'R') return DECIMAL.test(value);
  if (type === 'DT') return readDate(value.length === 6 ? `20${value}` : value) !== undefined;
  return type !== 'TM' || TIME.test(value);
}

/** A date or range of dates (data element 1251) after its format qualifier. */
function periodFault(value: string, segment: Segment, position: number): ElementFault | undefined {
  const format = segment.element(position - 1);
  if (format !== 'D8' && format !== 'RD8') return undefined;
  const dates = value.split('-');
  const expected = format === 'D8' ? 1 : 2;
  if (dates.length === expected && dates.every((date) => readDate(date) !== undefined)) return undefined;
  return guideFault(format === 'D8' ? 'is no date CCYYMMDD' : 'is no range CCYYMMDD-CCYYMMDD');
}

function guideFault(message: string): ElementFault {
  return { code: 'guide', message };
}
