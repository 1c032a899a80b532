import type { MigrationInterface, QueryRunner } from 'typeorm';

const own = "facility_id = NULLIF(current_setting('openvob.facility_id', true), '')";
const facilityTables = ['patient', 'patient_move', 'patient_request', 'legal_hold'];

const tables = `
-- one person over several verifications; who that is stands in their requests
CREATE TABLE patient (
  id text PRIMARY KEY,
  facility_id text NOT NULL REFERENCES facility,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL
);
ALTER TABLE verification ADD COLUMN patient_id text REFERENCES patient;
CREATE INDEX verification_by_patient ON verification (patient_id) WHERE patient_id IS NOT NULL;

-- whose a verification was said to be, each time somebody said so
CREATE TABLE patient_move (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  facility_id text NOT NULL REFERENCES facility,
  verification_id text NOT NULL,
  from_patient_id text,
  to_patient_id text NOT NULL,
  at timestamptz NOT NULL,
  moved_by text NOT NULL
);
CREATE INDEX patient_move_by_verification ON patient_move (verification_id, id);
CREATE TRIGGER patient_move_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON patient_move
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- what a patient asked for (45 CFR 164.524, 164.526, 164.528), and when it was answered
CREATE TABLE patient_request (
  id text PRIMARY KEY,
  facility_id text NOT NULL REFERENCES facility,
  patient_id text NOT NULL REFERENCES patient,
  kind text NOT NULL CHECK (kind IN ('access', 'correction', 'disclosures')),
  received_on date NOT NULL,
  content bytea,
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL,
  answered_at timestamptz,
  answered_by text
);
CREATE INDEX patient_request_by_patient ON patient_request (patient_id, recorded_at DESC);

-- days after which what rests is removed; without a figure it is kept
ALTER TABLE facility ADD COLUMN keep_days integer CHECK (keep_days BETWEEN 30 AND 36500);
CREATE INDEX verification_by_age ON verification (facility_id, updated_at);
CREATE TABLE legal_hold (
  id text PRIMARY KEY,
  facility_id text NOT NULL REFERENCES facility,
  verification_id text NOT NULL REFERENCES verification,
  reason bytea NOT NULL,
  placed_at timestamptz NOT NULL,
  placed_by text NOT NULL,
  lifted_at timestamptz,
  lifted_by text
);
CREATE UNIQUE INDEX legal_hold_in_force ON legal_hold (verification_id) WHERE lifted_at IS NULL;
GRANT SELECT, INSERT ON patient, patient_move, patient_request, legal_hold TO openvob_app;
GRANT UPDATE (answered_at, answered_by) ON patient_request TO openvob_app;
GRANT UPDATE (lifted_at, lifted_by) ON legal_hold TO openvob_app;

CREATE POLICY patient_request_keeper ON patient_request TO openvob_keeper USING (${own}) WITH CHECK (${own});
GRANT SELECT (facility_id, id, content), UPDATE (content) ON patient_request TO openvob_keeper;
CREATE POLICY legal_hold_keeper ON legal_hold TO openvob_keeper USING (${own}) WITH CHECK (${own});
GRANT SELECT (facility_id, id, reason), UPDATE (reason) ON legal_hold TO openvob_keeper;
`;

const separation = facilityTables
  .map(
    (table) => `
ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
CREATE POLICY ${table}_own ON ${table} TO openvob_app USING (${own}) WITH CHECK (${own});`,
  )
  .join('');

/** What goes with a verification, in the order of its removal. Its audit lines and its account of disclosures stay. */
const ofVerification = [
  ...['call_record', 'authorization_record', 'attendance_record', 'remittance_record', 'ground', 'result'],
  ...[
    'inquiry',
    'consent',
    'coverage',
    'admission_request',
    'idempotency_record',
    'intake_delivery',
    'batch_row',
    'legal_hold',
  ],
];

/** Tables on which the keeper has no policy yet. */
const unknownToKeeper = ['inquiry', 'intake_delivery'];

const removal = `
${unknownToKeeper
  .map((table) => `CREATE POLICY ${table}_keeper ON ${table} TO openvob_keeper USING (${own}) WITH CHECK (${own});`)
  .join('\n')}
${ofVerification.map((table) => `GRANT SELECT (facility_id, verification_id), DELETE ON ${table} TO openvob_keeper;`).join('\n')}
GRANT SELECT (id) ON inquiry TO openvob_keeper;
GRANT SELECT (inquiry_id), DELETE ON answer TO openvob_keeper;
GRANT DELETE ON verification TO openvob_keeper;
`;

export class Patients1700000000015 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [tables, separation, removal]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of unknownToKeeper) await runner.query(`DROP POLICY ${table}_keeper ON ${table}`);
    await runner.query('REVOKE SELECT (id) ON inquiry FROM openvob_keeper');
    await runner.query('REVOKE SELECT (inquiry_id), DELETE ON answer FROM openvob_keeper');
    await runner.query('REVOKE DELETE ON verification FROM openvob_keeper');
    for (const table of ofVerification)
      await runner.query(`REVOKE SELECT (verification_id), DELETE ON ${table} FROM openvob_keeper`);
    await runner.query('DROP TABLE legal_hold, patient_request, patient_move');
    await runner.query('ALTER TABLE verification DROP COLUMN patient_id');
    await runner.query('DROP TABLE patient');
    await runner.query('DROP INDEX verification_by_age');
    await runner.query('ALTER TABLE facility DROP COLUMN keep_days');
  }
}
