import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Upkeep sees whom a verification asked: what failed is found by each payer that was asked, not by the first coverage's alone. */
export class FailedInquiries1700000000039 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE POLICY inquiry_upkeep ON inquiry FOR SELECT TO openvob_upkeep USING (true)');
    await runner.query('GRANT SELECT (verification_id, round, payer_id) ON inquiry TO openvob_upkeep');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('REVOKE SELECT (verification_id, round, payer_id) ON inquiry FROM openvob_upkeep');
    await runner.query('DROP POLICY inquiry_upkeep ON inquiry');
  }
}
