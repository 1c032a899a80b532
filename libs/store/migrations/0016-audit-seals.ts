import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A trail, its links, and which of its lines are not linked yet. */
const trails = [
  { entries: 'audit_entry', seals: 'audit_seal', waiting: 'audit_unsealed', facility: true },
  {
    entries: 'installation_audit_entry',
    seals: 'installation_audit_seal',
    waiting: 'installation_audit_unsealed',
    facility: false,
  },
] as const;

type Trail = (typeof trails)[number];

const facilityColumn = `facility_id text NOT NULL DEFAULT current_setting('openvob.facility_id') REFERENCES facility,`;

function tables({ entries, seals, waiting, facility }: Trail): string {
  const column = facility ? facilityColumn : '';
  const key = facility ? 'facility_id, ' : '';
  return `
-- the hash chain over the trail: each hash covers its line and the hash before it
CREATE TABLE ${seals} (
  ${column}
  position bigint NOT NULL CHECK (position >= 1),
  entry_id bigint NOT NULL,
  hash bytea NOT NULL CHECK (length(hash) = 32),
  sealed_at timestamptz NOT NULL,
  PRIMARY KEY (${key}position),
  UNIQUE (${key}entry_id)
);
CREATE TRIGGER ${seals}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${seals}
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- lines that were written and not linked yet: a transaction that ends late is linked late, and nobody waits for another
CREATE TABLE ${waiting} (
  ${column}
  entry_id bigint NOT NULL,
  PRIMARY KEY (${key}entry_id)
);
CREATE FUNCTION await_${seals}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO ${waiting} (${key}entry_id) SELECT ${key}id FROM fresh;
  RETURN NULL;
END $$;
CREATE TRIGGER ${entries}_awaits_seal AFTER INSERT ON ${entries} REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION await_${seals}();
GRANT SELECT, INSERT ON ${seals} TO openvob_app;
GRANT SELECT, INSERT, DELETE ON ${waiting} TO openvob_app;
`;
}

/** The owner sees its own lines only while row-level security is not forced upon it. */
const olderLines = `
ALTER TABLE audit_entry NO FORCE ROW LEVEL SECURITY;
INSERT INTO audit_unsealed (facility_id, entry_id) SELECT facility_id, id FROM audit_entry;
ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY;
INSERT INTO installation_audit_unsealed (entry_id) SELECT id FROM installation_audit_entry;
`;

const separation = ['audit_seal', 'audit_unsealed']
  .map((table) => {
    const own = `facility_id = current_setting('openvob.facility_id', true)`;
    return `
ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
CREATE POLICY ${table}_own ON ${table} TO openvob_app USING (${own}) WITH CHECK (${own});`;
  })
  .join('\n');

const upkeep = `
CREATE POLICY audit_unsealed_upkeep ON audit_unsealed FOR SELECT TO openvob_upkeep USING (true);
GRANT SELECT (facility_id) ON audit_unsealed TO openvob_upkeep;
GRANT SELECT ON installation_audit_seal TO openvob_upkeep;
CREATE POLICY facility_upkeep ON facility FOR SELECT TO openvob_upkeep USING (true);
GRANT SELECT (id) ON facility TO openvob_upkeep;
`;

/** What the auditors' list asks by. */
const indexes = `
CREATE INDEX audit_entry_by_time ON audit_entry (facility_id, at DESC, id DESC);
CREATE INDEX audit_entry_by_actor ON audit_entry (facility_id, actor_id, at DESC, id DESC);
CREATE INDEX audit_entry_by_action ON audit_entry (facility_id, action, at DESC, id DESC);
`;

export class AuditSeals1700000000016 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const trail of trails) await runner.query(tables(trail));
    for (const sql of [olderLines, separation, upkeep, indexes]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX audit_entry_by_time, audit_entry_by_actor, audit_entry_by_action');
    await runner.query('DROP POLICY facility_upkeep ON facility; REVOKE SELECT (id) ON facility FROM openvob_upkeep');
    for (const { entries, seals, waiting } of trails) {
      await runner.query(`DROP TRIGGER ${entries}_awaits_seal ON ${entries}; DROP FUNCTION await_${seals}`);
      await runner.query(`DROP TABLE ${seals}, ${waiting}`);
    }
  }
}
