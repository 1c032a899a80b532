type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The entries that have a value, so that what nobody said is left out. */
export function given<T extends Readonly<Record<string, unknown>>>(values: T): Given<T> {
  const found: Record<string, unknown> = {};
  for (const key in values) if (values[key] !== undefined) found[key] = values[key];
  return found as Given<T>;
}

/** Sets what was said; what nobody said stays out. For what every message passes: nothing is made that is not kept. */
export function put<T, K extends keyof T>(target: T, key: K, value: T[K] | undefined): void {
  if (value !== undefined) target[key] = value;
}
