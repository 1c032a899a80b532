import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateApiKey } from '@openvob/access';
import { createLog, type FieldCipher, type KeyRing, parseKeyRing, systemClock, todayIn } from '@openvob/platform';
import { Database, FacilitySetup, Letterheads, openCipher, StoredPayerDirectory } from '@openvob/store';
import { connectionsTo } from '../../payer-simulator/payer-connections';
import { memberIdFor, scenarios } from '../../payer-simulator/scenarios';
import { type SimulatedPayer, simulatedPayers } from '../../payer-simulator/simulated-payers';
import { demoFacility, demoIntakeSource, demoLetterhead, demoPrograms, demoRates } from './demo-facility';
import { type DemoUser, demoUsers, seedPeople } from './demo-people';

/** What `.openvob/demo.json` holds, and a request to begin with. */
export interface DemoFacts {
  url: string;
  apiKey: string;
  intake: { sourceId: string; secret: string };
  users: DemoUser[];
  /** What `/metrics` is read with. */
  metricsToken: string;
  request: object;
}

export interface SeedOptions {
  applicationUrl: string;
  simulatorUrl: string;
  apiUrl: string;
  /** The folder of `keys.json` and `demo.json`. */
  directory: string;
  /** What the person set for `/metrics`, instead of one of our own. */
  metricsToken?: string;
}

type KeptFacts = Omit<DemoFacts, 'request'>;

/**
 * Puts the demo facility, its programs, rates, key, intake website and simulated payers into the database, and writes `demo.json`.
 * Safe at every start: keys that were given out stay valid, addresses are brought up to date.
 */
export async function seedDemo(options: SeedOptions): Promise<DemoFacts> {
  const now = new Date();
  const facts = keptFacts(options);
  const database = await Database.open({ url: options.applicationUrl, poolSize: 2, applicationName: 'openvob-seed' });
  try {
    const cipher = await demoCipher(database, options.directory);
    await seedFacility(new FacilitySetup(database, cipher), facts, now);
    await seedLetterhead(new Letterheads(database, cipher), now);
    await seedPeople(database, demoFacility.id, facts.users, now);
    const directory = new StoredPayerDirectory(database, cipher);
    for (const payer of simulatedPayers) await seedPayer(directory, payer, options.simulatorUrl, now);
    await new FacilitySetup(database, cipher).putRates(demoFacility.id, demoRates(), now);
  } finally {
    await database.close();
  }
  writeFacts(options.directory, facts);
  return { ...facts, request: demoRequest(now) };
}

async function demoCipher(database: Database, directory: string): Promise<FieldCipher> {
  const read = (): KeyRing => parseKeyRing(readFileSync(join(directory, 'keys.json'), 'utf8'));
  const config = { keys: { kind: 'local', read }, keyRing: read() } as const;
  const { cipher, keys } = openCipher(database, config, { clock: systemClock, log: createLog('seed', 'error') });
  await keys.ready('installation');
  return cipher;
}

async function seedFacility(setup: FacilitySetup, facts: KeptFacts, now: Date): Promise<void> {
  await setup.put(demoFacility, now);
  for (const program of demoPrograms(todayIn(demoFacility.timeZone, now)))
    await setup.putProgram(demoFacility.id, program, now);
  await setup.putApiKey(demoFacility.id, { name: 'demo', role: 'machine', secret: facts.apiKey }, now);
  await setup.putIntakeSource(demoFacility.id, { ...demoIntakeSource, secrets: [facts.intake.secret] }, now);
}

/** What somebody changed since then stays. */
async function seedLetterhead(letterheads: Letterheads, now: Date): Promise<void> {
  if (await letterheads.get(demoFacility.id)) return;
  await letterheads.put(demoFacility.id, demoLetterhead, { kind: 'command', id: 'demonstration' }, now);
}

async function seedPayer(
  directory: StoredPayerDirectory,
  payer: SimulatedPayer,
  simulatorUrl: string,
  now: Date,
): Promise<void> {
  const { id, name, aliases, memberIdPrefix, phone, kind } = payer;
  const connections = connectionsTo(payer, simulatorUrl, { senderId: 'OPENVOBDEMO', timeoutMs: 45_000, costCents: 0 });
  const known = { ...(phone ? { phone } : {}), ...(kind ? { kind } : {}) };
  await directory.put(
    { id, name, aliases: [...aliases], memberIdPrefixes: [memberIdPrefix], ...known },
    connections,
    now,
  );
}

/** Facts of an earlier start are kept, so that a key in somebody's script goes on working. */
function keptFacts({ directory, apiUrl, metricsToken }: SeedOptions): KeptFacts {
  const file = join(directory, 'demo.json');
  const before = existsSync(file) ? readFacts(file) : undefined;
  return {
    url: apiUrl,
    apiKey: before?.apiKey ?? generateApiKey(),
    intake: {
      sourceId: demoIntakeSource.id,
      secret: before?.intake?.secret ?? `whsec_${randomBytes(32).toString('base64')}`,
    },
    users: demoUsers(before?.users),
    metricsToken: metricsToken ?? before?.metricsToken ?? randomBytes(24).toString('hex'),
  };
}

function readFacts(file: string): Partial<KeptFacts> | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<KeptFacts>;
  } catch {
    // A file that was cut off by a kill is made anew.
    return undefined;
  }
}

function writeFacts(directory: string, facts: KeptFacts): void {
  const file = join(directory, 'demo.json');
  writeFileSync(`${file}.new`, `${JSON.stringify(facts, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** Somebody invented, at the first simulated payer, in the scenario with full financials. */
function demoRequest(now: Date): object {
  const [payer] = simulatedPayers;
  const [scenario] = scenarios;
  if (!payer || !scenario) throw new Error('The simulator has no payer or no scenario');
  return {
    patient: { firstName: 'Jordan', lastName: 'Avery', birthDate: '1990-04-12', relationship: 'self' },
    coverages: [{ payer: { id: payer.id }, memberId: memberIdFor(payer, scenario) }],
    program: { id: 'prg_harbor_wellness' },
    consent: { part2: { signedOn: todayIn(demoFacility.timeZone, now), scope: 'treatment_payment_operations' } },
    priority: 'caller_waiting',
  };
}
