import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Facility tables: separated by row-level security, forced on the owner too. */
const facilityTables = [
  'facility',
  'api_key',
  'intake_source',
  'program',
  'rate',
  'verification',
  'admission_request',
  'coverage',
  'consent',
  'inquiry',
  'answer',
  'result',
  'idempotency_record',
  'intake_delivery',
  'audit_entry',
];

/**
 * Two roles without log-in rights of their own (the log-in is granted at migration time):
 * `openvob_app` does everything inside one facility; `openvob_upkeep` sees ids and states across facilities, for the sweep.
 */
const roles = `
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'openvob_app') THEN CREATE ROLE openvob_app NOINHERIT; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'openvob_upkeep') THEN CREATE ROLE openvob_upkeep; END IF;
END $$;
ALTER ROLE openvob_app NOINHERIT NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
GRANT openvob_upkeep TO openvob_app;
GRANT USAGE ON SCHEMA public TO openvob_app, openvob_upkeep;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
`;

const tables = `
CREATE TABLE facility (
  id text PRIMARY KEY,
  name text NOT NULL,
  time_zone text NOT NULL,
  npi text NOT NULL CHECK (npi ~ '^[0-9]{10}$'),
  taxonomy_code text,
  created_at timestamptz NOT NULL
);

CREATE TABLE api_key (
  id text PRIMARY KEY,
  facility_id text NOT NULL REFERENCES facility,
  name text NOT NULL,
  role text NOT NULL,
  key_hash bytea NOT NULL UNIQUE,
  created_at timestamptz NOT NULL,
  expires_at timestamptz,
  revoked_at timestamptz
);

CREATE TABLE intake_source (
  id text PRIMARY KEY,
  facility_id text NOT NULL REFERENCES facility,
  name text NOT NULL,
  secrets bytea NOT NULL,
  created_at timestamptz NOT NULL,
  revoked_at timestamptz
);

CREATE TABLE program (
  id text PRIMARY KEY,
  facility_id text NOT NULL REFERENCES facility,
  name text NOT NULL,
  description jsonb NOT NULL,
  plan jsonb NOT NULL,
  on_first_day jsonb NOT NULL DEFAULT '[]',
  created_at timestamptz NOT NULL,
  withdrawn_at timestamptz
);
CREATE INDEX program_by_facility ON program (facility_id, name);

CREATE TABLE payer (
  id text PRIMARY KEY,
  name text NOT NULL,
  aliases text[] NOT NULL DEFAULT '{}',
  member_id_prefixes text[] NOT NULL DEFAULT '{}',
  phone text,
  search_text text NOT NULL,
  created_at timestamptz NOT NULL,
  withdrawn_at timestamptz
);
CREATE INDEX payer_search ON payer USING gin (search_text gin_trgm_ops);

CREATE TABLE payer_connection (
  id text PRIMARY KEY,
  payer_id text NOT NULL REFERENCES payer,
  adapter text NOT NULL,
  payer_reference text NOT NULL,
  endpoint_url text NOT NULL,
  settings jsonb NOT NULL DEFAULT '{}',
  credentials bytea,
  timeout_ms integer NOT NULL CHECK (timeout_ms BETWEEN 1000 AND 110000),
  preference integer NOT NULL DEFAULT 1,
  cost_cents integer CHECK (cost_cents >= 0),
  disabled_at timestamptz
);
CREATE INDEX payer_connection_by_payer ON payer_connection (payer_id, preference);

CREATE TABLE rate (
  id text PRIMARY KEY,
  facility_id text NOT NULL REFERENCES facility,
  payer_id text REFERENCES payer,
  network text NOT NULL CHECK (network IN ('in', 'out', 'self_pay')),
  code text NOT NULL,
  allowed_cents integer NOT NULL CHECK (allowed_cents >= 0),
  charge_cents integer CHECK (charge_cents >= 0),
  included_in text,
  source text NOT NULL
);
CREATE INDEX rate_by_facility ON rate (facility_id, payer_id);

CREATE TABLE status_move (
  from_status text NOT NULL,
  to_status text NOT NULL,
  PRIMARY KEY (from_status, to_status)
);

CREATE TABLE verification (
  id text PRIMARY KEY,
  facility_id text NOT NULL REFERENCES facility,
  version integer NOT NULL,
  round integer NOT NULL CHECK (round >= 1),
  -- counts the corrections of the request: what was answered before one is not reused after it
  request_version integer NOT NULL DEFAULT 1,
  status text NOT NULL,
  reason text,
  needs jsonb NOT NULL DEFAULT '[]',
  reference bytea,
  reference_index bytea,
  assignee text,
  priority text NOT NULL CHECK (priority IN ('caller_waiting', 'today', 'routine')),
  needed_by timestamptz,
  program_id text REFERENCES program,
  start_date date,
  payer_id text REFERENCES payer,
  via text,
  good_until date,
  good_until_because text,
  attempts integer NOT NULL DEFAULT 0,
  first_unavailable_at timestamptz,
  next_look_at timestamptz,
  lease_holder text,
  lease_until timestamptz,
  created_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
);
CREATE INDEX verification_by_facility ON verification (facility_id, created_at DESC, id DESC);
CREATE INDEX verification_by_status ON verification (facility_id, status, created_at DESC, id DESC);
CREATE INDEX verification_by_payer ON verification (facility_id, payer_id, created_at DESC, id DESC);
CREATE INDEX verification_by_program ON verification (facility_id, program_id, created_at DESC, id DESC);
CREATE INDEX verification_by_assignee ON verification (facility_id, assignee, created_at DESC, id DESC) WHERE assignee IS NOT NULL;
CREATE INDEX verification_by_deadline ON verification (facility_id, needed_by) WHERE needed_by IS NOT NULL;
CREATE INDEX verification_by_reference ON verification (facility_id, reference_index) WHERE reference_index IS NOT NULL;
CREATE INDEX verification_by_need ON verification USING gin (needs jsonb_path_ops);
CREATE INDEX verification_to_look_at ON verification (next_look_at) WHERE next_look_at IS NOT NULL;

CREATE TABLE admission_request (
  verification_id text PRIMARY KEY REFERENCES verification,
  facility_id text NOT NULL REFERENCES facility,
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
  unusable bytea
);
CREATE INDEX admission_request_by_name ON admission_request (facility_id, patient_last_name_index);
CREATE INDEX admission_request_by_name_start ON admission_request (facility_id, patient_last_name_start_index);

CREATE TABLE coverage (
  verification_id text NOT NULL REFERENCES verification,
  position integer NOT NULL CHECK (position BETWEEN 0 AND 2),
  facility_id text NOT NULL REFERENCES facility,
  coverage_order text CHECK (coverage_order IN ('primary', 'secondary', 'tertiary')),
  payer_id text,
  payer_name bytea,
  member_id bytea,
  member_id_index bytea,
  group_number bytea,
  plan_name bytea,
  PRIMARY KEY (verification_id, position)
);
CREATE INDEX coverage_by_member ON coverage (facility_id, member_id_index);

CREATE TABLE consent (
  id text PRIMARY KEY,
  verification_id text NOT NULL REFERENCES verification,
  facility_id text NOT NULL REFERENCES facility,
  signed_on date NOT NULL,
  expires_on date,
  scope text NOT NULL CHECK (scope IN ('treatment_payment_operations', 'this_payer')),
  -- the payer that a consent for this_payer is for, from the first inquiry on
  payer_id text REFERENCES payer,
  recorded_at timestamptz NOT NULL,
  revoked_at timestamptz
);
CREATE INDEX consent_by_verification ON consent (verification_id);

CREATE TABLE inquiry (
  id text PRIMARY KEY,
  facility_id text NOT NULL REFERENCES facility,
  verification_id text NOT NULL REFERENCES verification,
  round integer NOT NULL,
  request_version integer NOT NULL,
  coverage_position integer NOT NULL,
  payer_id text NOT NULL REFERENCES payer,
  connection_id text NOT NULL REFERENCES payer_connection,
  service_type text NOT NULL,
  trace text NOT NULL UNIQUE,
  state text NOT NULL CHECK (state IN ('recorded', 'sent', 'answered')),
  sends integer NOT NULL DEFAULT 0,
  recorded_at timestamptz NOT NULL,
  sent_at timestamptz,
  answered_at timestamptz,
  cost_cents integer,
  UNIQUE (verification_id, round, request_version, coverage_position, connection_id, service_type)
);

CREATE TABLE answer (
  id text PRIMARY KEY,
  facility_id text NOT NULL REFERENCES facility,
  inquiry_id text NOT NULL REFERENCES inquiry,
  kind text NOT NULL,
  why text,
  received_at timestamptz NOT NULL,
  http_status integer,
  content bytea,
  raw_request bytea,
  raw_response bytea
);
CREATE INDEX answer_by_inquiry ON answer (inquiry_id, received_at);

CREATE TABLE result (
  verification_id text NOT NULL REFERENCES verification,
  round integer NOT NULL,
  facility_id text NOT NULL REFERENCES facility,
  decision bytea,
  estimate bytea,
  basis bytea,
  estimate_case bytea,
  worked_out_at timestamptz NOT NULL,
  PRIMARY KEY (verification_id, round)
);

CREATE TABLE idempotency_record (
  facility_id text NOT NULL REFERENCES facility,
  key_hash bytea NOT NULL,
  body_hash bytea NOT NULL,
  verification_id text NOT NULL REFERENCES verification,
  response bytea NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (facility_id, key_hash)
);

CREATE TABLE intake_delivery (
  source_id text NOT NULL REFERENCES intake_source,
  message_hash bytea NOT NULL,
  facility_id text NOT NULL REFERENCES facility,
  verification_id text NOT NULL REFERENCES verification,
  first_status text NOT NULL,
  received_at timestamptz NOT NULL,
  PRIMARY KEY (source_id, message_hash)
);

CREATE TABLE audit_entry (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  facility_id text NOT NULL REFERENCES facility,
  at timestamptz NOT NULL,
  actor_kind text NOT NULL,
  actor_id text NOT NULL,
  action text NOT NULL,
  subject_id text NOT NULL,
  detail jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_entry_by_subject ON audit_entry (facility_id, subject_id, id);
`;

const guards = `
CREATE FUNCTION guard_verification_update() RETURNS trigger LANGUAGE plpgsql AS $$
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
END $$;
CREATE TRIGGER verification_guard BEFORE UPDATE ON verification FOR EACH ROW EXECUTE FUNCTION guard_verification_update();

CREATE FUNCTION guard_verification_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status <> 'received' OR NEW.version <> 1 OR NEW.round <> 1 THEN
    RAISE EXCEPTION 'a verification begins as received, version 1, round 1' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER verification_begins BEFORE INSERT ON verification FOR EACH ROW EXECUTE FUNCTION guard_verification_insert();

CREATE FUNCTION announce_verification() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('verification_moved', NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER verification_announce AFTER UPDATE OF status ON verification
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION announce_verification();

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`;

/** A row is seen when its facility is the one of the transaction; the two look-ups that come before the facility is known see one exact row. */
function separation(): string {
  const facility = (column: string): string => `${column} = current_setting('openvob.facility_id', true)`;
  const policies = facilityTables.map((table) => {
    const column = table === 'facility' ? 'id' : 'facility_id';
    return `
ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
CREATE POLICY ${table}_own ON ${table} TO openvob_app USING (${facility(column)}) WITH CHECK (${facility(column)});`;
  });
  return `${policies.join('\n')}
CREATE POLICY api_key_look_up ON api_key FOR SELECT TO openvob_app
  USING (key_hash = decode(NULLIF(current_setting('openvob.api_key_hash', true), ''), 'hex'));
CREATE POLICY intake_source_look_up ON intake_source FOR SELECT TO openvob_app
  USING (id = NULLIF(current_setting('openvob.intake_source_id', true), ''));
CREATE POLICY verification_upkeep ON verification FOR SELECT TO openvob_upkeep USING (true);
`;
}

const grants = `
GRANT SELECT, INSERT, UPDATE ON facility, api_key, intake_source, program, payer, payer_connection, rate, verification,
  admission_request, coverage, consent, inquiry, result TO openvob_app;
GRANT SELECT, INSERT ON answer, audit_entry, intake_delivery TO openvob_app;
GRANT SELECT, INSERT, DELETE ON idempotency_record TO openvob_app;
GRANT DELETE ON rate, coverage TO openvob_app;
GRANT SELECT ON status_move TO openvob_app;
GRANT SELECT (id, facility_id, status, round, priority, next_look_at) ON verification TO openvob_upkeep;
`;

/** The moves of the lifecycle table as they stood when this migration was written; a test compares them with the code. */
const firstMoves: readonly (readonly [string, readonly string[]])[] = [
  ['received', ['queued', 'asking_payer', 'cancelled']],
  ['queued', ['asking_payer', 'cancelled']],
  [
    'asking_payer',
    [
      'needs_information',
      'needs_consent',
      'needs_call',
      'waiting_for_payer',
      'verified',
      'inactive',
      'not_found',
      'failed',
      'cancelled',
      'asking_payer',
    ],
  ],
  ['waiting_for_payer', ['asking_payer', 'cancelled']],
  ['needs_information', ['queued', 'cancelled']],
  ['needs_consent', ['queued', 'cancelled']],
  ['needs_call', ['queued', 'cancelled']],
  ['verified', ['queued', 'cancelled']],
  ['inactive', ['queued', 'cancelled']],
  ['not_found', ['queued', 'cancelled']],
  ['failed', ['queued', 'cancelled']],
];

export class Spine1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(roles);
    await runner.query(tables);
    await runner.query(guards);
    const rows = firstMoves.flatMap(([from, targets]) => targets.map((to) => `('${from}', '${to}')`));
    await runner.query(`INSERT INTO status_move VALUES ${rows.join(', ')}`);
    await runner.query(separation());
    await runner.query(grants);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `DROP TABLE ${[...facilityTables].reverse().join(', ')}, payer_connection, payer, status_move CASCADE`,
    );
    await runner.query(
      'DROP FUNCTION guard_verification_update, guard_verification_insert, announce_verification, refuse_change CASCADE',
    );
  }
}
