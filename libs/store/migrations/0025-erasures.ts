import type { MigrationInterface, QueryRunner } from 'typeorm';

const own = "facility_id = NULLIF(current_setting('openvob.facility_id', true), '')";

/** Patients whose records were removed for good, by ids alone: what is kept of them elsewhere, in backups, is found by these. */
export class Erasures1700000000025 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
CREATE TABLE erasure (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  facility_id text NOT NULL REFERENCES facility,
  patient_id text NOT NULL REFERENCES patient,
  verification_ids text[] NOT NULL,
  inquiry_ids text[] NOT NULL,
  at timestamptz NOT NULL,
  erased_by text NOT NULL
);
CREATE INDEX erasure_by_patient ON erasure (patient_id);
CREATE TRIGGER erasure_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON erasure
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE erasure ENABLE ROW LEVEL SECURITY;
ALTER TABLE erasure FORCE ROW LEVEL SECURITY;
CREATE POLICY erasure_own ON erasure TO openvob_app USING (${own}) WITH CHECK (${own});
GRANT SELECT, INSERT ON erasure TO openvob_app;
GRANT SELECT (patient_id) ON patient_request TO openvob_keeper;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('REVOKE SELECT (patient_id) ON patient_request FROM openvob_keeper');
    await runner.query('DROP TABLE erasure');
  }
}
