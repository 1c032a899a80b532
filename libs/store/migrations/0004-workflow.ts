import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = `
ALTER TABLE verification
  -- claims in a row that ran out without a move: their process died, or stood still for too long
  ADD COLUMN crashes integer NOT NULL DEFAULT 0 CHECK (crashes >= 0),
  -- a day on which to ask again by itself: the payer would not speak of a later date, or asked for patience
  ADD COLUMN recheck_on date,
  -- who was asked because another payer's answer named them
  ADD COLUMN chain jsonb NOT NULL DEFAULT '[]';
CREATE INDEX verification_to_recheck ON verification (recheck_on) WHERE recheck_on IS NOT NULL;

-- how an inquiry differs from what the card says; each variation is an inquiry of its own
ALTER TABLE inquiry
  ADD COLUMN variation text NOT NULL DEFAULT 'as_given',
  DROP CONSTRAINT inquiry_verification_id_round_request_version_coverage_posi_key,
  ADD CONSTRAINT inquiry_once UNIQUE
    (verification_id, round, request_version, coverage_position, connection_id, service_type, variation);

-- the group's where npi is the facility's own, or the reverse: asked with when a payer does not know the first
ALTER TABLE facility ADD COLUMN second_npi text CHECK (second_npi ~ '^[0-9]{10}$');

ALTER TABLE payer_connection
  -- variations of a person's data that this payer takes; null: those that its protocol usually takes
  ADD COLUMN variations text[],
  -- how long to wait before an inquiry without a reply is sent again; null: what its protocol asks for
  ADD COLUMN resend_after_ms integer CHECK (resend_after_ms >= 0);

-- what asking for a service type was worth at one connection, older experience counting less; no patient data
CREATE TABLE service_type_memory (
  connection_id text NOT NULL REFERENCES payer_connection ON DELETE CASCADE,
  service_type text NOT NULL,
  useful double precision NOT NULL CHECK (useful >= 0),
  nothing_new double precision NOT NULL CHECK (nothing_new >= 0),
  rejected double precision NOT NULL CHECK (rejected >= 0),
  learnt_at timestamptz NOT NULL,
  PRIMARY KEY (connection_id, service_type)
);
`;

const grants = `
GRANT SELECT, INSERT, UPDATE ON service_type_memory TO openvob_app;
GRANT SELECT (recheck_on) ON verification TO openvob_upkeep;
`;

export class Workflow1700000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [tables, grants]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE service_type_memory');
    await runner.query('ALTER TABLE payer_connection DROP COLUMN variations, DROP COLUMN resend_after_ms');
    await runner.query('ALTER TABLE facility DROP COLUMN second_npi');
    await runner.query(`DELETE FROM answer WHERE inquiry_id IN (SELECT id FROM inquiry WHERE variation <> 'as_given')`);
    await runner.query(`DELETE FROM inquiry WHERE variation <> 'as_given'`);
    await runner.query(`ALTER TABLE inquiry DROP CONSTRAINT inquiry_once, DROP COLUMN variation,
      ADD CONSTRAINT inquiry_verification_id_round_request_version_coverage_posi_key UNIQUE
      (verification_id, round, request_version, coverage_position, connection_id, service_type)`);
    await runner.query('ALTER TABLE verification DROP COLUMN crashes, DROP COLUMN recheck_on, DROP COLUMN chain');
  }
}
