import type { MigrationInterface, QueryRunner } from 'typeorm';

const before = `'written', 'spoken'`;

/** A verification that turns out to be about another person leaves the consent of the first one behind. */
export class ConsentsOfOthers1700000000032 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE consent DROP CONSTRAINT consent_revoked_how_check,
      ADD CONSTRAINT consent_revoked_how_check CHECK (revoked_how IN (${before}, 'another_person'))`);
  }

  /** What ended so stays ended. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE consent DROP CONSTRAINT consent_revoked_how_check,
      ADD CONSTRAINT consent_revoked_how_check CHECK (revoked_how IN (${before})) NOT VALID`);
  }
}
