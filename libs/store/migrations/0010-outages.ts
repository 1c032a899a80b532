import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = `
ALTER TABLE connection_state
  -- since when this payer is taken to be out of order because it turns nearly everybody away; until it answers somebody
  ADD COLUMN suspected_at timestamptz,
  -- probes in a row that did not end the suspicion: each makes the next one wait twice as long
  ADD COLUMN fruitless_probes integer NOT NULL DEFAULT 0 CHECK (fruitless_probes >= 0);
GRANT SELECT (attempts) ON verification TO openvob_upkeep;
`;

/** Opens the breaker on a suspicion; true when there was none before. */
const suspect = `
CREATE FUNCTION suspect_outage(p_connection text, p_probe_every_ms integer, p_now timestamptz) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO connection_state (connection_id) VALUES (p_connection) ON CONFLICT DO NOTHING;
  UPDATE connection_state SET suspected_at = p_now, fruitless_probes = 0, breaker = 'open', failures = 0, first_failure_at = NULL,
    opened_at = coalesce(opened_at, p_now), probe_at = p_now + make_interval(secs => p_probe_every_ms / 1000.0)
    WHERE connection_id = p_connection AND suspected_at IS NULL;
  RETURN FOUND;
END $$;
`;

const settleHead = `
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

/** A suspicion ends when somebody is answered; a member who is turned away proves nothing then, and the next probe waits longer. */
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

const settleThrottled = `
  IF p_outcome = 'throttled' THEN
    UPDATE connection_state cs SET next_send_at = greatest(coalesce(cs.next_send_at, p_now), p_now + make_interval(secs => coalesce(p_retry_after_ms, 1000) / 1000.0)),
      breaker = CASE WHEN s.breaker = 'half_open' THEN 'closed' ELSE s.breaker END
      WHERE cs.connection_id = p_connection;
    RETURN QUERY SELECT CASE WHEN s.breaker = 'half_open' THEN 'closed' ELSE s.breaker END, false, s.breaker = 'half_open'; RETURN;
  END IF;
`;

const settleTail = `
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

function alive(forget: string): string {
  return `
  IF p_outcome <> 'down' THEN
    UPDATE connection_state cs SET breaker = 'closed', failures = 0, first_failure_at = NULL, opened_at = NULL, probe_at = NULL${forget}
      WHERE cs.connection_id = p_connection AND (cs.breaker <> 'closed' OR cs.failures > 0);
    RETURN QUERY SELECT 'closed', false, s.breaker <> 'closed'; RETURN;
  END IF;
`;
}

const settle = [
  settleHead,
  whileSuspected,
  settleThrottled,
  alive(', suspected_at = NULL, fruitless_probes = 0'),
  settleTail,
].join('');
const formerSettle = [settleHead, settleThrottled, alive(''), settleTail].join('');

/** Who was turned away shortly before the suspicion waits like everybody else. */
const movePairs = `('not_found', 'waiting_for_payer'), ('needs_information', 'waiting_for_payer')`;

export class Outages1700000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [tables, suspect, settle]) await runner.query(sql);
    await runner.query(`INSERT INTO status_move VALUES ${movePairs}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM status_move WHERE (from_status, to_status) IN (${movePairs})`);
    await runner.query(formerSettle);
    await runner.query('DROP FUNCTION suspect_outage');
    await runner.query('ALTER TABLE connection_state DROP COLUMN suspected_at, DROP COLUMN fruitless_probes');
    await runner.query('REVOKE SELECT (attempts) ON verification FROM openvob_upkeep');
  }
}
