import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people record. Rows are added and never changed: a correction is a further row that names the one it amends. */
const recordTables = ['call_record', 'authorization_record', 'attendance_record', 'remittance_record'];

const tables = `
-- counts what was recorded of a verification: a conclusion that was drawn without the last of it is drawn again
ALTER TABLE verification ADD COLUMN recorded_version integer NOT NULL DEFAULT 0;

-- what the conclusion of a round was drawn from, so that it can be drawn again when something is recorded
CREATE TABLE ground (
  verification_id text NOT NULL REFERENCES verification,
  round integer NOT NULL,
  facility_id text NOT NULL REFERENCES facility,
  content bytea NOT NULL,
  laid_at timestamptz NOT NULL,
  PRIMARY KEY (verification_id, round)
);

CREATE TABLE call_record (
  id text PRIMARY KEY,
  seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  facility_id text NOT NULL REFERENCES facility,
  verification_id text NOT NULL REFERENCES verification,
  amends text REFERENCES call_record,
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL,
  content bytea NOT NULL
);
CREATE INDEX call_record_by_verification ON call_record (verification_id, seq);

CREATE TABLE authorization_record (
  id text PRIMARY KEY,
  seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  facility_id text NOT NULL REFERENCES facility,
  verification_id text NOT NULL REFERENCES verification,
  amends text REFERENCES authorization_record,
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL,
  content bytea NOT NULL
);
CREATE INDEX authorization_record_by_verification ON authorization_record (verification_id, seq);

-- one row a sheet of days; of one date the last row that names it counts
CREATE TABLE attendance_record (
  id text PRIMARY KEY,
  seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  facility_id text NOT NULL REFERENCES facility,
  verification_id text NOT NULL REFERENCES verification,
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL,
  content bytea NOT NULL
);
CREATE INDEX attendance_record_by_verification ON attendance_record (verification_id, seq);

CREATE TABLE remittance_record (
  id text PRIMARY KEY,
  seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  facility_id text NOT NULL REFERENCES facility,
  verification_id text NOT NULL REFERENCES verification,
  payer_id text NOT NULL REFERENCES payer,
  amends text REFERENCES remittance_record,
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL,
  content bytea NOT NULL,
  -- what the ledger of a payer sums, apart from the lines
  summary bytea NOT NULL
);
CREATE INDEX remittance_record_by_verification ON remittance_record (verification_id, seq);
CREATE INDEX remittance_record_by_payer ON remittance_record (facility_id, payer_id, seq);
`;

/** Also what leaves a status as it is may have changed the estimate: whoever watches is told of every move. */
const announcement = `
DROP TRIGGER verification_announce ON verification;
CREATE TRIGGER verification_announce AFTER UPDATE ON verification
  FOR EACH ROW WHEN (OLD.version IS DISTINCT FROM NEW.version) EXECUTE FUNCTION announce_verification();
`;

const formerAnnouncement = `
DROP TRIGGER verification_announce ON verification;
CREATE TRIGGER verification_announce AFTER UPDATE OF status ON verification
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION announce_verification();
`;

const appendOnly = recordTables
  .map(
    (table) => `
CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();`,
  )
  .join('');

const separation = [...recordTables, 'ground']
  .map(
    (table) => `
ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
CREATE POLICY ${table}_own ON ${table} TO openvob_app
  USING (facility_id = current_setting('openvob.facility_id', true))
  WITH CHECK (facility_id = current_setting('openvob.facility_id', true));`,
  )
  .join('');

const grants = `
GRANT SELECT, INSERT ON ${recordTables.join(', ')} TO openvob_app;
GRANT SELECT, INSERT, UPDATE ON ground TO openvob_app;
`;

/** The moves that recording adds to the lifecycle table. */
const moves: readonly (readonly [string, readonly string[]])[] = [
  ['needs_information', ['needs_information', 'verified', 'needs_call', 'inactive']],
  ['needs_consent', ['needs_consent']],
  ['needs_call', ['needs_call', 'verified', 'inactive']],
  ['verified', ['verified', 'needs_call', 'inactive']],
  ['inactive', ['inactive', 'verified', 'needs_call']],
  ['not_found', ['not_found', 'verified', 'needs_call', 'inactive']],
  ['failed', ['failed', 'verified', 'needs_call', 'inactive']],
  ['waiting_for_payer', ['waiting_for_payer', 'verified', 'inactive']],
];
const movePairs = moves.flatMap(([from, targets]) => targets.map((to) => `('${from}', '${to}')`)).join(', ');

export class Records1700000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [tables, announcement, appendOnly, separation, grants]) await runner.query(sql);
    await runner.query(`INSERT INTO status_move VALUES ${movePairs}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM status_move WHERE (from_status, to_status) IN (${movePairs})`);
    await runner.query(formerAnnouncement);
    await runner.query(`DROP TABLE ${[...recordTables].reverse().join(', ')}, ground`);
    await runner.query('ALTER TABLE verification DROP COLUMN recorded_version');
  }
}
