import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { SimulatorDriver } from '../../../libs/testing/simulator-driver';
import { memberIdFor, scenarios, simulatedPayers } from '../scenarios';
import { type RunningSimulator, startSimulator } from '../simulator';
import { mockChecks } from './mock-checks';

type Json = Record<string, unknown>;

const clock = { now: () => new Date('2026-03-01T15:30:00Z') };
const [northwind] = simulatedPayers;
if (northwind === undefined) throw new Error('no payers');

const v3Path = '/stedi/2024-04-01/change/medicalnetwork/eligibility/v3';
const redesignedPath = '/stedi/2026-06-01/eligibility-check';

function v3Check(memberId = 'NWH0010001', more: Json = {}): Json {
  return {
    tradingPartnerServiceId: 'NW001',
    provider: { organizationName: 'HARBOR HOUSE RECOVERY', npi: '1999999984' },
    subscriber: { memberId, firstName: 'IMOGEN', lastName: 'MARLOWE', dateOfBirth: '19880412' },
    encounter: { serviceTypeCodes: ['30'], dateOfService: '20260302' },
    ...more,
  };
}

function redesignedCheck(memberId = 'NWH0010001', more: Json = {}): Json {
  return {
    payerId: 'NW001',
    provider: { name: { organization: 'HARBOR HOUSE RECOVERY' }, npi: '1999999984' },
    subscriber: {
      memberId,
      name: { person: { firstName: 'IMOGEN', lastName: 'MARLOWE' } },
      dateOfBirth: '1988-04-12',
    },
    encounter: { services: [{ system: 'STC', value: '30' }], dates: { service: { start: '2026-03-02' } } },
    ...more,
  };
}

describe('the simulated clearinghouse', () => {
  let simulator: RunningSimulator;
  let driver: SimulatorDriver;

  beforeAll(async () => {
    simulator = await startSimulator({ port: 0, host: '127.0.0.1', clock });
    driver = new SimulatorDriver(simulator.url);
  });

  afterEach(() => driver.clearFaults());
  afterAll(() => simulator.close());

  async function post(path: string, check: unknown, key = 'live-key'): Promise<{ status: number; body: Json }> {
    const response = await fetch(simulator.url + path, {
      method: 'POST',
      body: typeof check === 'string' ? check : JSON.stringify(check),
      headers: { authorization: key },
    });
    return { status: response.status, body: (await response.json()) as Json };
  }

  it('answers v3 with the payer’s 271 beside its rows in JSON', async () => {
    const { status, body } = await post(v3Path, v3Check());
    expect(status).toBe(200);
    const meta = body.meta as Json;
    expect(meta).toMatchObject({ applicationMode: 'production', traceId: meta.outboundTraceId });
    expect(body).toMatchObject({
      payer: { name: 'NORTHWIND HEALTH PLAN', payorIdentification: 'NW001' },
      subscriber: { memberId: 'NWH0010001', firstName: 'IMOGEN', lastName: 'MARLOWE', dateOfBirth: '19880412' },
      planDateInformation: { planBegin: '20260101', service: '20260302' },
      errors: [],
      x12: expect.stringContaining(`BHT*0022*11*${meta.outboundTraceId}*`),
    });
    expect(body.benefitsInformation).toContainEqual({
      code: 'C',
      name: 'Deductible',
      coverageLevelCode: 'IND',
      coverageLevel: 'Individual',
      serviceTypeCodes: ['30'],
      serviceTypes: ['Health Benefit Plan Coverage'],
      timeQualifierCode: '29',
      timeQualifier: 'Remaining',
      benefitAmount: '600',
      inPlanNetworkIndicatorCode: 'Y',
      inPlanNetworkIndicator: 'Yes',
    });
    expect(body.benefitsInformation).toContainEqual(expect.objectContaining({ code: 'A', benefitPercent: '0.2' }));
  });

  it('answers the redesigned endpoint by plan and kind, an entry for each service', async () => {
    const { status, body } = await post(redesignedPath, redesignedCheck());
    expect(status).toBe(200);
    const [plan] = body.plans as [{ name: string; benefits: Record<string, Json[]> }];
    expect(plan.name).toBe('NORTHWIND OPEN ACCESS PPO');
    expect(plan.benefits.statuses?.[0]).toMatchObject({ status: 'ACTIVE_COVERAGE', coverageLevel: 'INDIVIDUAL' });
    expect(plan.benefits.coInsurance?.map((entry) => (entry.service as Json).value)).toEqual([
      'CJ',
      'CH',
      'MH',
      'CJ',
      'CH',
      'MH',
    ]);
    expect(plan.benefits.deductible).toContainEqual({
      coverageLevel: 'INDIVIDUAL',
      service: { system: 'STC', value: '30', definition: 'Health Benefit Plan Coverage' },
      timePeriod: 'REMAINING',
      amount: '600',
      network: { indicator: 'IN_NETWORK' },
    });
    expect(body.subscriber).toMatchObject({ dates: { plan: { start: '2026-01-01' } } });
  });

  it('records what it is asked, also what it refuses', async () => {
    const before = (await driver.ledger()).length;
    await post(v3Path, v3Check());
    await post(redesignedPath, redesignedCheck(), 'wrong');
    await post(redesignedPath, '{');
    const entries = await driver.ledger(before);
    expect(entries.map(({ protocol, answered, memberId }) => [protocol, answered, memberId])).toEqual([
      ['stedi-v3', 'active_full', 'NWH0010001'],
      ['stedi-2026-06-01', 'key refused', undefined],
      ['stedi-2026-06-01', 'no JSON', undefined],
    ]);
  });

  it.each([
    ['a missing key', '', v3Path, v3Check(), 403],
    ['a wrong key', 'wrong-one', v3Path, v3Check(), 403],
    ['a wrong key', 'wrong-one', redesignedPath, redesignedCheck(), 401],
    ['a test key with real data', 'test_1', v3Path, v3Check(), 400],
    ['no JSON', 'key', v3Path, 'hello', 400],
  ])('refuses %s %s at %s', async (_name, key, path, check, status) => {
    const refused = await post(path, check, key);
    expect(refused).toEqual({ status, body: { message: expect.any(String) } });
  });

  it.each([
    ['/subscriber/memberId', v3Path, v3Check('NWH#1')],
    ['/subscriber/dateOfBirth', v3Path, v3Check('X1', { subscriber: { memberId: 'X1', dateOfBirth: '1988-04-12' } })],
    ['/subscriber', v3Path, v3Check('X1', { subscriber: {} })],
    ['/provider', v3Path, v3Check('X1', { provider: { npi: '1999999984' } })],
    ['/serviceType', v3Path, v3Check('X1', { serviceType: '30' })],
    ['/encounter/serviceTypeCodes', v3Path, v3Check('X1', { encounter: { serviceTypeCodes: [] } })],
    ['/dependents', v3Path, v3Check('X1', { dependents: [{ firstName: 'A' }, { firstName: 'B' }] })],
  ])('names the field %s that it refuses in v3', async (path, endpoint, check) => {
    const { status, body } = await post(endpoint, check);
    expect(status).toBe(400);
    expect(body.fieldList).toEqual([{ path, message: expect.any(String) }]);
  });

  it.each([
    ['/payerId', { payerId: '' }],
    ['/provider/name', { provider: { npi: '1999999984' } }],
    ['/subscriber/dateOfBirth', { subscriber: { memberId: 'X1', dateOfBirth: '19880412' } }],
    ['/dependent/name/person/lastName', { dependent: { name: { person: { firstName: 'A' } } } }],
    ['/encounter/services/0/system', { encounter: { services: [{ system: 'CPT', value: '30' }] } }],
  ])('names the field %s that it refuses in the redesigned endpoint', async (path, more) => {
    const { status, body } = await post(redesignedPath, redesignedCheck('X1', more));
    expect(status).toBe(400);
    expect(body.errors).toEqual([{ path, message: expect.any(String) }]);
  });

  it('does not know every payer', async () => {
    const v3 = await post(v3Path, v3Check('X1', { tradingPartnerServiceId: 'ZZ999' }));
    expect(v3).toMatchObject({ status: 400, body: { status: 'ERROR', errors: [{ code: '33' }] } });
    const redesigned = await post(redesignedPath, redesignedCheck('X1', { payerId: 'ZZ999' }));
    expect(redesigned).toMatchObject({ status: 400, body: { errors: [{ path: '/payerId' }] } });
  });

  it('asks for the plan as a whole and for today where a check does not say', async () => {
    const before = (await driver.ledger()).length;
    const { body } = await post(v3Path, v3Check('NWH0010001', { encounter: {} }));
    expect(body.planDateInformation).toMatchObject({ service: '20260301' });
    expect((await driver.ledger(before))[0]?.serviceTypes).toEqual(['30']);
  });

  it('gives a member the same file over JSON as over X12', async () => {
    const { body } = await post(v3Path, v3Check());
    await driver.putAnswer('FILE1', String(body.x12).replace('*600*', '*601*'));
    const served = await post(v3Path, v3Check('FILE1', { tradingPartnerServiceId: 'ANY' }));
    expect(JSON.stringify(served.body.benefitsInformation)).toContain('"benefitAmount":"601"');
    expect(served.body.subscriber).toMatchObject({ memberId: 'FILE1' });
    await driver.removeAnswer('FILE1');
  });

  it('answers a test key by its mock checks, marked as such', async () => {
    for (const { payerId, subscriber, dependent } of mockChecks) {
      const { birthDate, ...names } = subscriber;
      const check = v3Check('X1', {
        tradingPartnerServiceId: payerId,
        subscriber: { ...names, dateOfBirth: birthDate.replaceAll('-', '') },
        ...(dependent === undefined
          ? {}
          : {
              dependents: [
                {
                  firstName: dependent.firstName,
                  lastName: dependent.lastName,
                  dateOfBirth: dependent.birthDate.replaceAll('-', ''),
                },
              ],
            }),
      });
      const { status, body } = await post(v3Path, check, 'test_key');
      expect(status).toBe(200);
      expect(body.meta).toMatchObject({ applicationMode: 'test' });
    }
  });

  it('tells its own faults in JSON', async () => {
    await driver.playFault({ kind: 'status', status: 429, retryAfterSeconds: 3, count: 1 });
    expect(await post(v3Path, v3Check())).toEqual({
      status: 429,
      body: { message: expect.any(String), code: 'TOO_MANY_REQUESTS' },
    });
    await driver.playFault({ kind: 'truncate', count: 1 });
    expect((await post(v3Path, v3Check())).status).toBe(500);
  });

  const description = resolve(
    __dirname,
    '../../../../shared/samples/api-specs/stedi-real-time-eligibility-check-openapi.yml',
  );
  const answering = scenarios.filter(({ fault, atFirst }) => fault === undefined && atFirst === undefined);

  (existsSync(description) ? it : it.skip).each(answering.map((scenario) => [scenario.id, scenario] as const))(
    'writes scenario %s in v3 as the vendor’s API description has it',
    async (_id, scenario) => {
      const { load } = require('js-yaml') as { load(text: string): Json };
      const root = load(readFileSync(description, 'utf8'));
      const dependents = [{ firstName: 'TOBIAS', lastName: 'MARLOWE', dateOfBirth: '20100705' }];
      for (const more of [{}, { dependents }]) {
        const { body } = await post(v3Path, v3Check(memberIdFor(northwind, scenario), more));
        expect(strangers(body, '#/components/schemas/EligibilityCheckResponseContent', root)).toEqual([]);
      }
    },
  );
});

/** Members of a document that a schema does not name, and values that it does not list. */
function strangers(value: unknown, schemaOrRef: unknown, root: Json, path = ''): string[] {
  const schema = resolved(schemaOrRef, root);
  if (Array.isArray(value)) {
    return value.flatMap((each, index) => strangers(each, schema.items, root, `${path}/${index}`));
  }
  if (typeof value === 'object' && value !== null) {
    const properties = (schema.properties ?? {}) as Json;
    return Object.entries(value).flatMap(([name, each]) =>
      properties[name] === undefined ? [`${path}/${name}`] : strangers(each, properties[name], root, `${path}/${name}`),
    );
  }
  const allowed = schema.enum as unknown[] | undefined;
  if (schema.type !== typeof value) return [`${path}: ${String(value)} is no ${String(schema.type)}`];
  if (allowed !== undefined && !allowed.includes(value)) return [`${path}: ${String(value)} is not listed`];
  const { pattern } = schema;
  return typeof pattern === 'string' && !new RegExp(pattern).test(String(value)) ? [`${path}: ${String(value)}`] : [];
}

function resolved(schemaOrRef: unknown, root: Json): Json {
  const ref = typeof schemaOrRef === 'string' ? schemaOrRef : (schemaOrRef as Json).$ref;
  if (typeof ref !== 'string') return schemaOrRef as Json;
  const found = ref
    .split('/')
    .slice(1)
    .reduce<unknown>((node, key) => (node as Json)[key], root) as Json;
  return resolved(found, root);
}
