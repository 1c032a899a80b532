import { isCivilDate } from '@openvob/benefits';
import { type Fault, inheritedNames, isDeeperThan, isInstant, unkeepable } from '@openvob/intake';
import { Problem } from '@openvob/platform';

const deepest = 12;
const mostFaults = 50;

type JsonObject = Readonly<Record<string, unknown>>;

/** Reads the fields of a body one by one, and gathers everything that is wrong with them. */
export class Fields {
  constructor(
    private readonly record: JsonObject,
    private readonly path: string,
    private readonly faults: Fault[],
  ) {}

  /** Text with something in it, blanks at its ends left off. */
  text(key: string, most: number, need?: 'needed'): string | undefined {
    return this.read(key, need, (value) => {
      if (typeof value !== 'string') return this.fault(key, 'wrong_type', 'must be text');
      const text = value.trim();
      if (text === '') return this.fault(key, 'too_short', 'must not be empty');
      return text.length > most ? this.fault(key, 'too_long', `may have ${most} characters at most`) : text;
    });
  }

  instant(key: string, need?: 'needed'): string | undefined {
    const detail = 'must be an instant with its zone, e.g. 2026-11-20T15:00:00Z';
    return this.read(key, need, (value) =>
      typeof value === 'string' && isInstant(value)
        ? new Date(value).toISOString()
        : this.fault(key, typeof value === 'string' ? 'malformed' : 'wrong_type', detail),
    );
  }

  date(key: string, need?: 'needed'): string | undefined {
    return this.read(key, need, (value) =>
      isCivilDate(value)
        ? value
        : this.fault(
            key,
            typeof value === 'string' ? 'no_such_date' : 'wrong_type',
            'must be a date of the calendar, YYYY-MM-DD',
          ),
    );
  }

  choice<T extends string>(key: string, allowed: readonly T[], need?: 'needed'): T | undefined {
    return this.read(key, need, (value) => {
      const found = allowed.find((one) => one === value);
      return found ?? this.fault(key, 'unknown_value', `must be one of ${allowed.join(', ')}`);
    });
  }

  whole(key: string, bounds: { least: number; most: number }, need?: 'needed'): number | undefined {
    const detail = `must be a whole number from ${bounds.least} to ${bounds.most}`;
    return this.read(key, need, (value) => {
      if (typeof value !== 'number' || !Number.isInteger(value)) return this.fault(key, 'wrong_type', detail);
      return value < bounds.least || value > bounds.most ? this.fault(key, 'out_of_range', detail) : value;
    });
  }

  flag(key: string, need?: 'needed'): boolean | undefined {
    return this.read(key, need, (value) =>
      typeof value === 'boolean' ? value : this.fault(key, 'wrong_type', 'must be true or false'),
    );
  }

  /** Whatever JSON holds; its reader finds its faults. */
  any(key: string, need?: 'needed'): unknown {
    return this.read(key, need, (value) => value);
  }

  /** Each object of a list, read by `item`. */
  list<T>(key: string, most: number, item: (fields: Fields, index: number) => T): T[] {
    const value = this.read(key, 'needed', (given) =>
      Array.isArray(given) ? (given as unknown[]) : this.fault(key, 'wrong_type', 'must be a list'),
    );
    if (value === undefined) return [];
    if (value.length > most) {
      this.fault(key, 'too_many', `may have ${most} entries at most`);
      return [];
    }
    return value.flatMap((given, index) => {
      const path = `${this.path}/${key}/${index}`;
      if (isObject(given)) return [item(new Fields(given, path, this.faults), index)];
      this.faults.push({ pointer: path, code: 'wrong_type', detail: 'must be a JSON object' });
      return [];
    });
  }

  /** An object of its own, read by `inner`. */
  object<T>(key: string, inner: (fields: Fields) => T): T | undefined {
    return this.read(key, undefined, (given) =>
      isObject(given)
        ? inner(new Fields(given, `${this.path}/${key}`, this.faults))
        : this.fault(key, 'wrong_type', 'must be a JSON object'),
    );
  }

  /** Texts of a list. */
  texts(key: string, most: number): string[] | undefined {
    return this.read(key, undefined, (given) => {
      const isRight =
        Array.isArray(given) && given.length <= most && given.every((one) => typeof one === 'string' && one !== '');
      return isRight ? (given as string[]) : this.fault(key, 'wrong_type', `must be a list of at most ${most} texts`);
    });
  }

  /** Keys that are none of these. */
  only(...keys: readonly string[]): void {
    for (const key of Object.keys(this.record))
      if (!keys.includes(key))
        this.fault(key, 'unknown_field', 'is not a field of this request: check its spelling or leave it out');
  }

  /** Notes a fault of a field, or with an empty key of the whole. */
  fault(key: string, code: string, detail: string): undefined {
    const pointer = key === '' ? this.path : `${this.path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    this.faults.push({ pointer, code, detail });
    return undefined;
  }

  private read<T>(key: string, need: 'needed' | undefined, reader: (value: unknown) => T | undefined): T | undefined {
    const value = Object.hasOwn(this.record, key) ? this.record[key] : undefined;
    if (value !== undefined) return reader(value);
    return need ? this.fault(key, 'required', 'is needed') : undefined;
  }
}

/**
 * Reads a body; refuses it with everything that is wrong, echoing no value.
 *
 * @throws Problem `validation_failed`
 */
export function readBody<T>(body: unknown, read: (fields: Fields) => T): T {
  if (body === undefined) throw new Problem('unparsable_body');
  if (!isObject(body)) throw refused([{ pointer: '', code: 'wrong_type', detail: 'must be a JSON object' }]);
  if (isDeeperThan(body, deepest))
    throw refused([{ pointer: '', code: 'wrong_type', detail: `must be nested at most ${deepest} deep` }]);
  const faults: Fault[] = [...inheritedNames(body), ...unkeepable(body, 'allowed')];
  if (faults.length > 0) throw refused(faults);
  const result = read(new Fields(body, '', faults));
  if (faults.length > 0) throw refused(faults);
  return result;
}

/** What a body is refused with. */
export function refused(faults: readonly Fault[]): Problem {
  return new Problem('validation_failed', { fields: faults.slice(0, mostFaults) });
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
