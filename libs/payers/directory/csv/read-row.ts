import type { PayerAdministrator, PayerIdentifier, PayerPhone } from '../payer-record';
import { type ConnectionChange, readConnectionChange } from '../read/connection-change';
import * as facts from '../read/facts';
import { idOfName, type PayerChange, readPayerChange } from '../read/payer-change';
import type { Fault, Read } from '../read/value';
import { splitCell, splitHours, splitSettings } from './cells';
import { type Column, columnsOfConnection, columnsOfPayer, type Row } from './columns';

/** Something in a file that cannot be used: where, and what to do about it. Never the cell itself. */
export interface RowFault {
  readonly line: number;
  readonly column?: Column;
  readonly detail: string;
}

/** What one row says about a payer. */
export interface RowChange {
  readonly line: number;
  readonly payer: string;
  /** What the payer is, when the row names it. */
  readonly facts?: PayerChange & { name: string };
  readonly identifier?: PayerIdentifier;
  readonly phone?: PayerPhone;
  readonly administrator?: PayerAdministrator;
  readonly connection?: { readonly id: string; readonly change: ConnectionChange };
  /** Takes away what the row names, instead of putting it there. */
  readonly remove: boolean;
}

/** Reads a row; what cannot be used is named by its column. */
export function readRow(row: Row, line: number, variations: readonly string[]): RowChange | readonly RowFault[] {
  const cells = (column: Column): string => row[column]?.trim() ?? '';
  const found: RowFault[] = [];
  const use = <T>(read: Read<T> | undefined, columnOf: (pointer: string) => Column): T | undefined => {
    if (read === undefined) return undefined;
    if ('value' in read) return read.value;
    found.push(...read.faults.map((fault) => told(fault, line, columnOf(fault.pointer))));
    return undefined;
  };
  const remove = use(yes(cells('remove')), () => 'remove') ?? false;
  const dated = { source: cells('source'), asOf: cells('as_of') };
  const parts = {
    facts: use(factsOf(row, cells), columnOfFact),
    identifier: use(identifierOf(cells, dated, remove), columnOfIdentifier),
    phone: use(phoneOf(cells, dated), columnOfPhone),
    administrator: use(administratorOf(cells, dated, remove), columnOfAdministrator),
    connection: use(connectionOf(row, cells, variations), columnOfConnection),
  };
  const payer = cells('payer') !== '' ? cells('payer') : parts.facts ? idOfName(parts.facts.name) : '';
  use(facts.payerId(payer), () => 'payer');
  if (found.length === 0 && Object.values(parts).every((part) => part === undefined))
    found.push({
      line,
      detail: 'says nothing about the payer: give a name, an identifier, a phone, an administrator or an adapter',
    });
  if (found.length > 0) return found;
  const { connection, ...rest } = parts;
  return {
    line,
    payer,
    remove,
    ...given(rest),
    ...(connection
      ? { connection: { id: cells('connection') || defaultConnection(payer, cells('adapter')), change: connection } }
      : {}),
  };
}

type Cells = (column: Column) => string;
interface Dated {
  source: string;
  asOf: string;
}

function factsOf(row: Row, cells: Cells): Read<PayerChange & { name: string }> | undefined {
  const isNamed = cells('name') !== '';
  if (!isNamed) {
    const stray = columnsOfPayer.find((column) => cells(column) !== '');
    return (
      stray && {
        faults: [
          { pointer: '/name', code: 'required', detail: `is missing: ${stray} is of a payer, in a row with its name` },
        ],
      }
    );
  }
  const withdrawn = yes(cells('withdrawn'));
  if ('faults' in withdrawn) return { faults: withdrawn.faults.map((fault) => ({ ...fault, pointer: '/withdrawn' })) };
  return readPayerChange({
    name: cells('name'),
    ...inFile(row, 'kind', cells('kind') || null, 'kind'),
    ...inFile(row, 'portal_url', cells('portal_url') || null, 'portalUrl'),
    ...inFile(row, 'states', splitCell(cells('states')), 'states'),
    ...inFile(row, 'aliases', splitCell(cells('aliases')), 'aliases'),
    ...inFile(row, 'member_id_prefixes', splitCell(cells('member_id_prefixes')), 'memberIdPrefixes'),
    ...inFile(row, 'source', cells('source') || null, 'source'),
    ...inFile(row, 'as_of', cells('as_of') || null, 'asOf'),
    ...inFile(row, 'withdrawn', withdrawn.value, 'withdrawn'),
  }) as Read<PayerChange & { name: string }>;
}

function identifierOf(cells: Cells, { source, asOf }: Dated, remove: boolean): Read<PayerIdentifier> | undefined {
  if (cells('network') === '' && cells('identifier') === '') return undefined;
  return facts.identifier({
    network: cells('network'),
    identifier: cells('identifier'),
    ...filled('enrollment', cells('enrollment')),
    ...(remove ? removed : { source, asOf }),
  });
}

/** What is taken away needs no source. */
const removed = { source: 'removed', asOf: '2000-01-01' };

function phoneOf(cells: Cells, { source, asOf }: Dated): Read<PayerPhone> | undefined {
  if (['purpose', 'phone', 'hours', 'time_zone'].every((column) => cells(column as Column) === '')) return undefined;
  const open = cells('hours') === '' ? undefined : splitHours(cells('hours'));
  if (cells('hours') !== '' && open === undefined)
    return {
      faults: [
        { pointer: '/hours/open', code: 'malformed', detail: 'must be like mon-fri 08:00-18:00; sat 09:00-13:00' },
      ],
    };
  if (open && cells('time_zone') === '')
    return {
      faults: [
        {
          pointer: '/hours/timeZone',
          code: 'required',
          detail: 'is missing: hours need their time zone, e.g. America/New_York',
        },
      ],
    };
  const read = facts.phone({
    purpose: cells('purpose'),
    number: cells('phone'),
    ...(open ? { hours: { timeZone: cells('time_zone'), open } } : {}),
    ...filled('source', source),
    ...filled('asOf', asOf),
  });
  if ('faults' in read || (source === '') === (asOf === '')) return read;
  return {
    faults: [
      {
        pointer: source === '' ? '/source' : '/asOf',
        code: 'required',
        detail: 'is missing: a source and its day go together',
      },
    ],
  };
}

function administratorOf(cells: Cells, { source, asOf }: Dated, remove: boolean): Read<PayerAdministrator> | undefined {
  if (['administrator', 'administrator_state', 'plan_kind'].every((column) => cells(column as Column) === ''))
    return undefined;
  return facts.administrator({
    administratorId: cells('administrator'),
    ...filled('state', cells('administrator_state')),
    ...filled('planKind', cells('plan_kind')),
    ...(remove ? removed : { source, asOf }),
  });
}

const numbers = {
  timeout_ms: 'timeoutMs',
  preference: 'preference',
  max_in_flight: 'maxInFlight',
  per_minute: 'perMinute',
  cost_cents: 'costCents',
  resend_after_ms: 'resendAfterMs',
} as const;

function connectionOf(row: Row, cells: Cells, variations: readonly string[]): Read<ConnectionChange> | undefined {
  if (columnsOfConnection.every((column) => cells(column) === '')) return undefined;
  const settings = splitSettings(cells('settings'));
  if (settings === undefined)
    return {
      faults: [{ pointer: '/settings', code: 'malformed', detail: 'must be like senderId=TESTS | receiverId=NW001' }],
    };
  const quiet = json(cells('quiet_hours'));
  if (quiet === undefined)
    return {
      faults: [
        { pointer: '/quietHours', code: 'malformed', detail: 'must be JSON: { "timeZone": …, "windows": […] }' },
      ],
    };
  const disabled = yes(cells('disabled'));
  if ('faults' in disabled) return { faults: disabled.faults.map((fault) => ({ ...fault, pointer: '/disabled' })) };
  const id = facts.connectionId(cells('connection') || 'con_any');
  if ('faults' in id) return { faults: id.faults.map((fault) => ({ ...fault, pointer: '/connection' })) };
  const numeric = Object.entries(numbers).flatMap(([column, name]) => {
    const text = cells(column as Column);
    if (row[column as Column] === undefined || (text === '' && name === 'preference')) return [];
    return [[name, text === '' ? null : Number(text)]];
  });
  return readConnectionChange(
    {
      adapter: cells('adapter'),
      payerReference: cells('payer_reference'),
      endpointUrl: cells('endpoint_url'),
      ...inFile(row, 'settings', settings, 'settings'),
      ...Object.fromEntries(numeric),
      ...inFile(row, 'service_types', listOf(cells('service_types')), 'serviceTypes'),
      ...inFile(row, 'variations', listOf(cells('variations')), 'variations'),
      ...inFile(row, 'enrollment', cells('network') === '' ? cells('enrollment') || null : undefined, 'enrollment'),
      ...inFile(row, 'quiet_hours', quiet, 'quietHours'),
      ...inFile(row, 'source', cells('source') || null, 'source'),
      ...inFile(row, 'as_of', cells('as_of') || null, 'asOf'),
      ...inFile(row, 'disabled', disabled.value, 'disabled'),
    },
    variations,
  );
}

/** The connection that a row without an id of its own means. */
function defaultConnection(payer: string, adapter: string): string {
  return `${payer.replace(/^pay_/, 'con_')}_${adapter}`;
}

function told(fault: Fault, line: number, column: Column): RowFault {
  const place = /^\/\w+\/(\d+)/.exec(fault.pointer);
  return { line, column, detail: place ? `item ${Number(place[1]) + 1} ${fault.detail}` : fault.detail };
}

const columnByField: Readonly<Record<string, Column>> = {
  name: 'name',
  kind: 'kind',
  states: 'states',
  aliases: 'aliases',
  memberIdPrefixes: 'member_id_prefixes',
  portalUrl: 'portal_url',
  withdrawn: 'withdrawn',
  source: 'source',
  asOf: 'as_of',
};
const columnOfFact = (pointer: string): Column => columnByField[pointer.split('/')[1] ?? ''] ?? 'name';
const columnOfIdentifier = (pointer: string): Column =>
  (
    ({
      network: 'network',
      identifier: 'identifier',
      enrollment: 'enrollment',
      source: 'source',
      asOf: 'as_of',
    }) as const
  )[pointer.split('/')[1] ?? ''] ?? 'identifier';
const columnOfPhone = (pointer: string): Column => {
  if (pointer.startsWith('/hours/timeZone')) return 'time_zone';
  const [, field = ''] = pointer.split('/');
  return (
    ({ purpose: 'purpose', number: 'phone', hours: 'hours', source: 'source', asOf: 'as_of' } as const)[field] ??
    'phone'
  );
};
const columnOfAdministrator = (pointer: string): Column =>
  (
    ({
      administratorId: 'administrator',
      state: 'administrator_state',
      planKind: 'plan_kind',
      source: 'source',
      asOf: 'as_of',
    }) as const
  )[pointer.split('/')[1] ?? ''] ?? 'administrator';
const columnOfConnection = (pointer: string): Column => {
  const [, field = ''] = pointer.split('/');
  const column = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return (columnsOfConnection as readonly string[]).includes(column)
    ? (column as Column)
    : (columnByField[field] ?? 'adapter');
};

function yes(cell: string): Read<boolean> {
  if (/^(?:|no|n|false|0)$/i.test(cell)) return { value: false };
  if (/^(?:yes|y|true|1)$/i.test(cell)) return { value: true };
  return { faults: [{ pointer: '', code: 'malformed', detail: 'must be yes, or empty' }] };
}

/** null for an empty cell: nobody said; `none` is an empty list. */
function listOf(cell: string): string[] | null {
  if (cell === '') return null;
  return cell.toLowerCase() === 'none' ? [] : splitCell(cell);
}

/** null for an empty cell, undefined for what is no JSON. */
function json(cell: string): unknown {
  if (cell === '') return null;
  try {
    return JSON.parse(cell) ?? null;
  } catch {
    return undefined;
  }
}

function inFile(row: Row, column: Column, value: unknown, name: string): object {
  return row[column] === undefined ? {} : { [name]: value };
}

function filled(name: string, cell: string): object {
  return cell === '' ? {} : { [name]: cell };
}

function given<T extends object>(parts: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
