import type { MigrationInterface, QueryRunner } from 'typeorm';

const before = ['inquiry', 'export', 'document', 'webhook'];

/** A call to a payer about a patient tells it as much as an inquiry does. */
export class PhoneDisclosures1700000000031 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE disclosure DROP CONSTRAINT disclosure_how_check,
      ADD CONSTRAINT disclosure_how_check CHECK (how IN (${listed([...before, 'phone'])}))`);
  }

  /** What is on the account stays on it. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE disclosure DROP CONSTRAINT disclosure_how_check,
      ADD CONSTRAINT disclosure_how_check CHECK (how IN (${listed(before)})) NOT VALID`);
  }
}

function listed(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(', ');
}
