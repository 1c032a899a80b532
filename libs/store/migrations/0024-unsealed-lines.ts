import type { MigrationInterface, QueryRunner } from 'typeorm';

const waiting = ['audit_unsealed', 'installation_audit_unsealed'];

/** For how long lines of the trails have waited to be linked is told to operations; a patient's moves are found from the patient too. */
export class UnsealedLines1700000000024 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of waiting) {
      await runner.query(`ALTER TABLE ${table} ADD COLUMN written_at timestamptz NOT NULL DEFAULT now()`);
      await runner.query(`GRANT SELECT (written_at) ON ${table} TO openvob_upkeep`);
    }
    await runner.query('CREATE INDEX patient_move_by_patient ON patient_move (to_patient_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX patient_move_by_patient');
    for (const table of waiting) {
      await runner.query(`REVOKE SELECT (written_at) ON ${table} FROM openvob_upkeep`);
      await runner.query(`ALTER TABLE ${table} DROP COLUMN written_at`);
    }
  }
}
