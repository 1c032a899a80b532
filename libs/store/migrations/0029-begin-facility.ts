import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a facility's transaction begins with, in one statement that the server has prepared. */
export class BeginFacility1700000000029 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
CREATE FUNCTION begin_facility(p_facility text, OUT own text, OUT installation text) LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM set_config('openvob.facility_id', p_facility, true);
  own := (SELECT coalesce(sum(change), 0) FROM data_key WHERE facility_id = p_facility);
  installation := (SELECT coalesce(sum(change), 0) FROM installation_data_key);
END $$`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP FUNCTION begin_facility(text)');
  }
}
