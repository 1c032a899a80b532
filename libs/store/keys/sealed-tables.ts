import { normaliseForIndex } from '../normalise';

/** A column of hashes that is made from an encrypted one. */
export interface BlindIndex {
  column: string;
  purpose: string;
  /** The encrypted column. */
  from: string;
  /** What is hashed; nothing for an empty text. */
  of(text: string): string;
}

/** A table with encrypted columns: how its rows are named in their ciphertexts, and what is encrypted. */
export interface SealedTable {
  table: string;
  /** Whose keys: a facility's, or those of the installation. */
  of: 'facility' | 'installation';
  /** Its primary key in order, with types; joined by "/" these name a row. */
  key: readonly { column: string; type: 'text' | 'integer' | 'bytea' }[];
  columns: readonly string[];
  indexes?: readonly BlindIndex[];
}

const id = [{ column: 'id', type: 'text' }] as const;
const round = [
  { column: 'verification_id', type: 'text' },
  { column: 'round', type: 'integer' },
] as const;

/** The first letters that a list can be searched by. */
export const startLetters = 3;

const personIndex = (column: string, purpose: string, from: string, of = normaliseForIndex): BlindIndex => ({
  column,
  purpose,
  from,
  of,
});

/** Every encrypted column of the database; a test compares it with the catalog. */
export const sealedTables: readonly SealedTable[] = [
  {
    table: 'verification',
    of: 'facility',
    key: id,
    columns: ['reference'],
    indexes: [personIndex('reference_index', 'reference', 'reference')],
  },
  {
    table: 'admission_request',
    of: 'facility',
    key: [{ column: 'verification_id', type: 'text' }],
    columns: [
      ...['patient_first_name', 'patient_middle_name', 'patient_last_name', 'patient_birth_date', 'patient_sex'],
      ...['patient_relationship', 'patient_phone', 'patient_email'],
      ...['subscriber_first_name', 'subscriber_last_name', 'subscriber_birth_date', 'admission', 'unusable'],
    ],
    indexes: [
      personIndex('patient_last_name_index', 'last_name', 'patient_last_name'),
      personIndex('patient_last_name_start_index', 'last_name_start', 'patient_last_name', (text) =>
        normaliseForIndex(text).slice(0, startLetters),
      ),
      personIndex('patient_birth_date_index', 'birth_date', 'patient_birth_date'),
    ],
  },
  {
    table: 'coverage',
    of: 'facility',
    key: [
      { column: 'verification_id', type: 'text' },
      { column: 'position', type: 'integer' },
    ],
    columns: ['payer_name', 'member_id', 'group_number', 'plan_name'],
    indexes: [personIndex('member_id_index', 'member_id', 'member_id')],
  },
  { table: 'answer', of: 'facility', key: id, columns: ['content', 'raw_request', 'raw_response'] },
  { table: 'ground', of: 'facility', key: round, columns: ['content'] },
  {
    table: 'result',
    of: 'facility',
    key: round,
    columns: ['decision', 'estimate', 'basis', 'estimate_case', 'changes'],
  },
  ...['call_record', 'call_review', 'authorization_record', 'attendance_record', 'verification_note'].map(
    (table): SealedTable => ({ table, of: 'facility', key: id, columns: ['content'] }),
  ),
  { table: 'remittance_record', of: 'facility', key: id, columns: ['content', 'summary'] },
  {
    table: 'idempotency_record',
    of: 'facility',
    key: [{ column: 'key_hash', type: 'bytea' }],
    columns: ['response'],
  },
  {
    table: 'batch_row',
    of: 'facility',
    key: [
      { column: 'batch_id', type: 'text' },
      { column: 'row_number', type: 'integer' },
    ],
    columns: ['content'],
  },
  {
    table: 'facility_letterhead',
    of: 'facility',
    key: [{ column: 'facility_id', type: 'text' }],
    columns: ['content'],
  },
  { table: 'attachment', of: 'facility', key: id, columns: ['content'] },
  {
    table: 'draft',
    of: 'facility',
    key: [
      { column: 'facility_id', type: 'text' },
      { column: 'person_id', type: 'text' },
      { column: 'kind', type: 'text' },
    ],
    columns: ['content'],
  },
  { table: 'consent', of: 'facility', key: id, columns: ['details'] },
  { table: 'disclosure', of: 'facility', key: id, columns: ['recipient'] },
  { table: 'patient_request', of: 'facility', key: id, columns: ['content'] },
  { table: 'legal_hold', of: 'facility', key: id, columns: ['reason'] },
  { table: 'intake_source', of: 'facility', key: id, columns: ['secrets'] },
  { table: 'identity_provider', of: 'facility', key: id, columns: ['client_secret'] },
  { table: 'webhook_endpoint', of: 'facility', key: id, columns: ['url', 'secrets'] },
  { table: 'webhook_delivery', of: 'facility', key: id, columns: ['response'] },
  { table: 'emergency_access', of: 'facility', key: id, columns: ['reason'] },
  { table: 'person', of: 'installation', key: id, columns: ['totp_secret'] },
  { table: 'outgoing_mail', of: 'installation', key: id, columns: ['content'] },
  { table: 'payer_connection', of: 'installation', key: id, columns: ['credentials'] },
];
