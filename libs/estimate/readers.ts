import { type Cents, type CivilDate, isCivilDate } from '@openvob/benefits';
import { type CaseErrorCode, CaseFault } from './case-fault';

/** Turns a JSON value into what it stands for, or throws a CaseFault that names the place. */
export type Reader<T> = (value: unknown, path: string) => T;

/** A key that may be left out. */
export interface OptionalKey<T> {
  readonly optional: Reader<T>;
}

/** One reader for every key: plain where the key is needed, `optional` where it may be left out. */
export type Shape<T> = {
  readonly [K in keyof T]-?: Pick<T, K> extends Required<Pick<T, K>>
    ? Reader<T[K]>
    : OptionalKey<Exclude<T[K], undefined>>;
};

export type JsonObject = Readonly<Record<string, unknown>>;

/** Throws the CaseFault that a reader has found. */
export function refuse(code: CaseErrorCode, path: string, message: string): never {
  throw new CaseFault({ code, path, message });
}

/** Reads a key that may be left out. */
export function optional<T>(reader: Reader<T>): OptionalKey<T> {
  return { optional: reader };
}

/** An object of a known shape; other keys are ignored. Faults: `wrong_type`, `missing`, and those of its keys. */
export function record<T>(shape: Shape<T>): Reader<T> {
  const fields = Object.entries<Reader<unknown> | OptionalKey<unknown>>(shape);
  return (value, path) => {
    const given = jsonObject(value, path);
    const read: Record<string, unknown> = {};
    for (const [key, field] of fields) {
      const place = `${path}/${key}`;
      if (given[key] !== undefined)
        read[key] = (typeof field === 'function' ? field : field.optional)(given[key], place);
      else if (typeof field === 'function') refuse('missing', place, `${key} is needed`);
    }
    // The shape has a reader for every key of T, so what was read is a T.
    return read as T;
  };
}

/** A list of like values; `most` of them at most (`too_large`, naming the list), `least` at least (`out_of_range`). */
export function list<T>(reader: Reader<T>, bounds: { least?: number; most?: number } = {}): Reader<T[]> {
  const { least = 0, most = Number.POSITIVE_INFINITY } = bounds;
  return (value, path) => {
    if (!Array.isArray(value)) refuse('wrong_type', path, 'a list is expected');
    if (value.length < least) refuse('out_of_range', path, `at least ${least} is expected`);
    if (value.length > most) refuse('too_large', path, `at most ${most} are allowed`);
    return value.map((item, index) => reader(item, `${path}/${index}`));
  };
}

/** One of several strings. Faults: `wrong_type`, `unknown_value`. */
export function choice<T extends string>(...allowed: readonly T[]): Reader<T> {
  return (value, path) => {
    const found = allowed.find((candidate) => candidate === text(value, path));
    return found ?? refuse('unknown_value', path, `one of ${allowed.join(', ')} is expected`);
  };
}

/** A key whose only value is `true`. Faults: `unknown_value` for `false`, else `wrong_type`. */
export const onlyTrue: Reader<true> = (value, path) => {
  if (value === true) return true;
  return refuse(value === false ? 'unknown_value' : 'wrong_type', path, 'true is expected, or the key left out');
};

/** Fault: `wrong_type`. */
export const text: Reader<string> = (value, path) =>
  typeof value === 'string' ? value : refuse('wrong_type', path, 'a string is expected');

/** Fault: `wrong_type`. */
export const trueOrFalse: Reader<boolean> = (value, path) =>
  typeof value === 'boolean' ? value : refuse('wrong_type', path, 'true or false is expected');

/** Faults: `wrong_type`, `no_such_date`. */
export const civilDate: Reader<CivilDate> = (value, path) => {
  const date = text(value, path);
  return isCivilDate(date) ? date : refuse('no_such_date', path, 'a date of the calendar is expected, YYYY-MM-DD');
};

/** A whole number from `least` on. Faults: `wrong_type` (also a fraction), `out_of_range`. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): Reader<number> {
  const expected = `a whole number from ${least} to ${most} is expected`;
  return (value, path) => {
    if (typeof value !== 'number') return refuse('wrong_type', path, expected);
    if (!Number.isFinite(value)) return refuse('out_of_range', path, expected);
    if (!Number.isInteger(value)) return refuse('wrong_type', path, expected);
    return value < least || value > most ? refuse('out_of_range', path, expected) : value;
  };
}

/** Whole cents, 0 or more. */
export const cents: Reader<Cents> = wholeNumber(0);

/** 0 to 100 with at most four decimals. Faults: `wrong_type`, `out_of_range`. */
export const percent: Reader<number> = (value, path) => {
  const expected = 'a percentage from 0 to 100 with at most four decimals is expected';
  if (typeof value !== 'number') return refuse('wrong_type', path, expected);
  const isExact = Math.round(value * 10_000) / 10_000 === value;
  return value >= 0 && value <= 100 && isExact ? value : refuse('out_of_range', path, expected);
};

/** Any object of keys. Fault: `wrong_type`. */
export function jsonObject(value: unknown, path: string): JsonObject {
  if (isJsonObject(value)) return value;
  return refuse('wrong_type', path, 'an object is expected');
}

/** The second of two dates must not lie before the first. Fault: `out_of_range` at the second. */
export function refuseBackwards({ from, to }: { from: CivilDate; to?: CivilDate }, path: string): void {
  if (to !== undefined && to < from) refuse('out_of_range', `${path}/to`, 'a date not before from is expected');
}

function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
