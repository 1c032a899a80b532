import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = `
ALTER TABLE payer_connection
  ADD COLUMN max_in_flight integer NOT NULL DEFAULT 10 CHECK (max_in_flight BETWEEN 1 AND 1000),
  ADD COLUMN per_minute integer CHECK (per_minute BETWEEN 1 AND 100000),
  ADD COLUMN paused_at timestamptz;

-- who asks over a connection right now; a lease that ran out is a slot that is free
CREATE TABLE connection_slot (
  connection_id text NOT NULL REFERENCES payer_connection ON DELETE CASCADE,
  slot integer NOT NULL,
  verification_id text NOT NULL,
  -- reserved: handed over to a verification that waited, and not yet taken up
  reserved boolean NOT NULL,
  lease_until timestamptz NOT NULL,
  PRIMARY KEY (connection_id, slot)
);

CREATE TABLE connection_state (
  connection_id text PRIMARY KEY REFERENCES payer_connection ON DELETE CASCADE,
  breaker text NOT NULL DEFAULT 'closed' CHECK (breaker IN ('closed', 'open', 'half_open')),
  failures integer NOT NULL DEFAULT 0,
  first_failure_at timestamptz,
  opened_at timestamptz,
  probe_at timestamptz,
  next_send_at timestamptz
);

-- one row an exchange, for latencies and for telling an outage from bad data; no patient data, kept for some weeks
CREATE TABLE connection_outcome (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  connection_id text NOT NULL REFERENCES payer_connection ON DELETE CASCADE,
  at timestamptz NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('answered', 'member_rejected', 'rejected', 'useless', 'throttled', 'down', 'configuration')),
  duration_ms integer NOT NULL
);
CREATE INDEX connection_outcome_recent ON connection_outcome (connection_id, at DESC);

ALTER TABLE verification ADD COLUMN waiting_for_connection text REFERENCES payer_connection;
CREATE INDEX verification_waiting ON verification
  (waiting_for_connection, (array_position(ARRAY['caller_waiting', 'today', 'routine'], priority)), needed_by, created_at)
  WHERE waiting_for_connection IS NOT NULL;
`;

/**
 * Rate, breaker and slots in one statement, serialised by the connection's state row: a permit to send, how long to wait before
 * sending, or why not now.
 */
const acquire = `
CREATE FUNCTION acquire_permit(p_connection text, p_verification text, p_lease_ms integer, p_patience_ms integer, p_now timestamptz)
RETURNS TABLE (kind text, slot integer, delay_ms integer, is_probe boolean) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  c payer_connection%ROWTYPE;
  s connection_state%ROWTYPE;
  free integer;
  send_at timestamptz;
  lease timestamptz := p_now + make_interval(secs => p_lease_ms / 1000.0);
BEGIN
  INSERT INTO connection_state (connection_id) VALUES (p_connection) ON CONFLICT DO NOTHING;
  SELECT * INTO s FROM connection_state WHERE connection_id = p_connection FOR UPDATE;
  SELECT * INTO c FROM payer_connection WHERE id = p_connection;
  IF c.paused_at IS NOT NULL THEN
    RETURN QUERY SELECT 'paused', NULL::integer, NULL::integer, false; RETURN;
  END IF;
  IF s.breaker <> 'closed' AND s.probe_at > p_now THEN
    RETURN QUERY SELECT 'open', NULL::integer, ceil(extract(epoch FROM s.probe_at - p_now) * 1000)::integer, false; RETURN;
  END IF;

  SELECT cs.slot INTO free FROM connection_slot cs
    WHERE cs.connection_id = p_connection AND cs.verification_id = p_verification AND cs.reserved AND cs.lease_until > p_now LIMIT 1;
  IF free IS NULL THEN
    SELECT g INTO free FROM generate_series(1, c.max_in_flight) g
      WHERE NOT EXISTS (SELECT FROM connection_slot cs WHERE cs.connection_id = p_connection AND cs.slot = g AND cs.lease_until > p_now)
      ORDER BY g LIMIT 1;
  END IF;
  IF free IS NULL THEN
    RETURN QUERY SELECT 'busy', NULL::integer, NULL::integer, false; RETURN;
  END IF;

  send_at := p_now;
  IF c.per_minute IS NOT NULL OR s.next_send_at > p_now THEN
    send_at := greatest(coalesce(s.next_send_at, p_now), p_now);
    IF send_at - p_now > make_interval(secs => p_patience_ms / 1000.0) THEN
      RETURN QUERY SELECT 'paced', NULL::integer, ceil(extract(epoch FROM send_at - p_now) * 1000)::integer, false; RETURN;
    END IF;
    IF c.per_minute IS NOT NULL THEN
      UPDATE connection_state SET next_send_at = send_at + make_interval(secs => 60.0 / c.per_minute) WHERE connection_id = p_connection;
    END IF;
  END IF;

  INSERT INTO connection_slot (connection_id, slot, verification_id, reserved, lease_until) VALUES (p_connection, free, p_verification, false, lease)
    ON CONFLICT (connection_id, slot) DO UPDATE SET verification_id = p_verification, reserved = false, lease_until = lease;
  IF s.breaker <> 'closed' THEN
    -- exactly one probe: the next one may be made when this one's lease has run out
    UPDATE connection_state SET breaker = 'half_open', probe_at = lease WHERE connection_id = p_connection;
  END IF;
  RETURN QUERY SELECT 'granted', free, ceil(extract(epoch FROM send_at - p_now) * 1000)::integer, s.breaker <> 'closed';
END $$;
`;

/** Frees a slot and learns from the outcome: the breaker opens after so many failures in a row of some minutes, and closes on a sign of life. */
const settle = `
CREATE FUNCTION settle_permit(p_connection text, p_slot integer, p_verification text, p_outcome text, p_duration_ms integer,
  p_retry_after_ms integer, p_failures_to_open integer, p_failure_window_ms integer, p_probe_every_ms integer, p_now timestamptz)
RETURNS TABLE (breaker text, opened boolean, closed boolean) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  s connection_state%ROWTYPE;
  fresh boolean;
BEGIN
  SELECT * INTO s FROM connection_state WHERE connection_id = p_connection FOR UPDATE;
  DELETE FROM connection_slot WHERE connection_id = p_connection AND connection_slot.slot = p_slot AND verification_id = p_verification;
  IF p_outcome IS NULL THEN
    RETURN QUERY SELECT s.breaker, false, false; RETURN;
  END IF;
  INSERT INTO connection_outcome (connection_id, at, outcome, duration_ms) VALUES (p_connection, p_now, p_outcome, p_duration_ms);

  IF p_outcome = 'throttled' THEN
    UPDATE connection_state cs SET next_send_at = greatest(coalesce(cs.next_send_at, p_now), p_now + make_interval(secs => coalesce(p_retry_after_ms, 1000) / 1000.0)),
      breaker = CASE WHEN s.breaker = 'half_open' THEN 'closed' ELSE s.breaker END
      WHERE cs.connection_id = p_connection;
    RETURN QUERY SELECT CASE WHEN s.breaker = 'half_open' THEN 'closed' ELSE s.breaker END, false, s.breaker = 'half_open'; RETURN;
  END IF;

  IF p_outcome <> 'down' THEN
    UPDATE connection_state cs SET breaker = 'closed', failures = 0, first_failure_at = NULL, opened_at = NULL, probe_at = NULL
      WHERE cs.connection_id = p_connection AND (cs.breaker <> 'closed' OR cs.failures > 0);
    RETURN QUERY SELECT 'closed', false, s.breaker <> 'closed'; RETURN;
  END IF;

  fresh := s.first_failure_at IS NULL OR s.first_failure_at < p_now - make_interval(secs => p_failure_window_ms / 1000.0);
  IF s.breaker <> 'closed' OR (CASE WHEN fresh THEN 1 ELSE s.failures + 1 END) >= p_failures_to_open THEN
    UPDATE connection_state cs SET breaker = 'open', failures = 0, first_failure_at = NULL, opened_at = coalesce(cs.opened_at, p_now),
      probe_at = p_now + make_interval(secs => p_probe_every_ms / 1000.0) WHERE cs.connection_id = p_connection;
    RETURN QUERY SELECT 'open', s.breaker = 'closed', false; RETURN;
  END IF;
  UPDATE connection_state cs SET failures = CASE WHEN fresh THEN 1 ELSE cs.failures + 1 END,
    first_failure_at = CASE WHEN fresh THEN p_now ELSE cs.first_failure_at END WHERE cs.connection_id = p_connection;
  RETURN QUERY SELECT 'closed', false, false;
END $$;
`;

/** Hands free slots over to those who wait longest in order of priority and deadline; each is reserved for a moment, so that nobody barges in. */
const handOver = `
CREATE FUNCTION reserve_slots(p_connection text, p_waiting text[], p_reserve_ms integer, p_now timestamptz)
RETURNS SETOF text LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  c payer_connection%ROWTYPE;
  waiting text;
  free integer;
BEGIN
  PERFORM FROM connection_state WHERE connection_id = p_connection FOR UPDATE;
  SELECT * INTO c FROM payer_connection WHERE id = p_connection;
  FOREACH waiting IN ARRAY p_waiting LOOP
    CONTINUE WHEN EXISTS (SELECT FROM connection_slot WHERE connection_id = p_connection AND verification_id = waiting AND lease_until > p_now);
    SELECT g INTO free FROM generate_series(1, c.max_in_flight) g
      WHERE NOT EXISTS (SELECT FROM connection_slot cs WHERE cs.connection_id = p_connection AND cs.slot = g AND cs.lease_until > p_now)
      ORDER BY g LIMIT 1;
    EXIT WHEN free IS NULL;
    INSERT INTO connection_slot (connection_id, slot, verification_id, reserved, lease_until)
      VALUES (p_connection, free, waiting, true, p_now + make_interval(secs => p_reserve_ms / 1000.0))
      ON CONFLICT (connection_id, slot) DO UPDATE SET verification_id = waiting, reserved = true, lease_until = EXCLUDED.lease_until;
    RETURN NEXT waiting;
  END LOOP;
END $$;
`;

const grants = `
GRANT SELECT, INSERT, UPDATE, DELETE ON connection_slot TO openvob_app;
GRANT SELECT, INSERT, UPDATE ON connection_state TO openvob_app;
GRANT SELECT, INSERT, DELETE ON connection_outcome TO openvob_app;
GRANT SELECT (waiting_for_connection, needed_by, created_at) ON verification TO openvob_upkeep;
`;

export class PayerPacing1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [tables, acquire, settle, handOver, grants]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION acquire_permit, settle_permit, reserve_slots');
    await runner.query('ALTER TABLE verification DROP COLUMN waiting_for_connection');
    await runner.query('DROP TABLE connection_outcome, connection_state, connection_slot');
    await runner.query(
      'ALTER TABLE payer_connection DROP COLUMN max_in_flight, DROP COLUMN per_minute, DROP COLUMN paused_at',
    );
  }
}
