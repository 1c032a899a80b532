import type { MigrationInterface, QueryRunner } from 'typeorm';

const own = "facility_id = NULLIF(current_setting('openvob.facility_id', true), '')";

const tables = `
-- elements of a consent (42 CFR 2.31) beside its dates and scope: what is disclosed, to whom and what for stand in details, encrypted
ALTER TABLE consent ADD COLUMN details bytea;
ALTER TABLE consent ADD COLUMN signed_how text CHECK (signed_how IN ('paper', 'electronic'));
ALTER TABLE consent ADD COLUMN signed_by text CHECK (signed_by IN ('patient', 'parent_or_guardian', 'personal_representative'));
ALTER TABLE consent ADD COLUMN recorded_by text;
ALTER TABLE consent ADD COLUMN revoked_by text;
ALTER TABLE consent ADD COLUMN revoked_how text CHECK (revoked_how IN ('written', 'spoken'));

-- what a payer is told about the provider where the facility does not want it to learn what is treated
ALTER TABLE facility ADD COLUMN minimum_inquiry boolean NOT NULL DEFAULT false;
ALTER TABLE facility ADD COLUMN inquiry_name text;
ALTER TABLE facility ADD COLUMN inquiry_npi text CHECK (inquiry_npi ~ '^[0-9]{10}$');

-- what left the facility about a patient, to whom and on what ground (42 CFR 2.24, 2.25; 45 CFR 164.528)
CREATE TABLE disclosure (
  id text PRIMARY KEY,
  seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  facility_id text NOT NULL REFERENCES facility,
  verification_id text NOT NULL,
  at timestamptz NOT NULL,
  how text NOT NULL CHECK (how IN ('inquiry', 'export', 'document', 'webhook')),
  basis text NOT NULL CHECK (basis IN ('consent', 'treatment_payment_operations', 'patient_request')),
  payer_id text REFERENCES payer,
  recipient bytea,
  purpose text NOT NULL,
  what text[] NOT NULL,
  consent_id text,
  notice text NOT NULL CHECK (notice IN ('full', 'short', 'none')),
  subject_id text NOT NULL,
  disclosed_by text NOT NULL
);
CREATE INDEX disclosure_by_verification ON disclosure (verification_id, seq DESC);
CREATE TRIGGER disclosure_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON disclosure
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE disclosure ENABLE ROW LEVEL SECURITY;
ALTER TABLE disclosure FORCE ROW LEVEL SECURITY;
CREATE POLICY disclosure_own ON disclosure TO openvob_app USING (${own}) WITH CHECK (${own});
GRANT SELECT, INSERT ON disclosure TO openvob_app;

CREATE POLICY disclosure_keeper ON disclosure TO openvob_keeper USING (${own}) WITH CHECK (${own});
GRANT SELECT (facility_id, id, recipient), UPDATE (recipient) ON disclosure TO openvob_keeper;
CREATE POLICY consent_keeper ON consent TO openvob_keeper USING (${own}) WITH CHECK (${own});
GRANT SELECT (facility_id, id, details), UPDATE (details) ON consent TO openvob_keeper;
`;

/** A consent that is revoked stops what is under way. */
const moves = ['received', 'queued', 'waiting_for_payer'];

export class Part21700000000014 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    for (const from of moves) await runner.query(`INSERT INTO status_move VALUES ('${from}', 'needs_consent')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM status_move WHERE to_status = 'needs_consent' AND from_status = ANY($1)`, [moves]);
    await runner.query('DROP TABLE disclosure; DROP POLICY consent_keeper ON consent');
    await runner.query('REVOKE SELECT (facility_id, id, details), UPDATE (details) ON consent FROM openvob_keeper');
    await runner.query(`ALTER TABLE consent DROP COLUMN details, DROP COLUMN signed_how, DROP COLUMN signed_by,
      DROP COLUMN recorded_by, DROP COLUMN revoked_by, DROP COLUMN revoked_how`);
    await runner.query(
      'ALTER TABLE facility DROP COLUMN minimum_inquiry, DROP COLUMN inquiry_name, DROP COLUMN inquiry_npi',
    );
  }
}
