import type { MigrationInterface, QueryRunner } from 'typeorm';

const position = `array_position(ARRAY['caller_waiting', 'today', 'routine'], priority)`;

const tables = `
-- which facility had a slot of a connection last: of those that wait, the one that waited longest for a turn is next
CREATE TABLE connection_turn (
  connection_id text NOT NULL REFERENCES payer_connection ON DELETE CASCADE,
  facility text NOT NULL REFERENCES facility ON DELETE CASCADE,
  turn bigint NOT NULL,
  PRIMARY KEY (connection_id, facility)
);

DROP INDEX verification_waiting;
CREATE INDEX verification_waiting ON verification
  (waiting_for_connection, bulk, (${position}), facility_id, needed_by, created_at)
  WHERE waiting_for_connection IS NOT NULL;

CREATE INDEX connection_slot_reserved ON connection_slot (connection_id, verification_id) WHERE reserved;
`;

/** The first free slot, found by looking behind taken ones until there is none; NULL when all are taken. */
const freeSlot = `
CREATE FUNCTION free_slot(p_connection text, p_max integer, p_now timestamptz) RETURNS integer LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF p_max <= (SELECT count(*) FROM connection_slot s WHERE s.connection_id = p_connection AND s.lease_until > p_now AND s.slot <= p_max) THEN
    RETURN NULL;
  END IF;
  IF NOT EXISTS (SELECT FROM connection_slot s WHERE s.connection_id = p_connection AND s.slot = 1 AND s.lease_until > p_now) THEN
    RETURN 1;
  END IF;
  RETURN (SELECT s.slot + 1 FROM connection_slot s
    WHERE s.connection_id = p_connection AND s.slot < p_max AND NOT EXISTS (
      SELECT FROM connection_slot behind
      WHERE behind.connection_id = p_connection AND behind.slot = s.slot + 1 AND behind.lease_until > p_now)
    ORDER BY s.slot LIMIT 1);
END $$;
`;

/**
 * As `acquire_permit`, with free slots found at once. Of the agreed rate two in a hundred are left unused, so that no minute, wherever it is counted from, holds
 * one more than agreed when one inquiry leaves a moment late and another in time.
 */
const take = `
CREATE FUNCTION take_permit(p_connection text, p_verification text, p_lease_ms integer, p_patience_ms integer, p_bulk boolean, p_now timestamptz)
RETURNS TABLE (kind text, slot integer, delay_ms integer, is_probe boolean) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  c payer_connection%ROWTYPE;
  s connection_state%ROWTYPE;
  free integer;
  send_at timestamptz;
  patience_ms integer := p_patience_ms;
  lease timestamptz := p_now + make_interval(secs => p_lease_ms / 1000.0);
BEGIN
  SELECT * INTO s FROM connection_state WHERE connection_id = p_connection FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO connection_state (connection_id) VALUES (p_connection) ON CONFLICT DO NOTHING;
    SELECT * INTO s FROM connection_state WHERE connection_id = p_connection FOR UPDATE;
  END IF;
  SELECT * INTO c FROM payer_connection WHERE id = p_connection;
  IF c.paused_at IS NOT NULL THEN
    RETURN QUERY SELECT 'paused', NULL::integer, NULL::integer, false; RETURN;
  END IF;
  IF s.breaker <> 'closed' AND s.probe_at > p_now THEN
    RETURN QUERY SELECT 'open', NULL::integer, ceil(extract(epoch FROM s.probe_at - p_now) * 1000)::integer, false; RETURN;
  END IF;

  SELECT cs.slot INTO free FROM connection_slot cs
    WHERE cs.connection_id = p_connection AND cs.verification_id = p_verification AND cs.reserved AND cs.lease_until > p_now LIMIT 1;
  IF free IS NULL AND p_bulk AND (s.people_wait_since IS NOT NULL OR bulk_slots(c.max_in_flight) <=
      (SELECT count(*) FROM connection_slot cs WHERE cs.connection_id = p_connection AND cs.bulk AND cs.lease_until > p_now)) THEN
    RETURN QUERY SELECT 'busy', NULL::integer, NULL::integer, false; RETURN;
  END IF;
  IF free IS NULL THEN
    free := free_slot(p_connection, c.max_in_flight, p_now);
  END IF;
  IF free IS NULL THEN
    IF NOT p_bulk THEN
      UPDATE connection_state SET people_wait_since = p_now WHERE connection_id = p_connection;
    END IF;
    RETURN QUERY SELECT 'busy', NULL::integer, NULL::integer, false; RETURN;
  END IF;

  IF p_bulk THEN
    patience_ms := CASE WHEN c.per_minute IS NULL THEN 0 ELSE least(p_patience_ms, ceil(61200.0 / c.per_minute)::integer) END;
  END IF;
  send_at := p_now;
  IF c.per_minute IS NOT NULL OR s.next_send_at > p_now THEN
    send_at := greatest(coalesce(s.next_send_at, p_now), p_now);
    IF send_at - p_now > make_interval(secs => patience_ms / 1000.0) THEN
      DELETE FROM connection_slot cs WHERE cs.connection_id = p_connection AND cs.verification_id = p_verification AND cs.reserved;
      RETURN QUERY SELECT 'paced', NULL::integer, ceil(extract(epoch FROM send_at - p_now) * 1000)::integer, false; RETURN;
    END IF;
    IF c.per_minute IS NOT NULL THEN
      UPDATE connection_state SET next_send_at = send_at + make_interval(secs => 61.2 / c.per_minute) WHERE connection_id = p_connection;
    END IF;
  END IF;

  INSERT INTO connection_slot (connection_id, slot, verification_id, reserved, bulk, lease_until)
    VALUES (p_connection, free, p_verification, false, p_bulk, lease)
    ON CONFLICT (connection_id, slot) DO UPDATE SET verification_id = p_verification, reserved = false, bulk = p_bulk, lease_until = lease;
  IF s.breaker <> 'closed' THEN
    -- exactly one probe: the next one may be made when this one's lease has run out
    UPDATE connection_state SET breaker = 'half_open', probe_at = lease WHERE connection_id = p_connection;
  END IF;
  RETURN QUERY SELECT 'granted', free, ceil(extract(epoch FROM send_at - p_now) * 1000)::integer, s.breaker <> 'closed';
END $$;
`;

/** Hands free slots over in the order given, no more than the agreed rate lets go soon, and notes whose turn it was. */
const handOver = `
CREATE FUNCTION reserve_slots(p_connection text, p_waiting text[], p_facilities text[], p_bulk boolean[], p_reserve_ms integer,
  p_patience_ms integer, p_now timestamptz)
RETURNS SETOF text LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  c payer_connection%ROWTYPE;
  s connection_state%ROWTYPE;
  patience_left double precision;
  most integer;
  free integer;
BEGIN
  SELECT * INTO s FROM connection_state WHERE connection_id = p_connection FOR UPDATE;
  SELECT * INTO c FROM payer_connection WHERE id = p_connection;
  -- people stand first in the list: behind the first bulk work nobody else waited when the list was made
  IF true = ANY (p_bulk) THEN
    UPDATE connection_state SET people_wait_since = NULL WHERE connection_id = p_connection AND people_wait_since < p_now;
  END IF;
  patience_left := p_patience_ms / 1000.0 - extract(epoch FROM greatest(coalesce(s.next_send_at, p_now), p_now) - p_now);
  IF patience_left < 0 THEN RETURN; END IF;
  IF c.per_minute IS NOT NULL THEN
    most := floor(patience_left * c.per_minute / 61.2)::integer + 1
      - (SELECT count(*) FROM connection_slot cs WHERE cs.connection_id = p_connection AND cs.reserved AND cs.lease_until > p_now);
  END IF;
  FOR place IN 1 .. coalesce(array_length(p_waiting, 1), 0) LOOP
    EXIT WHEN most <= 0;
    CONTINUE WHEN EXISTS (SELECT FROM connection_slot WHERE connection_id = p_connection AND verification_id = p_waiting[place] AND lease_until > p_now);
    CONTINUE WHEN p_bulk[place] AND bulk_slots(c.max_in_flight) <=
      (SELECT count(*) FROM connection_slot cs WHERE cs.connection_id = p_connection AND cs.bulk AND cs.lease_until > p_now);
    free := free_slot(p_connection, c.max_in_flight, p_now);
    IF free IS NULL AND NOT p_bulk[place] THEN
      UPDATE connection_state SET people_wait_since = p_now WHERE connection_id = p_connection;
    END IF;
    EXIT WHEN free IS NULL;
    INSERT INTO connection_slot (connection_id, slot, verification_id, reserved, bulk, lease_until)
      VALUES (p_connection, free, p_waiting[place], true, p_bulk[place], p_now + make_interval(secs => p_reserve_ms / 1000.0))
      ON CONFLICT (connection_id, slot) DO UPDATE
        SET verification_id = EXCLUDED.verification_id, reserved = true, bulk = EXCLUDED.bulk, lease_until = EXCLUDED.lease_until;
    INSERT INTO connection_turn (connection_id, facility, turn)
      SELECT p_connection, p_facilities[place], coalesce(max(turn), 0) + 1 FROM connection_turn WHERE connection_id = p_connection
      ON CONFLICT (connection_id, facility) DO UPDATE SET turn = EXCLUDED.turn;
    most := most - 1;
    RETURN NEXT p_waiting[place];
  END LOOP;
END $$;
`;

const grants = `
GRANT SELECT, INSERT, UPDATE ON connection_turn TO openvob_app;
GRANT SELECT ON connection_turn TO openvob_upkeep;
`;

export class FairShare1700000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [tables, freeSlot, take, handOver, grants]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION take_permit, free_slot');
    await runner.query('DROP FUNCTION reserve_slots(text, text[], text[], boolean[], integer, integer, timestamptz)');
    await runner.query('DROP INDEX connection_slot_reserved, verification_waiting');
    await runner.query(
      `CREATE INDEX verification_waiting ON verification (waiting_for_connection, bulk, (${position}), needed_by, created_at)
         WHERE waiting_for_connection IS NOT NULL`,
    );
    await runner.query('DROP TABLE connection_turn');
  }
}
