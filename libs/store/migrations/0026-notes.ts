import type { MigrationInterface, QueryRunner } from 'typeorm';

const own = "facility_id = NULLIF(current_setting('openvob.facility_id', true), '')";

const table = `
-- what colleagues write to each other about a verification, with whom it was handed to where it was; added, never changed
CREATE TABLE verification_note (
  id text PRIMARY KEY,
  seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  facility_id text NOT NULL REFERENCES facility,
  verification_id text NOT NULL REFERENCES verification,
  written_at timestamptz NOT NULL,
  written_by text NOT NULL,
  handed_to text,
  content bytea NOT NULL
);
CREATE INDEX verification_note_by_verification ON verification_note (verification_id, seq);
CREATE TRIGGER verification_note_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON verification_note
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE verification_note ENABLE ROW LEVEL SECURITY;
ALTER TABLE verification_note FORCE ROW LEVEL SECURITY;
CREATE POLICY verification_note_own ON verification_note TO openvob_app USING (${own}) WITH CHECK (${own});
GRANT SELECT, INSERT ON verification_note TO openvob_app;
CREATE POLICY verification_note_keeper ON verification_note TO openvob_keeper USING (${own}) WITH CHECK (${own});
GRANT SELECT (facility_id, id, verification_id, content), UPDATE (content), DELETE ON verification_note TO openvob_keeper;
`;

export class Notes1700000000026 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE verification_note');
  }
}
