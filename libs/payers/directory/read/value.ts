/** A fault of what was given: `pointer` is a JSON Pointer from the value that was read; `detail` says what it must be. */
export interface Fault {
  readonly pointer: string;
  readonly code: 'required' | 'wrong_type' | 'malformed' | 'unknown_field' | 'out_of_range';
  readonly detail: string;
}

export type Read<T> = { readonly value: T } | { readonly faults: readonly Fault[] };

/** Reads one value; what cannot be used is told with its remedy. */
export type Reader<T> = (value: unknown) => Read<T>;

export function fault<T>(detail: string, code: Fault['code'] = 'malformed', pointer = ''): Read<T> {
  return { faults: [{ pointer, code, detail }] };
}

/** Text that meets a check, without blanks at its ends. */
export function text<T extends string = string>(holds: (value: string) => boolean, detail: string): Reader<T> {
  return (value) => {
    if (typeof value !== 'string') return fault(`${detail} (text)`, 'wrong_type');
    const trimmed = value.trim();
    return holds(trimmed) ? { value: trimmed as T } : fault(detail);
  };
}

export function oneOf<T extends string>(allowed: readonly T[]): Reader<T> {
  return text<T>((value) => (allowed as readonly string[]).includes(value), `must be one of ${allowed.join(', ')}`);
}

export function wholeNumber(least: number, most: number): Reader<number> {
  return (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
      ? { value }
      : fault(
          `must be a whole number from ${least} to ${most}`,
          typeof value === 'number' ? 'out_of_range' : 'wrong_type',
        );
}

/** A list of at most so many; the same one twice counts once. */
export function list<T>(item: Reader<T>, most: number): Reader<T[]> {
  return (value) => {
    if (!Array.isArray(value)) return fault('must be a list', 'wrong_type');
    if (value.length > most) return fault(`must hold at most ${most}`, 'out_of_range');
    const read = value.map((one, index) => at(`/${index}`, item(one)));
    const faults = read.flatMap((one) => ('faults' in one ? one.faults : []));
    if (faults.length > 0) return { faults };
    const values = new Map(
      read.flatMap((one) => ('value' in one ? [[JSON.stringify(one.value), one.value] as const] : [])),
    );
    return { value: [...values.values()] };
  };
}

/** How a field is read: `needed` must be there, `clearable` may be null. */
export interface Field<T> {
  readonly read: Reader<T>;
  readonly needed?: boolean;
  readonly clearable?: boolean;
}

export type Fields<T> = { readonly [K in keyof T]-?: Field<NonNullable<T[K]>> };

/** An object of these fields and no others. */
export function object<T extends object>(fields: Fields<T>): Reader<T> {
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return fault('must be an object', 'wrong_type');
    const given = value as Record<string, unknown>;
    const names = Object.keys(fields) as (keyof T & string)[];
    const unknown = Object.keys(given).filter((name) => !Object.hasOwn(fields, name));
    const read = names.map((name) => [name, at(`/${name}`, readField(fields[name], given[name]))] as const);
    const faults = [
      ...unknown.flatMap((name) =>
        faultsIn(
          at(`/${escaped(name)}`, fault('is not a field here: check its spelling or leave it out', 'unknown_field')),
        ),
      ),
      ...read.flatMap(([, one]) => faultsIn(one)),
    ];
    if (faults.length > 0) return { faults };
    return {
      value: Object.fromEntries(
        read.flatMap(([name, one]) => ('value' in one && one.value !== undefined ? [[name, one.value]] : [])),
      ) as T,
    };
  };
}

function readField<T>({ read, needed, clearable }: Field<T>, value: unknown): Read<T | null | undefined> {
  if (value === undefined) return needed ? fault('is missing', 'required') : { value: undefined };
  return value === null && clearable ? { value: null } : read(value);
}

/** The same with its pointers below a place. */
export function at<T>(place: string, read: Read<T>): Read<T> {
  if ('value' in read) return read;
  return { faults: read.faults.map((one) => ({ ...one, pointer: `${place}${one.pointer}` })) };
}

export function faultsIn(read: Read<unknown>): readonly Fault[] {
  return 'faults' in read ? read.faults : [];
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
