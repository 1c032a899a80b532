import { randomBytes } from 'node:crypto';
import { generateApiKey } from '@openvob/access';
import { addDays, type CivilDate, mondayOf } from '@openvob/benefits';
import { type Config, FieldCipher } from '@openvob/platform';
import type { ProgramPlan } from '@openvob/programs';
import { Database, FacilitySetup, type SourcedRate, StoredPayerDirectory } from '@openvob/store';
import { connectionsTo } from '../../apps/payer-simulator/payer-connections';
import { simulatedPayers } from '../../apps/payer-simulator/simulated-payers';

export const facilityId = 'fac_test';
export const programId = 'prg_test';
export const intakeSourceId = 'src_test';

/** Eight weeks of three mornings, substance use, with a weekly individual hour. */
export const plan: ProgramPlan = {
  track: 'sud',
  phases: [{ weeks: 8, weekdays: ['mon', 'wed', 'fri'] }],
  services: [
    { code: 'H0015', kind: 'iop_day', on: { every: 'program_day' } },
    { code: '90837', kind: 'individual_therapy', on: { weekly: 'tue' } },
  ],
};

const contract = (network: 'in' | 'out' | 'self_pay', h0015: number, hour: number): SourcedRate[] => [
  { code: 'H0015', network, allowedCents: h0015, source: 'invented for tests' },
  { code: 'S9480', network, allowedCents: h0015, source: 'invented for tests' },
  { code: '90837', network, allowedCents: hour, source: 'invented for tests' },
];
export const rates: SourcedRate[] = [
  ...simulatedPayers.flatMap(({ id }) => contract('in', 32_500, 14_000).map((rate) => ({ ...rate, payerId: id }))),
  ...contract('in', 32_500, 14_000),
  ...contract('out', 25_000, 11_000),
  ...contract('self_pay', 29_500, 12_500),
];

/**
 * The first Monday in March of the year at hand: eight weeks from it meet neither a holiday nor New Year, and on every day of that
 * year it lies where a start may lie, at most 12 months back and 18 ahead.
 */
export function usualStart(now = new Date()): CivilDate {
  return mondayOf(`${now.getUTCFullYear()}-03-07`);
}

/** A consent of two months ago. */
export function usualConsent(now = new Date()): { signedOn: CivilDate; scope: string } {
  return { signedOn: addDays(now.toISOString().slice(0, 10), -60), scope: 'treatment_payment_operations' };
}

/** A request that the demo scenario of this member id answers, made at a moment. */
export function requestFor(memberId: string, change: object = {}, now = new Date()): Record<string, unknown> {
  const payer = simulatedPayers.find(({ memberIdPrefix }) => memberId.startsWith(memberIdPrefix)) ?? simulatedPayers[0];
  return {
    patient: { firstName: 'Marlow', lastName: 'Quillfeather', birthDate: '1988-03-14', relationship: 'self' },
    coverages: [{ payer: { id: payer?.id }, memberId }],
    program: { id: programId },
    admission: { network: 'in', startDate: usualStart(now) },
    consent: { part2: usualConsent(now) },
    ...change,
  };
}

/** Puts a facility with one program, one key, one website and all simulated payers into a fresh database. */
export async function seedTestFacility(
  config: Config,
  simulatorUrl: string,
): Promise<{ apiKey: string; intakeSecret: string }> {
  const cipher = new FieldCipher(config.keyRing);
  const database = await Database.open({ url: config.databaseUrl, poolSize: 2 });
  const setup = new FacilitySetup(database, cipher);
  const now = new Date();
  const apiKey = generateApiKey();
  const intakeSecret = `whsec_${randomBytes(32).toString('base64')}`;
  await setup.put({ id: facilityId, name: 'Testwood Recovery', timeZone: 'America/New_York', npi: '1999999984' }, now);
  await setup.putProgram(
    facilityId,
    { id: programId, name: 'Testwood Mornings', plan, onFirstDay: [], description: {} },
    now,
  );
  await setup.putApiKey(facilityId, { name: 'tests', role: 'coordinator', secret: apiKey }, now);
  await setup.putIntakeSource(facilityId, { id: intakeSourceId, name: 'Test website', secrets: [intakeSecret] }, now);
  const directory = new StoredPayerDirectory(database, cipher);
  for (const payer of simulatedPayers) {
    const { id, name, aliases, memberIdPrefix, phone } = payer;
    const connections = connectionsTo(payer, simulatorUrl, { senderId: 'TESTWOOD', timeoutMs: 5000, costCents: 10 });
    const row = { id, name, aliases: [...aliases], memberIdPrefixes: [memberIdPrefix], ...(phone ? { phone } : {}) };
    await directory.put(
      row,
      connections.map((connection) => ({ ...connection, id: connection.id.replace('con_', 'con_pay_') })),
      now,
    );
  }
  await directory.put(
    { id: 'pay_phone', name: 'Paper and Phone Assurance', aliases: [], memberIdPrefixes: [], phone: '555-0199' },
    [],
    now,
  );
  await setup.putRates(facilityId, rates, now);
  await database.close();
  return { apiKey, intakeSecret };
}

/** The test program and its prices, at another facility. */
export async function putProgram(config: Config, facility: string, id: string): Promise<void> {
  const database = await Database.open({ url: config.databaseUrl, poolSize: 1 });
  const setup = new FacilitySetup(database, new FieldCipher(config.keyRing));
  const now = new Date();
  await setup.putProgram(facility, { id, name: 'Mornings', plan, onFirstDay: [], description: {} }, now);
  await setup.putRates(facility, rates, now);
  await database.close();
}
