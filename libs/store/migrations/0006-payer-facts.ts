import type { MigrationInterface, QueryRunner } from 'typeorm';

const facts = `
ALTER TABLE payer
  ADD COLUMN kind text CHECK (kind IN ('commercial', 'blue', 'marketplace', 'medicaid', 'medicare', 'tricare', 'federal_employees',
    'third_party_administrator', 'behavioral_administrator')),
  -- two letters each; none: the payer is not tied to states, or nobody said
  ADD COLUMN states text[] NOT NULL DEFAULT '{}',
  ADD COLUMN portal_url text,
  -- where name, aliases, kind, states, prefixes and portal come from, and when that was read
  ADD COLUMN source text,
  ADD COLUMN as_of date,
  ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now();
UPDATE payer SET updated_at = created_at;
ALTER TABLE payer ADD CHECK ((source IS NULL) = (as_of IS NULL));

-- what a payer is called by, folded for look-ups; written from name and aliases, never by hand
CREATE TABLE payer_name (
  payer_id text NOT NULL REFERENCES payer ON DELETE CASCADE,
  -- 0 is the name, the others are aliases in their order
  position integer NOT NULL,
  text text NOT NULL,
  letters text NOT NULL,
  canonical text NOT NULL,
  initials text NOT NULL,
  words text[] NOT NULL,
  search_text text NOT NULL,
  folded_by integer NOT NULL,
  PRIMARY KEY (payer_id, position)
);

-- ids by which others know a payer; one without a dated source is left out
CREATE TABLE payer_identifier (
  payer_id text NOT NULL REFERENCES payer ON DELETE CASCADE,
  network text NOT NULL CHECK (network ~ '^[a-z][a-z0-9_]{0,39}$'),
  identifier text NOT NULL CHECK (length(identifier) BETWEEN 1 AND 80),
  enrollment text CHECK (enrollment IN ('not_needed', 'needed', 'done')),
  source text NOT NULL,
  as_of date NOT NULL,
  PRIMARY KEY (payer_id, network, identifier)
);

CREATE TABLE payer_phone (
  payer_id text NOT NULL REFERENCES payer ON DELETE CASCADE,
  purpose text NOT NULL CHECK (purpose IN ('general', 'eligibility', 'behavioral_health', 'authorization')),
  number text NOT NULL,
  -- [{ "days": ["mon", …], "from": "08:00", "to": "18:00" }] in that time zone; null: nobody said
  hours jsonb,
  time_zone text,
  source text,
  as_of date,
  PRIMARY KEY (payer_id, purpose, number),
  CHECK ((hours IS NULL) = (time_zone IS NULL)),
  CHECK ((source IS NULL) = (as_of IS NULL))
);

-- who administers behavioral health for whom; an empty state or kind of plan stands for all
CREATE TABLE payer_administrator (
  payer_id text NOT NULL REFERENCES payer ON DELETE CASCADE,
  administrator_id text NOT NULL REFERENCES payer ON DELETE CASCADE,
  state text NOT NULL DEFAULT '' CHECK (state ~ '^([A-Z]{2})?$'),
  plan_kind text NOT NULL DEFAULT '' CHECK (plan_kind IN ('', 'commercial', 'marketplace', 'medicaid', 'medicare', 'federal_employees', 'tricare')),
  source text NOT NULL,
  as_of date NOT NULL,
  PRIMARY KEY (payer_id, administrator_id, state, plan_kind),
  CHECK (payer_id <> administrator_id)
);
`;

const connections = `
ALTER TABLE payer_connection
  -- codes that the payer answers over this connection; null: unknown
  ADD COLUMN service_types text[],
  ADD COLUMN enrollment text CHECK (enrollment IN ('not_needed', 'needed', 'done')),
  ADD COLUMN source text,
  ADD COLUMN as_of date,
  -- the limit agreed for this connection; null: the adapter's own. max_in_flight is the one that holds
  ADD COLUMN agreed_in_flight integer CHECK (agreed_in_flight BETWEEN 1 AND 1000),
  ADD CHECK ((source IS NULL) = (as_of IS NULL));
UPDATE payer_connection SET agreed_in_flight = max_in_flight WHERE max_in_flight <> 10;
`;

const moves = `
INSERT INTO payer_phone (payer_id, purpose, number) SELECT id, 'general', phone FROM payer WHERE phone IS NOT NULL;
DROP INDEX payer_search;
ALTER TABLE payer DROP COLUMN phone, DROP COLUMN search_text;
`;

const indexes = `
CREATE INDEX payer_by_name ON payer (name, id) WHERE withdrawn_at IS NULL;
CREATE INDEX payer_by_folded_id ON payer (lower(id));
CREATE INDEX payer_by_prefix ON payer USING gin (member_id_prefixes);
CREATE INDEX payer_name_by_letters ON payer_name (letters);
CREATE INDEX payer_name_by_canonical ON payer_name (canonical);
CREATE INDEX payer_name_by_initials ON payer_name (initials);
CREATE INDEX payer_name_by_word ON payer_name USING gin (words);
CREATE INDEX payer_name_by_likeness ON payer_name USING gin (search_text gin_trgm_ops);
CREATE INDEX payer_name_folded ON payer_name (folded_by);
CREATE INDEX payer_identifier_by_value ON payer_identifier (lower(identifier));
CREATE INDEX payer_administrator_by_administrator ON payer_administrator (administrator_id);
CREATE INDEX payer_connection_by_reference ON payer_connection (lower(payer_reference));
`;

/** Payers belong to the whole installation, and so does the trail of what was changed about them: no facility owns it. */
const trail = `
CREATE TABLE directory_change (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  actor_kind text NOT NULL,
  actor_id text NOT NULL,
  action text NOT NULL,
  payer_id text NOT NULL,
  connection_id text,
  -- names of what was changed, never values
  fields text[] NOT NULL
);
CREATE INDEX directory_change_by_payer ON directory_change (payer_id, id);
CREATE TRIGGER directory_change_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON directory_change
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`;

const grants = `
GRANT SELECT, INSERT, UPDATE, DELETE ON payer_name, payer_identifier, payer_phone, payer_administrator TO openvob_app;
GRANT SELECT, INSERT ON directory_change TO openvob_app;
`;

export class PayerFacts1700000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [facts, connections, moves, indexes, trail, grants]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE payer ADD COLUMN phone text, ADD COLUMN search_text text NOT NULL DEFAULT ''`);
    await runner.query(
      `UPDATE payer SET search_text = lower(name), phone = (SELECT min(number) FROM payer_phone WHERE payer_id = payer.id)`,
    );
    await runner.query('CREATE INDEX payer_search ON payer USING gin (search_text gin_trgm_ops)');
    await runner.query('DROP TABLE directory_change, payer_administrator, payer_phone, payer_identifier, payer_name');
    await runner.query('DROP INDEX payer_by_name, payer_by_folded_id, payer_by_prefix, payer_connection_by_reference');
    await runner.query(
      'ALTER TABLE payer DROP COLUMN kind, DROP COLUMN states, DROP COLUMN portal_url, DROP COLUMN source, DROP COLUMN as_of, DROP COLUMN updated_at',
    );
    await runner.query(
      `ALTER TABLE payer_connection DROP COLUMN service_types, DROP COLUMN enrollment, DROP COLUMN source, DROP COLUMN as_of,
         DROP COLUMN agreed_in_flight`,
    );
  }
}
