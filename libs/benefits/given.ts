type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The entries that have a value, so that what nobody said is left out. */
export function given<T extends Readonly<Record<string, unknown>>>(values: T): Given<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>;
}
