import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Encrypted columns and the hashes made from them, with the primary key, as they stood when this migration was written. */
const facilityColumns: Readonly<Record<string, { key: string; sealed: string }>> = {
  verification: { key: 'id', sealed: 'reference, reference_index' },
  admission_request: {
    key: 'verification_id',
    sealed: `patient_first_name, patient_middle_name, patient_last_name, patient_last_name_index, patient_last_name_start_index,
      patient_birth_date, patient_birth_date_index, patient_sex, patient_relationship, patient_phone, patient_email,
      subscriber_first_name, subscriber_last_name, subscriber_birth_date, admission, unusable`,
  },
  coverage: {
    key: 'verification_id, position',
    sealed: 'payer_name, member_id, member_id_index, group_number, plan_name',
  },
  answer: { key: 'id', sealed: 'content, raw_request, raw_response' },
  ground: { key: 'verification_id, round', sealed: 'content' },
  result: { key: 'verification_id, round', sealed: 'decision, estimate, basis, estimate_case, changes' },
  call_record: { key: 'id', sealed: 'content' },
  authorization_record: { key: 'id', sealed: 'content' },
  attendance_record: { key: 'id', sealed: 'content' },
  remittance_record: { key: 'id', sealed: 'content, summary' },
  idempotency_record: { key: 'key_hash', sealed: 'response' },
  batch_row: { key: 'batch_id, row_number', sealed: 'content' },
  intake_source: { key: 'id', sealed: 'secrets' },
  identity_provider: { key: 'id', sealed: 'client_secret' },
  emergency_access: { key: 'id', sealed: 'reason' },
};
const installationColumns: typeof facilityColumns = {
  person: { key: 'id', sealed: 'totp_secret' },
  outgoing_mail: { key: 'id', sealed: 'content' },
  payer_connection: { key: 'id', sealed: 'credentials' },
};

/** `openvob_keeper` brings ciphertexts under other keys and sees which keys there are, but of no facility more than its own transaction's. */
const role = `
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'openvob_keeper') THEN CREATE ROLE openvob_keeper; END IF;
END $$;
GRANT openvob_keeper TO openvob_app;
GRANT USAGE ON SCHEMA public TO openvob_keeper;
`;

const keyColumns = `
  purpose text NOT NULL CHECK (purpose IN ('fields', 'index', 'secret')),
  -- 0 stands for the key ring itself, which earlier versions encrypted under
  version integer NOT NULL CHECK (version >= 0),
  state text NOT NULL CHECK (state IN ('current', 'retiring', 'destroyed')),
  master_key text,
  wrapped bytea,
  created_at timestamptz NOT NULL,
  ended_at timestamptz,
  -- counts up with every change, so that each transaction notices it
  change bigint NOT NULL DEFAULT 0,
  CHECK (version = 0 OR (wrapped IS NULL) = (state = 'destroyed'))`;

const tables = `
CREATE SEQUENCE data_key_change;
CREATE TABLE data_key (
  facility_id text NOT NULL REFERENCES facility,${keyColumns},
  PRIMARY KEY (facility_id, purpose, version)
);
CREATE UNIQUE INDEX data_key_current ON data_key (facility_id, purpose) WHERE state = 'current';
CREATE TABLE installation_data_key (${keyColumns},
  PRIMARY KEY (purpose, version)
);
CREATE UNIQUE INDEX installation_data_key_current ON installation_data_key (purpose) WHERE state = 'current';

CREATE FUNCTION count_key_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.change := nextval('data_key_change');
  RETURN NEW;
END $$;
CREATE TRIGGER data_key_changes BEFORE INSERT OR UPDATE ON data_key FOR EACH ROW EXECUTE FUNCTION count_key_change();
CREATE TRIGGER installation_data_key_changes BEFORE INSERT OR UPDATE ON installation_data_key
  FOR EACH ROW EXECUTE FUNCTION count_key_change();

-- what a transaction compares with the keys that its process holds: a sum, since changes may be committed out of order
CREATE FUNCTION key_generations(OUT own text, OUT installation text) LANGUAGE plpgsql STABLE AS $$
BEGIN
  own := (SELECT coalesce(sum(change), 0) FROM data_key WHERE facility_id = current_setting('openvob.facility_id', true));
  installation := (SELECT coalesce(sum(change), 0) FROM installation_data_key);
END $$;

-- how far the rows of a facility (or the installation) have been brought under its current keys
CREATE TABLE key_rewrite (
  facility_id text NOT NULL,
  table_name text NOT NULL,
  after_row text[],
  looked_at bigint NOT NULL DEFAULT 0,
  rewritten bigint NOT NULL DEFAULT 0,
  began_at timestamptz NOT NULL,
  finished_at timestamptz,
  PRIMARY KEY (facility_id, table_name)
);

ALTER TABLE admission_request ADD COLUMN patient_birth_date_index bytea;
CREATE INDEX admission_request_by_birth_date ON admission_request (facility_id, patient_birth_date_index);

-- a record is never changed; the keeper's column grants let it put the same content under another key
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'openvob_keeper' THEN RETURN NULL; END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
`;

const formerRefusal = `
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
`;

const own = "facility_id = NULLIF(current_setting('openvob.facility_id', true), '')";

const separation = ['data_key', 'key_rewrite']
  .map(
    (table) => `
ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
CREATE POLICY ${table}_own ON ${table} TO openvob_app USING (${own}) WITH CHECK (${own});
CREATE POLICY ${table}_overview ON ${table} FOR SELECT TO openvob_keeper USING (true);`,
  )
  .join('');

function rewriting(): string {
  const facility = Object.entries(facilityColumns).map(
    ([table, { key, sealed }]) => `
CREATE POLICY ${table}_keeper ON ${table} TO openvob_keeper USING (${own}) WITH CHECK (${own});
GRANT SELECT (facility_id, ${key}, ${sealed}), UPDATE (${sealed}) ON ${table} TO openvob_keeper;`,
  );
  const installation = Object.entries(installationColumns).map(
    ([table, { key, sealed }]) => `
GRANT SELECT (${key}, ${sealed}), UPDATE (${sealed}) ON ${table} TO openvob_keeper;`,
  );
  const person = "current_setting('openvob.facility_id', true) = 'installation'";
  return `${[...facility, ...installation].join('')}
CREATE POLICY person_keeper ON person TO openvob_keeper USING (${person}) WITH CHECK (${person});`;
}

const grants = `
GRANT SELECT, INSERT ON data_key, installation_data_key TO openvob_app;
GRANT UPDATE (state, master_key, wrapped, ended_at) ON data_key, installation_data_key TO openvob_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON key_rewrite TO openvob_app;
GRANT USAGE ON SEQUENCE data_key_change TO openvob_app;
GRANT SELECT (facility_id, purpose, version, state, master_key, created_at, ended_at) ON data_key TO openvob_keeper;
GRANT SELECT ON key_rewrite TO openvob_keeper;
`;

export class DataKeys1700000000013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [role, tables, separation, rewriting(), grants]) await runner.query(sql);
  }

  /** Only before anything was encrypted under a data key: afterwards nothing else could read it. */
  async down(runner: QueryRunner): Promise<void> {
    for (const table of [...Object.keys(facilityColumns), 'person'])
      await runner.query(`DROP POLICY ${table}_keeper ON ${table}`);
    for (const table of [...Object.keys(facilityColumns), ...Object.keys(installationColumns)])
      await runner.query(`REVOKE ALL ON ${table} FROM openvob_keeper`);
    for (const [table, { key, sealed }] of Object.entries({ ...facilityColumns, ...installationColumns })) {
      const facility = table in facilityColumns ? 'facility_id, ' : '';
      await runner.query(
        `REVOKE SELECT (${facility}${key}, ${sealed}), UPDATE (${sealed}) ON ${table} FROM openvob_keeper`,
      );
    }
    await runner.query('ALTER TABLE admission_request DROP COLUMN patient_birth_date_index');
    await runner.query('DROP TABLE key_rewrite, installation_data_key, data_key');
    await runner.query('DROP FUNCTION key_generations, count_key_change');
    await runner.query('DROP SEQUENCE data_key_change');
    await runner.query(formerRefusal);
  }
}
