import type { MigrationInterface, QueryRunner } from 'typeorm';

const change = `
-- the first and the last day on which a price holds; without them it has always held, or has no end yet
ALTER TABLE rate
  ADD COLUMN from_date date,
  ADD COLUMN to_date date,
  ADD CONSTRAINT rate_dates_check CHECK (from_date IS NULL OR to_date IS NULL OR from_date <= to_date);
`;

export class RateDates1700000000028 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(change);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE rate DROP COLUMN from_date, DROP COLUMN to_date');
  }
}
