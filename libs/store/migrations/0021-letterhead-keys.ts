import type { MigrationInterface, QueryRunner } from 'typeorm';

const own = "facility_id = NULLIF(current_setting('openvob.facility_id', true), '')";

/** What is encrypted is brought under new keys by the keeper, which sees nothing else of a row. */
export class LetterheadKeys1700000000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE POLICY facility_letterhead_keeper ON facility_letterhead TO openvob_keeper USING (${own}) WITH CHECK (${own})`,
    );
    await runner.query(
      'GRANT SELECT (facility_id, content), UPDATE (content) ON facility_letterhead TO openvob_keeper',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'REVOKE SELECT (facility_id, content), UPDATE (content) ON facility_letterhead FROM openvob_keeper',
    );
    await runner.query('DROP POLICY facility_letterhead_keeper ON facility_letterhead');
  }
}
