import { isCivilDate } from '@openvob/benefits';
import { Problem, type ProblemField } from '@openvob/platform';

/** Reads one field: its value, or why it cannot be used. */
export type FieldReader<T> = (value: unknown) => { value: T } | { fault: Omit<ProblemField, 'pointer'> };

type Readers = Readonly<Record<string, FieldReader<unknown>>>;
type Read<R extends Readers> = {
  [K in keyof R as undefined extends ValueOf<R[K]> ? never : K]: ValueOf<R[K]>;
} & { [K in keyof R as undefined extends ValueOf<R[K]> ? K : never]?: Exclude<ValueOf<R[K]>, undefined> };
type ValueOf<R> = R extends FieldReader<infer T> ? T : never;

/**
 * Reads a flat body field by field; what it does not know is a fault too.
 *
 * @throws Problem `unparsable_body` for what is no object, `validation_failed` naming every faulty field
 */
export function readFields<R extends Readers>(body: unknown, readers: R): Read<R> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Problem('unparsable_body');
  const given = new Map(Object.entries(body));
  const fields: ProblemField[] = [];
  const read: [string, unknown][] = [];
  for (const [name, reader] of Object.entries(readers)) {
    const result = reader(given.get(name));
    if ('fault' in result) fields.push({ pointer: `/${name}`, ...result.fault });
    else if (result.value !== undefined) read.push([name, result.value]);
    given.delete(name);
  }
  for (const name of given.keys())
    fields.push({ pointer: `/${escaped(name)}`, code: 'unknown_field', detail: 'is not a field' });
  if (fields.length > 0) throw new Problem('validation_failed', { fields });
  return Object.fromEntries(read) as Read<R>;
}

/** A line of text, without control characters. @param longest characters */
export function line(longest: number): FieldReader<string> {
  return (value) => {
    if (value === undefined) return required;
    if (typeof value !== 'string') return { fault: { code: 'wrong_type', detail: 'must be a text' } };
    const text = value.trim();
    if (text === '' || text.length > longest || /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(text))
      return { fault: { code: 'unusable', detail: `must be one line of 1 to ${longest} characters` } };
    return { value: text };
  };
}

/** A secret, taken as it is typed. */
export const secretText: FieldReader<string> = (value) => {
  if (value === undefined) return required;
  if (typeof value !== 'string' || value.length > 1024)
    return { fault: { code: 'wrong_type', detail: 'must be a text of at most 1024 characters' } };
  return { value };
};

const addressShape = /^[^\s@<>",;:\\]{1,64}@(?:[^\s@<>",;:\\.]{1,63}\.)+[^\s@<>",;:\\.]{1,63}$/;

export const emailAddress: FieldReader<string> = (value) => {
  if (value === undefined) return required;
  const isAddress = typeof value === 'string' && value.length <= 254 && addressShape.test(value.trim());
  return isAddress ? { value } : { fault: { code: 'unusable', detail: 'must be an e-mail address' } };
};

/** An OpenID provider's address, as it publishes it: no query, no fragment, no credentials. */
export const issuerUrl: FieldReader<string> = (value) => {
  if (value === undefined) return required;
  const url = typeof value === 'string' && value.length <= 300 && URL.canParse(value) ? new URL(value) : undefined;
  const isPlain = url?.search === '' && url.hash === '' && url.username === '' && url.password === '';
  if (typeof value === 'string' && isPlain && ['https:', 'http:'].includes(url?.protocol ?? '')) return { value };
  return { fault: { code: 'unusable', detail: 'must be the provider’s https:// address' } };
};

const domainShape = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}]{2,63}$/u;

/** Domains of e-mail addresses, 1 to 20. */
export const domainNames: FieldReader<string[]> = (value) => {
  if (value === undefined) return required;
  const names = Array.isArray(value) ? value.map((name) => String(name).trim().toLowerCase()) : [];
  const isUsable =
    names.length > 0 && names.length <= 20 && names.every((name) => name.length <= 253 && domainShape.test(name));
  return isUsable
    ? { value: [...new Set(names)] }
    : { fault: { code: 'unusable', detail: 'must be a list of domains, such as testwood.example' } };
};

/** One of a few words. */
export function oneOf<T extends string>(allowed: readonly T[]): FieldReader<T> {
  return (value) => {
    if (value === undefined) return required;
    const found = allowed.find((word) => word === value);
    return found === undefined
      ? { fault: { code: 'unknown_value', detail: `must be one of ${allowed.join(', ')}` } }
      : { value: found };
  };
}

/** Words of a list, each once. */
export function someOf<T extends string>(allowed: readonly T[]): FieldReader<T[]> {
  return (value) => {
    if (value === undefined) return required;
    const words = Array.isArray(value) ? allowed.filter((word) => value.includes(word)) : [];
    return Array.isArray(value) && words.length > 0 && words.length === new Set(value).size
      ? { value: words }
      : { fault: { code: 'unknown_value', detail: `must be a list of ${allowed.join(', ')}` } };
  };
}

/** A whole number within bounds, both included. */
export function whole(from: number, to: number): FieldReader<number> {
  return (value) => {
    if (value === undefined) return required;
    const isWithin = typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to;
    return isWithin
      ? { value }
      : { fault: { code: 'out_of_range', detail: `must be a whole number from ${from} to ${to}` } };
  };
}

export const truth: FieldReader<boolean> = (value) => {
  if (value === undefined) return required;
  return typeof value === 'boolean' ? { value } : { fault: { code: 'wrong_type', detail: 'must be true or false' } };
};

/** A day of the calendar. */
export const civilDate: FieldReader<string> = (value) => {
  if (value === undefined) return required;
  const isDay = typeof value === 'string' && isCivilDate(value);
  return isDay ? { value } : { fault: { code: 'unusable', detail: 'must be a date of the calendar, YYYY-MM-DD' } };
};

/** A National Provider Identifier, by its shape. */
export const npi: FieldReader<string> = (value) => {
  if (value === undefined) return required;
  const isNpi = typeof value === 'string' && /^\d{10}$/.test(value);
  return isNpi ? { value } : { fault: { code: 'unusable', detail: 'must be ten digits' } };
};

/** A field that may be left out. */
export function optional<T>(reader: FieldReader<T>): FieldReader<T | undefined> {
  return (value) => (value === undefined ? { value: undefined } : reader(value));
}

const required = { fault: { code: 'required', detail: 'is missing' } };

function escaped(name: string): string {
  return name.replace(/~/g, '~0').replace(/\//g, '~1').slice(0, 80);
}
