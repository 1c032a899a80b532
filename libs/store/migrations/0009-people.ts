import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tables whose rows belong to one person; that person's transactions see them. */
const ofPerson = ['membership', 'session', 'known_device', 'recovery_code', 'one_time_link', 'identity'];

/** Tables whose rows belong to a facility as well. */
const ofFacility = ['membership', 'one_time_link', 'identity_provider', 'identity', 'emergency_access'];

const tables = `
CREATE TABLE person (
  id text PRIMARY KEY,
  email text NOT NULL UNIQUE,
  name text NOT NULL,
  password_hash text,
  password_changed_at timestamptz,
  totp_secret bytea,
  totp_confirmed_at timestamptz,
  -- the time step of the last code that was used: none counts twice
  totp_last_step bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL
);

-- a person may work for several facilities, in one role each
CREATE TABLE membership (
  facility_id text NOT NULL REFERENCES facility,
  person_id text NOT NULL REFERENCES person,
  role text NOT NULL CHECK (role IN ('coordinator', 'supervisor', 'biller', 'ops', 'auditor', 'admin')),
  invited_name text NOT NULL,
  invited_by text NOT NULL,
  invited_at timestamptz NOT NULL,
  accepted_at timestamptz,
  ended_at timestamptz,
  PRIMARY KEY (facility_id, person_id)
);
CREATE INDEX membership_by_person ON membership (person_id);

-- browsers that a person has signed in from: the first sign-in from another one is announced
CREATE TABLE known_device (
  id text PRIMARY KEY,
  person_id text NOT NULL REFERENCES person,
  token_hash bytea NOT NULL,
  name text NOT NULL,
  first_seen_at timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL,
  UNIQUE (person_id, token_hash)
);

CREATE TABLE session (
  id text PRIMARY KEY,
  person_id text NOT NULL REFERENCES person,
  -- nobody chose one yet
  facility_id text REFERENCES facility,
  -- signed in by this provider, and so bound to its facility
  provider_id text,
  token_hash bytea NOT NULL UNIQUE,
  device_id text NOT NULL REFERENCES known_device ON DELETE CASCADE,
  address text NOT NULL,
  second_factor boolean NOT NULL,
  created_at timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL,
  emergency_id text,
  emergency_until timestamptz,
  ended_at timestamptz,
  end_reason text
);
CREATE INDEX session_by_person ON session (person_id, created_at DESC);
CREATE INDEX session_by_device ON session (device_id);

CREATE TABLE recovery_code (
  person_id text NOT NULL REFERENCES person,
  code_hash bytea NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (person_id, code_hash)
);

CREATE TABLE one_time_link (
  id text PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('first_admin', 'invitation', 'password_reset')),
  token_hash bytea NOT NULL UNIQUE,
  person_id text NOT NULL REFERENCES person,
  facility_id text REFERENCES facility,
  made_by text NOT NULL,
  made_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);
CREATE INDEX one_time_link_by_person ON one_time_link (person_id) WHERE used_at IS NULL;

-- failed sign-ins in a row, by account, device or address; the key is a keyed hash
CREATE TABLE sign_in_throttle (
  key bytea PRIMARY KEY,
  failures integer NOT NULL,
  counted_at timestamptz NOT NULL,
  blocked_until timestamptz NOT NULL
);
CREATE INDEX sign_in_throttle_by_age ON sign_in_throttle (counted_at);

-- requests of a caller within a window that begins with its first; lost with a crash, which lets a caller begin anew
CREATE UNLOGGED TABLE rate_window (
  key text PRIMARY KEY,
  began_at timestamptz NOT NULL,
  used integer NOT NULL
);
CREATE INDEX rate_window_by_age ON rate_window (began_at);

CREATE TABLE identity_provider (
  id text PRIMARY KEY,
  facility_id text NOT NULL REFERENCES facility,
  name text NOT NULL,
  issuer text NOT NULL,
  client_id text NOT NULL,
  client_secret bytea,
  email_domains text[] NOT NULL,
  created_at timestamptz NOT NULL,
  withdrawn_at timestamptz
);
CREATE INDEX identity_provider_by_facility ON identity_provider (facility_id, name);
CREATE INDEX identity_provider_by_domain ON identity_provider USING gin (email_domains);

-- whom a provider's subject is known as here
CREATE TABLE identity (
  provider_id text NOT NULL REFERENCES identity_provider,
  subject text NOT NULL,
  facility_id text NOT NULL REFERENCES facility,
  person_id text NOT NULL REFERENCES person,
  linked_at timestamptz NOT NULL,
  PRIMARY KEY (provider_id, subject)
);
CREATE INDEX identity_by_person ON identity (person_id);

CREATE TABLE emergency_access (
  id text PRIMARY KEY,
  facility_id text NOT NULL REFERENCES facility,
  person_id text NOT NULL REFERENCES person,
  session_id text NOT NULL,
  reason bytea NOT NULL,
  began_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  ended_at timestamptz,
  reviewed_by text,
  reviewed_at timestamptz
);
CREATE INDEX emergency_access_by_facility ON emergency_access (facility_id, began_at DESC, id DESC);

-- mail to be sent; the content holds one-time links, is encrypted, and goes once it is sent
CREATE TABLE outgoing_mail (
  id text PRIMARY KEY,
  kind text NOT NULL,
  content bytea,
  tries integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL,
  next_try_at timestamptz,
  sent_at timestamptz,
  fault text
);
CREATE INDEX outgoing_mail_due ON outgoing_mail (next_try_at) WHERE next_try_at IS NOT NULL;
CREATE INDEX outgoing_mail_by_age ON outgoing_mail (created_at);

-- what happened to accounts and belongs to no facility
CREATE TABLE installation_audit_entry (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  actor_kind text NOT NULL,
  actor_id text NOT NULL,
  action text NOT NULL,
  subject_id text NOT NULL,
  detail jsonb NOT NULL DEFAULT '{}'
);
CREATE TRIGGER installation_audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON installation_audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

ALTER TABLE facility ADD COLUMN requires_second_factor boolean NOT NULL DEFAULT true;
ALTER TABLE api_key ADD COLUMN scopes text[];
ALTER TABLE api_key ADD COLUMN created_by text;
ALTER TABLE api_key ADD COLUMN replaces text REFERENCES api_key;
ALTER TABLE api_key ADD COLUMN last_used_on date;
CREATE INDEX api_key_by_facility ON api_key (facility_id, created_at DESC, id DESC);
`;

const setting = (name: string): string => `NULLIF(current_setting('openvob.${name}', true), '')`;
const hashSetting = (name: string): string => `decode(${setting(name)}, 'hex')`;

function forced(table: string): string {
  return `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY; ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;`;
}

function policy(table: string, name: string, condition: string, command = 'ALL'): string {
  const check = command === 'SELECT' ? '' : `WITH CHECK (${condition})`;
  return `CREATE POLICY ${table}_${name} ON ${table} FOR ${command} TO openvob_app USING (${condition}) ${check};`;
}

/** A person's rows are seen by that person, a facility's by that facility; what comes before both is known is found by one exact secret. */
const separation = [...new Set(['person', ...ofPerson, ...ofFacility])]
  .map(forced)
  .concat(ofPerson.map((table) => policy(table, 'self', `person_id = ${setting('person_id')}`)))
  .concat(ofFacility.map((table) => policy(table, 'own', `facility_id = ${setting('facility_id')}`)))
  .concat(
    policy('person', 'self', `id = ${setting('person_id')}`),
    policy('person', 'by_email', `email = ${setting('person_email')}`, 'SELECT'),
    policy('person', 'colleague', 'EXISTS (SELECT FROM membership m WHERE m.person_id = person.id)', 'SELECT'),
    policy('session', 'look_up', `token_hash = ${hashSetting('session_hash')}`, 'SELECT'),
    policy('session', 'of_facility', `facility_id = ${setting('facility_id')}`, 'SELECT'),
    policy('session', 'end_of_facility', `facility_id = ${setting('facility_id')}`, 'UPDATE'),
    policy('one_time_link', 'look_up', `token_hash = ${hashSetting('link_hash')}`, 'SELECT'),
    policy('identity_provider', 'look_up', `id = ${setting('identity_provider_id')}`, 'SELECT'),
    policy('identity_provider', 'by_domain', `email_domains @> ARRAY[${setting('email_domain')}]`, 'SELECT'),
    policy(
      'facility',
      'of_member',
      `EXISTS (SELECT FROM membership m WHERE m.facility_id = facility.id AND m.person_id = ${setting('person_id')})`,
      'SELECT',
    ),
  )
  .join('\n');

const grants = `
GRANT SELECT, INSERT, UPDATE ON person, membership, one_time_link, identity_provider, emergency_access TO openvob_app;
GRANT SELECT, INSERT, DELETE ON identity TO openvob_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON session, known_device, recovery_code, sign_in_throttle, rate_window, outgoing_mail TO openvob_app;
GRANT INSERT ON installation_audit_entry TO openvob_app;
GRANT SELECT ON installation_audit_entry TO openvob_upkeep;
`;

const made = [
  'installation_audit_entry',
  'outgoing_mail',
  'emergency_access',
  'identity',
  'identity_provider',
  'rate_window',
  'sign_in_throttle',
  'one_time_link',
  'recovery_code',
  'session',
  'known_device',
  'membership',
  'person',
];

export class People1700000000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [tables, separation, grants]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP POLICY facility_of_member ON facility');
    await runner.query(`DROP TABLE ${made.join(', ')} CASCADE`);
    await runner.query('ALTER TABLE facility DROP COLUMN requires_second_factor');
    await runner.query(
      'ALTER TABLE api_key DROP COLUMN scopes, DROP COLUMN created_by, DROP COLUMN replaces, DROP COLUMN last_used_on',
    );
  }
}
