-- tables
admission_request (
  verification_id text not null,
  facility_id text not null,
  patient_first_name bytea,
  patient_middle_name bytea,
  patient_last_name bytea,
  patient_last_name_index bytea,
  patient_last_name_start_index bytea,
  patient_birth_date bytea,
  patient_sex bytea,
  patient_relationship bytea,
  patient_phone bytea,
  patient_email bytea,
  subscriber_first_name bytea,
  subscriber_last_name bytea,
  subscriber_birth_date bytea,
  admission bytea,
  unusable bytea,
  patient_birth_date_index bytea
)
answer (
  id text not null,
  facility_id text not null,
  inquiry_id text not null,
  kind text not null,
  why text,
  received_at timestamp with time zone not null,
  http_status integer,
  content bytea,
  raw_request bytea,
  raw_response bytea
)
api_key (
  id text not null,
  facility_id text not null,
  name text not null,
  role text not null,
  key_hash bytea not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone,
  scopes text[],
  created_by text,
  replaces text,
  last_used_on date
)
attachment (
  id text not null,
  facility_id text not null,
  verification_id text not null,
  media_type text not null,
  bytes integer not null,
  kind text not null,
  added_at timestamp with time zone not null,
  added_by text not null,
  content bytea not null
)
attendance_record (
  id text not null,
  seq bigint not null,
  facility_id text not null,
  verification_id text not null,
  recorded_at timestamp with time zone not null,
  recorded_by text not null,
  content bytea not null
)
audit_entry (
  id bigint not null,
  facility_id text not null,
  at timestamp with time zone not null,
  actor_kind text not null,
  actor_id text not null,
  action text not null,
  subject_id text not null,
  detail jsonb not null default '{}'::jsonb
)
audit_seal (
  facility_id text not null default current_setting('openvob.facility_id'::text),
  position bigint not null,
  entry_id bigint not null,
  hash bytea not null,
  sealed_at timestamp with time zone not null
)
audit_unsealed (
  facility_id text not null default current_setting('openvob.facility_id'::text),
  entry_id bigint not null,
  written_at timestamp with time zone not null default now()
)
authorization_record (
  id text not null,
  seq bigint not null,
  facility_id text not null,
  verification_id text not null,
  amends text,
  recorded_at timestamp with time zone not null,
  recorded_by text not null,
  content bytea not null
)
batch (
  id text not null,
  facility_id text not null,
  key_hash bytea,
  body_hash bytea,
  format text not null,
  created_by_kind text not null,
  created_by text not null,
  emergency_id text,
  created_at timestamp with time zone not null,
  received_at timestamp with time zone,
  finished_at timestamp with time zone,
  busy_until timestamp with time zone
)
batch_row (
  batch_id text not null,
  row_number integer not null,
  line_number integer not null,
  facility_id text not null,
  content bytea,
  verification_id text,
  problem jsonb
)
call_record (
  id text not null,
  seq bigint not null,
  facility_id text not null,
  verification_id text not null,
  amends text,
  recorded_at timestamp with time zone not null,
  recorded_by text not null,
  content bytea not null,
  needs_approval boolean not null default false
)
call_review (
  id text not null,
  seq bigint not null,
  facility_id text not null,
  verification_id text not null,
  call_id text not null,
  recorded_at timestamp with time zone not null,
  recorded_by text not null,
  content bytea not null
)
canary (
  lane text not null,
  sent_at timestamp with time zone not null,
  seen_sent_at timestamp with time zone,
  seen_at timestamp with time zone
)
connection_outcome (
  id bigint not null,
  connection_id text not null,
  at timestamp with time zone not null,
  outcome text not null,
  duration_ms integer not null
)
connection_slot (
  connection_id text not null,
  slot integer not null,
  verification_id text not null,
  reserved boolean not null,
  lease_until timestamp with time zone not null,
  bulk boolean not null default false
)
connection_state (
  connection_id text not null,
  breaker text not null default 'closed'::text,
  failures integer not null default 0,
  first_failure_at timestamp with time zone,
  opened_at timestamp with time zone,
  probe_at timestamp with time zone,
  next_send_at timestamp with time zone,
  people_wait_since timestamp with time zone,
  suspected_at timestamp with time zone,
  fruitless_probes integer not null default 0
)
connection_tally (
  connection_id text not null,
  outcome text not null,
  exchanges bigint not null,
  duration_ms bigint not null,
  by_duration bigint[] not null,
  cost_cents bigint not null
)
connection_turn (
  connection_id text not null,
  facility text not null,
  turn bigint not null
)
consent (
  id text not null,
  verification_id text not null,
  facility_id text not null,
  signed_on date not null,
  expires_on date,
  scope text not null,
  payer_id text,
  recorded_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  details bytea,
  signed_how text,
  signed_by text,
  recorded_by text,
  revoked_by text,
  revoked_how text
)
coverage (
  verification_id text not null,
  position integer not null,
  facility_id text not null,
  coverage_order text,
  payer_id text,
  payer_name bytea,
  member_id bytea,
  member_id_index bytea,
  group_number bytea,
  plan_name bytea
)
data_key (
  facility_id text not null,
  purpose text not null,
  version integer not null,
  state text not null,
  master_key text,
  wrapped bytea,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  change bigint not null default 0
)
directory_change (
  id bigint not null,
  at timestamp with time zone not null,
  actor_kind text not null,
  actor_id text not null,
  action text not null,
  payer_id text not null,
  connection_id text,
  fields text[] not null
)
disclosure (
  id text not null,
  seq bigint not null,
  facility_id text not null,
  verification_id text not null,
  at timestamp with time zone not null,
  how text not null,
  basis text not null,
  payer_id text,
  recipient bytea,
  purpose text not null,
  what text[] not null,
  consent_id text,
  notice text not null,
  subject_id text not null,
  disclosed_by text not null
)
draft (
  facility_id text not null,
  person_id text not null,
  kind text not null,
  content bytea not null,
  saved_at timestamp with time zone not null
)
emergency_access (
  id text not null,
  facility_id text not null,
  person_id text not null,
  session_id text not null,
  reason bytea not null,
  began_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  reviewed_by text,
  reviewed_at timestamp with time zone
)
erasure (
  id bigint not null,
  facility_id text not null,
  patient_id text not null,
  verification_ids text[] not null,
  inquiry_ids text[] not null,
  at timestamp with time zone not null,
  erased_by text not null
)
facility (
  id text not null,
  name text not null,
  time_zone text not null,
  npi text not null,
  taxonomy_code text,
  created_at timestamp with time zone not null,
  second_npi text,
  rechecks boolean not null default true,
  recheck_days_before_reset integer not null default 5,
  requires_second_factor boolean not null default true,
  recheck_from_minute integer not null default 120,
  recheck_until_minute integer not null default 420,
  minimum_inquiry boolean not null default false,
  inquiry_name text,
  inquiry_npi text,
  keep_days integer,
  call_approval boolean not null default false
)
facility_letterhead (
  facility_id text not null,
  content bytea not null,
  updated_at timestamp with time zone not null
)
ground (
  verification_id text not null,
  round integer not null,
  facility_id text not null,
  content bytea not null,
  laid_at timestamp with time zone not null
)
idempotency_record (
  facility_id text not null,
  key_hash bytea not null,
  body_hash bytea not null,
  verification_id text not null,
  response bytea not null,
  created_at timestamp with time zone not null
)
identity (
  provider_id text not null,
  subject text not null,
  facility_id text not null,
  person_id text not null,
  linked_at timestamp with time zone not null
)
identity_provider (
  id text not null,
  facility_id text not null,
  name text not null,
  issuer text not null,
  client_id text not null,
  client_secret bytea,
  email_domains text[] not null,
  created_at timestamp with time zone not null,
  withdrawn_at timestamp with time zone
)
inquiry (
  id text not null,
  facility_id text not null,
  verification_id text not null,
  round integer not null,
  request_version integer not null,
  coverage_position integer not null,
  payer_id text not null,
  connection_id text not null,
  service_type text not null,
  trace text not null,
  state text not null,
  sends integer not null default 0,
  recorded_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  answered_at timestamp with time zone,
  cost_cents integer,
  variation text not null default 'as_given'::text,
  fingerprint bytea,
  reused_from text
)
installation_audit_entry (
  id bigint not null,
  at timestamp with time zone not null,
  actor_kind text not null,
  actor_id text not null,
  action text not null,
  subject_id text not null,
  detail jsonb not null default '{}'::jsonb
)
installation_audit_seal (
  position bigint not null,
  entry_id bigint not null,
  hash bytea not null,
  sealed_at timestamp with time zone not null
)
installation_audit_unsealed (
  entry_id bigint not null,
  written_at timestamp with time zone not null default now()
)
installation_data_key (
  purpose text not null,
  version integer not null,
  state text not null,
  master_key text,
  wrapped bytea,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  change bigint not null default 0
)
intake_delivery (
  source_id text not null,
  message_hash bytea not null,
  facility_id text not null,
  verification_id text not null,
  first_status text not null,
  received_at timestamp with time zone not null
)
intake_source (
  id text not null,
  facility_id text not null,
  name text not null,
  secrets bytea not null,
  created_at timestamp with time zone not null,
  revoked_at timestamp with time zone
)
key_rewrite (
  facility_id text not null,
  table_name text not null,
  after_row text[],
  looked_at bigint not null default 0,
  rewritten bigint not null default 0,
  began_at timestamp with time zone not null,
  finished_at timestamp with time zone
)
known_device (
  id text not null,
  person_id text not null,
  token_hash bytea not null,
  name text not null,
  first_seen_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null
)
legal_hold (
  id text not null,
  facility_id text not null,
  verification_id text not null,
  reason bytea not null,
  placed_at timestamp with time zone not null,
  placed_by text not null,
  lifted_at timestamp with time zone,
  lifted_by text
)
membership (
  facility_id text not null,
  person_id text not null,
  role text not null,
  invited_name text not null,
  invited_by text not null,
  invited_at timestamp with time zone not null,
  accepted_at timestamp with time zone,
  ended_at timestamp with time zone
)
migrations (
  id integer not null default nextval('migrations_id_seq'::regclass),
  timestamp bigint not null,
  name character varying not null
)
one_time_link (
  id text not null,
  kind text not null,
  token_hash bytea not null,
  person_id text not null,
  facility_id text,
  made_by text not null,
  made_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone
)
outgoing_mail (
  id text not null,
  kind text not null,
  content bytea,
  tries integer not null default 0,
  created_at timestamp with time zone not null,
  next_try_at timestamp with time zone,
  sent_at timestamp with time zone,
  fault text
)
patient (
  id text not null,
  facility_id text not null,
  created_at timestamp with time zone not null,
  created_by text not null
)
patient_move (
  id bigint not null,
  facility_id text not null,
  verification_id text not null,
  from_patient_id text,
  to_patient_id text not null,
  at timestamp with time zone not null,
  moved_by text not null,
  replaced boolean not null default false
)
patient_request (
  id text not null,
  facility_id text not null,
  patient_id text not null,
  kind text not null,
  received_on date not null,
  content bytea,
  recorded_at timestamp with time zone not null,
  recorded_by text not null,
  answered_at timestamp with time zone,
  answered_by text
)
payer (
  id text not null,
  name text not null,
  aliases text[] not null default '{}'::text[],
  member_id_prefixes text[] not null default '{}'::text[],
  created_at timestamp with time zone not null,
  withdrawn_at timestamp with time zone,
  kind text,
  states text[] not null default '{}'::text[],
  portal_url text,
  source text,
  as_of date,
  updated_at timestamp with time zone not null default now()
)
payer_administrator (
  payer_id text not null,
  administrator_id text not null,
  state text not null default ''::text,
  plan_kind text not null default ''::text,
  source text not null,
  as_of date not null
)
payer_connection (
  id text not null,
  payer_id text not null,
  adapter text not null,
  payer_reference text not null,
  endpoint_url text not null,
  settings jsonb not null default '{}'::jsonb,
  credentials bytea,
  timeout_ms integer not null,
  preference integer not null default 1,
  cost_cents integer,
  disabled_at timestamp with time zone,
  max_in_flight integer not null default 10,
  per_minute integer,
  paused_at timestamp with time zone,
  variations text[],
  resend_after_ms integer,
  service_types text[],
  enrollment text,
  source text,
  as_of date,
  agreed_in_flight integer,
  quiet_hours jsonb
)
payer_identifier (
  payer_id text not null,
  network text not null,
  identifier text not null,
  enrollment text,
  source text not null,
  as_of date not null
)
payer_name (
  payer_id text not null,
  position integer not null,
  text text not null,
  letters text not null,
  canonical text not null,
  initials text not null,
  words text[] not null,
  search_text text not null,
  folded_by integer not null
)
payer_phone (
  payer_id text not null,
  purpose text not null,
  number text not null,
  hours jsonb,
  time_zone text,
  source text,
  as_of date
)
person (
  id text not null,
  email text not null,
  name text not null,
  password_hash text,
  password_changed_at timestamp with time zone,
  totp_secret bytea,
  totp_confirmed_at timestamp with time zone,
  totp_last_step bigint not null default 0,
  created_at timestamp with time zone not null
)
program (
  id text not null,
  facility_id text not null,
  name text not null,
  description jsonb not null,
  plan jsonb not null,
  on_first_day jsonb not null default '[]'::jsonb,
  created_at timestamp with time zone not null,
  withdrawn_at timestamp with time zone
)
rate (
  id text not null,
  facility_id text not null,
  payer_id text,
  network text not null,
  code text not null,
  allowed_cents integer not null,
  charge_cents integer,
  included_in text,
  source text not null,
  from_date date,
  to_date date
)
rate_window (
  key text not null,
  began_at timestamp with time zone not null,
  used integer not null
)
recovery_code (
  person_id text not null,
  code_hash bytea not null,
  used_at timestamp with time zone
)
remittance_record (
  id text not null,
  seq bigint not null,
  facility_id text not null,
  verification_id text not null,
  payer_id text not null,
  amends text,
  recorded_at timestamp with time zone not null,
  recorded_by text not null,
  content bytea not null,
  summary bytea not null
)
result (
  verification_id text not null,
  round integer not null,
  facility_id text not null,
  decision bytea,
  estimate bytea,
  basis bytea,
  estimate_case bytea,
  worked_out_at timestamp with time zone not null,
  changes bytea
)
saved_view (
  id text not null,
  facility_id text not null,
  person_id text not null,
  name text not null,
  filter jsonb not null,
  created_at timestamp with time zone not null
)
service_type_memory (
  connection_id text not null,
  service_type text not null,
  useful double precision not null,
  nothing_new double precision not null,
  rejected double precision not null,
  learnt_at timestamp with time zone not null
)
session (
  id text not null,
  person_id text not null,
  facility_id text,
  provider_id text,
  token_hash bytea not null,
  device_id text not null,
  address text not null,
  second_factor boolean not null,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  emergency_id text,
  emergency_until timestamp with time zone,
  ended_at timestamp with time zone,
  end_reason text
)
sign_in_throttle (
  key bytea not null,
  failures integer not null,
  counted_at timestamp with time zone not null,
  blocked_until timestamp with time zone not null
)
status_move (
  from_status text not null,
  to_status text not null
)
verification (
  id text not null,
  facility_id text not null,
  version integer not null,
  round integer not null,
  request_version integer not null default 1,
  status text not null,
  reason text,
  needs jsonb not null default '[]'::jsonb,
  reference bytea,
  reference_index bytea,
  assignee text,
  priority text not null,
  needed_by timestamp with time zone,
  program_id text,
  start_date date,
  payer_id text,
  via text,
  good_until date,
  good_until_because text,
  attempts integer not null default 0,
  first_unavailable_at timestamp with time zone,
  next_look_at timestamp with time zone,
  lease_holder text,
  lease_until timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  waiting_for_connection text,
  crashes integer not null default 0,
  recheck_on date,
  chain jsonb not null default '[]'::jsonb,
  recorded_version integer not null default 0,
  bulk boolean not null default false,
  batch_id text,
  next_recheck_at timestamp with time zone,
  next_recheck_because text,
  subject_changed_at timestamp with time zone,
  patient_id text,
  due_at timestamp with time zone not null default COALESCE(needed_by, (((created_at AT TIME ZONE 'UTC'::text) +
CASE
    WHEN bulk THEN '48:00:00'::interval
    WHEN (priority = 'caller_waiting'::text) THEN '00:05:00'::interval
    WHEN (priority = 'today'::text) THEN '08:00:00'::interval
    ELSE '24:00:00'::interval
END) AT TIME ZONE 'UTC'::text)),
  call_review text,
  is_open boolean not null default ((status = ANY (ARRAY['needs_information'::text, 'needs_consent'::text, 'needs_call'::text, 'not_found'::text, 'failed'::text])) OR ((call_review IS NOT NULL) AND (status <> 'cancelled'::text)))
)
verification_note (
  id text not null,
  seq bigint not null,
  facility_id text not null,
  verification_id text not null,
  written_at timestamp with time zone not null,
  written_by text not null,
  handed_to text,
  content bytea not null
)
webhook_delivery (
  id text not null,
  facility_id text not null,
  endpoint_id text not null,
  event_id text not null,
  verification_id text,
  type text not null,
  state text not null default 'pending'::text,
  asked_at timestamp with time zone not null,
  tries integer not null default 0,
  next_try_at timestamp with time zone,
  attempts jsonb not null default '[]'::jsonb,
  response bytea,
  disclosed_under text,
  created_at timestamp with time zone not null,
  settled_at timestamp with time zone
)
webhook_endpoint (
  id text not null,
  facility_id text not null,
  recipient text not null,
  url bytea,
  secrets bytea,
  events text[] not null,
  created_at timestamp with time zone not null,
  created_by text not null,
  disabled_at timestamp with time zone,
  disabled_because text,
  failing_since timestamp with time zone,
  not_before timestamp with time zone,
  deleted_at timestamp with time zone
)
webhook_event (
  id text not null,
  facility_id text not null,
  verification_id text,
  type text not null,
  status text,
  round integer,
  version integer,
  at timestamp with time zone not null
)
worker_process (
  id text not null,
  started_at timestamp with time zone not null,
  seen_at timestamp with time zone not null
)
worker_tally (
  metric text not null,
  labels jsonb not null,
  value double precision not null
)

-- constraints
admission_request: admission_request_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
admission_request: admission_request_pkey PRIMARY KEY (verification_id)
admission_request: admission_request_verification_id_fkey FOREIGN KEY (verification_id) REFERENCES verification(id)
answer: answer_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
answer: answer_inquiry_id_fkey FOREIGN KEY (inquiry_id) REFERENCES inquiry(id)
answer: answer_pkey PRIMARY KEY (id)
api_key: api_key_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
api_key: api_key_key_hash_key UNIQUE (key_hash)
api_key: api_key_pkey PRIMARY KEY (id)
api_key: api_key_replaces_fkey FOREIGN KEY (replaces) REFERENCES api_key(id)
attachment: attachment_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
attachment: attachment_kind_check CHECK ((kind = ANY (ARRAY['card_front'::text, 'card_back'::text, 'consent'::text, 'other'::text])))
attachment: attachment_pkey PRIMARY KEY (id)
attachment: attachment_verification_id_fkey FOREIGN KEY (verification_id) REFERENCES verification(id)
attendance_record: attendance_record_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
attendance_record: attendance_record_pkey PRIMARY KEY (id)
attendance_record: attendance_record_seq_key UNIQUE (seq)
attendance_record: attendance_record_verification_id_fkey FOREIGN KEY (verification_id) REFERENCES verification(id)
audit_entry: audit_entry_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
audit_entry: audit_entry_pkey PRIMARY KEY (id)
audit_seal: audit_seal_facility_id_entry_id_key UNIQUE (facility_id, entry_id)
audit_seal: audit_seal_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
audit_seal: audit_seal_hash_check CHECK ((length(hash) = 32))
audit_seal: audit_seal_pkey PRIMARY KEY (facility_id, "position")
audit_seal: audit_seal_position_check CHECK (("position" >= 1))
audit_unsealed: audit_unsealed_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
audit_unsealed: audit_unsealed_pkey PRIMARY KEY (facility_id, entry_id)
authorization_record: authorization_record_amends_fkey FOREIGN KEY (amends) REFERENCES authorization_record(id)
authorization_record: authorization_record_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
authorization_record: authorization_record_pkey PRIMARY KEY (id)
authorization_record: authorization_record_seq_key UNIQUE (seq)
authorization_record: authorization_record_verification_id_fkey FOREIGN KEY (verification_id) REFERENCES verification(id)
batch: batch_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
batch: batch_facility_id_key_hash_key UNIQUE (facility_id, key_hash)
batch: batch_format_check CHECK ((format = ANY (ARRAY['csv'::text, 'ndjson'::text])))
batch: batch_pkey PRIMARY KEY (id)
batch_row: batch_row_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES batch(id) ON DELETE CASCADE
batch_row: batch_row_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
batch_row: batch_row_pkey PRIMARY KEY (batch_id, row_number)
batch_row: batch_row_row_number_check CHECK (((row_number >= 1) AND (row_number <= 10000)))
batch_row: batch_row_verification_id_fkey FOREIGN KEY (verification_id) REFERENCES verification(id)
call_record: call_record_amends_fkey FOREIGN KEY (amends) REFERENCES call_record(id)
call_record: call_record_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
call_record: call_record_pkey PRIMARY KEY (id)
call_record: call_record_seq_key UNIQUE (seq)
call_record: call_record_verification_id_fkey FOREIGN KEY (verification_id) REFERENCES verification(id)
call_review: call_review_call_id_fkey FOREIGN KEY (call_id) REFERENCES call_record(id)
call_review: call_review_call_id_key UNIQUE (call_id)
call_review: call_review_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
call_review: call_review_pkey PRIMARY KEY (id)
call_review: call_review_seq_key UNIQUE (seq)
call_review: call_review_verification_id_fkey FOREIGN KEY (verification_id) REFERENCES verification(id)
canary: canary_pkey PRIMARY KEY (lane)
connection_outcome: connection_outcome_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES payer_connection(id) ON DELETE CASCADE
connection_outcome: connection_outcome_outcome_check CHECK ((outcome = ANY (ARRAY['answered'::text, 'member_rejected'::text, 'rejected'::text, 'useless'::text, 'throttled'::text, 'down'::text, 'configuration'::text])))
connection_outcome: connection_outcome_pkey PRIMARY KEY (id)
connection_slot: connection_slot_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES payer_connection(id) ON DELETE CASCADE
connection_slot: connection_slot_pkey PRIMARY KEY (connection_id, slot)
connection_state: connection_state_breaker_check CHECK ((breaker = ANY (ARRAY['closed'::text, 'open'::text, 'half_open'::text])))
connection_state: connection_state_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES payer_connection(id) ON DELETE CASCADE
connection_state: connection_state_fruitless_probes_check CHECK ((fruitless_probes >= 0))
connection_state: connection_state_pkey PRIMARY KEY (connection_id)
connection_tally: connection_tally_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES payer_connection(id) ON DELETE CASCADE
connection_tally: connection_tally_pkey PRIMARY KEY (connection_id, outcome)
connection_turn: connection_turn_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES payer_connection(id) ON DELETE CASCADE
connection_turn: connection_turn_facility_fkey FOREIGN KEY (facility) REFERENCES facility(id) ON DELETE CASCADE
connection_turn: connection_turn_pkey PRIMARY KEY (connection_id, facility)
consent: consent_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
consent: consent_payer_id_fkey FOREIGN KEY (payer_id) REFERENCES payer(id)
consent: consent_pkey PRIMARY KEY (id)
consent: consent_revoked_how_check CHECK ((revoked_how = ANY (ARRAY['written'::text, 'spoken'::text, 'another_person'::text])))
consent: consent_scope_check CHECK ((scope = ANY (ARRAY['treatment_payment_operations'::text, 'this_payer'::text])))
consent: consent_signed_by_check CHECK ((signed_by = ANY (ARRAY['patient'::text, 'parent_or_guardian'::text, 'personal_representative'::text])))
consent: consent_signed_how_check CHECK ((signed_how = ANY (ARRAY['paper'::text, 'electronic'::text])))
consent: consent_verification_id_fkey FOREIGN KEY (verification_id) REFERENCES verification(id)
coverage: coverage_coverage_order_check CHECK ((coverage_order = ANY (ARRAY['primary'::text, 'secondary'::text, 'tertiary'::text])))
coverage: coverage_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
coverage: coverage_pkey PRIMARY KEY (verification_id, "position")
coverage: coverage_position_check CHECK ((("position" >= 0) AND ("position" <= 2)))
coverage: coverage_verification_id_fkey FOREIGN KEY (verification_id) REFERENCES verification(id)
data_key: data_key_check CHECK (((version = 0) OR ((wrapped IS NULL) = (state = 'destroyed'::text))))
data_key: data_key_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
data_key: data_key_pkey PRIMARY KEY (facility_id, purpose, version)
data_key: data_key_purpose_check CHECK ((purpose = ANY (ARRAY['fields'::text, 'index'::text, 'secret'::text])))
data_key: data_key_state_check CHECK ((state = ANY (ARRAY['current'::text, 'retiring'::text, 'destroyed'::text])))
data_key: data_key_version_check CHECK ((version >= 0))
directory_change: directory_change_pkey PRIMARY KEY (id)
disclosure: disclosure_basis_check CHECK ((basis = ANY (ARRAY['consent'::text, 'treatment_payment_operations'::text, 'patient_request'::text])))
disclosure: disclosure_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
disclosure: disclosure_how_check CHECK ((how = ANY (ARRAY['inquiry'::text, 'export'::text, 'document'::text, 'webhook'::text, 'phone'::text])))
disclosure: disclosure_notice_check CHECK ((notice = ANY (ARRAY['full'::text, 'short'::text, 'none'::text])))
disclosure: disclosure_payer_id_fkey FOREIGN KEY (payer_id) REFERENCES payer(id)
disclosure: disclosure_pkey PRIMARY KEY (id)
disclosure: disclosure_seq_key UNIQUE (seq)
draft: draft_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
draft: draft_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
draft: draft_pkey PRIMARY KEY (facility_id, person_id, kind)
emergency_access: emergency_access_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
emergency_access: emergency_access_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
emergency_access: emergency_access_pkey PRIMARY KEY (id)
erasure: erasure_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
erasure: erasure_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id)
erasure: erasure_pkey PRIMARY KEY (id)
facility: facility_inquiry_npi_check CHECK ((inquiry_npi ~ '^[0-9]{10}$'::text))
facility: facility_keep_days_check CHECK (((keep_days >= 30) AND (keep_days <= 36500)))
facility: facility_npi_check CHECK ((npi ~ '^[0-9]{10}$'::text))
facility: facility_pkey PRIMARY KEY (id)
facility: facility_recheck_days_before_reset_check CHECK (((recheck_days_before_reset >= 0) AND (recheck_days_before_reset <= 60)))
facility: facility_recheck_from_minute_check CHECK (((recheck_from_minute >= 0) AND (recheck_from_minute <= 1439)))
facility: facility_recheck_hours CHECK ((recheck_from_minute < recheck_until_minute))
facility: facility_recheck_until_minute_check CHECK ((recheck_until_minute <= 1440))
facility: facility_second_npi_check CHECK ((second_npi ~ '^[0-9]{10}$'::text))
facility_letterhead: facility_letterhead_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
facility_letterhead: facility_letterhead_pkey PRIMARY KEY (facility_id)
ground: ground_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
ground: ground_pkey PRIMARY KEY (verification_id, round)
ground: ground_verification_id_fkey FOREIGN KEY (verification_id) REFERENCES verification(id)
idempotency_record: idempotency_record_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
idempotency_record: idempotency_record_pkey PRIMARY KEY (facility_id, key_hash)
idempotency_record: idempotency_record_verification_id_fkey FOREIGN KEY (verification_id) REFERENCES verification(id)
identity: identity_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
identity: identity_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
identity: identity_pkey PRIMARY KEY (provider_id, subject)
identity: identity_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES identity_provider(id)
identity_provider: identity_provider_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
identity_provider: identity_provider_pkey PRIMARY KEY (id)
inquiry: inquiry_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES payer_connection(id)
inquiry: inquiry_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
inquiry: inquiry_once UNIQUE (verification_id, round, request_version, coverage_position, connection_id, service_type, variation)
inquiry: inquiry_payer_id_fkey FOREIGN KEY (payer_id) REFERENCES payer(id)
inquiry: inquiry_pkey PRIMARY KEY (id)
inquiry: inquiry_reused_from_fkey FOREIGN KEY (reused_from) REFERENCES inquiry(id)
inquiry: inquiry_state_check CHECK ((state = ANY (ARRAY['recorded'::text, 'sent'::text, 'answered'::text])))
inquiry: inquiry_trace_key UNIQUE (trace)
inquiry: inquiry_verification_id_fkey FOREIGN KEY (verification_id) REFERENCES verification(id)
installation_audit_entry: installation_audit_entry_pkey PRIMARY KEY (id)
installation_audit_seal: installation_audit_seal_entry_id_key UNIQUE (entry_id)
installation_audit_seal: installation_audit_seal_hash_check CHECK ((length(hash) = 32))
installation_audit_seal: installation_audit_seal_pkey PRIMARY KEY ("position")
installation_audit_seal: installation_audit_seal_position_check CHECK (("position" >= 1))
installation_audit_unsealed: installation_audit_unsealed_pkey PRIMARY KEY (entry_id)
installation_data_key: installation_data_key_check CHECK (((version = 0) OR ((wrapped IS NULL) = (state = 'destroyed'::text))))
installation_data_key: installation_data_key_pkey PRIMARY KEY (purpose, version)
installation_data_key: installation_data_key_purpose_check CHECK ((purpose = ANY (ARRAY['fields'::text, 'index'::text, 'secret'::text])))
installation_data_key: installation_data_key_state_check CHECK ((state = ANY (ARRAY['current'::text, 'retiring'::text, 'destroyed'::text])))
installation_data_key: installation_data_key_version_check CHECK ((version >= 0))
intake_delivery: intake_delivery_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
intake_delivery: intake_delivery_pkey PRIMARY KEY (source_id, message_hash)
intake_delivery: intake_delivery_source_id_fkey FOREIGN KEY (source_id) REFERENCES intake_source(id)
intake_delivery: intake_delivery_verification_id_fkey FOREIGN KEY (verification_id) REFERENCES verification(id)
intake_source: intake_source_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
intake_source: intake_source_pkey PRIMARY KEY (id)
key_rewrite: key_rewrite_pkey PRIMARY KEY (facility_id, table_name)
known_device: known_device_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
known_device: known_device_person_id_token_hash_key UNIQUE (person_id, token_hash)
known_device: known_device_pkey PRIMARY KEY (id)
legal_hold: legal_hold_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
legal_hold: legal_hold_pkey PRIMARY KEY (id)
legal_hold: legal_hold_verification_id_fkey FOREIGN KEY (verification_id) REFERENCES verification(id)
membership: membership_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
membership: membership_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
membership: membership_pkey PRIMARY KEY (facility_id, person_id)
membership: membership_role_check CHECK ((role = ANY (ARRAY['coordinator'::text, 'supervisor'::text, 'biller'::text, 'ops'::text, 'auditor'::text, 'admin'::text])))
migrations: PK_8c82d7f526340ab734260ea46be PRIMARY KEY (id)
one_time_link: one_time_link_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
one_time_link: one_time_link_kind_check CHECK ((kind = ANY (ARRAY['first_admin'::text, 'invitation'::text, 'password_reset'::text])))
one_time_link: one_time_link_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
one_time_link: one_time_link_pkey PRIMARY KEY (id)
one_time_link: one_time_link_token_hash_key UNIQUE (token_hash)
outgoing_mail: outgoing_mail_pkey PRIMARY KEY (id)
patient: patient_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
patient: patient_pkey PRIMARY KEY (id)
patient_move: patient_move_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
patient_move: patient_move_pkey PRIMARY KEY (id)
patient_request: patient_request_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
patient_request: patient_request_kind_check CHECK ((kind = ANY (ARRAY['access'::text, 'correction'::text, 'disclosures'::text])))
patient_request: patient_request_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id)
patient_request: patient_request_pkey PRIMARY KEY (id)
payer: payer_check CHECK (((source IS NULL) = (as_of IS NULL)))
payer: payer_kind_check CHECK ((kind = ANY (ARRAY['commercial'::text, 'blue'::text, 'marketplace'::text, 'medicaid'::text, 'medicare'::text, 'tricare'::text, 'federal_employees'::text, 'third_party_administrator'::text, 'behavioral_administrator'::text])))
payer: payer_pkey PRIMARY KEY (id)
payer_administrator: payer_administrator_administrator_id_fkey FOREIGN KEY (administrator_id) REFERENCES payer(id) ON DELETE CASCADE
payer_administrator: payer_administrator_check CHECK ((payer_id <> administrator_id))
payer_administrator: payer_administrator_payer_id_fkey FOREIGN KEY (payer_id) REFERENCES payer(id) ON DELETE CASCADE
payer_administrator: payer_administrator_pkey PRIMARY KEY (payer_id, administrator_id, state, plan_kind)
payer_administrator: payer_administrator_plan_kind_check CHECK ((plan_kind = ANY (ARRAY[''::text, 'commercial'::text, 'marketplace'::text, 'medicaid'::text, 'medicare'::text, 'federal_employees'::text, 'tricare'::text])))
payer_administrator: payer_administrator_state_check CHECK ((state ~ '^([A-Z]{2})?$'::text))
payer_connection: payer_connection_agreed_in_flight_check CHECK (((agreed_in_flight >= 1) AND (agreed_in_flight <= 1000)))
payer_connection: payer_connection_check CHECK (((source IS NULL) = (as_of IS NULL)))
payer_connection: payer_connection_cost_cents_check CHECK ((cost_cents >= 0))
payer_connection: payer_connection_enrollment_check CHECK ((enrollment = ANY (ARRAY['not_needed'::text, 'needed'::text, 'done'::text])))
payer_connection: payer_connection_max_in_flight_check CHECK (((max_in_flight >= 1) AND (max_in_flight <= 1000)))
payer_connection: payer_connection_payer_id_fkey FOREIGN KEY (payer_id) REFERENCES payer(id)
payer_connection: payer_connection_per_minute_check CHECK (((per_minute >= 1) AND (per_minute <= 100000)))
payer_connection: payer_connection_pkey PRIMARY KEY (id)
payer_connection: payer_connection_resend_after_ms_check CHECK ((resend_after_ms >= 0))
payer_connection: payer_connection_timeout_ms_check CHECK (((timeout_ms >= 1000) AND (timeout_ms <= 110000)))
payer_identifier: payer_identifier_enrollment_check CHECK ((enrollment = ANY (ARRAY['not_needed'::text, 'needed'::text, 'done'::text])))
payer_identifier: payer_identifier_identifier_check CHECK (((length(identifier) >= 1) AND (length(identifier) <= 80)))
payer_identifier: payer_identifier_network_check CHECK ((network ~ '^[a-z][a-z0-9_]{0,39}$'::text))
payer_identifier: payer_identifier_payer_id_fkey FOREIGN KEY (payer_id) REFERENCES payer(id) ON DELETE CASCADE
payer_identifier: payer_identifier_pkey PRIMARY KEY (payer_id, network, identifier)
payer_name: payer_name_payer_id_fkey FOREIGN KEY (payer_id) REFERENCES payer(id) ON DELETE CASCADE
payer_name: payer_name_pkey PRIMARY KEY (payer_id, "position")
payer_phone: payer_phone_check CHECK (((hours IS NULL) = (time_zone IS NULL)))
payer_phone: payer_phone_check1 CHECK (((source IS NULL) = (as_of IS NULL)))
payer_phone: payer_phone_payer_id_fkey FOREIGN KEY (payer_id) REFERENCES payer(id) ON DELETE CASCADE
payer_phone: payer_phone_pkey PRIMARY KEY (payer_id, purpose, number)
payer_phone: payer_phone_purpose_check CHECK ((purpose = ANY (ARRAY['general'::text, 'eligibility'::text, 'behavioral_health'::text, 'authorization'::text])))
person: person_email_key UNIQUE (email)
person: person_pkey PRIMARY KEY (id)
program: program_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
program: program_pkey PRIMARY KEY (id)
rate: rate_allowed_cents_check CHECK ((allowed_cents >= 0))
rate: rate_charge_cents_check CHECK ((charge_cents >= 0))
rate: rate_dates_check CHECK (((from_date IS NULL) OR (to_date IS NULL) OR (from_date <= to_date)))
rate: rate_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
rate: rate_network_check CHECK ((network = ANY (ARRAY['in'::text, 'out'::text, 'self_pay'::text])))
rate: rate_payer_id_fkey FOREIGN KEY (payer_id) REFERENCES payer(id)
rate: rate_pkey PRIMARY KEY (id)
rate_window: rate_window_pkey PRIMARY KEY (key)
recovery_code: recovery_code_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
recovery_code: recovery_code_pkey PRIMARY KEY (person_id, code_hash)
remittance_record: remittance_record_amends_fkey FOREIGN KEY (amends) REFERENCES remittance_record(id)
remittance_record: remittance_record_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
remittance_record: remittance_record_payer_id_fkey FOREIGN KEY (payer_id) REFERENCES payer(id)
remittance_record: remittance_record_pkey PRIMARY KEY (id)
remittance_record: remittance_record_seq_key UNIQUE (seq)
remittance_record: remittance_record_verification_id_fkey FOREIGN KEY (verification_id) REFERENCES verification(id)
result: result_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
result: result_pkey PRIMARY KEY (verification_id, round)
result: result_verification_id_fkey FOREIGN KEY (verification_id) REFERENCES verification(id)
saved_view: saved_view_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
saved_view: saved_view_facility_id_person_id_name_key UNIQUE (facility_id, person_id, name)
saved_view: saved_view_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
saved_view: saved_view_pkey PRIMARY KEY (id)
service_type_memory: service_type_memory_connection_id_fkey FOREIGN KEY (connection_id) REFERENCES payer_connection(id) ON DELETE CASCADE
service_type_memory: service_type_memory_nothing_new_check CHECK ((nothing_new >= (0)::double precision))
service_type_memory: service_type_memory_pkey PRIMARY KEY (connection_id, service_type)
service_type_memory: service_type_memory_rejected_check CHECK ((rejected >= (0)::double precision))
service_type_memory: service_type_memory_useful_check CHECK ((useful >= (0)::double precision))
session: session_device_id_fkey FOREIGN KEY (device_id) REFERENCES known_device(id) ON DELETE CASCADE
session: session_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
session: session_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
session: session_pkey PRIMARY KEY (id)
session: session_token_hash_key UNIQUE (token_hash)
sign_in_throttle: sign_in_throttle_pkey PRIMARY KEY (key)
status_move: status_move_pkey PRIMARY KEY (from_status, to_status)
verification: verification_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES batch(id)
verification: verification_call_review_check CHECK ((call_review = ANY (ARRAY['awaiting'::text, 'sent_back'::text])))
verification: verification_crashes_check CHECK ((crashes >= 0))
verification: verification_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
verification: verification_patient_id_fkey FOREIGN KEY (patient_id) REFERENCES patient(id)
verification: verification_payer_id_fkey FOREIGN KEY (payer_id) REFERENCES payer(id)
verification: verification_pkey PRIMARY KEY (id)
verification: verification_priority_check CHECK ((priority = ANY (ARRAY['caller_waiting'::text, 'today'::text, 'routine'::text])))
verification: verification_program_id_fkey FOREIGN KEY (program_id) REFERENCES program(id)
verification: verification_round_check CHECK ((round >= 1))
verification: verification_waiting_for_connection_fkey FOREIGN KEY (waiting_for_connection) REFERENCES payer_connection(id)
verification_note: verification_note_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
verification_note: verification_note_pkey PRIMARY KEY (id)
verification_note: verification_note_seq_key UNIQUE (seq)
verification_note: verification_note_verification_id_fkey FOREIGN KEY (verification_id) REFERENCES verification(id)
webhook_delivery: webhook_delivery_check CHECK (((state = 'pending'::text) = (next_try_at IS NOT NULL)))
webhook_delivery: webhook_delivery_endpoint_id_event_id_key UNIQUE (endpoint_id, event_id)
webhook_delivery: webhook_delivery_endpoint_id_fkey FOREIGN KEY (endpoint_id) REFERENCES webhook_endpoint(id)
webhook_delivery: webhook_delivery_event_id_fkey FOREIGN KEY (event_id) REFERENCES webhook_event(id)
webhook_delivery: webhook_delivery_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
webhook_delivery: webhook_delivery_pkey PRIMARY KEY (id)
webhook_delivery: webhook_delivery_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'delivered'::text, 'failed'::text, 'withheld'::text])))
webhook_delivery: webhook_delivery_verification_id_fkey FOREIGN KEY (verification_id) REFERENCES verification(id)
webhook_endpoint: webhook_endpoint_disabled_because_check CHECK ((disabled_because = ANY (ARRAY['asked'::text, 'gone'::text, 'failing'::text])))
webhook_endpoint: webhook_endpoint_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
webhook_endpoint: webhook_endpoint_pkey PRIMARY KEY (id)
webhook_event: webhook_event_facility_id_fkey FOREIGN KEY (facility_id) REFERENCES facility(id)
webhook_event: webhook_event_pkey PRIMARY KEY (id)
webhook_event: webhook_event_type_check CHECK ((type = ANY (ARRAY['verification.updated'::text, 'verification.completed'::text, 'verification.needs_attention'::text, 'verification.benefits_changed'::text, 'webhook.test'::text])))
webhook_event: webhook_event_verification_id_fkey FOREIGN KEY (verification_id) REFERENCES verification(id)
worker_process: worker_process_pkey PRIMARY KEY (id)
worker_tally: worker_tally_pkey PRIMARY KEY (metric, labels)

-- indexes
CREATE INDEX admission_request_by_birth_date ON public.admission_request USING btree (facility_id, patient_birth_date_index)
CREATE INDEX admission_request_by_name ON public.admission_request USING btree (facility_id, patient_last_name_index)
CREATE INDEX admission_request_by_name_start ON public.admission_request USING btree (facility_id, patient_last_name_start_index)
CREATE INDEX answer_by_inquiry ON public.answer USING btree (inquiry_id, received_at)
CREATE INDEX api_key_by_facility ON public.api_key USING btree (facility_id, created_at DESC, id DESC)
CREATE INDEX attachment_by_verification ON public.attachment USING btree (verification_id, added_at, id)
CREATE INDEX attendance_record_by_verification ON public.attendance_record USING btree (verification_id, seq)
CREATE INDEX audit_entry_by_action ON public.audit_entry USING btree (facility_id, action, at DESC, id DESC)
CREATE INDEX audit_entry_by_actor ON public.audit_entry USING btree (facility_id, actor_id, at DESC, id DESC)
CREATE INDEX audit_entry_by_subject ON public.audit_entry USING btree (facility_id, subject_id, id)
CREATE INDEX audit_entry_by_time ON public.audit_entry USING btree (facility_id, at DESC, id DESC)
CREATE INDEX authorization_record_by_verification ON public.authorization_record USING btree (verification_id, seq)
CREATE INDEX batch_row_open ON public.batch_row USING btree (batch_id, row_number) WHERE (content IS NOT NULL)
CREATE INDEX batch_unfinished ON public.batch USING btree (busy_until) WHERE (finished_at IS NULL)
CREATE INDEX call_record_by_verification ON public.call_record USING btree (verification_id, seq)
CREATE INDEX call_review_by_verification ON public.call_review USING btree (verification_id, seq)
CREATE INDEX connection_outcome_recent ON public.connection_outcome USING btree (connection_id, at DESC)
CREATE INDEX connection_slot_reserved ON public.connection_slot USING btree (connection_id, verification_id) WHERE reserved
CREATE INDEX consent_by_verification ON public.consent USING btree (verification_id)
CREATE INDEX coverage_by_member ON public.coverage USING btree (facility_id, member_id_index)
CREATE INDEX directory_change_by_payer ON public.directory_change USING btree (payer_id, id)
CREATE INDEX disclosure_by_verification ON public.disclosure USING btree (verification_id, seq DESC)
CREATE INDEX emergency_access_by_facility ON public.emergency_access USING btree (facility_id, began_at DESC, id DESC)
CREATE INDEX erasure_by_patient ON public.erasure USING btree (patient_id)
CREATE INDEX identity_by_person ON public.identity USING btree (person_id)
CREATE INDEX identity_provider_by_domain ON public.identity_provider USING gin (email_domains)
CREATE INDEX identity_provider_by_facility ON public.identity_provider USING btree (facility_id, name)
CREATE INDEX inquiry_by_fingerprint ON public.inquiry USING btree (facility_id, fingerprint, recorded_at) WHERE (fingerprint IS NOT NULL)
CREATE INDEX inquiry_of_connection ON public.inquiry USING btree (facility_id, connection_id, recorded_at)
CREATE INDEX membership_by_person ON public.membership USING btree (person_id)
CREATE INDEX one_time_link_by_person ON public.one_time_link USING btree (person_id) WHERE (used_at IS NULL)
CREATE INDEX outgoing_mail_by_age ON public.outgoing_mail USING btree (created_at)
CREATE INDEX outgoing_mail_due ON public.outgoing_mail USING btree (next_try_at) WHERE (next_try_at IS NOT NULL)
CREATE INDEX patient_move_by_patient ON public.patient_move USING btree (to_patient_id)
CREATE INDEX patient_move_by_verification ON public.patient_move USING btree (verification_id, id)
CREATE INDEX patient_request_by_patient ON public.patient_request USING btree (patient_id, recorded_at DESC)
CREATE INDEX payer_administrator_by_administrator ON public.payer_administrator USING btree (administrator_id)
CREATE INDEX payer_by_folded_id ON public.payer USING btree (lower(id))
CREATE INDEX payer_by_name ON public.payer USING btree (name, id) WHERE (withdrawn_at IS NULL)
CREATE INDEX payer_by_prefix ON public.payer USING gin (member_id_prefixes)
CREATE INDEX payer_connection_by_payer ON public.payer_connection USING btree (payer_id, preference)
CREATE INDEX payer_connection_by_reference ON public.payer_connection USING btree (lower(payer_reference))
CREATE INDEX payer_identifier_by_value ON public.payer_identifier USING btree (lower(identifier))
CREATE INDEX payer_name_by_canonical ON public.payer_name USING btree (canonical)
CREATE INDEX payer_name_by_initials ON public.payer_name USING btree (initials)
CREATE INDEX payer_name_by_letters ON public.payer_name USING btree (letters)
CREATE INDEX payer_name_by_likeness ON public.payer_name USING gin (search_text gin_trgm_ops)
CREATE INDEX payer_name_by_word ON public.payer_name USING gin (words)
CREATE INDEX payer_name_folded ON public.payer_name USING btree (folded_by)
CREATE INDEX program_by_facility ON public.program USING btree (facility_id, name)
CREATE INDEX rate_by_facility ON public.rate USING btree (facility_id, payer_id)
CREATE INDEX rate_window_by_age ON public.rate_window USING btree (began_at)
CREATE INDEX remittance_record_by_payer ON public.remittance_record USING btree (facility_id, payer_id, seq)
CREATE INDEX remittance_record_by_verification ON public.remittance_record USING btree (verification_id, seq)
CREATE INDEX session_by_device ON public.session USING btree (device_id)
CREATE INDEX session_by_person ON public.session USING btree (person_id, created_at DESC)
CREATE INDEX sign_in_throttle_by_age ON public.sign_in_throttle USING btree (counted_at)
CREATE INDEX verification_by_age ON public.verification USING btree (facility_id, updated_at)
CREATE INDEX verification_by_assignee ON public.verification USING btree (facility_id, assignee, created_at DESC, id DESC) WHERE (assignee IS NOT NULL)
CREATE INDEX verification_by_batch ON public.verification USING btree (facility_id, batch_id, created_at DESC, id DESC) WHERE (batch_id IS NOT NULL)
CREATE INDEX verification_by_call_review ON public.verification USING btree (facility_id, call_review, due_at, id) WHERE (call_review IS NOT NULL)
CREATE INDEX verification_by_deadline ON public.verification USING btree (facility_id, needed_by) WHERE (needed_by IS NOT NULL)
CREATE INDEX verification_by_due ON public.verification USING btree (facility_id, due_at, id)
CREATE INDEX verification_by_facility ON public.verification USING btree (facility_id, created_at DESC, id DESC)
CREATE INDEX verification_by_need ON public.verification USING gin (needs jsonb_path_ops) WHERE (needs <> '[]'::jsonb)
CREATE INDEX verification_by_patient ON public.verification USING btree (patient_id) WHERE (patient_id IS NOT NULL)
CREATE INDEX verification_by_payer ON public.verification USING btree (facility_id, payer_id, created_at DESC, id DESC)
CREATE INDEX verification_by_program ON public.verification USING btree (facility_id, program_id, created_at DESC, id DESC)
CREATE INDEX verification_by_reference ON public.verification USING btree (facility_id, reference_index) WHERE (reference_index IS NOT NULL)
CREATE INDEX verification_by_status ON public.verification USING btree (facility_id, status, created_at DESC, id DESC)
CREATE INDEX verification_in_queue ON public.verification USING btree (priority, updated_at) WHERE (status = ANY (ARRAY['received'::text, 'queued'::text]))
CREATE INDEX verification_note_by_verification ON public.verification_note USING btree (verification_id, seq)
CREATE INDEX verification_open_by_due ON public.verification USING btree (facility_id, is_open, due_at, id)
CREATE INDEX verification_recheck_due ON public.verification USING btree (facility_id, next_recheck_at) WHERE (next_recheck_at IS NOT NULL)
CREATE INDEX verification_tally ON public.verification USING btree (status)
CREATE INDEX verification_to_look_at ON public.verification USING btree (next_look_at) WHERE (next_look_at IS NOT NULL)
CREATE INDEX verification_waiting ON public.verification USING btree (waiting_for_connection, bulk, array_position(ARRAY['caller_waiting'::text, 'today'::text, 'routine'::text], priority), facility_id, needed_by, created_at) WHERE (waiting_for_connection IS NOT NULL)
CREATE INDEX webhook_delivery_by_age ON public.webhook_delivery USING btree (facility_id, created_at)
CREATE INDEX webhook_delivery_by_endpoint ON public.webhook_delivery USING btree (endpoint_id, created_at DESC, id DESC)
CREATE INDEX webhook_delivery_by_event ON public.webhook_delivery USING btree (event_id)
CREATE INDEX webhook_delivery_by_state ON public.webhook_delivery USING btree (endpoint_id, state, created_at DESC, id DESC)
CREATE INDEX webhook_delivery_by_verification ON public.webhook_delivery USING btree (verification_id, endpoint_id) WHERE (verification_id IS NOT NULL)
CREATE INDEX webhook_delivery_due ON public.webhook_delivery USING btree (endpoint_id, next_try_at) WHERE (next_try_at IS NOT NULL)
CREATE INDEX webhook_endpoint_by_facility ON public.webhook_endpoint USING btree (facility_id, created_at, id) WHERE (deleted_at IS NULL)
CREATE INDEX webhook_event_by_time ON public.webhook_event USING btree (facility_id, at, id)
CREATE INDEX webhook_event_by_verification ON public.webhook_event USING btree (verification_id) WHERE (verification_id IS NOT NULL)
CREATE UNIQUE INDEX "PK_8c82d7f526340ab734260ea46be" ON public.migrations USING btree (id)
CREATE UNIQUE INDEX admission_request_pkey ON public.admission_request USING btree (verification_id)
CREATE UNIQUE INDEX answer_pkey ON public.answer USING btree (id)
CREATE UNIQUE INDEX api_key_key_hash_key ON public.api_key USING btree (key_hash)
CREATE UNIQUE INDEX api_key_pkey ON public.api_key USING btree (id)
CREATE UNIQUE INDEX attachment_pkey ON public.attachment USING btree (id)
CREATE UNIQUE INDEX attendance_record_pkey ON public.attendance_record USING btree (id)
CREATE UNIQUE INDEX attendance_record_seq_key ON public.attendance_record USING btree (seq)
CREATE UNIQUE INDEX audit_entry_pkey ON public.audit_entry USING btree (id)
CREATE UNIQUE INDEX audit_seal_facility_id_entry_id_key ON public.audit_seal USING btree (facility_id, entry_id)
CREATE UNIQUE INDEX audit_seal_pkey ON public.audit_seal USING btree (facility_id, "position")
CREATE UNIQUE INDEX audit_unsealed_pkey ON public.audit_unsealed USING btree (facility_id, entry_id)
CREATE UNIQUE INDEX authorization_record_pkey ON public.authorization_record USING btree (id)
CREATE UNIQUE INDEX authorization_record_seq_key ON public.authorization_record USING btree (seq)
CREATE UNIQUE INDEX batch_facility_id_key_hash_key ON public.batch USING btree (facility_id, key_hash)
CREATE UNIQUE INDEX batch_pkey ON public.batch USING btree (id)
CREATE UNIQUE INDEX batch_row_pkey ON public.batch_row USING btree (batch_id, row_number)
CREATE UNIQUE INDEX call_record_pkey ON public.call_record USING btree (id)
CREATE UNIQUE INDEX call_record_seq_key ON public.call_record USING btree (seq)
CREATE UNIQUE INDEX call_review_call_id_key ON public.call_review USING btree (call_id)
CREATE UNIQUE INDEX call_review_pkey ON public.call_review USING btree (id)
CREATE UNIQUE INDEX call_review_seq_key ON public.call_review USING btree (seq)
CREATE UNIQUE INDEX canary_pkey ON public.canary USING btree (lane)
CREATE UNIQUE INDEX connection_outcome_pkey ON public.connection_outcome USING btree (id)
CREATE UNIQUE INDEX connection_slot_pkey ON public.connection_slot USING btree (connection_id, slot)
CREATE UNIQUE INDEX connection_state_pkey ON public.connection_state USING btree (connection_id)
CREATE UNIQUE INDEX connection_tally_pkey ON public.connection_tally USING btree (connection_id, outcome)
CREATE UNIQUE INDEX connection_turn_pkey ON public.connection_turn USING btree (connection_id, facility)
CREATE UNIQUE INDEX consent_pkey ON public.consent USING btree (id)
CREATE UNIQUE INDEX coverage_pkey ON public.coverage USING btree (verification_id, "position")
CREATE UNIQUE INDEX data_key_current ON public.data_key USING btree (facility_id, purpose) WHERE (state = 'current'::text)
CREATE UNIQUE INDEX data_key_pkey ON public.data_key USING btree (facility_id, purpose, version)
CREATE UNIQUE INDEX directory_change_pkey ON public.directory_change USING btree (id)
CREATE UNIQUE INDEX disclosure_pkey ON public.disclosure USING btree (id)
CREATE UNIQUE INDEX disclosure_seq_key ON public.disclosure USING btree (seq)
CREATE UNIQUE INDEX draft_pkey ON public.draft USING btree (facility_id, person_id, kind)
CREATE UNIQUE INDEX emergency_access_pkey ON public.emergency_access USING btree (id)
CREATE UNIQUE INDEX erasure_pkey ON public.erasure USING btree (id)
CREATE UNIQUE INDEX facility_letterhead_pkey ON public.facility_letterhead USING btree (facility_id)
CREATE UNIQUE INDEX facility_pkey ON public.facility USING btree (id)
CREATE UNIQUE INDEX ground_pkey ON public.ground USING btree (verification_id, round)
CREATE UNIQUE INDEX idempotency_record_pkey ON public.idempotency_record USING btree (facility_id, key_hash)
CREATE UNIQUE INDEX identity_pkey ON public.identity USING btree (provider_id, subject)
CREATE UNIQUE INDEX identity_provider_pkey ON public.identity_provider USING btree (id)
CREATE UNIQUE INDEX inquiry_once ON public.inquiry USING btree (verification_id, round, request_version, coverage_position, connection_id, service_type, variation)
CREATE UNIQUE INDEX inquiry_pkey ON public.inquiry USING btree (id)
CREATE UNIQUE INDEX inquiry_trace_key ON public.inquiry USING btree (trace)
CREATE UNIQUE INDEX installation_audit_entry_pkey ON public.installation_audit_entry USING btree (id)
CREATE UNIQUE INDEX installation_audit_seal_entry_id_key ON public.installation_audit_seal USING btree (entry_id)
CREATE UNIQUE INDEX installation_audit_seal_pkey ON public.installation_audit_seal USING btree ("position")
CREATE UNIQUE INDEX installation_audit_unsealed_pkey ON public.installation_audit_unsealed USING btree (entry_id)
CREATE UNIQUE INDEX installation_data_key_current ON public.installation_data_key USING btree (purpose) WHERE (state = 'current'::text)
CREATE UNIQUE INDEX installation_data_key_pkey ON public.installation_data_key USING btree (purpose, version)
CREATE UNIQUE INDEX intake_delivery_pkey ON public.intake_delivery USING btree (source_id, message_hash)
CREATE UNIQUE INDEX intake_source_pkey ON public.intake_source USING btree (id)
CREATE UNIQUE INDEX key_rewrite_pkey ON public.key_rewrite USING btree (facility_id, table_name)
CREATE UNIQUE INDEX known_device_person_id_token_hash_key ON public.known_device USING btree (person_id, token_hash)
CREATE UNIQUE INDEX known_device_pkey ON public.known_device USING btree (id)
CREATE UNIQUE INDEX legal_hold_in_force ON public.legal_hold USING btree (verification_id) WHERE (lifted_at IS NULL)
CREATE UNIQUE INDEX legal_hold_pkey ON public.legal_hold USING btree (id)
CREATE UNIQUE INDEX membership_pkey ON public.membership USING btree (facility_id, person_id)
CREATE UNIQUE INDEX one_time_link_pkey ON public.one_time_link USING btree (id)
CREATE UNIQUE INDEX one_time_link_token_hash_key ON public.one_time_link USING btree (token_hash)
CREATE UNIQUE INDEX outgoing_mail_pkey ON public.outgoing_mail USING btree (id)
CREATE UNIQUE INDEX patient_move_pkey ON public.patient_move USING btree (id)
CREATE UNIQUE INDEX patient_pkey ON public.patient USING btree (id)
CREATE UNIQUE INDEX patient_request_pkey ON public.patient_request USING btree (id)
CREATE UNIQUE INDEX payer_administrator_pkey ON public.payer_administrator USING btree (payer_id, administrator_id, state, plan_kind)
CREATE UNIQUE INDEX payer_connection_pkey ON public.payer_connection USING btree (id)
CREATE UNIQUE INDEX payer_identifier_pkey ON public.payer_identifier USING btree (payer_id, network, identifier)
CREATE UNIQUE INDEX payer_name_pkey ON public.payer_name USING btree (payer_id, "position")
CREATE UNIQUE INDEX payer_phone_pkey ON public.payer_phone USING btree (payer_id, purpose, number)
CREATE UNIQUE INDEX payer_pkey ON public.payer USING btree (id)
CREATE UNIQUE INDEX person_email_key ON public.person USING btree (email)
CREATE UNIQUE INDEX person_pkey ON public.person USING btree (id)
CREATE UNIQUE INDEX program_pkey ON public.program USING btree (id)
CREATE UNIQUE INDEX rate_pkey ON public.rate USING btree (id)
CREATE UNIQUE INDEX rate_window_pkey ON public.rate_window USING btree (key)
CREATE UNIQUE INDEX recovery_code_pkey ON public.recovery_code USING btree (person_id, code_hash)
CREATE UNIQUE INDEX remittance_record_pkey ON public.remittance_record USING btree (id)
CREATE UNIQUE INDEX remittance_record_seq_key ON public.remittance_record USING btree (seq)
CREATE UNIQUE INDEX result_pkey ON public.result USING btree (verification_id, round)
CREATE UNIQUE INDEX saved_view_facility_id_person_id_name_key ON public.saved_view USING btree (facility_id, person_id, name)
CREATE UNIQUE INDEX saved_view_pkey ON public.saved_view USING btree (id)
CREATE UNIQUE INDEX service_type_memory_pkey ON public.service_type_memory USING btree (connection_id, service_type)
CREATE UNIQUE INDEX session_pkey ON public.session USING btree (id)
CREATE UNIQUE INDEX session_token_hash_key ON public.session USING btree (token_hash)
CREATE UNIQUE INDEX sign_in_throttle_pkey ON public.sign_in_throttle USING btree (key)
CREATE UNIQUE INDEX status_move_pkey ON public.status_move USING btree (from_status, to_status)
CREATE UNIQUE INDEX verification_note_pkey ON public.verification_note USING btree (id)
CREATE UNIQUE INDEX verification_note_seq_key ON public.verification_note USING btree (seq)
CREATE UNIQUE INDEX verification_pkey ON public.verification USING btree (id)
CREATE UNIQUE INDEX webhook_delivery_endpoint_id_event_id_key ON public.webhook_delivery USING btree (endpoint_id, event_id)
CREATE UNIQUE INDEX webhook_delivery_pkey ON public.webhook_delivery USING btree (id)
CREATE UNIQUE INDEX webhook_endpoint_pkey ON public.webhook_endpoint USING btree (id)
CREATE UNIQUE INDEX webhook_event_pkey ON public.webhook_event USING btree (id)
CREATE UNIQUE INDEX worker_process_pkey ON public.worker_process USING btree (id)
CREATE UNIQUE INDEX worker_tally_pkey ON public.worker_tally USING btree (metric, labels)

-- row security
admission_request: enabled t, forced t
answer: enabled t, forced t
api_key: enabled t, forced t
attachment: enabled t, forced t
attendance_record: enabled t, forced t
audit_entry: enabled t, forced t
audit_seal: enabled t, forced t
audit_unsealed: enabled t, forced t
authorization_record: enabled t, forced t
batch: enabled t, forced t
batch_row: enabled t, forced t
call_record: enabled t, forced t
call_review: enabled t, forced t
canary: enabled f, forced f
connection_outcome: enabled f, forced f
connection_slot: enabled f, forced f
connection_state: enabled f, forced f
connection_tally: enabled f, forced f
connection_turn: enabled f, forced f
consent: enabled t, forced t
coverage: enabled t, forced t
data_key: enabled t, forced t
directory_change: enabled f, forced f
disclosure: enabled t, forced t
draft: enabled t, forced t
emergency_access: enabled t, forced t
erasure: enabled t, forced t
facility: enabled t, forced t
facility_letterhead: enabled t, forced t
ground: enabled t, forced t
idempotency_record: enabled t, forced t
identity: enabled t, forced t
identity_provider: enabled t, forced t
inquiry: enabled t, forced t
installation_audit_entry: enabled f, forced f
installation_audit_seal: enabled f, forced f
installation_audit_unsealed: enabled f, forced f
installation_data_key: enabled f, forced f
intake_delivery: enabled t, forced t
intake_source: enabled t, forced t
key_rewrite: enabled t, forced t
known_device: enabled t, forced t
legal_hold: enabled t, forced t
membership: enabled t, forced t
migrations: enabled f, forced f
one_time_link: enabled t, forced t
outgoing_mail: enabled f, forced f
patient: enabled t, forced t
patient_move: enabled t, forced t
patient_request: enabled t, forced t
payer: enabled f, forced f
payer_administrator: enabled f, forced f
payer_connection: enabled f, forced f
payer_identifier: enabled f, forced f
payer_name: enabled f, forced f
payer_phone: enabled f, forced f
person: enabled t, forced t
program: enabled t, forced t
rate: enabled t, forced t
rate_window: enabled f, forced f
recovery_code: enabled t, forced t
remittance_record: enabled t, forced t
result: enabled t, forced t
saved_view: enabled t, forced t
service_type_memory: enabled f, forced f
session: enabled t, forced t
sign_in_throttle: enabled f, forced f
status_move: enabled f, forced f
verification: enabled t, forced t
verification_note: enabled t, forced t
webhook_delivery: enabled t, forced t
webhook_endpoint: enabled t, forced t
webhook_event: enabled t, forced t
worker_process: enabled f, forced f
worker_tally: enabled f, forced f

-- policies
admission_request_keeper on admission_request for ALL to {openvob_keeper} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
admission_request_own on admission_request for ALL to {openvob_app} using (facility_id = current_setting('openvob.facility_id'::text, true)) check (facility_id = current_setting('openvob.facility_id'::text, true))
answer_keeper on answer for ALL to {openvob_keeper} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
answer_own on answer for ALL to {openvob_app} using (facility_id = current_setting('openvob.facility_id'::text, true)) check (facility_id = current_setting('openvob.facility_id'::text, true))
api_key_look_up on api_key for SELECT to {openvob_app} using (key_hash = decode(NULLIF(current_setting('openvob.api_key_hash'::text, true), ''::text), 'hex'::text)) check -
api_key_own on api_key for ALL to {openvob_app} using (facility_id = current_setting('openvob.facility_id'::text, true)) check (facility_id = current_setting('openvob.facility_id'::text, true))
attachment_keeper on attachment for ALL to {openvob_keeper} using (facility_id = current_setting('openvob.facility_id'::text, true)) check (facility_id = current_setting('openvob.facility_id'::text, true))
attachment_own on attachment for ALL to {openvob_app} using (facility_id = current_setting('openvob.facility_id'::text, true)) check (facility_id = current_setting('openvob.facility_id'::text, true))
attendance_record_keeper on attendance_record for ALL to {openvob_keeper} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
attendance_record_own on attendance_record for ALL to {openvob_app} using (facility_id = current_setting('openvob.facility_id'::text, true)) check (facility_id = current_setting('openvob.facility_id'::text, true))
audit_entry_own on audit_entry for ALL to {openvob_app} using (facility_id = current_setting('openvob.facility_id'::text, true)) check (facility_id = current_setting('openvob.facility_id'::text, true))
audit_seal_own on audit_seal for ALL to {openvob_app} using (facility_id = current_setting('openvob.facility_id'::text, true)) check (facility_id = current_setting('openvob.facility_id'::text, true))
audit_unsealed_own on audit_unsealed for ALL to {openvob_app} using (facility_id = current_setting('openvob.facility_id'::text, true)) check (facility_id = current_setting('openvob.facility_id'::text, true))
audit_unsealed_upkeep on audit_unsealed for SELECT to {openvob_upkeep} using true check -
authorization_record_keeper on authorization_record for ALL to {openvob_keeper} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
authorization_record_own on authorization_record for ALL to {openvob_app} using (facility_id = current_setting('openvob.facility_id'::text, true)) check (facility_id = current_setting('openvob.facility_id'::text, true))
batch_own on batch for ALL to {openvob_app} using (facility_id = current_setting('openvob.facility_id'::text, true)) check (facility_id = current_setting('openvob.facility_id'::text, true))
batch_row_keeper on batch_row for ALL to {openvob_keeper} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
batch_row_own on batch_row for ALL to {openvob_app} using (facility_id = current_setting('openvob.facility_id'::text, true)) check (facility_id = current_setting('openvob.facility_id'::text, true))
batch_upkeep on batch for SELECT to {openvob_upkeep} using true check -
call_record_keeper on call_record for ALL to {openvob_keeper} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
call_record_own on call_record for ALL to {openvob_app} using (facility_id = current_setting('openvob.facility_id'::text, true)) check (facility_id = current_setting('openvob.facility_id'::text, true))
call_review_keeper on call_review for ALL to {openvob_keeper} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
call_review_own on call_review for ALL to {openvob_app} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
consent_keeper on consent for ALL to {openvob_keeper} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
consent_own on consent for ALL to {openvob_app} using (facility_id = current_setting('openvob.facility_id'::text, true)) check (facility_id = current_setting('openvob.facility_id'::text, true))
coverage_keeper on coverage for ALL to {openvob_keeper} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
coverage_own on coverage for ALL to {openvob_app} using (facility_id = current_setting('openvob.facility_id'::text, true)) check (facility_id = current_setting('openvob.facility_id'::text, true))
data_key_overview on data_key for SELECT to {openvob_keeper} using true check -
data_key_own on data_key for ALL to {openvob_app} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
disclosure_keeper on disclosure for ALL to {openvob_keeper} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
disclosure_own on disclosure for ALL to {openvob_app} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
draft_keeper on draft for ALL to {openvob_keeper} using (facility_id = current_setting('openvob.facility_id'::text, true)) check (facility_id = current_setting('openvob.facility_id'::text, true))
draft_own on draft for ALL to {openvob_app} using (facility_id = current_setting('openvob.facility_id'::text, true)) check (facility_id = current_setting('openvob.facility_id'::text, true))
emergency_access_keeper on emergency_access for ALL to {openvob_keeper} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
emergency_access_own on emergency_access for ALL to {openvob_app} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
erasure_own on erasure for ALL to {openvob_app} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
facility_letterhead_keeper on facility_letterhead for ALL to {openvob_keeper} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
facility_letterhead_own on facility_letterhead for ALL to {openvob_app} using (facility_id = current_setting('openvob.facility_id'::text, true)) check (facility_id = current_setting('openvob.facility_id'::text, true))
facility_of_member on facility for SELECT to {openvob_app} using (EXISTS ( SELECT
   FROM membership m
  WHERE ((m.facility_id = facility.id) AND (m.person_id = NULLIF(current_setting('openvob.person_id'::text, true), ''::text))))) check -
facility_own on facility for ALL to {openvob_app} using (id = current_setting('openvob.facility_id'::text, true)) check (id = current_setting('openvob.facility_id'::text, true))
facility_rechecks on facility for SELECT to {openvob_upkeep} using true check -
facility_upkeep on facility for SELECT to {openvob_upkeep} using true check -
ground_keeper on ground for ALL to {openvob_keeper} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
ground_own on ground for ALL to {openvob_app} using (facility_id = current_setting('openvob.facility_id'::text, true)) check (facility_id = current_setting('openvob.facility_id'::text, true))
idempotency_record_keeper on idempotency_record for ALL to {openvob_keeper} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
idempotency_record_own on idempotency_record for ALL to {openvob_app} using (facility_id = current_setting('openvob.facility_id'::text, true)) check (facility_id = current_setting('openvob.facility_id'::text, true))
identity_own on identity for ALL to {openvob_app} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
identity_provider_by_domain on identity_provider for SELECT to {openvob_app} using (email_domains @> ARRAY[NULLIF(current_setting('openvob.email_domain'::text, true), ''::text)]) check -
identity_provider_keeper on identity_provider for ALL to {openvob_keeper} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
identity_provider_look_up on identity_provider for SELECT to {openvob_app} using (id = NULLIF(current_setting('openvob.identity_provider_id'::text, true), ''::text)) check -
identity_provider_own on identity_provider for ALL to {openvob_app} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
identity_self on identity for ALL to {openvob_app} using (person_id = NULLIF(current_setting('openvob.person_id'::text, true), ''::text)) check (person_id = NULLIF(current_setting('openvob.person_id'::text, true), ''::text))
inquiry_keeper on inquiry for ALL to {openvob_keeper} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
inquiry_own on inquiry for ALL to {openvob_app} using (facility_id = current_setting('openvob.facility_id'::text, true)) check (facility_id = current_setting('openvob.facility_id'::text, true))
inquiry_upkeep on inquiry for SELECT to {openvob_upkeep} using true check -
intake_delivery_keeper on intake_delivery for ALL to {openvob_keeper} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
intake_delivery_own on intake_delivery for ALL to {openvob_app} using (facility_id = current_setting('openvob.facility_id'::text, true)) check (facility_id = current_setting('openvob.facility_id'::text, true))
intake_source_keeper on intake_source for ALL to {openvob_keeper} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
intake_source_look_up on intake_source for SELECT to {openvob_app} using (id = NULLIF(current_setting('openvob.intake_source_id'::text, true), ''::text)) check -
intake_source_own on intake_source for ALL to {openvob_app} using (facility_id = current_setting('openvob.facility_id'::text, true)) check (facility_id = current_setting('openvob.facility_id'::text, true))
key_rewrite_overview on key_rewrite for SELECT to {openvob_keeper} using true check -
key_rewrite_own on key_rewrite for ALL to {openvob_app} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
known_device_self on known_device for ALL to {openvob_app} using (person_id = NULLIF(current_setting('openvob.person_id'::text, true), ''::text)) check (person_id = NULLIF(current_setting('openvob.person_id'::text, true), ''::text))
legal_hold_keeper on legal_hold for ALL to {openvob_keeper} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
legal_hold_own on legal_hold for ALL to {openvob_app} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
membership_own on membership for ALL to {openvob_app} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
membership_self on membership for ALL to {openvob_app} using (person_id = NULLIF(current_setting('openvob.person_id'::text, true), ''::text)) check (person_id = NULLIF(current_setting('openvob.person_id'::text, true), ''::text))
one_time_link_look_up on one_time_link for SELECT to {openvob_app} using (token_hash = decode(NULLIF(current_setting('openvob.link_hash'::text, true), ''::text), 'hex'::text)) check -
one_time_link_own on one_time_link for ALL to {openvob_app} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
one_time_link_self on one_time_link for ALL to {openvob_app} using (person_id = NULLIF(current_setting('openvob.person_id'::text, true), ''::text)) check (person_id = NULLIF(current_setting('openvob.person_id'::text, true), ''::text))
patient_move_own on patient_move for ALL to {openvob_app} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
patient_own on patient for ALL to {openvob_app} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
patient_request_keeper on patient_request for ALL to {openvob_keeper} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
patient_request_own on patient_request for ALL to {openvob_app} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
person_by_email on person for SELECT to {openvob_app} using (email = NULLIF(current_setting('openvob.person_email'::text, true), ''::text)) check -
person_colleague on person for SELECT to {openvob_app} using (EXISTS ( SELECT
   FROM membership m
  WHERE (m.person_id = person.id))) check -
person_keeper on person for ALL to {openvob_keeper} using (current_setting('openvob.facility_id'::text, true) = 'installation'::text) check (current_setting('openvob.facility_id'::text, true) = 'installation'::text)
person_self on person for ALL to {openvob_app} using (id = NULLIF(current_setting('openvob.person_id'::text, true), ''::text)) check (id = NULLIF(current_setting('openvob.person_id'::text, true), ''::text))
program_own on program for ALL to {openvob_app} using (facility_id = current_setting('openvob.facility_id'::text, true)) check (facility_id = current_setting('openvob.facility_id'::text, true))
rate_own on rate for ALL to {openvob_app} using (facility_id = current_setting('openvob.facility_id'::text, true)) check (facility_id = current_setting('openvob.facility_id'::text, true))
recovery_code_self on recovery_code for ALL to {openvob_app} using (person_id = NULLIF(current_setting('openvob.person_id'::text, true), ''::text)) check (person_id = NULLIF(current_setting('openvob.person_id'::text, true), ''::text))
remittance_record_keeper on remittance_record for ALL to {openvob_keeper} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
remittance_record_own on remittance_record for ALL to {openvob_app} using (facility_id = current_setting('openvob.facility_id'::text, true)) check (facility_id = current_setting('openvob.facility_id'::text, true))
result_keeper on result for ALL to {openvob_keeper} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
result_own on result for ALL to {openvob_app} using (facility_id = current_setting('openvob.facility_id'::text, true)) check (facility_id = current_setting('openvob.facility_id'::text, true))
saved_view_own on saved_view for ALL to {openvob_app} using ((facility_id = current_setting('openvob.facility_id'::text, true)) AND (person_id = NULLIF(current_setting('openvob.person_id'::text, true), ''::text))) check ((facility_id = current_setting('openvob.facility_id'::text, true)) AND (person_id = NULLIF(current_setting('openvob.person_id'::text, true), ''::text)))
session_end_of_facility on session for UPDATE to {openvob_app} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
session_look_up on session for SELECT to {openvob_app} using (token_hash = decode(NULLIF(current_setting('openvob.session_hash'::text, true), ''::text), 'hex'::text)) check -
session_of_facility on session for SELECT to {openvob_app} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check -
session_self on session for ALL to {openvob_app} using (person_id = NULLIF(current_setting('openvob.person_id'::text, true), ''::text)) check (person_id = NULLIF(current_setting('openvob.person_id'::text, true), ''::text))
verification_keeper on verification for ALL to {openvob_keeper} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
verification_note_keeper on verification_note for ALL to {openvob_keeper} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
verification_note_own on verification_note for ALL to {openvob_app} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
verification_own on verification for ALL to {openvob_app} using (facility_id = current_setting('openvob.facility_id'::text, true)) check (facility_id = current_setting('openvob.facility_id'::text, true))
verification_upkeep on verification for SELECT to {openvob_upkeep} using true check -
webhook_delivery_keeper on webhook_delivery for ALL to {openvob_keeper} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
webhook_delivery_own on webhook_delivery for ALL to {openvob_app} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
webhook_delivery_upkeep on webhook_delivery for SELECT to {openvob_upkeep} using true check -
webhook_endpoint_keeper on webhook_endpoint for ALL to {openvob_keeper} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
webhook_endpoint_own on webhook_endpoint for ALL to {openvob_app} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
webhook_endpoint_upkeep on webhook_endpoint for SELECT to {openvob_upkeep} using true check -
webhook_event_keeper on webhook_event for ALL to {openvob_keeper} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))
webhook_event_own on webhook_event for ALL to {openvob_app} using (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text)) check (facility_id = NULLIF(current_setting('openvob.facility_id'::text, true), ''::text))

-- triggers
CREATE TRIGGER attendance_record_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.attendance_record FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER audit_entry_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER audit_entry_awaits_seal AFTER INSERT ON public.audit_entry REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION await_audit_seal()
CREATE TRIGGER audit_seal_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.audit_seal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER authorization_record_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.authorization_record FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER call_record_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.call_record FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER call_review_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.call_review FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER connection_outcome_tally AFTER INSERT ON public.connection_outcome FOR EACH ROW EXECUTE FUNCTION tally_exchange()
CREATE TRIGGER data_key_changes BEFORE INSERT OR UPDATE ON public.data_key FOR EACH ROW EXECUTE FUNCTION count_key_change()
CREATE TRIGGER directory_change_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.directory_change FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER disclosure_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.disclosure FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER erasure_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.erasure FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER installation_audit_entry_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.installation_audit_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER installation_audit_entry_awaits_seal AFTER INSERT ON public.installation_audit_entry REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION await_installation_audit_seal()
CREATE TRIGGER installation_audit_seal_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.installation_audit_seal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER installation_data_key_changes BEFORE INSERT OR UPDATE ON public.installation_data_key FOR EACH ROW EXECUTE FUNCTION count_key_change()
CREATE TRIGGER patient_move_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.patient_move FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER remittance_record_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.remittance_record FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER verification_announce_to_facility AFTER UPDATE ON public.verification FOR EACH ROW WHEN (((old.version IS DISTINCT FROM new.version) OR (old.assignee IS DISTINCT FROM new.assignee))) EXECUTE FUNCTION announce_to_facility()
CREATE TRIGGER verification_arrival AFTER INSERT ON public.verification FOR EACH ROW EXECUTE FUNCTION announce_to_facility()
CREATE TRIGGER verification_begins BEFORE INSERT ON public.verification FOR EACH ROW EXECUTE FUNCTION guard_verification_insert()
CREATE TRIGGER verification_guard BEFORE UPDATE ON public.verification FOR EACH ROW EXECUTE FUNCTION guard_verification_update()
CREATE TRIGGER verification_note_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.verification_note FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
CREATE TRIGGER verification_tells_webhooks AFTER UPDATE ON public.verification FOR EACH ROW WHEN (((old.version IS DISTINCT FROM new.version) AND (NOT ((old.status = 'asking_payer'::text) AND (new.status = 'asking_payer'::text))))) EXECUTE FUNCTION tell_of_move()

-- functions
CREATE OR REPLACE FUNCTION public.acquire_permit(p_connection text, p_verification text, p_lease_ms integer, p_patience_ms integer, p_bulk boolean, p_now timestamp with time zone)
 RETURNS TABLE(kind text, slot integer, delay_ms integer, is_probe boolean)
 LANGUAGE plpgsql
AS $function$
#variable_conflict use_column
DECLARE
  c payer_connection%ROWTYPE;
  s connection_state%ROWTYPE;
  free integer;
  send_at timestamptz;
  patience_ms integer := p_patience_ms;
  lease timestamptz := p_now + make_interval(secs => p_lease_ms / 1000.0);
BEGIN
  INSERT INTO connection_state (connection_id) VALUES (p_connection) ON CONFLICT DO NOTHING;
  SELECT * INTO s FROM connection_state WHERE connection_id = p_connection FOR UPDATE;
  SELECT * INTO c FROM payer_connection WHERE id = p_connection;
  IF c.paused_at IS NOT NULL THEN
    RETURN QUERY SELECT 'paused', NULL::integer, NULL::integer, false; RETURN;
  END IF;
  IF s.breaker <> 'closed' AND s.probe_at > p_now THEN
    RETURN QUERY SELECT 'open', NULL::integer, ceil(extract(epoch FROM s.probe_at - p_now) * 1000)::integer, false; RETURN;
  END IF;

  SELECT cs.slot INTO free FROM connection_slot cs
    WHERE cs.connection_id = p_connection AND cs.verification_id = p_verification AND cs.reserved AND cs.lease_until > p_now LIMIT 1;
  IF free IS NULL AND p_bulk AND (s.people_wait_since IS NOT NULL OR bulk_slots(c.max_in_flight) <=
      (SELECT count(*) FROM connection_slot cs WHERE cs.connection_id = p_connection AND cs.bulk AND cs.lease_until > p_now)) THEN
    RETURN QUERY SELECT 'busy', NULL::integer, NULL::integer, false; RETURN;
  END IF;
  IF free IS NULL THEN
    SELECT g INTO free FROM generate_series(1, c.max_in_flight) g
      WHERE NOT EXISTS (SELECT FROM connection_slot cs WHERE cs.connection_id = p_connection AND cs.slot = g AND cs.lease_until > p_now)
      ORDER BY g LIMIT 1;
  END IF;
  IF free IS NULL THEN
    IF NOT p_bulk THEN
      UPDATE connection_state SET people_wait_since = p_now WHERE connection_id = p_connection;
    END IF;
    RETURN QUERY SELECT 'busy', NULL::integer, NULL::integer, false; RETURN;
  END IF;

  IF p_bulk THEN
    patience_ms := CASE WHEN c.per_minute IS NULL THEN 0 ELSE least(p_patience_ms, ceil(60000.0 / c.per_minute)::integer) END;
  END IF;
  send_at := p_now;
  IF c.per_minute IS NOT NULL OR s.next_send_at > p_now THEN
    send_at := greatest(coalesce(s.next_send_at, p_now), p_now);
    IF send_at - p_now > make_interval(secs => patience_ms / 1000.0) THEN
      DELETE FROM connection_slot cs WHERE cs.connection_id = p_connection AND cs.verification_id = p_verification AND cs.reserved;
      RETURN QUERY SELECT 'paced', NULL::integer, ceil(extract(epoch FROM send_at - p_now) * 1000)::integer, false; RETURN;
    END IF;
    IF c.per_minute IS NOT NULL THEN
      UPDATE connection_state SET next_send_at = send_at + make_interval(secs => 60.0 / c.per_minute) WHERE connection_id = p_connection;
    END IF;
  END IF;

  INSERT INTO connection_slot (connection_id, slot, verification_id, reserved, bulk, lease_until)
    VALUES (p_connection, free, p_verification, false, p_bulk, lease)
    ON CONFLICT (connection_id, slot) DO UPDATE SET verification_id = p_verification, reserved = false, bulk = p_bulk, lease_until = lease;
  IF s.breaker <> 'closed' THEN
    -- exactly one probe: the next one may be made when this one's lease has run out
    UPDATE connection_state SET breaker = 'half_open', probe_at = lease WHERE connection_id = p_connection;
  END IF;
  RETURN QUERY SELECT 'granted', free, ceil(extract(epoch FROM send_at - p_now) * 1000)::integer, s.breaker <> 'closed';
END $function$

CREATE OR REPLACE FUNCTION public.acquire_permit(p_connection text, p_verification text, p_lease_ms integer, p_patience_ms integer, p_now timestamp with time zone)
 RETURNS TABLE(kind text, slot integer, delay_ms integer, is_probe boolean)
 LANGUAGE plpgsql
AS $function$
#variable_conflict use_column
DECLARE
  c payer_connection%ROWTYPE;
  s connection_state%ROWTYPE;
  free integer;
  send_at timestamptz;
  lease timestamptz := p_now + make_interval(secs => p_lease_ms / 1000.0);
BEGIN
  INSERT INTO connection_state (connection_id) VALUES (p_connection) ON CONFLICT DO NOTHING;
  SELECT * INTO s FROM connection_state WHERE connection_id = p_connection FOR UPDATE;
  SELECT * INTO c FROM payer_connection WHERE id = p_connection;
  IF c.paused_at IS NOT NULL THEN
    RETURN QUERY SELECT 'paused', NULL::integer, NULL::integer, false; RETURN;
  END IF;
  IF s.breaker <> 'closed' AND s.probe_at > p_now THEN
    RETURN QUERY SELECT 'open', NULL::integer, ceil(extract(epoch FROM s.probe_at - p_now) * 1000)::integer, false; RETURN;
  END IF;

  SELECT cs.slot INTO free FROM connection_slot cs
    WHERE cs.connection_id = p_connection AND cs.verification_id = p_verification AND cs.reserved AND cs.lease_until > p_now LIMIT 1;
  IF free IS NULL THEN
    SELECT g INTO free FROM generate_series(1, c.max_in_flight) g
      WHERE NOT EXISTS (SELECT FROM connection_slot cs WHERE cs.connection_id = p_connection AND cs.slot = g AND cs.lease_until > p_now)
      ORDER BY g LIMIT 1;
  END IF;
  IF free IS NULL THEN
    RETURN QUERY SELECT 'busy', NULL::integer, NULL::integer, false; RETURN;
  END IF;

  send_at := p_now;
  IF c.per_minute IS NOT NULL OR s.next_send_at > p_now THEN
    send_at := greatest(coalesce(s.next_send_at, p_now), p_now);
    IF send_at - p_now > make_interval(secs => p_patience_ms / 1000.0) THEN
      RETURN QUERY SELECT 'paced', NULL::integer, ceil(extract(epoch FROM send_at - p_now) * 1000)::integer, false; RETURN;
    END IF;
    IF c.per_minute IS NOT NULL THEN
      UPDATE connection_state SET next_send_at = send_at + make_interval(secs => 60.0 / c.per_minute) WHERE connection_id = p_connection;
    END IF;
  END IF;

  INSERT INTO connection_slot (connection_id, slot, verification_id, reserved, lease_until) VALUES (p_connection, free, p_verification, false, lease)
    ON CONFLICT (connection_id, slot) DO UPDATE SET verification_id = p_verification, reserved = false, lease_until = lease;
  IF s.breaker <> 'closed' THEN
    -- exactly one probe: the next one may be made when this one's lease has run out
    UPDATE connection_state SET breaker = 'half_open', probe_at = lease WHERE connection_id = p_connection;
  END IF;
  RETURN QUERY SELECT 'granted', free, ceil(extract(epoch FROM send_at - p_now) * 1000)::integer, s.breaker <> 'closed';
END $function$

CREATE OR REPLACE FUNCTION public.announce_to_facility()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM pg_notify('facility_moved', NEW.facility_id || ' ' || NEW.id);
  RETURN NULL;
END $function$

CREATE OR REPLACE FUNCTION public.await_audit_seal()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO audit_unsealed (facility_id, entry_id) SELECT facility_id, id FROM fresh;
  RETURN NULL;
END $function$

CREATE OR REPLACE FUNCTION public.await_installation_audit_seal()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO installation_audit_unsealed (entry_id) SELECT id FROM fresh;
  RETURN NULL;
END $function$

CREATE OR REPLACE FUNCTION public.begin_facility(p_facility text, OUT own text, OUT installation text)
 RETURNS record
 LANGUAGE plpgsql
AS $function$
BEGIN
  PERFORM set_config('openvob.facility_id', p_facility, true);
  own := (SELECT coalesce(sum(change), 0) FROM data_key WHERE facility_id = p_facility);
  installation := (SELECT coalesce(sum(change), 0) FROM installation_data_key);
END $function$

CREATE OR REPLACE FUNCTION public.count_key_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  NEW.change := nextval('data_key_change');
  RETURN NEW;
END $function$

CREATE OR REPLACE FUNCTION public.free_slot(p_connection text, p_max integer, p_now timestamp with time zone)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
DECLARE
  guess integer;
BEGIN
  IF p_max > 16 THEN
    FOR tries IN 1..3 LOOP
      guess := 1 + floor(random() * p_max)::integer;
      IF NOT EXISTS (SELECT FROM connection_slot s WHERE s.connection_id = p_connection AND s.slot = guess AND s.lease_until > p_now) THEN
        RETURN guess;
      END IF;
    END LOOP;
  END IF;
  IF p_max <= (SELECT count(*) FROM connection_slot s WHERE s.connection_id = p_connection AND s.lease_until > p_now AND s.slot <= p_max) THEN
    RETURN NULL;
  END IF;
  IF NOT EXISTS (SELECT FROM connection_slot s WHERE s.connection_id = p_connection AND s.slot = 1 AND s.lease_until > p_now) THEN
    RETURN 1;
  END IF;
  RETURN (SELECT s.slot + 1 FROM connection_slot s
    WHERE s.connection_id = p_connection AND s.slot < p_max AND NOT EXISTS (
      SELECT FROM connection_slot behind
      WHERE behind.connection_id = p_connection AND behind.slot = s.slot + 1 AND behind.lease_until > p_now)
    ORDER BY s.slot LIMIT 1);
END $function$

CREATE OR REPLACE FUNCTION public.guard_verification_insert()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF NEW.status <> 'received' OR NEW.version <> 1 OR NEW.round <> 1 THEN
    RAISE EXCEPTION 'a verification begins as received, version 1, round 1' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $function$

CREATE OR REPLACE FUNCTION public.guard_verification_update()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF NEW.id <> OLD.id OR NEW.facility_id <> OLD.facility_id THEN
    RAISE EXCEPTION 'a verification keeps its id and facility' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.status <> OLD.status OR NEW.round <> OLD.round THEN
    IF NEW.version <> OLD.version + 1 THEN
      RAISE EXCEPTION 'verification % moved without its version', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status <> OLD.status AND NOT EXISTS (SELECT FROM status_move WHERE from_status = OLD.status AND to_status = NEW.status) THEN
      RAISE EXCEPTION 'illegal move of verification %: % to %', OLD.id, OLD.status, NEW.status USING ERRCODE = 'check_violation';
    END IF;
  ELSIF NEW.version < OLD.version THEN
    RAISE EXCEPTION 'verification % went back in version', OLD.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $function$

CREATE OR REPLACE FUNCTION public.key_generations(OUT own text, OUT installation text)
 RETURNS record
 LANGUAGE plpgsql
 STABLE
AS $function$
BEGIN
  own := (SELECT coalesce(sum(change), 0) FROM data_key WHERE facility_id = current_setting('openvob.facility_id', true));
  installation := (SELECT coalesce(sum(change), 0) FROM installation_data_key);
END $function$

CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF current_user = 'openvob_keeper' THEN RETURN NULL; END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $function$

CREATE OR REPLACE FUNCTION public.reserve_slots(p_connection text, p_waiting text[], p_bulk boolean[], p_reserve_ms integer, p_now timestamp with time zone)
 RETURNS SETOF text
 LANGUAGE plpgsql
AS $function$
#variable_conflict use_column
DECLARE
  c payer_connection%ROWTYPE;
  next integer;
  free integer;
BEGIN
  PERFORM FROM connection_state WHERE connection_id = p_connection FOR UPDATE;
  SELECT * INTO c FROM payer_connection WHERE id = p_connection;
  -- people stand first in the list: behind the first bulk work nobody else waited when the list was made
  IF true = ANY (p_bulk) THEN
    UPDATE connection_state SET people_wait_since = NULL WHERE connection_id = p_connection AND people_wait_since < p_now;
  END IF;
  FOR next IN 1 .. coalesce(array_length(p_waiting, 1), 0) LOOP
    CONTINUE WHEN EXISTS (SELECT FROM connection_slot WHERE connection_id = p_connection AND verification_id = p_waiting[next] AND lease_until > p_now);
    CONTINUE WHEN p_bulk[next] AND bulk_slots(c.max_in_flight) <=
      (SELECT count(*) FROM connection_slot cs WHERE cs.connection_id = p_connection AND cs.bulk AND cs.lease_until > p_now);
    SELECT g INTO free FROM generate_series(1, c.max_in_flight) g
      WHERE NOT EXISTS (SELECT FROM connection_slot cs WHERE cs.connection_id = p_connection AND cs.slot = g AND cs.lease_until > p_now)
      ORDER BY g LIMIT 1;
    IF free IS NULL AND NOT p_bulk[next] THEN
      UPDATE connection_state SET people_wait_since = p_now WHERE connection_id = p_connection;
    END IF;
    EXIT WHEN free IS NULL;
    INSERT INTO connection_slot (connection_id, slot, verification_id, reserved, bulk, lease_until)
      VALUES (p_connection, free, p_waiting[next], true, p_bulk[next], p_now + make_interval(secs => p_reserve_ms / 1000.0))
      ON CONFLICT (connection_id, slot) DO UPDATE
        SET verification_id = EXCLUDED.verification_id, reserved = true, bulk = EXCLUDED.bulk, lease_until = EXCLUDED.lease_until;
    RETURN NEXT p_waiting[next];
  END LOOP;
END $function$

CREATE OR REPLACE FUNCTION public.reserve_slots(p_connection text, p_waiting text[], p_facilities text[], p_bulk boolean[], p_reserve_ms integer, p_patience_ms integer, p_now timestamp with time zone)
 RETURNS SETOF text
 LANGUAGE plpgsql
AS $function$
#variable_conflict use_column
DECLARE
  c payer_connection%ROWTYPE;
  s connection_state%ROWTYPE;
  patience_left double precision;
  most integer;
  free integer;
BEGIN
  SELECT * INTO s FROM connection_state WHERE connection_id = p_connection FOR UPDATE;
  SELECT * INTO c FROM payer_connection WHERE id = p_connection;
  -- people stand first in the list: behind the first bulk work nobody else waited when the list was made
  IF true = ANY (p_bulk) THEN
    UPDATE connection_state SET people_wait_since = NULL WHERE connection_id = p_connection AND people_wait_since < p_now;
  END IF;
  patience_left := p_patience_ms / 1000.0 - extract(epoch FROM greatest(coalesce(s.next_send_at, p_now), p_now) - p_now);
  IF patience_left < 0 THEN RETURN; END IF;
  IF c.per_minute IS NOT NULL THEN
    most := floor(patience_left * c.per_minute / 61.2)::integer + 1
      - (SELECT count(*) FROM connection_slot cs WHERE cs.connection_id = p_connection AND cs.reserved AND cs.lease_until > p_now);
  END IF;
  FOR place IN 1 .. coalesce(array_length(p_waiting, 1), 0) LOOP
    EXIT WHEN most <= 0;
    CONTINUE WHEN EXISTS (SELECT FROM connection_slot WHERE connection_id = p_connection AND verification_id = p_waiting[place] AND lease_until > p_now);
    CONTINUE WHEN p_bulk[place] AND bulk_slots(c.max_in_flight) <=
      (SELECT count(*) FROM connection_slot cs WHERE cs.connection_id = p_connection AND cs.bulk AND cs.lease_until > p_now);
    free := free_slot(p_connection, c.max_in_flight, p_now);
    IF free IS NULL AND NOT p_bulk[place] THEN
      UPDATE connection_state SET people_wait_since = p_now WHERE connection_id = p_connection;
    END IF;
    EXIT WHEN free IS NULL;
    INSERT INTO connection_slot (connection_id, slot, verification_id, reserved, bulk, lease_until)
      VALUES (p_connection, free, p_waiting[place], true, p_bulk[place], p_now + make_interval(secs => p_reserve_ms / 1000.0))
      ON CONFLICT (connection_id, slot) DO UPDATE
        SET verification_id = EXCLUDED.verification_id, reserved = true, bulk = EXCLUDED.bulk, lease_until = EXCLUDED.lease_until;
    INSERT INTO connection_turn (connection_id, facility, turn)
      SELECT p_connection, p_facilities[place], coalesce(max(turn), 0) + 1 FROM connection_turn WHERE connection_id = p_connection
      ON CONFLICT (connection_id, facility) DO UPDATE SET turn = EXCLUDED.turn;
    most := most - 1;
    RETURN NEXT p_waiting[place];
  END LOOP;
END $function$

CREATE OR REPLACE FUNCTION public.reserve_slots(p_connection text, p_waiting text[], p_reserve_ms integer, p_now timestamp with time zone)
 RETURNS SETOF text
 LANGUAGE plpgsql
AS $function$
#variable_conflict use_column
DECLARE
  c payer_connection%ROWTYPE;
  waiting text;
  free integer;
BEGIN
  PERFORM FROM connection_state WHERE connection_id = p_connection FOR UPDATE;
  SELECT * INTO c FROM payer_connection WHERE id = p_connection;
  FOREACH waiting IN ARRAY p_waiting LOOP
    CONTINUE WHEN EXISTS (SELECT FROM connection_slot WHERE connection_id = p_connection AND verification_id = waiting AND lease_until > p_now);
    SELECT g INTO free FROM generate_series(1, c.max_in_flight) g
      WHERE NOT EXISTS (SELECT FROM connection_slot cs WHERE cs.connection_id = p_connection AND cs.slot = g AND cs.lease_until > p_now)
      ORDER BY g LIMIT 1;
    EXIT WHEN free IS NULL;
    INSERT INTO connection_slot (connection_id, slot, verification_id, reserved, lease_until)
      VALUES (p_connection, free, waiting, true, p_now + make_interval(secs => p_reserve_ms / 1000.0))
      ON CONFLICT (connection_id, slot) DO UPDATE SET verification_id = waiting, reserved = true, lease_until = EXCLUDED.lease_until;
    RETURN NEXT waiting;
  END LOOP;
END $function$

CREATE OR REPLACE FUNCTION public.settle_permit(p_connection text, p_slot integer, p_verification text, p_outcome text, p_duration_ms integer, p_retry_after_ms integer, p_failures_to_open integer, p_failure_window_ms integer, p_probe_every_ms integer, p_now timestamp with time zone)
 RETURNS TABLE(breaker text, opened boolean, closed boolean)
 LANGUAGE plpgsql
AS $function$
#variable_conflict use_column
DECLARE
  s connection_state%ROWTYPE;
  fresh boolean;
BEGIN
  SELECT * INTO s FROM connection_state WHERE connection_id = p_connection FOR UPDATE;
  DELETE FROM connection_slot WHERE connection_id = p_connection AND connection_slot.slot = p_slot AND verification_id = p_verification;
  IF p_outcome IS NULL THEN
    RETURN QUERY SELECT s.breaker, false, false; RETURN;
  END IF;
  INSERT INTO connection_outcome (connection_id, at, outcome, duration_ms) VALUES (p_connection, p_now, p_outcome, p_duration_ms);

  IF s.suspected_at IS NOT NULL AND p_outcome <> 'answered' THEN
    IF s.breaker = 'half_open' THEN
      UPDATE connection_state cs SET breaker = 'open', fruitless_probes = s.fruitless_probes + 1,
        probe_at = p_now + make_interval(secs => p_probe_every_ms / 1000.0 * 2 ^ least(s.fruitless_probes, 5))
        WHERE cs.connection_id = p_connection;
    END IF;
    RETURN QUERY SELECT 'open', false, false; RETURN;
  END IF;

  IF p_outcome = 'throttled' THEN
    UPDATE connection_state cs SET next_send_at = greatest(coalesce(cs.next_send_at, p_now), p_now + make_interval(secs => coalesce(p_retry_after_ms, 1000) / 1000.0)),
      breaker = CASE WHEN s.breaker = 'half_open' THEN 'closed' ELSE s.breaker END
      WHERE cs.connection_id = p_connection;
    RETURN QUERY SELECT CASE WHEN s.breaker = 'half_open' THEN 'closed' ELSE s.breaker END, false, s.breaker = 'half_open'; RETURN;
  END IF;

  IF p_outcome = 'useless' THEN
    UPDATE connection_state cs SET breaker = 'open', probe_at = p_now + make_interval(secs => p_probe_every_ms / 1000.0)
      WHERE cs.connection_id = p_connection AND cs.breaker = 'half_open';
    RETURN QUERY SELECT CASE WHEN s.breaker <> 'closed' THEN 'open' ELSE 'closed' END, false, false; RETURN;
  END IF;

  IF p_outcome <> 'down' THEN
    UPDATE connection_state cs SET breaker = 'closed', failures = 0, first_failure_at = NULL, opened_at = NULL, probe_at = NULL, suspected_at = NULL, fruitless_probes = 0
      WHERE cs.connection_id = p_connection AND (cs.breaker <> 'closed' OR cs.failures > 0);
    RETURN QUERY SELECT 'closed', false, s.breaker <> 'closed'; RETURN;
  END IF;

  fresh := s.first_failure_at IS NULL OR s.first_failure_at < p_now - make_interval(secs => p_failure_window_ms / 1000.0);
  IF s.breaker <> 'closed' OR (CASE WHEN fresh THEN 1 ELSE s.failures + 1 END) >= p_failures_to_open THEN
    UPDATE connection_state cs SET breaker = 'open', failures = 0, first_failure_at = NULL, opened_at = coalesce(cs.opened_at, p_now),
      probe_at = p_now + make_interval(secs => p_probe_every_ms / 1000.0) WHERE cs.connection_id = p_connection;
    RETURN QUERY SELECT 'open', s.breaker = 'closed', false; RETURN;
  END IF;
  UPDATE connection_state cs SET failures = CASE WHEN fresh THEN 1 ELSE cs.failures + 1 END,
    first_failure_at = CASE WHEN fresh THEN p_now ELSE cs.first_failure_at END WHERE cs.connection_id = p_connection;
  RETURN QUERY SELECT 'closed', false, false;
END $function$

CREATE OR REPLACE FUNCTION public.suspect_outage(p_connection text, p_probe_every_ms integer, p_now timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
BEGIN
  INSERT INTO connection_state (connection_id) VALUES (p_connection) ON CONFLICT DO NOTHING;
  UPDATE connection_state SET suspected_at = p_now, fruitless_probes = 0, breaker = 'open', failures = 0, first_failure_at = NULL,
    opened_at = coalesce(opened_at, p_now), probe_at = p_now + make_interval(secs => p_probe_every_ms / 1000.0)
    WHERE connection_id = p_connection AND suspected_at IS NULL;
  RETURN FOUND;
END $function$

CREATE OR REPLACE FUNCTION public.take_permit(p_connection text, p_verification text, p_lease_ms integer, p_patience_ms integer, p_bulk boolean, p_now timestamp with time zone)
 RETURNS TABLE(kind text, slot integer, delay_ms integer, is_probe boolean)
 LANGUAGE plpgsql
AS $function$
#variable_conflict use_column
DECLARE
  c payer_connection%ROWTYPE;
  s connection_state%ROWTYPE;
  free integer;
  send_at timestamptz;
  patience_ms integer := p_patience_ms;
  lease timestamptz := p_now + make_interval(secs => p_lease_ms / 1000.0);
BEGIN
  SELECT * INTO s FROM connection_state WHERE connection_id = p_connection FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO connection_state (connection_id) VALUES (p_connection) ON CONFLICT DO NOTHING;
    SELECT * INTO s FROM connection_state WHERE connection_id = p_connection FOR UPDATE;
  END IF;
  SELECT * INTO c FROM payer_connection WHERE id = p_connection;
  IF c.paused_at IS NOT NULL THEN
    RETURN QUERY SELECT 'paused', NULL::integer, NULL::integer, false; RETURN;
  END IF;
  IF s.breaker <> 'closed' AND s.probe_at > p_now THEN
    RETURN QUERY SELECT 'open', NULL::integer, ceil(extract(epoch FROM s.probe_at - p_now) * 1000)::integer, false; RETURN;
  END IF;

  SELECT cs.slot INTO free FROM connection_slot cs
    WHERE cs.connection_id = p_connection AND cs.verification_id = p_verification AND cs.reserved AND cs.lease_until > p_now LIMIT 1;
  IF free IS NULL AND p_bulk AND (s.people_wait_since IS NOT NULL OR bulk_slots(c.max_in_flight) <=
      (SELECT count(*) FROM connection_slot cs WHERE cs.connection_id = p_connection AND cs.bulk AND cs.lease_until > p_now)) THEN
    RETURN QUERY SELECT 'busy', NULL::integer, NULL::integer, false; RETURN;
  END IF;
  IF free IS NULL THEN
    free := free_slot(p_connection, c.max_in_flight, p_now);
  END IF;
  IF free IS NULL THEN
    IF NOT p_bulk THEN
      UPDATE connection_state SET people_wait_since = p_now WHERE connection_id = p_connection;
    END IF;
    RETURN QUERY SELECT 'busy', NULL::integer, NULL::integer, false; RETURN;
  END IF;

  IF p_bulk THEN
    patience_ms := CASE WHEN c.per_minute IS NULL THEN 0 ELSE least(p_patience_ms, ceil(61200.0 / c.per_minute)::integer) END;
  END IF;
  send_at := p_now;
  IF c.per_minute IS NOT NULL OR s.next_send_at > p_now THEN
    send_at := greatest(coalesce(s.next_send_at, p_now), p_now);
    IF send_at - p_now > make_interval(secs => patience_ms / 1000.0) THEN
      DELETE FROM connection_slot cs WHERE cs.connection_id = p_connection AND cs.verification_id = p_verification AND cs.reserved;
      RETURN QUERY SELECT 'paced', NULL::integer, ceil(extract(epoch FROM send_at - p_now) * 1000)::integer, false; RETURN;
    END IF;
    IF c.per_minute IS NOT NULL THEN
      UPDATE connection_state SET next_send_at = send_at + make_interval(secs => 61.2 / c.per_minute) WHERE connection_id = p_connection;
    END IF;
  END IF;

  INSERT INTO connection_slot (connection_id, slot, verification_id, reserved, bulk, lease_until)
    VALUES (p_connection, free, p_verification, false, p_bulk, lease)
    ON CONFLICT (connection_id, slot) DO UPDATE SET verification_id = p_verification, reserved = false, bulk = p_bulk, lease_until = lease;
  IF s.breaker <> 'closed' THEN
    -- exactly one probe: the next one may be made when this one's lease has run out
    UPDATE connection_state SET breaker = 'half_open', probe_at = lease WHERE connection_id = p_connection;
  END IF;
  RETURN QUERY SELECT 'granted', free, ceil(extract(epoch FROM send_at - p_now) * 1000)::integer, s.breaker <> 'closed';
END $function$

CREATE OR REPLACE FUNCTION public.tally_exchange()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
DECLARE
  bucket integer := 1 + width_bucket(NEW.duration_ms - 1, ARRAY[250, 500, 1000, 2000, 4000, 8000, 15000, 20000, 30000, 60000, 110000]);
  cost integer := coalesce((SELECT cost_cents FROM payer_connection WHERE id = NEW.connection_id), 0);
BEGIN
  INSERT INTO connection_tally (connection_id, outcome, exchanges, duration_ms, by_duration, cost_cents)
    VALUES (NEW.connection_id, NEW.outcome, 0, 0, array_fill(0::bigint, ARRAY[12]), 0) ON CONFLICT DO NOTHING;
  UPDATE connection_tally SET exchanges = exchanges + 1, duration_ms = duration_ms + NEW.duration_ms,
    by_duration[bucket] = by_duration[bucket] + 1, cost_cents = connection_tally.cost_cents + cost
    WHERE connection_id = NEW.connection_id AND outcome = NEW.outcome;
  RETURN NULL;
END $function$

CREATE OR REPLACE FUNCTION public.tell_of_move()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  IF NOT EXISTS (SELECT FROM webhook_endpoint WHERE facility_id = NEW.facility_id AND deleted_at IS NULL) THEN
    RETURN NULL;
  END IF;
  PERFORM tell_webhooks(NEW, 'verification.updated');
  IF NEW.status = OLD.status THEN
    RETURN NULL;
  END IF;
  IF NEW.status IN ('verified', 'inactive', 'not_found', 'failed', 'cancelled') THEN
    PERFORM tell_webhooks(NEW, 'verification.completed');
  ELSIF NEW.status IN ('needs_information', 'needs_consent', 'needs_call') THEN
    PERFORM tell_webhooks(NEW, 'verification.needs_attention');
  END IF;
  RETURN NULL;
END $function$

CREATE OR REPLACE FUNCTION public.tell_webhooks(told verification, happened text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
DECLARE
  told_id text := 'evt_' || replace(gen_random_uuid()::text, '-', '');
BEGIN
  INSERT INTO webhook_event (id, facility_id, verification_id, type, status, round, version, at)
    SELECT told_id, told.facility_id, told.id, happened, told.status, told.round, told.version, told.updated_at
    WHERE EXISTS (SELECT FROM webhook_endpoint e
      WHERE e.facility_id = told.facility_id AND e.deleted_at IS NULL AND happened = ANY (e.events));
  INSERT INTO webhook_delivery (id, facility_id, endpoint_id, event_id, verification_id, type, asked_at, next_try_at, created_at)
    SELECT 'whd_' || replace(gen_random_uuid()::text, '-', ''), told.facility_id, e.id, told_id, told.id, happened,
      told.updated_at, told.updated_at, told.updated_at
    FROM webhook_endpoint e
    WHERE e.facility_id = told.facility_id AND e.deleted_at IS NULL AND e.disabled_at IS NULL AND happened = ANY (e.events);
END $function$


-- grants
INSERT, SELECT, UPDATE on admission_request to openvob_app
DELETE on admission_request to openvob_keeper
INSERT, SELECT on answer to openvob_app
DELETE on answer to openvob_keeper
INSERT, SELECT, UPDATE on api_key to openvob_app
DELETE, INSERT, SELECT on attachment to openvob_app
INSERT, SELECT on attendance_record to openvob_app
DELETE on attendance_record to openvob_keeper
INSERT, SELECT on audit_entry to openvob_app
INSERT, SELECT on audit_seal to openvob_app
DELETE, INSERT, SELECT on audit_unsealed to openvob_app
INSERT, SELECT on authorization_record to openvob_app
DELETE on authorization_record to openvob_keeper
DELETE, INSERT, SELECT, UPDATE on batch to openvob_app
INSERT, SELECT, UPDATE on batch_row to openvob_app
DELETE on batch_row to openvob_keeper
INSERT, SELECT on call_record to openvob_app
DELETE on call_record to openvob_keeper
INSERT, SELECT on call_review to openvob_app
DELETE on call_review to openvob_keeper
INSERT, SELECT, UPDATE on canary to openvob_app
DELETE, INSERT, SELECT on connection_outcome to openvob_app
DELETE, INSERT, SELECT, UPDATE on connection_slot to openvob_app
INSERT, SELECT, UPDATE on connection_state to openvob_app
INSERT, SELECT, UPDATE on connection_tally to openvob_app
INSERT, SELECT, UPDATE on connection_turn to openvob_app
SELECT on connection_turn to openvob_upkeep
INSERT, SELECT, UPDATE on consent to openvob_app
DELETE on consent to openvob_keeper
DELETE, INSERT, SELECT, UPDATE on coverage to openvob_app
DELETE on coverage to openvob_keeper
INSERT, SELECT on data_key to openvob_app
INSERT, SELECT on directory_change to openvob_app
INSERT, SELECT on disclosure to openvob_app
DELETE, INSERT, SELECT, UPDATE on draft to openvob_app
INSERT, SELECT, UPDATE on emergency_access to openvob_app
INSERT, SELECT on erasure to openvob_app
INSERT, SELECT, UPDATE on facility to openvob_app
INSERT, SELECT, UPDATE on facility_letterhead to openvob_app
INSERT, SELECT, UPDATE on ground to openvob_app
DELETE on ground to openvob_keeper
DELETE, INSERT, SELECT on idempotency_record to openvob_app
DELETE on idempotency_record to openvob_keeper
DELETE, INSERT, SELECT on identity to openvob_app
INSERT, SELECT, UPDATE on identity_provider to openvob_app
INSERT, SELECT, UPDATE on inquiry to openvob_app
DELETE on inquiry to openvob_keeper
INSERT on installation_audit_entry to openvob_app
SELECT on installation_audit_entry to openvob_upkeep
INSERT, SELECT on installation_audit_seal to openvob_app
SELECT on installation_audit_seal to openvob_upkeep
DELETE, INSERT, SELECT on installation_audit_unsealed to openvob_app
INSERT, SELECT on installation_data_key to openvob_app
INSERT, SELECT on intake_delivery to openvob_app
DELETE on intake_delivery to openvob_keeper
INSERT, SELECT, UPDATE on intake_source to openvob_app
DELETE, INSERT, SELECT, UPDATE on key_rewrite to openvob_app
SELECT on key_rewrite to openvob_keeper
DELETE, INSERT, SELECT, UPDATE on known_device to openvob_app
INSERT, SELECT on legal_hold to openvob_app
DELETE on legal_hold to openvob_keeper
INSERT, SELECT, UPDATE on membership to openvob_app
INSERT, SELECT, UPDATE on one_time_link to openvob_app
DELETE, INSERT, SELECT, UPDATE on outgoing_mail to openvob_app
INSERT, SELECT on patient to openvob_app
INSERT, SELECT on patient_move to openvob_app
INSERT, SELECT on patient_request to openvob_app
INSERT, SELECT, UPDATE on payer to openvob_app
DELETE, INSERT, SELECT, UPDATE on payer_administrator to openvob_app
INSERT, SELECT, UPDATE on payer_connection to openvob_app
DELETE, INSERT, SELECT, UPDATE on payer_identifier to openvob_app
DELETE, INSERT, SELECT, UPDATE on payer_name to openvob_app
DELETE, INSERT, SELECT, UPDATE on payer_phone to openvob_app
INSERT, SELECT, UPDATE on person to openvob_app
INSERT, SELECT, UPDATE on program to openvob_app
DELETE, INSERT, SELECT, UPDATE on rate to openvob_app
DELETE, INSERT, SELECT, UPDATE on rate_window to openvob_app
DELETE, INSERT, SELECT, UPDATE on recovery_code to openvob_app
INSERT, SELECT on remittance_record to openvob_app
DELETE on remittance_record to openvob_keeper
INSERT, SELECT, UPDATE on result to openvob_app
DELETE on result to openvob_keeper
DELETE, INSERT, SELECT on saved_view to openvob_app
INSERT, SELECT, UPDATE on service_type_memory to openvob_app
DELETE, INSERT, SELECT, UPDATE on session to openvob_app
DELETE, INSERT, SELECT, UPDATE on sign_in_throttle to openvob_app
SELECT on status_move to openvob_app
INSERT, SELECT, UPDATE on verification to openvob_app
DELETE on verification to openvob_keeper
INSERT, SELECT on verification_note to openvob_app
DELETE on verification_note to openvob_keeper
INSERT, SELECT on webhook_delivery to openvob_app
DELETE on webhook_delivery to openvob_keeper
INSERT, SELECT on webhook_endpoint to openvob_app
INSERT, SELECT on webhook_event to openvob_app
DELETE on webhook_event to openvob_keeper
DELETE, INSERT, SELECT, UPDATE on worker_process to openvob_app
INSERT, SELECT, UPDATE on worker_tally to openvob_app

-- column grants
SELECT (action, actor_id, actor_kind, at, detail, id, subject_id) on installation_audit_entry to openvob_upkeep
SELECT (asked_at, endpoint_id, facility_id, id, next_try_at) on webhook_delivery to openvob_upkeep
SELECT (attempts, bulk, created_at, facility_id, id, lease_until, needed_by, next_look_at, next_recheck_at, payer_id, priority, round, status, updated_at, waiting_for_connection) on verification to openvob_upkeep
SELECT (busy_until, facility_id, finished_at, id, received_at) on batch to openvob_upkeep
SELECT (connection_id, facility, turn) on connection_turn to openvob_upkeep
SELECT (deleted_at, disabled_at, facility_id, failing_since, id, not_before) on webhook_endpoint to openvob_upkeep
SELECT (entry_id, hash, position, sealed_at) on installation_audit_seal to openvob_upkeep
SELECT (facility_id, written_at) on audit_unsealed to openvob_upkeep
SELECT (id, rechecks) on facility to openvob_upkeep
SELECT (payer_id, round, verification_id) on inquiry to openvob_upkeep
SELECT (written_at) on installation_audit_unsealed to openvob_upkeep

-- status moves
asking_payer -> asking_payer
asking_payer -> cancelled
asking_payer -> failed
asking_payer -> inactive
asking_payer -> needs_call
asking_payer -> needs_consent
asking_payer -> needs_information
asking_payer -> not_found
asking_payer -> verified
asking_payer -> waiting_for_payer
failed -> cancelled
failed -> failed
failed -> inactive
failed -> needs_call
failed -> queued
failed -> verified
failed -> waiting_for_payer
inactive -> cancelled
inactive -> inactive
inactive -> needs_call
inactive -> queued
inactive -> verified
needs_call -> cancelled
needs_call -> inactive
needs_call -> needs_call
needs_call -> queued
needs_call -> verified
needs_consent -> cancelled
needs_consent -> needs_consent
needs_consent -> queued
needs_information -> cancelled
needs_information -> inactive
needs_information -> needs_call
needs_information -> needs_information
needs_information -> queued
needs_information -> verified
needs_information -> waiting_for_payer
not_found -> cancelled
not_found -> inactive
not_found -> needs_call
not_found -> not_found
not_found -> queued
not_found -> verified
not_found -> waiting_for_payer
queued -> asking_payer
queued -> cancelled
queued -> needs_consent
received -> asking_payer
received -> cancelled
received -> needs_consent
received -> queued
verified -> cancelled
verified -> inactive
verified -> needs_call
verified -> queued
verified -> verified
waiting_for_payer -> asking_payer
waiting_for_payer -> cancelled
waiting_for_payer -> inactive
waiting_for_payer -> needs_consent
waiting_for_payer -> verified
waiting_for_payer -> waiting_for_payer
