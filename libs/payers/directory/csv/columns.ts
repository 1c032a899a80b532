/**
 * The columns of a file of payers. A row says something about the payer in `payer`: what it is (`name` and the columns after it), an id that
 * others know it by, a phone, who administers behavioral health for it, a connection: one of these or several. `source` and `as_of` are of
 * everything in their row. A column that is not in the file is left alone; an empty cell beside a name takes away.
 */
export const columns = [
  'payer',
  'name',
  'kind',
  'states',
  'aliases',
  'member_id_prefixes',
  'portal_url',
  'withdrawn',
  'network',
  'identifier',
  'enrollment',
  'purpose',
  'phone',
  'hours',
  'time_zone',
  'administrator',
  'administrator_state',
  'plan_kind',
  'connection',
  'adapter',
  'payer_reference',
  'endpoint_url',
  'settings',
  'timeout_ms',
  'preference',
  'max_in_flight',
  'per_minute',
  'cost_cents',
  'service_types',
  'variations',
  'resend_after_ms',
  'quiet_hours',
  'disabled',
  'remove',
  'source',
  'as_of',
] as const;

export type Column = (typeof columns)[number];

/** The cells of a row by column; a column that the file does not have is left out. */
export type Row = Partial<Record<Column, string>>;

export const columnsOfPayer = [
  'name',
  'kind',
  'states',
  'aliases',
  'member_id_prefixes',
  'portal_url',
  'withdrawn',
] as const satisfies readonly Column[];

export const columnsOfConnection = [
  'connection',
  'adapter',
  'payer_reference',
  'endpoint_url',
  'settings',
  'timeout_ms',
  'preference',
  'max_in_flight',
  'per_minute',
  'cost_cents',
  'service_types',
  'variations',
  'resend_after_ms',
  'quiet_hours',
  'disabled',
] as const satisfies readonly Column[];
