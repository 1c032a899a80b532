import type { MigrationInterface, QueryRunner } from 'typeorm';

const own = "facility_id = NULLIF(current_setting('openvob.facility_id', true), '')";

const tables = `
-- whether what a coordinator was told by phone counts only once a supervisor has approved it
ALTER TABLE facility ADD COLUMN call_approval boolean NOT NULL DEFAULT false;
ALTER TABLE call_record ADD COLUMN needs_approval boolean NOT NULL DEFAULT false;

-- what was decided about a call; once, and never changed
CREATE TABLE call_review (
  id text PRIMARY KEY,
  seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  facility_id text NOT NULL REFERENCES facility,
  verification_id text NOT NULL REFERENCES verification,
  call_id text NOT NULL UNIQUE REFERENCES call_record,
  recorded_at timestamptz NOT NULL,
  recorded_by text NOT NULL,
  content bytea NOT NULL
);
CREATE INDEX call_review_by_verification ON call_review (verification_id, seq);
CREATE TRIGGER call_review_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON call_review
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE call_review ENABLE ROW LEVEL SECURITY;
ALTER TABLE call_review FORCE ROW LEVEL SECURITY;
CREATE POLICY call_review_own ON call_review TO openvob_app USING (${own}) WITH CHECK (${own});
GRANT SELECT, INSERT ON call_review TO openvob_app;
CREATE POLICY call_review_keeper ON call_review TO openvob_keeper USING (${own}) WITH CHECK (${own});
GRANT SELECT (facility_id, id, verification_id, content), UPDATE (content), DELETE ON call_review TO openvob_keeper;
`;

/** A call that waits for approval, or was sent back, is something that a person has to do, however the verification stands. */
const worklist = (isOpen: string): string => `
DROP INDEX verification_open_by_due;
ALTER TABLE verification DROP COLUMN is_open;
ALTER TABLE verification ADD COLUMN is_open boolean NOT NULL GENERATED ALWAYS AS (${isOpen}) STORED;
CREATE INDEX verification_open_by_due ON verification (facility_id, is_open, due_at, id);
`;

const waits = `status IN ('needs_information', 'needs_consent', 'needs_call', 'not_found', 'failed')`;

export class CallReviews1700000000027 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(tables);
    await runner.query(
      `ALTER TABLE verification ADD COLUMN call_review text CHECK (call_review IN ('awaiting', 'sent_back'))`,
    );
    await runner.query(worklist(`${waits} OR (call_review IS NOT NULL AND status <> 'cancelled')`));
    await runner.query(
      'CREATE INDEX verification_by_call_review ON verification (facility_id, call_review, due_at, id) WHERE call_review IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(worklist(waits));
    await runner.query('ALTER TABLE verification DROP COLUMN call_review');
    await runner.query('DROP TABLE call_review');
    await runner.query('ALTER TABLE call_record DROP COLUMN needs_approval');
    await runner.query('ALTER TABLE facility DROP COLUMN call_approval');
  }
}
