import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people keep beside verifications: each seen by its own facility, and what is one person's by that person alone. */
const tables = `
ALTER TABLE verification
  -- when it is needed: what was said, or what is usual (libs/queue/verify-job.ts)
  ADD COLUMN due_at timestamptz NOT NULL GENERATED ALWAYS AS (coalesce(needed_by, ((created_at AT TIME ZONE 'UTC') + CASE
    WHEN bulk THEN interval '2880 minutes' WHEN priority = 'caller_waiting' THEN interval '5 minutes'
    WHEN priority = 'today' THEN interval '480 minutes' ELSE interval '1440 minutes' END) AT TIME ZONE 'UTC')) STORED,
  -- nothing goes on before a person acts
  ADD COLUMN is_open boolean NOT NULL GENERATED ALWAYS AS
    (status IN ('needs_information', 'needs_consent', 'needs_call', 'not_found', 'failed')) STORED;
CREATE INDEX verification_by_due ON verification (facility_id, due_at, id);
CREATE INDEX verification_open_by_due ON verification (facility_id, is_open, due_at, id);

-- a choice of filters under a name; never what was searched for
CREATE TABLE saved_view (
  id text PRIMARY KEY,
  facility_id text NOT NULL REFERENCES facility,
  person_id text NOT NULL REFERENCES person,
  name text NOT NULL,
  filter jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  UNIQUE (facility_id, person_id, name)
);

-- a form that somebody has not sent yet
CREATE TABLE draft (
  facility_id text NOT NULL REFERENCES facility,
  person_id text NOT NULL REFERENCES person,
  kind text NOT NULL,
  content bytea NOT NULL,
  saved_at timestamptz NOT NULL,
  PRIMARY KEY (facility_id, person_id, kind)
);

-- a photo or a file about a verification, such as a card
CREATE TABLE attachment (
  id text PRIMARY KEY,
  facility_id text NOT NULL REFERENCES facility,
  verification_id text NOT NULL REFERENCES verification,
  media_type text NOT NULL,
  bytes integer NOT NULL,
  kind text NOT NULL CHECK (kind IN ('card_front', 'card_back', 'consent', 'other')),
  added_at timestamptz NOT NULL,
  added_by text NOT NULL,
  content bytea NOT NULL
);
CREATE INDEX attachment_by_verification ON attachment (verification_id, added_at, id);
`;

const own = `facility_id = current_setting('openvob.facility_id', true)`;

const ownPersons = `${own} AND person_id = NULLIF(current_setting('openvob.person_id', true), '')`;

// Drafts are encrypted under keys that are renewed facility by facility: whose they are is asked for in each query.
const policies: Readonly<Record<string, string>> = { saved_view: ownPersons, draft: own, attachment: own };

const separation = Object.entries(policies)
  .map(
    ([table, condition]) => `
ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
CREATE POLICY ${table}_own ON ${table} TO openvob_app USING (${condition}) WITH CHECK (${condition});`,
  )
  .join('');

const grants = `
GRANT SELECT, INSERT, DELETE ON saved_view TO openvob_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON draft TO openvob_app;
GRANT SELECT, INSERT, DELETE ON attachment TO openvob_app;
`;

/** What is encrypted is brought under new keys by the keeper, which sees nothing else of a row. */
const rewriting = (Object.entries({ attachment: 'id', draft: 'person_id, kind' }) as [string, string][])
  .map(
    ([table, key]) => `
CREATE POLICY ${table}_keeper ON ${table} TO openvob_keeper USING (${own}) WITH CHECK (${own});
GRANT SELECT (facility_id, ${key}, content), UPDATE (content) ON ${table} TO openvob_keeper;`,
  )
  .join('');

/** Worklists follow a whole facility: what comes in, moves, or changes hands. The channel carries ids alone. */
const announcement = `
CREATE FUNCTION announce_to_facility() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('facility_moved', NEW.facility_id || ' ' || NEW.id);
  RETURN NULL;
END $$;
CREATE TRIGGER verification_announce_to_facility AFTER UPDATE ON verification FOR EACH ROW
  WHEN (OLD.version IS DISTINCT FROM NEW.version OR OLD.assignee IS DISTINCT FROM NEW.assignee)
  EXECUTE FUNCTION announce_to_facility();
CREATE TRIGGER verification_arrival AFTER INSERT ON verification FOR EACH ROW EXECUTE FUNCTION announce_to_facility();
`;

export class Console1700000000018 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [tables, separation, grants, rewriting, announcement]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER verification_arrival ON verification');
    await runner.query('DROP TRIGGER verification_announce_to_facility ON verification');
    await runner.query('DROP FUNCTION announce_to_facility');
    await runner.query('DROP TABLE attachment, draft, saved_view');
    await runner.query('DROP INDEX verification_open_by_due, verification_by_due');
    await runner.query('ALTER TABLE verification DROP COLUMN due_at, DROP COLUMN is_open');
  }
}
