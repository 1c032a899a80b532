import type { Client } from 'pg';

/** Tables that belong to no facility and hold nothing about a patient, with what they are. A new table has to be one or the other. */
const shared: Readonly<Record<string, string>> = {
  canary: 'when a job last went through each lane',
  connection_outcome: 'how exchanges with payers ended',
  connection_slot: 'who holds a payer connection',
  connection_state: 'breakers and paces of payers',
  connection_tally: 'counts of exchanges',
  connection_turn: 'whose turn it is at a payer',
  directory_change: 'trail of the payer directory',
  installation_data_key: 'wrapped keys of accounts, mail and payer connections',
  installation_audit_entry: 'trail of what belongs to no facility',
  installation_audit_seal: 'its hash chain',
  installation_audit_unsealed: 'its lines that are not linked yet',
  migrations: 'what ran',
  outgoing_mail: 'encrypted mail on its way',
  payer: 'the directory',
  payer_administrator: 'the directory',
  payer_connection: 'the directory',
  payer_identifier: 'the directory',
  payer_name: 'the directory',
  payer_phone: 'the directory',
  rate_window: 'allowances by key of the caller',
  service_type_memory: 'what a payer answered usefully',
  sign_in_throttle: 'failures by keyed hash',
  status_move: 'legal moves',
  worker_process: 'processes that run',
  worker_tally: 'counts of workers',
};

/** Tables whose rows belong to a person: forced row-level security too, by the person instead of the facility. */
const ofPerson = new Set(['person', 'known_device', 'recovery_code']);

/** Every table with a facility's rows, `facility` itself included. */
export async function facilityTablesOf(owner: Client): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'facility_id' AND NOT a.attisdropped
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1`,
  );
  return ['facility', ...rows.map(({ name }) => name)];
}

/** Whatever in the catalog would let a row out; each as `table: what is wrong`. */
export async function catalogFaults(owner: Client): Promise<string[]> {
  return [
    ...(await tableFaults(owner)),
    ...(await roleFaults(owner)),
    ...(await grantFaults(owner)),
    ...(await functionFaults(owner)),
  ];
}

async function tableFaults(owner: Client): Promise<string[]> {
  const facilityTables = new Set(await facilityTablesOf(owner));
  const { rows } = await owner.query<{ name: string; forced: boolean; policies: number }>(
    `SELECT c.relname AS name, c.relrowsecurity AND c.relforcerowsecurity AS forced,
       (SELECT count(*)::int FROM pg_policy p WHERE p.polrelid = c.oid) AS policies
     FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')`,
  );
  return rows.flatMap(({ name, forced, policies }) => {
    const isOwned = facilityTables.has(name) || ofPerson.has(name);
    if (!isOwned) return name in shared ? [] : [`${name}: has no facility_id and is not named as shared`];
    return [
      ...(forced ? [] : [`${name}: row-level security is not forced`]),
      ...(policies > 0 ? [] : [`${name}: no policy`]),
    ];
  });
}

/** Our roles own nothing of ours and are above no rule; nobody else gets in. */
async function roleFaults(owner: Client): Promise<string[]> {
  const { rows } = await owner.query<{ fault: string }>(
    `SELECT rolname || ': superuser, or past row-level security, or may make roles' AS fault FROM pg_roles
       WHERE rolname LIKE 'openvob%' AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)
     UNION ALL SELECT c.relname || ': owned by ' || r.rolname FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
       WHERE c.relnamespace = 'public'::regnamespace AND r.rolname LIKE 'openvob%'
     UNION ALL SELECT 'schema public: openvob_app may create in it' WHERE has_schema_privilege('openvob_app', 'public', 'CREATE')
     UNION ALL SELECT m.rolname || ': member of ' || r.rolname FROM pg_auth_members am JOIN pg_roles m ON m.oid = am.member
       JOIN pg_roles r ON r.oid = am.roleid WHERE m.rolname LIKE 'openvob%' AND r.rolname NOT LIKE 'openvob%'`,
  );
  return rows.map(({ fault }) => fault);
}

/** Nothing is open to everybody, nothing can be emptied, and what is a record is only added to. */
async function grantFaults(owner: Client): Promise<string[]> {
  const { rows } = await owner.query<{ fault: string }>(
    `SELECT table_name || ': ' || privilege_type || ' for ' || grantee AS fault FROM information_schema.role_table_grants
     WHERE table_schema = 'public' AND (grantee = 'PUBLIC' OR (grantee LIKE 'openvob%' AND (
       privilege_type IN ('TRUNCATE', 'REFERENCES', 'TRIGGER')
       OR (grantee = 'openvob_upkeep' AND privilege_type <> 'SELECT')
       -- what need not be kept any longer is removed by a role that can change nothing else
       OR (grantee <> 'openvob_keeper' AND privilege_type IN ('UPDATE', 'DELETE')
         AND (table_name LIKE '%\\_record' AND table_name <> 'idempotency_record' OR table_name = 'answer'))
       OR (privilege_type IN ('UPDATE', 'DELETE') AND (table_name = 'disclosure'
         OR table_name IN ('patient_move', 'audit_entry', 'audit_seal', 'installation_audit_entry', 'installation_audit_seal', 'directory_change'))))))`,
  );
  return rows.map(({ fault }) => fault);
}

/** A function that runs with its owner's rights would be a way past every policy. */
async function functionFaults(owner: Client): Promise<string[]> {
  const { rows } = await owner.query<{ fault: string }>(
    `SELECT proname || ': runs with the rights of its owner' AS fault FROM pg_proc
     WHERE pronamespace = 'public'::regnamespace AND prosecdef`,
  );
  return rows.map(({ fault }) => fault);
}
