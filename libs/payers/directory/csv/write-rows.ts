import { stringify } from 'csv-stringify/sync';
import type { PayerAdministrator, PayerIdentifier, PayerPhone, PayerRecord } from '../payer-record';
import { guarded, joinCell, joinHours, joinSettings } from './cells';
import { columns, type Row } from './columns';

/** A connection as a file has it: without its credentials. */
export interface WrittenConnection {
  readonly id: string;
  readonly adapter: string;
  readonly payerReference: string;
  readonly endpointUrl: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly preference: number;
  /** The limit that was agreed upon; null for the protocol's. */
  readonly agreedInFlight: number | null;
  readonly perMinute: number | null;
  readonly costCents: number | null;
  readonly serviceTypes: readonly string[] | null;
  readonly enrollment: string | null;
  readonly variations: readonly string[] | null;
  readonly resendAfterMs: number | null;
  readonly quietHours: object | null;
  readonly source: string | null;
  readonly asOf: string | null;
  readonly disabledAt: Date | null;
}

/** The rows of a payer: what it is, then its ids, phones and connections. Who administers for whom comes last in a file. */
export function rowsOfPayer(record: PayerRecord, withdrawn: boolean, connections: readonly WrittenConnection[]): Row[] {
  const { id } = record;
  return [
    factsRow(record, withdrawn),
    ...record.identifiers.map((identifier) => identifierRow(id, identifier)),
    ...record.phones.map((phone) => phoneRow(id, phone)),
    ...connections.map((connection) => connectionRow(id, connection)),
  ];
}

/** Rows that name another payer: to be written after every payer. */
export function rowsOfAdministrators({ id, administrators }: PayerRecord): Row[] {
  return administrators.map((administrator) => administratorRow(id, administrator));
}

/** Rows as text; with `header` their first line names the columns. Cells that a spreadsheet would work out are guarded. */
export function writeRows(rows: readonly Row[], header: boolean): string {
  const cells = rows.map((row) => columns.map((column) => guarded(row[column] ?? '')));
  return stringify(header ? [[...columns], ...cells] : cells, { record_delimiter: 'windows' });
}

function factsRow(record: PayerRecord, withdrawn: boolean): Row {
  return {
    payer: record.id,
    name: record.name,
    kind: record.kind ?? '',
    states: joinCell(record.states),
    aliases: joinCell(record.aliases),
    member_id_prefixes: joinCell(record.memberIdPrefixes),
    portal_url: record.portalUrl ?? '',
    withdrawn: withdrawn ? 'yes' : '',
    ...dated(record),
  };
}

function identifierRow(payer: string, { network, identifier, enrollment, ...source }: PayerIdentifier): Row {
  return { payer, network, identifier, enrollment: enrollment ?? '', ...dated(source) };
}

function phoneRow(payer: string, { purpose, number, hours, ...source }: PayerPhone): Row {
  const open = hours ? { hours: joinHours(hours.open), time_zone: hours.timeZone } : {};
  return { payer, purpose, phone: number, ...open, ...dated(source) };
}

function administratorRow(payer: string, { administratorId, state, planKind, ...source }: PayerAdministrator): Row {
  return {
    payer,
    administrator: administratorId,
    administrator_state: state ?? '',
    plan_kind: planKind ?? '',
    ...dated(source),
  };
}

function connectionRow(payer: string, connection: WrittenConnection): Row {
  const number = (value: number | null): string => (value === null ? '' : String(value));
  return {
    payer,
    connection: connection.id,
    adapter: connection.adapter,
    payer_reference: connection.payerReference,
    endpoint_url: connection.endpointUrl,
    settings: joinSettings(connection.settings),
    timeout_ms: number(connection.timeoutMs),
    preference: number(connection.preference),
    max_in_flight: number(connection.agreedInFlight),
    per_minute: number(connection.perMinute),
    cost_cents: number(connection.costCents),
    service_types: listCell(connection.serviceTypes),
    enrollment: connection.enrollment ?? '',
    variations: listCell(connection.variations),
    resend_after_ms: number(connection.resendAfterMs),
    quiet_hours: connection.quietHours === null ? '' : JSON.stringify(connection.quietHours),
    disabled: connection.disabledAt === null ? '' : 'yes',
    ...dated({ source: connection.source ?? undefined, asOf: connection.asOf ?? undefined }),
  };
}

/** Nobody said is empty; said to be none is `none`. */
function listCell(items: readonly string[] | null): string {
  if (items === null) return '';
  return items.length === 0 ? 'none' : joinCell(items);
}

function dated({ source, asOf }: { source?: string | undefined; asOf?: string | undefined }): Row {
  return { source: source ?? '', as_of: asOf ?? '' };
}
