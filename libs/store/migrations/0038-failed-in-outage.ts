import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who rested as failed because the payer knew no participant waits like everybody else once an outage is suspected. */
export class FailedInOutage1700000000038 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`INSERT INTO status_move VALUES ('failed', 'waiting_for_payer')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM status_move WHERE (from_status, to_status) IN (('failed', 'waiting_for_payer'))`);
  }
}
