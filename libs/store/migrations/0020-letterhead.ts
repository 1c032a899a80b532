import type { MigrationInterface, QueryRunner } from 'typeorm';

const table = `
-- what a facility puts on its documents: address, telephone, tax id, own sentences; encrypted, since a tax id can be a person's
CREATE TABLE facility_letterhead (
  facility_id text PRIMARY KEY REFERENCES facility,
  content bytea NOT NULL,
  updated_at timestamptz NOT NULL
);
ALTER TABLE facility_letterhead ENABLE ROW LEVEL SECURITY;
ALTER TABLE facility_letterhead FORCE ROW LEVEL SECURITY;
CREATE POLICY facility_letterhead_own ON facility_letterhead TO openvob_app
  USING (facility_id = current_setting('openvob.facility_id', true))
  WITH CHECK (facility_id = current_setting('openvob.facility_id', true));
GRANT SELECT, INSERT, UPDATE ON facility_letterhead TO openvob_app;
`;

export class Letterhead1700000000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(table);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE facility_letterhead');
  }
}
