import { CodeSet } from './code-set';
import { type DataElement, dataElement } from './guide/data-elements';
import type { ElementRule, Elements } from './guide/rule';

/** A rule with what its data element says. All are alike to the engine: every element of every message is held against one. */
export interface ResolvedRule {
  readonly isRequired: boolean;
  readonly codes: CodeSet | undefined;
  readonly components: OrderedRules | undefined;
  /** 1 when the element may not be repeated. */
  readonly repeat: number;
  /** Absent for a composite. */
  readonly element: DataElement | undefined;
  /** True for a date or a range of dates, which its format qualifier tells apart. */
  readonly isPeriod: boolean;
}

export interface OrderedRules {
  /** By position, up to the last. */
  readonly rules: readonly (ResolvedRule | undefined)[];
  /** Position of the last one that is required; 0 when none is. */
  readonly lastRequired: number;
}

const DATE_TIME_PERIOD = 1251;
const ORDERED = new WeakMap<Elements, OrderedRules>();

/** The rules of a table by position; each table is put in order once. */
export function inOrder(elements: Elements): OrderedRules {
  const known = ORDERED.get(elements);
  if (known !== undefined) return known;
  const length = Math.max(0, ...Object.keys(elements).map(Number)) + 1;
  const rules = Array.from({ length }, (_, position) => resolved(elements[position]));
  const lastRequired = rules.findLastIndex((rule) => rule?.isRequired === true);
  const made = { rules, lastRequired: Math.max(0, lastRequired) };
  ORDERED.set(elements, made);
  return made;
}

function resolved(rule: ElementRule | undefined): ResolvedRule | undefined {
  if (rule === undefined) return undefined;
  const { usage, data, codes, components, repeat = 1 } = rule;
  return {
    isRequired: usage === 'R',
    codes: codes === undefined ? undefined : new CodeSet(codes),
    components: components === undefined ? undefined : inOrder(components),
    repeat,
    element: data === undefined ? undefined : dataElement(data),
    isPeriod: data === DATE_TIME_PERIOD,
  };
}
