import type { MigrationInterface, QueryRunner } from 'typeorm';

const own = "facility_id = NULLIF(current_setting('openvob.facility_id', true), '')";

const tables = `
-- who is told of what happens to verifications, by Standard Webhooks
CREATE TABLE webhook_endpoint (
  id text PRIMARY KEY,
  facility_id text NOT NULL REFERENCES facility,
  -- whose system it is, for the account of disclosures
  recipient text NOT NULL,
  -- gone with the endpoint
  url bytea,
  secrets bytea,
  events text[] NOT NULL,
  created_at timestamptz NOT NULL,
  created_by text NOT NULL,
  disabled_at timestamptz,
  disabled_because text CHECK (disabled_because IN ('asked', 'gone', 'failing')),
  -- since when every try failed
  failing_since timestamptz,
  -- what the receiver asked for by Retry-After
  not_before timestamptz,
  deleted_at timestamptz
);
CREATE INDEX webhook_endpoint_by_facility ON webhook_endpoint (facility_id, created_at, id) WHERE deleted_at IS NULL;

-- what happened; its id is the webhook-id of every try at every endpoint. A trial has no verification.
CREATE TABLE webhook_event (
  id text PRIMARY KEY,
  facility_id text NOT NULL REFERENCES facility,
  verification_id text REFERENCES verification,
  type text NOT NULL CHECK (type IN ('verification.updated', 'verification.completed', 'verification.needs_attention',
    'verification.benefits_changed', 'webhook.test')),
  status text,
  round integer,
  version integer,
  at timestamptz NOT NULL
);
CREATE INDEX webhook_event_by_time ON webhook_event (facility_id, at, id);
CREATE INDEX webhook_event_by_verification ON webhook_event (verification_id) WHERE verification_id IS NOT NULL;

-- an event for one endpoint, until it is delivered or given up; the row is the outbox
CREATE TABLE webhook_delivery (
  id text PRIMARY KEY,
  facility_id text NOT NULL REFERENCES facility,
  endpoint_id text NOT NULL REFERENCES webhook_endpoint,
  event_id text NOT NULL REFERENCES webhook_event,
  verification_id text REFERENCES verification,
  type text NOT NULL,
  state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'failed', 'withheld')),
  -- when it was written, or asked for again, and the tries since
  asked_at timestamptz NOT NULL,
  tries integer NOT NULL DEFAULT 0,
  -- while a try is under way, when it is taken to be lost
  next_try_at timestamptz,
  attempts jsonb NOT NULL DEFAULT '[]',
  -- the first characters of the last answer that was no success
  response bytea,
  -- the consent that the account of disclosures names for it, or 'none' where it needs none
  disclosed_under text,
  created_at timestamptz NOT NULL,
  settled_at timestamptz,
  CHECK ((state = 'pending') = (next_try_at IS NOT NULL)),
  UNIQUE (endpoint_id, event_id)
);
CREATE INDEX webhook_delivery_due ON webhook_delivery (endpoint_id, next_try_at) WHERE next_try_at IS NOT NULL;
CREATE INDEX webhook_delivery_by_endpoint ON webhook_delivery (endpoint_id, created_at DESC, id DESC);
CREATE INDEX webhook_delivery_by_state ON webhook_delivery (endpoint_id, state, created_at DESC, id DESC);
CREATE INDEX webhook_delivery_by_age ON webhook_delivery (facility_id, created_at);
CREATE INDEX webhook_delivery_by_event ON webhook_delivery (event_id);
CREATE INDEX webhook_delivery_by_verification ON webhook_delivery (verification_id, endpoint_id) WHERE verification_id IS NOT NULL;
`;

/** In the transaction of the move itself, by the database: no way of moving a verification can forget it, and none takes a statement more. */
const telling = `
CREATE FUNCTION tell_webhooks(told verification, happened text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  told_id text := 'evt_' || replace(gen_random_uuid()::text, '-', '');
BEGIN
  INSERT INTO webhook_event (id, facility_id, verification_id, type, status, round, version, at)
    SELECT told_id, told.facility_id, told.id, happened, told.status, told.round, told.version, told.updated_at
    WHERE EXISTS (SELECT FROM webhook_endpoint e
      WHERE e.facility_id = told.facility_id AND e.deleted_at IS NULL AND happened = ANY (e.events));
  INSERT INTO webhook_delivery (id, facility_id, endpoint_id, event_id, verification_id, type, asked_at, next_try_at, created_at)
    SELECT 'whd_' || replace(gen_random_uuid()::text, '-', ''), told.facility_id, e.id, told_id, told.id, happened,
      told.updated_at, told.updated_at, told.updated_at
    FROM webhook_endpoint e
    WHERE e.facility_id = told.facility_id AND e.deleted_at IS NULL AND e.disabled_at IS NULL AND happened = ANY (e.events);
END $$;

CREATE FUNCTION tell_of_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM webhook_endpoint WHERE facility_id = NEW.facility_id AND deleted_at IS NULL) THEN
    RETURN NULL;
  END IF;
  PERFORM tell_webhooks(NEW, 'verification.updated');
  IF NEW.status = OLD.status THEN
    RETURN NULL;
  END IF;
  IF NEW.status IN ('verified', 'inactive', 'not_found', 'failed', 'cancelled') THEN
    PERFORM tell_webhooks(NEW, 'verification.completed');
  ELSIF NEW.status IN ('needs_information', 'needs_consent', 'needs_call') THEN
    PERFORM tell_webhooks(NEW, 'verification.needs_attention');
  END IF;
  RETURN NULL;
END $$;
-- that another worker took a run over is nobody's news
CREATE TRIGGER verification_tells_webhooks AFTER UPDATE ON verification FOR EACH ROW
  WHEN (OLD.version IS DISTINCT FROM NEW.version AND NOT (OLD.status = 'asking_payer' AND NEW.status = 'asking_payer'))
  EXECUTE FUNCTION tell_of_move();
`;

const separation = ['webhook_endpoint', 'webhook_event', 'webhook_delivery']
  .map(
    (table) => `
ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE ${table} FORCE ROW LEVEL SECURITY;
CREATE POLICY ${table}_own ON ${table} TO openvob_app USING (${own}) WITH CHECK (${own});
CREATE POLICY ${table}_keeper ON ${table} TO openvob_keeper USING (${own}) WITH CHECK (${own});`,
  )
  .join('');

/** The application writes events and never changes them; upkeep sees when what is due; the keeper rewrites ciphertexts and removes what is old. */
const grants = `
GRANT SELECT, INSERT ON webhook_endpoint, webhook_event, webhook_delivery TO openvob_app;
GRANT UPDATE (recipient, url, secrets, events, disabled_at, disabled_because, failing_since, not_before, deleted_at) ON webhook_endpoint TO openvob_app;
GRANT UPDATE (state, asked_at, tries, next_try_at, attempts, response, disclosed_under, settled_at) ON webhook_delivery TO openvob_app;
CREATE POLICY webhook_endpoint_upkeep ON webhook_endpoint FOR SELECT TO openvob_upkeep USING (true);
CREATE POLICY webhook_delivery_upkeep ON webhook_delivery FOR SELECT TO openvob_upkeep USING (true);
GRANT SELECT (id, facility_id, disabled_at, deleted_at, failing_since, not_before) ON webhook_endpoint TO openvob_upkeep;
GRANT SELECT (id, facility_id, endpoint_id, next_try_at, asked_at) ON webhook_delivery TO openvob_upkeep;
GRANT SELECT (facility_id, id, url, secrets), UPDATE (url, secrets) ON webhook_endpoint TO openvob_keeper;
GRANT SELECT (facility_id, id, response, verification_id, event_id, created_at), UPDATE (response), DELETE ON webhook_delivery TO openvob_keeper;
GRANT SELECT (facility_id, id, verification_id, at), DELETE ON webhook_event TO openvob_keeper;
`;

export class Webhooks1700000000022 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [tables, telling, separation, grants]) await runner.query(sql);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER verification_tells_webhooks ON verification');
    await runner.query('DROP FUNCTION tell_of_move; DROP FUNCTION tell_webhooks');
    await runner.query('DROP TABLE webhook_delivery, webhook_event, webhook_endpoint');
  }
}
