import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = `
-- the last job that was sent through each lane to see whether it comes out, and the last that came out
CREATE TABLE canary (
  lane text PRIMARY KEY,
  sent_at timestamptz NOT NULL,
  seen_sent_at timestamptz,
  seen_at timestamptz
);

-- worker processes that live: each says so every few seconds
CREATE TABLE worker_process (
  id text PRIMARY KEY,
  started_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL
);

-- what worker processes counted, added up over all of them, those that have ended included
CREATE TABLE worker_tally (
  metric text NOT NULL,
  labels jsonb NOT NULL,
  value double precision NOT NULL,
  PRIMARY KEY (metric, labels)
);

-- exchanges of each connection since it was made: how they ended, how long they took, what they cost
CREATE TABLE connection_tally (
  connection_id text NOT NULL REFERENCES payer_connection ON DELETE CASCADE,
  outcome text NOT NULL,
  exchanges bigint NOT NULL,
  duration_ms bigint NOT NULL,
  -- exchanges by duration: up to 250 ms, 500 ms, 1, 2, 4, 8, 15, 20, 30, 60, 110 s, and longer
  by_duration bigint[] NOT NULL,
  cost_cents bigint NOT NULL,
  PRIMARY KEY (connection_id, outcome)
);

CREATE INDEX verification_tally ON verification (status);
CREATE INDEX verification_in_queue ON verification (priority, updated_at) WHERE status IN ('received', 'queued');
`;

/** Whoever settles an exchange holds its connection's state locked already, so that this row makes nobody wait longer. */
const tally = `
CREATE FUNCTION tally_exchange() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  bucket integer := 1 + width_bucket(NEW.duration_ms - 1, ARRAY[250, 500, 1000, 2000, 4000, 8000, 15000, 20000, 30000, 60000, 110000]);
  cost integer := coalesce((SELECT cost_cents FROM payer_connection WHERE id = NEW.connection_id), 0);
BEGIN
  INSERT INTO connection_tally (connection_id, outcome, exchanges, duration_ms, by_duration, cost_cents)
    VALUES (NEW.connection_id, NEW.outcome, 0, 0, array_fill(0::bigint, ARRAY[12]), 0) ON CONFLICT DO NOTHING;
  UPDATE connection_tally SET exchanges = exchanges + 1, duration_ms = duration_ms + NEW.duration_ms,
    by_duration[bucket] = by_duration[bucket] + 1, cost_cents = connection_tally.cost_cents + cost
    WHERE connection_id = NEW.connection_id AND outcome = NEW.outcome;
  RETURN NULL;
END $$;
CREATE TRIGGER connection_outcome_tally AFTER INSERT ON connection_outcome FOR EACH ROW EXECUTE FUNCTION tally_exchange();
`;

const grants = `
GRANT SELECT, INSERT, UPDATE ON canary, worker_tally, connection_tally TO openvob_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON worker_process TO openvob_app;
GRANT SELECT (updated_at, payer_id) ON verification TO openvob_upkeep;
`;

export class Operations1700000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [tables, tally, grants]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER connection_outcome_tally ON connection_outcome');
    await runner.query('DROP FUNCTION tally_exchange');
    await runner.query('DROP INDEX verification_tally, verification_in_queue');
    await runner.query('DROP TABLE canary, worker_process, worker_tally, connection_tally');
    await runner.query('REVOKE SELECT (updated_at, payer_id) ON verification FROM openvob_upkeep');
  }
}
