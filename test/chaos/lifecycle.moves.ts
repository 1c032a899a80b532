import { allowedPairs, statuses } from '@openvob/verification';
import type { Client } from 'pg';

export interface IllegalMoves {
  illegal: number;
  letThrough: number;
  legal: number;
  legalRefused: number;
}

/**
 * Tries moves from every status to every status, in the database itself and as its owner: those that the lifecycle table has must be let through,
 * all others refused, also those that leave the version as it is or give it a leap.
 */
export async function illegalMoves(owner: Client, tries: number): Promise<IllegalMoves> {
  const legal = allowedPairs().map(({ from, to }) => `${from} ${to}`);
  await owner.query('BEGIN');
  try {
    await owner.query(attempts);
    await owner.query(preparation(statuses));
    const { rows } = await owner.query<IllegalMoves>(
      `SELECT illegal, let_through AS "letThrough", legal, legal_refused AS "legalRefused" FROM pg_temp.attempt_moves($1, $2, $3)`,
      [tries, statuses, legal],
    );
    const [counts] = rows;
    if (!counts) throw new Error('The attempts told nothing');
    return counts;
  } finally {
    await owner.query('ROLLBACK');
  }
}

/** One verification in each status, put there past the guards; all of it is rolled back. */
function preparation(all: readonly string[]): string {
  const rows = all
    .map(
      (
        status,
        index,
      ) => `INSERT INTO verification (id, facility_id, version, round, status, priority, attempts, created_at, updated_at)
        SELECT 'ver_attempt_${index + 1}', id, 1, 1, '${status}', 'today', 0, now(), now() FROM facility LIMIT 1;`,
    )
    .join('\n');
  return `SET LOCAL session_replication_role = replica; ${rows} SET LOCAL session_replication_role = origin;`;
}

const attempts = `
CREATE FUNCTION pg_temp.attempt_moves(p_tries integer, p_statuses text[], p_legal text[])
RETURNS TABLE (illegal integer, let_through integer, legal integer, legal_refused integer) LANGUAGE plpgsql AS $$
DECLARE
  n integer := array_length(p_statuses, 1);
  f integer;
  t integer;
  leap integer;
  is_legal boolean;
  was_refused boolean;
BEGIN
  illegal := 0; let_through := 0; legal := 0; legal_refused := 0;
  FOR try IN 1 .. p_tries LOOP
    f := 1 + try % n;
    t := 1 + (try / n) % n;
    CONTINUE WHEN f = t;
    -- every third one with a version that does not go up by one
    leap := CASE try % 3 WHEN 0 THEN (try / 3) % 5 - 2 ELSE 1 END;
    is_legal := leap = 1 AND p_statuses[f] || ' ' || p_statuses[t] = ANY (p_legal);
    CONTINUE WHEN is_legal AND legal > 1000;
    BEGIN
      UPDATE verification SET status = p_statuses[t], version = version + leap WHERE id = 'ver_attempt_' || f;
      RAISE EXCEPTION USING ERRCODE = 'OV001';
    EXCEPTION
      WHEN SQLSTATE 'OV001' THEN was_refused := false;
      WHEN check_violation THEN was_refused := true;
    END;
    IF is_legal THEN
      legal := legal + 1;
      legal_refused := legal_refused + was_refused::integer;
    ELSE
      illegal := illegal + 1;
      let_through := let_through + (NOT was_refused)::integer;
    END IF;
  END LOOP;
  RETURN NEXT;
END $$;
`;
