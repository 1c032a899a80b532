import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = `
ALTER TABLE facility
  -- re-checks are made between these minutes of its own day
  ADD COLUMN recheck_from_minute integer NOT NULL DEFAULT 120 CHECK (recheck_from_minute BETWEEN 0 AND 1439),
  ADD COLUMN recheck_until_minute integer NOT NULL DEFAULT 420 CHECK (recheck_until_minute <= 1440),
  ADD CONSTRAINT facility_recheck_hours CHECK (recheck_from_minute < recheck_until_minute);
-- facility by facility, so that one that has them switched off, or thousands due, holds up no other
DROP INDEX verification_recheck_due;
CREATE INDEX verification_recheck_due ON verification (facility_id, next_recheck_at) WHERE next_recheck_at IS NOT NULL;
DROP INDEX verification_to_recheck;
-- how many inquiries one verification takes lately
CREATE INDEX inquiry_of_connection ON inquiry (facility_id, connection_id, recorded_at);
CREATE POLICY facility_rechecks ON facility FOR SELECT TO openvob_upkeep USING (true);
GRANT SELECT (id, rechecks) ON facility TO openvob_upkeep;
REVOKE SELECT (recheck_on) ON verification FROM openvob_upkeep;
`;

export class Rechecks1700000000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('GRANT SELECT (recheck_on) ON verification TO openvob_upkeep');
    await runner.query('REVOKE SELECT (id, rechecks) ON facility FROM openvob_upkeep');
    await runner.query('DROP POLICY facility_rechecks ON facility');
    await runner.query(
      'CREATE INDEX verification_to_recheck ON verification (recheck_on) WHERE recheck_on IS NOT NULL',
    );
    await runner.query('DROP INDEX inquiry_of_connection');
    await runner.query('DROP INDEX verification_recheck_due');
    await runner.query(
      'CREATE INDEX verification_recheck_due ON verification (next_recheck_at) WHERE next_recheck_at IS NOT NULL',
    );
    await runner.query('ALTER TABLE facility DROP COLUMN recheck_from_minute, DROP COLUMN recheck_until_minute');
  }
}
