import { type Enrollment, type Weekday, weekdays } from '../payer-record';
import { datedFaults } from './dated';
import * as facts from './facts';
import { type Fields, fault, list, object, oneOf, type Read, type Reader, text, wholeNumber } from './value';

/** What is to be changed about a connection: what is left out stays, null takes away; settings and credentials one by one. */
export interface ConnectionChange {
  adapter?: string;
  payerReference?: string;
  endpointUrl?: string;
  settings?: Record<string, string | null>;
  credentials?: Record<string, string | null>;
  timeoutMs?: number | null;
  preference?: number;
  maxInFlight?: number | null;
  perMinute?: number | null;
  costCents?: number | null;
  serviceTypes?: string[] | null;
  enrollment?: Enrollment | null;
  variations?: string[] | null;
  resendAfterMs?: number | null;
  /** When bulk work leaves the payer alone. */
  quietHours?: QuietTimes | null;
  source?: string | null;
  asOf?: string | null;
  /** True takes it out of use, false brings it back. */
  disabled?: boolean;
}

/** Spans of certain days by the clock of a place; one that ends before it begins goes on past midnight. */
export interface QuietTimes {
  readonly timeZone: string;
  readonly windows: readonly QuietSpan[];
}

interface QuietSpan {
  readonly on: 'every_day' | 'first_of_month' | 'first_monday' | readonly Weekday[];
  readonly from?: string;
  readonly to?: string;
}

const longest = 4_000;

/** Texts by name; null takes one away. */
const texts: Reader<Record<string, string | null>> = (value) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return fault('must be an object', 'wrong_type');
  const entries = Object.entries(value);
  if (entries.length > 50) return fault('must hold at most 50', 'out_of_range');
  for (const [name, one] of entries) {
    if (!/^[A-Za-z][A-Za-z0-9]{0,60}$/.test(name) || name in Object.prototype)
      return fault('must be named by letters and digits', 'malformed');
    if (one !== null && (typeof one !== 'string' || one.length > longest || /[\p{Cc}\p{Cs}]/u.test(one)))
      return fault(`must be text of at most ${longest} characters, or null`, 'wrong_type', `/${name}`);
  }
  return { value: Object.fromEntries(entries.map(([name, one]) => [name, one === null ? null : one.trim()])) };
};

const atMost =
  (most: number) =>
  (value: string): boolean =>
    value.length <= most && facts.plain(value);
const protocol = text(atMost(40), 'must be the name of a protocol');
const reference = text((value) => value !== '' && atMost(80)(value), 'must be 1 to 80 characters');
const address = text(atMost(2_000), 'must be an address of at most 2000 characters');
const positive = (most: number): Reader<number> => wholeNumber(1, most);

const quietDays: Reader<QuietSpan['on']> = (value) =>
  Array.isArray(value)
    ? list(oneOf(weekdays), 7)(value)
    : oneOf(['every_day', 'first_of_month', 'first_monday'])(value);

const quietSpan = object<QuietSpan>({
  on: { read: quietDays, needed: true },
  from: { read: facts.timeOfDay },
  to: { read: facts.timeOfDay },
});

const quietTimes = object<QuietTimes>({
  timeZone: { read: facts.timeZone, needed: true },
  windows: { read: list(quietSpan, 21), needed: true },
});

/** @param variations the changes of a person that payers are known to take */
const fieldsOf = (variations: readonly string[]): Fields<ConnectionChange> => ({
  adapter: { read: protocol },
  payerReference: { read: reference },
  endpointUrl: { read: address },
  settings: { read: texts },
  credentials: { read: texts },
  timeoutMs: { read: wholeNumber(1_000, 110_000), clearable: true },
  preference: { read: positive(100) },
  maxInFlight: { read: positive(1_000), clearable: true },
  perMinute: { read: positive(100_000), clearable: true },
  costCents: { read: wholeNumber(0, 1_000_000), clearable: true },
  serviceTypes: {
    read: list(
      text((value) => /^[A-Z0-9]{1,3}$/.test(value), 'must be a service type code'),
      400,
    ),
    clearable: true,
  },
  enrollment: { read: facts.enrollment, clearable: true },
  variations: { read: list(oneOf(variations), 20), clearable: true },
  resendAfterMs: { read: wholeNumber(0, 86_400_000), clearable: true },
  quietHours: { read: quietTimes, clearable: true },
  source: { read: facts.source, clearable: true },
  asOf: { read: facts.asOf, clearable: true },
  disabled: {
    read: (value) => (typeof value === 'boolean' ? { value } : fault('must be true or false', 'wrong_type')),
  },
});

/** Reads the body that changes a connection; whether the protocol can use it is told by the protocol. */
export function readConnectionChange(body: unknown, variations: readonly string[]): Read<ConnectionChange> {
  const read = object<ConnectionChange>(fieldsOf(variations))(body);
  return 'faults' in read ? read : withSource(read.value);
}

/** Reads the body that adds a connection: as a change, with protocol, address and the payer's id. */
export function readNewConnection(body: unknown, variations: readonly string[]): Read<ConnectionChange> {
  const fields = fieldsOf(variations);
  const needed = (['adapter', 'payerReference', 'endpointUrl'] as const).map((name) => [
    name,
    { ...fields[name], needed: true },
  ]);
  const read = object<ConnectionChange>({ ...fields, ...Object.fromEntries(needed) })(body);
  return 'faults' in read ? read : withSource(read.value);
}

function withSource(change: ConnectionChange): Read<ConnectionChange> {
  const faults = datedFaults(change);
  return faults.length > 0 ? { faults } : { value: change };
}
