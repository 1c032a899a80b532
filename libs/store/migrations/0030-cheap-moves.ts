import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Claims and moves are the most frequent writes of all: a renewed claim touches no index, a verification that needs nothing stands in no index of needs, and
 * of many slots a free one is found without a walk past all that are taken.
 */
export class CheapMoves1700000000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE verification SET (fillfactor = 80)');
    await runner.query('DROP INDEX verification_by_need');
    await runner.query(
      `CREATE INDEX verification_by_need ON verification USING gin (needs jsonb_path_ops) WHERE needs <> '[]'::jsonb`,
    );
    // Whether a claim still holds decides whether its row is due.
    await runner.query('GRANT SELECT (lease_until) ON verification TO openvob_upkeep');
    await runner.query(freeSlot);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(formerFreeSlot);
    await runner.query('REVOKE SELECT (lease_until) ON verification FROM openvob_upkeep');
    await runner.query('DROP INDEX verification_by_need');
    await runner.query('CREATE INDEX verification_by_need ON verification USING gin (needs jsonb_path_ops)');
    await runner.query('ALTER TABLE verification RESET (fillfactor)');
  }
}

const walk = `
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
    ORDER BY s.slot LIMIT 1);`;

const freeSlot = `
CREATE OR REPLACE FUNCTION free_slot(p_connection text, p_max integer, p_now timestamptz) RETURNS integer LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  guess integer;
BEGIN
  IF p_max > 16 THEN
    FOR tries IN 1..3 LOOP
      guess := 1 + floor(random() * p_max)::integer;
      IF NOT EXISTS (SELECT FROM connection_slot s WHERE s.connection_id = p_connection AND s.slot = guess AND s.lease_until > p_now) THEN
        RETURN guess;
      END IF;
    END LOOP;
  END IF;${walk}
END $$`;

const formerFreeSlot = `
CREATE OR REPLACE FUNCTION free_slot(p_connection text, p_max integer, p_now timestamptz) RETURNS integer LANGUAGE plpgsql STABLE AS $$
BEGIN${walk}
END $$`;
