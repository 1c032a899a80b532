import type { MigrationInterface, QueryRunner } from 'typeorm';

const head = `
CREATE OR REPLACE FUNCTION settle_permit(p_connection text, p_slot integer, p_verification text, p_outcome text, p_duration_ms integer,
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
`;

/** A suspicion ends when somebody is answered. */
const whileSuspected = `
  IF s.suspected_at IS NOT NULL AND p_outcome <> 'answered' THEN
    IF s.breaker = 'half_open' THEN
      UPDATE connection_state cs SET breaker = 'open', fruitless_probes = s.fruitless_probes + 1,
        probe_at = p_now + make_interval(secs => p_probe_every_ms / 1000.0 * 2 ^ least(s.fruitless_probes, 5))
        WHERE cs.connection_id = p_connection;
    END IF;
    RETURN QUERY SELECT 'open', false, false; RETURN;
  END IF;
`;

const throttled = `
  IF p_outcome = 'throttled' THEN
    UPDATE connection_state cs SET next_send_at = greatest(coalesce(cs.next_send_at, p_now), p_now + make_interval(secs => coalesce(p_retry_after_ms, 1000) / 1000.0)),
      breaker = CASE WHEN s.breaker = 'half_open' THEN 'closed' ELSE s.breaker END
      WHERE cs.connection_id = p_connection;
    RETURN QUERY SELECT CASE WHEN s.breaker = 'half_open' THEN 'closed' ELSE s.breaker END, false, s.breaker = 'half_open'; RETURN;
  END IF;
`;

/** An answer that nobody can read is no sign of life: a probe that brings one keeps the breaker open. Nor is it a failure: it may be one member's alone. */
const useless = `
  IF p_outcome = 'useless' THEN
    UPDATE connection_state cs SET breaker = 'open', probe_at = p_now + make_interval(secs => p_probe_every_ms / 1000.0)
      WHERE cs.connection_id = p_connection AND cs.breaker = 'half_open';
    RETURN QUERY SELECT CASE WHEN s.breaker <> 'closed' THEN 'open' ELSE 'closed' END, false, false; RETURN;
  END IF;
`;

const alive = `
  IF p_outcome <> 'down' THEN
    UPDATE connection_state cs SET breaker = 'closed', failures = 0, first_failure_at = NULL, opened_at = NULL, probe_at = NULL, suspected_at = NULL, fruitless_probes = 0
      WHERE cs.connection_id = p_connection AND (cs.breaker <> 'closed' OR cs.failures > 0);
    RETURN QUERY SELECT 'closed', false, s.breaker <> 'closed'; RETURN;
  END IF;
`;

const tail = `
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

/** A web page instead of an answer does not end an outage. */
export class UnreadableProbes1700000000036 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query([head, whileSuspected, throttled, useless, alive, tail].join(''));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query([head, whileSuspected, throttled, alive, tail].join(''));
  }
}
