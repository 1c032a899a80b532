import type { PayerAdministrator, PayerIdentifier, PayerKind, PayerPhone, PayerRecord } from '../payer-record';
import { datedFaults } from './dated';
import * as facts from './facts';
import { type Fault, type Fields, list, object, type Read } from './value';

/** What is to be changed about a payer: what is left out stays, null takes away, a list takes the place of the one before. */
export interface PayerChange {
  name?: string;
  aliases?: string[];
  memberIdPrefixes?: string[];
  states?: string[];
  kind?: PayerKind | null;
  portalUrl?: string | null;
  source?: string | null;
  asOf?: string | null;
  identifiers?: PayerIdentifier[];
  phones?: PayerPhone[];
  administrators?: PayerAdministrator[];
  /** True takes the payer out of use, false brings it back. */
  withdrawn?: boolean;
}

const most = 200;

const fields: Fields<PayerChange> = {
  name: { read: facts.payerName },
  aliases: { read: facts.aliases },
  memberIdPrefixes: { read: facts.memberIdPrefixes },
  states: { read: facts.stateCodes },
  kind: { read: facts.kind, clearable: true },
  portalUrl: { read: facts.webAddress, clearable: true },
  source: { read: facts.source, clearable: true },
  asOf: { read: facts.asOf, clearable: true },
  identifiers: { read: list(facts.identifier, most) },
  phones: { read: list(facts.phone, most) },
  administrators: { read: list(facts.administrator, most) },
  withdrawn: {
    read: (value) =>
      typeof value === 'boolean'
        ? { value }
        : { faults: [{ pointer: '', code: 'wrong_type', detail: 'must be true or false' }] },
  },
};

/** Reads the body that changes a payer; faults with JSON Pointers from its root. */
export function readPayerChange(body: unknown): Read<PayerChange> {
  const read = object<PayerChange>(fields)(body);
  return 'faults' in read ? read : consistent(read.value);
}

/** Reads the body that adds a payer: as a change, with a name, and with an id of its own or none. */
export function readNewPayer(body: unknown): Read<PayerChange & { id?: string; name: string }> {
  const { withdrawn: _, ...own } = fields;
  const read = object<Omit<PayerChange, 'withdrawn'> & { id?: string; name: string }>({
    ...own,
    id: { read: facts.payerId },
    name: { read: facts.payerName, needed: true },
  })(body);
  if ('faults' in read) return read;
  return consistent(read.value);
}

/** The payer as it is after a change; of two equal entries the last one stays. */
export function changedPayer(before: PayerRecord, change: PayerChange): PayerRecord {
  const { withdrawn: _, ...given } = change;
  const merged = Object.entries({ ...before, ...given }).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(merged) as unknown as PayerRecord;
}

/** A payer of which only the id is known. */
export function blankPayer(id: string): PayerRecord {
  return {
    id,
    name: '',
    aliases: [],
    memberIdPrefixes: [],
    states: [],
    identifiers: [],
    phones: [],
    administrators: [],
  };
}

/** Names of what differs between two records. */
export function changedFields(before: PayerRecord, after: PayerRecord): (keyof PayerRecord)[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof PayerRecord)[];
  return names.filter((name) => comparable(before[name]) !== comparable(after[name])).sort();
}

/** An id made of a name, the same each time: "Northwind Health Plan" is `pay_northwind_health_plan`. */
export function idOfName(name: string): string {
  const slug = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
    .slice(0, 80);
  return `pay_${slug === '' ? 'unnamed' : slug}`;
}

/** Lists of facts have no order of their own; names and prefixes keep theirs. */
function comparable(value: unknown): string {
  const isOfFacts = Array.isArray(value) && value.some((one) => typeof one === 'object');
  return JSON.stringify(isOfFacts ? value.map(sorted).sort() : value) ?? '';
}

/** True for values that say the same, whatever the order of their fields. */
export function isSameValue(one: unknown, other: unknown): boolean {
  return sorted(one) === sorted(other);
}

function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, one]) => `${key}:${sorted(one)}`)
    .join(',')}}`;
}

function consistent<T extends PayerChange>(change: T): Read<T> {
  const faults: Fault[] = [
    ...datedFaults(change),
    ...(change.phones ?? []).flatMap((phone, index) => datedFaults(phone, `/phones/${index}`)),
    ...doubled(change.phones, ({ purpose, number }) => `${purpose} ${number}`, '/phones'),
    ...doubled(change.identifiers, ({ network, identifier }) => `${network} ${identifier}`, '/identifiers'),
    ...doubled(
      change.administrators,
      (one) => `${one.administratorId} ${one.state} ${one.planKind}`,
      '/administrators',
    ),
  ];
  return faults.length > 0 ? { faults } : { value: change };
}

function doubled<T>(items: readonly T[] | undefined, key: (item: T) => string, place: string): Fault[] {
  const keys = (items ?? []).map(key);
  return keys.flatMap((one, index) =>
    keys.indexOf(one) === index
      ? []
      : [{ pointer: `${place}/${index}`, code: 'malformed' as const, detail: 'is there already: leave one out' }],
  );
}
