import { type Clock, createHttp, type Http, type HttpClient, HttpFailure, systemClock } from '@openvob/platform';
import { type RunningSimulator, startSimulator } from '../../../apps/payer-simulator/simulator';
import { mockChecks } from '../../../apps/payer-simulator/stedi/mock-checks';
import { SimulatorDriver } from '../../testing/simulator-driver';
import type { Answer, Connection, Inquiry } from '../contract';
import { inquiryAbout, makeSimulatorWorld } from '../contract/simulator-world';
import { describeAdapter } from '../contract/suite';
import { stediAdapter } from './stedi-adapter';

function connectionTo(url: string, settings: Record<string, string> = {}, apiKey = 'production-key-77'): Connection {
  return {
    id: 'con_simulator',
    adapter: 'stedi',
    endpointUrl: `${url}/stedi`,
    settings,
    credentials: { apiKey },
    timeoutMs: 20_000,
  };
}

const start = () => startSimulator({ port: 0, host: '127.0.0.1' });
const endpoints = ['v3', '2026-06-01'] as const;

for (const endpoint of endpoints) {
  const makeWorld = () =>
    makeSimulatorWorld({
      start,
      connectionTo: (url) => connectionTo(url, { endpoint }),
      faults: { truncated: { kind: 'truncate_envelope' } },
    });
  describeAdapter('stedi', { adapter: stediAdapter, how: `at the endpoint ${endpoint}`, makeWorld });
}

describe('the stedi adapter alone', () => {
  let simulator: RunningSimulator;
  let driver: SimulatorDriver;
  let http: HttpClient;

  beforeAll(async () => {
    simulator = await start();
    driver = new SimulatorDriver(simulator.url);
    http = createHttp();
  });

  afterEach(() => driver.clearFaults());

  afterAll(async () => {
    http.close();
    await simulator.close();
  });

  const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

  function verify(
    asked: Inquiry,
    connection: Connection = connectionTo(simulator.url),
    { clock = systemClock, over = http }: { clock?: Clock; over?: Http } = {},
  ): Promise<Answer> {
    return stediAdapter.verify(asked, connection, {
      signal: new AbortController().signal,
      clock,
      http: over,
      log: quiet,
    });
  }

  const at = (endpoint: string) => connectionTo(simulator.url, { endpoint });

  it.each(endpoints)(
    'gives no answer to a wrong inquiry when payers exchange and repeat theirs: %s',
    async (endpoint) => {
      await driver.playFault({ kind: 'shuffle', count: 120 });
      await driver.playFault({ kind: 'duplicate', count: 200 });
      const inquiries = Array.from({ length: 240 }, (_, index) =>
        inquiryAbout({
          trace: `CROWD${index}`,
          lastName: `Person${letters(index)}`,
          memberId: `NWH001${1_000 + index}`,
        }),
      );
      const answers = await Promise.all(inquiries.map((asked) => verify(asked, at(endpoint))));
      const taken = answers.flatMap((answer, index) =>
        answer.kind === 'benefits' ? [[answer.snapshot, inquiries[index]] as const] : [],
      );
      for (const [snapshot, asked] of taken) {
        expect(snapshot.patient).toMatchObject({
          lastName: asked?.subscriber.lastName,
          memberId: asked?.subscriber.memberId,
        });
      }
      const foreign = answers.filter((answer) => answer.kind === 'unavailable' && answer.why === 'foreign');
      expect(taken.length + foreign.length).toBe(240);
      expect(foreign).toHaveLength(120);
    },
  );

  it.each(endpoints)('says the same of a person as over X12, the plan and its figures: %s', async (endpoint) => {
    const answer = await verify(inquiryAbout({}), at(endpoint));
    expect(answer).toMatchObject({
      kind: 'benefits',
      snapshot: {
        status: 'active',
        payer: { name: 'NORTHWIND HEALTH PLAN' },
        plans: [{ name: 'NORTHWIND OPEN ACCESS PPO', group: 'DEMO1001', product: 'PR' }],
        accumulators: expect.arrayContaining([
          expect.objectContaining({
            kind: 'deductible',
            level: 'individual',
            network: 'in',
            limitCents: 150_000,
            remainingCents: 60_000,
          }),
          expect.objectContaining({ kind: 'out_of_pocket', level: 'family', network: 'out', limitCents: 2_000_000 }),
        ]),
        costShares: expect.arrayContaining([
          expect.objectContaining({ kind: 'coinsurance', percent: 20, network: 'in' }),
          expect.objectContaining({ kind: 'coinsurance', percent: 40, network: 'out' }),
        ]),
      },
      evidence: { format: `stedi-${endpoint}` },
    });
    if (answer.kind !== 'benefits') return;
    expect(answer.snapshot.accumulators[0]?.source[0]?.path).toMatch(/^\/(?:benefitsInformation|plans)\//);
  });

  it.each(endpoints)('is told that its key is refused: %s', async (endpoint) => {
    const wrong = { ...at(endpoint), credentials: { apiKey: 'wrong-key' } };
    expect(await verify(inquiryAbout({}), wrong)).toMatchObject({
      why: 'configuration',
      detail: endpoint === 'v3' ? 'http_403' : 'http_401',
    });
  });

  it.each([
    ['v3', 'payer_not_configured_33'],
    ['2026-06-01', 'request_refused /payerId'],
  ])('is told that the vendor does not know the payer: %s', async (endpoint, detail) => {
    const asked = { ...inquiryAbout({}), payer: { name: 'Nobody', id: 'NOBODY' } };
    expect(await verify(asked, at(endpoint))).toMatchObject({ kind: 'unavailable', why: 'configuration', detail });
  });

  it.each(endpoints)('gives a rejection of the provider, which comes with status 400: %s', async (endpoint) => {
    const answer = await verify(inquiryAbout({ memberId: 'NWH0180001' }), at(endpoint));
    expect(answer).toMatchObject({
      kind: 'rejected',
      snapshot: { rejections: [{ code: '51', level: 'provider' }] },
      evidence: { httpStatus: 400 },
    });
  });

  it.each(endpoints)('is told that the payer refuses the syntax of what the vendor wrote: %s', async (endpoint) => {
    await driver.playFault({ kind: 'ack_999', count: 1 });
    expect(await verify(inquiryAbout({}), at(endpoint))).toMatchObject({
      why: 'configuration',
      detail: '999_rejected',
    });
  });

  it('gives the vendor’s mock checks in test mode, and only there', async () => {
    for (const [endpoint, { payerId, subscriber, dependent }] of endpoints.flatMap((each) =>
      mockChecks.map((check) => [each, check] as const),
    )) {
      const asked: Inquiry = {
        ...inquiryAbout({}),
        payer: { name: 'Any', id: payerId },
        subscriber,
        ...(dependent === undefined ? {} : { dependent: { ...dependent, relationship: 'child' } }),
      };
      const inTestMode = connectionTo(simulator.url, { endpoint, testMode: 'true' }, 'test_key_1');
      expect((await verify(asked, inTestMode)).kind).toBe(subscriber.lastName === 'Prewitt' ? 'rejected' : 'benefits');
    }
    const inTestMode = connectionTo(simulator.url, { testMode: 'true' }, 'test_key_1');
    expect(await verify(inquiryAbout({}), inTestMode)).toMatchObject({ why: 'configuration', detail: 'http_400' });
  });

  it('leaves out the date of service when it is today all over the country', async () => {
    const clock = { now: () => new Date('2026-03-02T18:00:00Z') };
    const sent = async (serviceDate: Inquiry['serviceDate'], endpoint: string) => {
      const answer = await verify({ ...inquiryAbout({}), serviceDate }, at(endpoint), { clock });
      return JSON.parse(answer.evidence.request ?? '').encounter;
    };
    expect(await sent('2026-03-02', 'v3')).toEqual({ serviceTypeCodes: ['30'] });
    expect(await sent('2026-03-03', 'v3')).toEqual({ serviceTypeCodes: ['30'], dateOfService: '20260303' });
    const range = { from: '2026-03-02', to: '2026-03-09' };
    expect(await sent(range, 'v3')).toMatchObject({ beginningDateOfService: '20260302', endDateOfService: '20260309' });
    const services = [{ system: 'STC', value: '30' }];
    expect(await sent('2026-03-02', '2026-06-01')).toEqual({ services });
    expect(await sent('2026-03-03', '2026-06-01')).toEqual({ services, dates: { service: { start: '2026-03-03' } } });
    expect(await sent(range, '2026-06-01')).toMatchObject({ dates: { service: { start: range.from, end: range.to } } });
  });

  it('sends what identifies a person and nothing more', async () => {
    const asked: Inquiry = {
      ...inquiryAbout({}),
      provider: { name: 'Harbor House Recovery', npi: '1999999984', taxonomyCode: '261QR0405X' },
      subscriber: {
        firstName: 'Imogen',
        middleName: 'Ada',
        lastName: 'Marlowe',
        sex: 'female',
        birthDate: '1988-04-12',
        memberId: 'NWH0010001',
        groupNumber: 'DEMO1001',
      },
      dependent: { firstName: 'Tobias', lastName: 'Marlowe', birthDate: '2010-07-05', relationship: 'child' },
    };
    const body = async (endpoint: string) =>
      JSON.parse((await verify(asked, at(endpoint))).evidence.request ?? '') as object;
    expect(await body('v3')).toEqual({
      tradingPartnerServiceId: 'NW001',
      provider: { organizationName: 'Harbor House Recovery', npi: '1999999984' },
      subscriber: { memberId: 'NWH0010001', firstName: 'Imogen', lastName: 'Marlowe', dateOfBirth: '19880412' },
      dependents: [{ firstName: 'Tobias', lastName: 'Marlowe', dateOfBirth: '20100705' }],
      encounter: { serviceTypeCodes: ['30'], dateOfService: '20260302' },
    });
    expect(await body('2026-06-01')).toEqual({
      payerId: 'NW001',
      provider: { name: { organization: 'Harbor House Recovery' }, npi: '1999999984' },
      subscriber: {
        memberId: 'NWH0010001',
        name: { person: { firstName: 'Imogen', lastName: 'Marlowe' } },
        dateOfBirth: '1988-04-12',
      },
      dependent: { name: { person: { firstName: 'Tobias', lastName: 'Marlowe' } }, dateOfBirth: '2010-07-05' },
      encounter: { services: [{ system: 'STC', value: '30' }], dates: { service: { start: '2026-03-02' } } },
    });
    expect(stediAdapter.fieldsOf(asked)).toEqual([
      '/payer/id',
      '/provider/name',
      '/provider/npi',
      '/subscriber/memberId',
      '/subscriber/firstName',
      '/subscriber/lastName',
      '/subscriber/birthDate',
      '/dependent/firstName',
      '/dependent/lastName',
      '/dependent/birthDate',
      '/serviceTypes',
      '/serviceDate',
    ]);
  });

  it('sends the provider’s password for a payer’s portal where the connection has one, and keeps no copy of it', async () => {
    const bodies: string[] = [];
    const watched: Http = {
      send: (request) => {
        bodies.push(String(request.body));
        return http.send(request);
      },
    };
    const plain = at('v3');
    const withPin = { ...plain, credentials: { ...plain.credentials, portalPassword: 'Pin-4711' } };
    const answer = await verify(inquiryAbout({}), withPin, { over: watched });
    expect(answer.kind).toBe('benefits');
    expect(JSON.parse(bodies[0] ?? '')).toMatchObject({ tradingPartnerServiceId: 'NW001', portalPassword: 'Pin-4711' });
    expect(JSON.stringify(answer)).not.toContain('Pin-4711');
    await verify(inquiryAbout({}), plain, { over: watched });
    expect(bodies[1]).not.toContain('portalPassword');
  });

  it.each([
    ['a member id that the vendor does not take', { memberId: 'NWH#1' }, '/subscriber/memberId format'],
    ['a name that is too long', { lastName: 'Marlowe'.repeat(10) }, '/subscriber/lastName format'],
    ['nobody at all', { memberId: '', lastName: ' ', birthDate: '' }, '/subscriber required'],
  ])('asks a person to help about %s, and sends nothing', async (_name, subscriber, told) => {
    const before = (await driver.ledger()).length;
    const asked = { ...inquiryAbout({}), subscriber: { ...inquiryAbout({}).subscriber, ...subscriber } };
    expect(await verify(asked)).toEqual({ kind: 'needs_human', why: `not_sendable ${told}`, evidence: {} });
    expect(await driver.ledger()).toHaveLength(before);
  });

  it('says that its own data is wrong where it is', async () => {
    const asked = { ...inquiryAbout({ memberId: 'NWH#1' }), provider: { name: 'Harbor House', npi: '12' } };
    expect(await verify(asked)).toEqual({
      kind: 'unavailable',
      why: 'configuration',
      detail: 'not_sendable /provider/npi format',
      evidence: {},
    });
  });

  it('lets a fault of the program through', async () => {
    const broken: Http = { send: () => Promise.reject(new TypeError('a fault of ours')) };
    await expect(verify(inquiryAbout({}), undefined, { over: broken })).rejects.toThrow('a fault of ours');
  });

  it('calls a certificate that is not trusted a fault of the set-up', async () => {
    const failing: Http = { send: () => Promise.reject(new HttpFailure('tls')) };
    expect(await verify(inquiryAbout({}), undefined, { over: failing })).toMatchObject({
      why: 'configuration',
      detail: 'certificate_not_trusted',
    });
  });
});

/** 0 is `A`, 27 is `BB`: names hold no digits. */
function letters(index: number): string {
  return [...index.toString(10)].map((digit) => String.fromCharCode(65 + Number(digit))).join('');
}
