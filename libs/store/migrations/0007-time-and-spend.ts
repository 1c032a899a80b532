import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = `
-- many requests that came at once, as a file
CREATE TABLE batch (
  id text PRIMARY KEY,
  facility_id text NOT NULL REFERENCES facility,
  -- NULL once the key may be used for another one
  key_hash bytea,
  -- of all its bytes, once they have come: another body under the same key is refused
  body_hash bytea,
  format text NOT NULL CHECK (format IN ('csv', 'ndjson')),
  created_by_kind text NOT NULL,
  created_by text NOT NULL,
  emergency_id text,
  created_at timestamptz NOT NULL,
  received_at timestamptz,
  finished_at timestamptz,
  -- who takes its rows in says so again and again; when it falls silent, somebody else goes on
  busy_until timestamptz,
  UNIQUE (facility_id, key_hash)
);
CREATE INDEX batch_unfinished ON batch (busy_until) WHERE finished_at IS NULL;

-- a row of the file: kept until it is taken in, then what became of it
CREATE TABLE batch_row (
  batch_id text NOT NULL REFERENCES batch ON DELETE CASCADE,
  row_number integer NOT NULL CHECK (row_number BETWEEN 1 AND 10000),
  line_number integer NOT NULL,
  facility_id text NOT NULL REFERENCES facility,
  content bytea,
  verification_id text REFERENCES verification,
  problem jsonb,
  PRIMARY KEY (batch_id, row_number)
);
CREATE INDEX batch_row_open ON batch_row (batch_id, row_number) WHERE content IS NOT NULL;

ALTER TABLE verification
  -- worked in the bulk lane: a batch, or a scheduled check; until a person asks for it
  ADD COLUMN bulk boolean NOT NULL DEFAULT false,
  ADD COLUMN batch_id text REFERENCES batch,
  ADD COLUMN next_recheck_at timestamptz,
  ADD COLUMN next_recheck_because text,
  -- when the person or the coverages were corrected: what was worked out before is about somebody or something else
  ADD COLUMN subject_changed_at timestamptz;
CREATE INDEX verification_by_batch ON verification (facility_id, batch_id, created_at DESC, id DESC) WHERE batch_id IS NOT NULL;
CREATE INDEX verification_recheck_due ON verification (next_recheck_at) WHERE next_recheck_at IS NOT NULL;
DROP INDEX verification_waiting;
CREATE INDEX verification_waiting ON verification
  (waiting_for_connection, bulk, (array_position(ARRAY['caller_waiting', 'today', 'routine'], priority)), needed_by, created_at)
  WHERE waiting_for_connection IS NOT NULL;

ALTER TABLE inquiry
  -- keyed hash of whom and what it asks about, the month of the service date included
  ADD COLUMN fingerprint bytea,
  ADD COLUMN reused_from text REFERENCES inquiry;
CREATE INDEX inquiry_by_fingerprint ON inquiry (facility_id, fingerprint, recorded_at) WHERE fingerprint IS NOT NULL;

ALTER TABLE result ADD COLUMN changes bytea;

ALTER TABLE facility
  ADD COLUMN rechecks boolean NOT NULL DEFAULT true,
  ADD COLUMN recheck_days_before_reset integer NOT NULL DEFAULT 5 CHECK (recheck_days_before_reset BETWEEN 0 AND 60);

ALTER TABLE payer_connection ADD COLUMN quiet_hours jsonb;
ALTER TABLE connection_slot ADD COLUMN bulk boolean NOT NULL DEFAULT false;
-- when somebody last found all slots taken and waits: bulk work takes none before that one had its turn
ALTER TABLE connection_state ADD COLUMN people_wait_since timestamptz;
`;

/**
 * As before, and for bulk work with two more limits: some slots are kept for people who wait, and of the agreed rate it never takes more than the
 * next turn, so that whoever comes after it waits for one turn at most.
 */
const acquire = `
CREATE FUNCTION bulk_slots(p_max integer) RETURNS integer LANGUAGE sql IMMUTABLE AS
  'SELECT greatest(1, p_max - greatest(1, p_max / 5))';

CREATE FUNCTION acquire_permit(p_connection text, p_verification text, p_lease_ms integer, p_patience_ms integer, p_bulk boolean, p_now timestamptz)
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
  IF free IS NULL AND p_bulk AND (s.people_wait_since IS NOT NULL OR bulk_slots(c.max_in_flight) <=
      (SELECT count(*) FROM connection_slot cs WHERE cs.connection_id = p_connection AND cs.bulk AND cs.lease_until > p_now)) THEN
    RETURN QUERY SELECT 'busy', NULL::integer, NULL::integer, false; RETURN;
  END IF;
  IF free IS NULL THEN
    SELECT g INTO free FROM generate_series(1, c.max_in_flight) g
      WHERE NOT EXISTS (SELECT FROM connection_slot cs WHERE cs.connection_id = p_connection AND cs.slot = g AND cs.lease_until > p_now)
      ORDER BY g LIMIT 1;
  END IF;
  IF free IS NULL THEN
    IF NOT p_bulk THEN
      UPDATE connection_state SET people_wait_since = p_now WHERE connection_id = p_connection;
    END IF;
    RETURN QUERY SELECT 'busy', NULL::integer, NULL::integer, false; RETURN;
  END IF;

  IF p_bulk THEN
    patience_ms := CASE WHEN c.per_minute IS NULL THEN 0 ELSE least(p_patience_ms, ceil(60000.0 / c.per_minute)::integer) END;
  END IF;
  send_at := p_now;
  IF c.per_minute IS NOT NULL OR s.next_send_at > p_now THEN
    send_at := greatest(coalesce(s.next_send_at, p_now), p_now);
    IF send_at - p_now > make_interval(secs => patience_ms / 1000.0) THEN
      DELETE FROM connection_slot cs WHERE cs.connection_id = p_connection AND cs.verification_id = p_verification AND cs.reserved;
      RETURN QUERY SELECT 'paced', NULL::integer, ceil(extract(epoch FROM send_at - p_now) * 1000)::integer, false; RETURN;
    END IF;
    IF c.per_minute IS NOT NULL THEN
      UPDATE connection_state SET next_send_at = send_at + make_interval(secs => 60.0 / c.per_minute) WHERE connection_id = p_connection;
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

/** Hands free slots over to those who wait, in their order; bulk work gets those that are not kept for people who wait. */
const handOver = `
CREATE FUNCTION reserve_slots(p_connection text, p_waiting text[], p_bulk boolean[], p_reserve_ms integer, p_now timestamptz)
RETURNS SETOF text LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  c payer_connection%ROWTYPE;
  next integer;
  free integer;
BEGIN
  PERFORM FROM connection_state WHERE connection_id = p_connection FOR UPDATE;
  SELECT * INTO c FROM payer_connection WHERE id = p_connection;
  -- people stand first in the list: behind the first bulk work nobody else waited when the list was made
  IF true = ANY (p_bulk) THEN
    UPDATE connection_state SET people_wait_since = NULL WHERE connection_id = p_connection AND people_wait_since < p_now;
  END IF;
  FOR next IN 1 .. coalesce(array_length(p_waiting, 1), 0) LOOP
    CONTINUE WHEN EXISTS (SELECT FROM connection_slot WHERE connection_id = p_connection AND verification_id = p_waiting[next] AND lease_until > p_now);
    CONTINUE WHEN p_bulk[next] AND bulk_slots(c.max_in_flight) <=
      (SELECT count(*) FROM connection_slot cs WHERE cs.connection_id = p_connection AND cs.bulk AND cs.lease_until > p_now);
    SELECT g INTO free FROM generate_series(1, c.max_in_flight) g
      WHERE NOT EXISTS (SELECT FROM connection_slot cs WHERE cs.connection_id = p_connection AND cs.slot = g AND cs.lease_until > p_now)
      ORDER BY g LIMIT 1;
    IF free IS NULL AND NOT p_bulk[next] THEN
      UPDATE connection_state SET people_wait_since = p_now WHERE connection_id = p_connection;
    END IF;
    EXIT WHEN free IS NULL;
    INSERT INTO connection_slot (connection_id, slot, verification_id, reserved, bulk, lease_until)
      VALUES (p_connection, free, p_waiting[next], true, p_bulk[next], p_now + make_interval(secs => p_reserve_ms / 1000.0))
      ON CONFLICT (connection_id, slot) DO UPDATE
        SET verification_id = EXCLUDED.verification_id, reserved = true, bulk = EXCLUDED.bulk, lease_until = EXCLUDED.lease_until;
    RETURN NEXT p_waiting[next];
  END LOOP;
END $$;
`;

const own = `= current_setting('openvob.facility_id', true)`;

const separation = ['batch', 'batch_row']
  .map(
    (table) => `
ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
CREATE POLICY ${table}_own ON ${table} TO openvob_app USING (facility_id ${own}) WITH CHECK (facility_id ${own});`,
  )
  .join('');

const grants = `
CREATE POLICY batch_upkeep ON batch FOR SELECT TO openvob_upkeep USING (true);
GRANT SELECT (id, facility_id, received_at, finished_at, busy_until) ON batch TO openvob_upkeep;
GRANT SELECT, INSERT, UPDATE, DELETE ON batch TO openvob_app;
GRANT SELECT, INSERT, UPDATE ON batch_row TO openvob_app;
GRANT SELECT (bulk, next_recheck_at) ON verification TO openvob_upkeep;
`;

export class TimeAndSpend1700000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [tables, acquire, handOver, separation, grants]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION acquire_permit(text, text, integer, integer, boolean, timestamptz)');
    await runner.query('DROP FUNCTION reserve_slots(text, text[], boolean[], integer, timestamptz)');
    await runner.query('DROP FUNCTION bulk_slots');
    await runner.query('ALTER TABLE connection_slot DROP COLUMN bulk');
    await runner.query('ALTER TABLE connection_state DROP COLUMN people_wait_since');
    await runner.query('ALTER TABLE payer_connection DROP COLUMN quiet_hours');
    await runner.query('ALTER TABLE facility DROP COLUMN rechecks, DROP COLUMN recheck_days_before_reset');
    await runner.query('ALTER TABLE result DROP COLUMN changes');
    await runner.query('ALTER TABLE inquiry DROP COLUMN fingerprint, DROP COLUMN reused_from');
    await runner.query(
      `ALTER TABLE verification DROP COLUMN bulk, DROP COLUMN batch_id, DROP COLUMN next_recheck_at, DROP COLUMN next_recheck_because,
         DROP COLUMN subject_changed_at`,
    );
    await runner.query(
      `CREATE INDEX verification_waiting ON verification
         (waiting_for_connection, (array_position(ARRAY['caller_waiting', 'today', 'routine'], priority)), needed_by, created_at)
         WHERE waiting_for_connection IS NOT NULL`,
    );
    await runner.query('DROP TABLE batch_row, batch');
  }
}
