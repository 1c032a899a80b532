import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was disclosed before a verification turned out to be about another person stays on the former one's account. */
export class ReplacedPersons1700000000033 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE patient_move ADD COLUMN replaced boolean NOT NULL DEFAULT false`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE patient_move DROP COLUMN replaced`);
  }
}
