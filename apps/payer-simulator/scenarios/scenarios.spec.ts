import { type Answer, adapters, type Connection, type Inquiry } from '@openvob/payers';
import { createHttp, type HttpClient, systemClock } from '@openvob/platform';
import { peculiarPayers } from '../peculiar-payers';
import { simulatedPayers } from '../simulated-payers';
import { type RunningSimulator, startSimulator } from '../simulator';
import { memberIdFor, scenarios, usualMemberId } from '.';

const [northwind] = simulatedPayers;
if (northwind === undefined) throw new Error('no payers');
const [northwindUsual] = scenarios;
if (northwindUsual === undefined) throw new Error('no scenarios');

/** What an adapter makes of each scenario, the first time that it asks about a member id. */
const expected: Readonly<Record<string, object>> = {
  active_full: {
    kind: 'benefits',
    issues: [],
    snapshot: {
      status: 'active',
      plans: [{ name: 'NORTHWIND OPEN ACCESS PPO', group: 'DEMO1001', product: 'PR' }],
      accumulators: [
        { kind: 'deductible', level: 'individual', network: 'in', limitCents: 150_000, remainingCents: 60_000 },
        { kind: 'deductible', level: 'family', network: 'in', limitCents: 300_000, remainingCents: 210_000 },
        { kind: 'out_of_pocket', level: 'individual', network: 'in', limitCents: 500_000, remainingCents: 390_000 },
        { kind: 'out_of_pocket', level: 'family', network: 'in', limitCents: 1_000_000, remainingCents: 890_000 },
        { kind: 'deductible', level: 'individual', network: 'out', limitCents: 300_000, remainingCents: 300_000 },
        { kind: 'deductible', level: 'family', network: 'out', limitCents: 600_000, remainingCents: 600_000 },
        { kind: 'out_of_pocket', level: 'individual', network: 'out', limitCents: 1_000_000 },
        { kind: 'out_of_pocket', level: 'family', network: 'out', limitCents: 2_000_000 },
      ],
      costShares: [
        { kind: 'coinsurance', percent: 20, network: 'in', serviceTypes: ['CJ', 'CH', 'MH'] },
        { kind: 'coinsurance', percent: 40, network: 'out', serviceTypes: ['CJ', 'CH', 'MH'] },
      ],
      authorizations: [{ required: 'no' }, { required: 'no' }],
    },
  },
  copay_a_day: {
    kind: 'benefits',
    issues: [],
    snapshot: {
      costShares: [
        { kind: 'copay', per: 'day', amountCents: 4_000, network: 'in' },
        { kind: 'coinsurance', percent: 50, network: 'out' },
      ],
    },
  },
  behavioral_without_amounts: {
    kind: 'benefits',
    snapshot: {
      status: 'active',
      costShares: [],
      coverages: [{ serviceTypes: ['30'] }, { serviceTypes: ['CJ', 'CH', 'MH'] }],
    },
  },
  authorization_required: {
    kind: 'benefits',
    snapshot: { costShares: [{ percent: 10, network: 'in' }] },
  },
  inactive: { kind: 'benefits', snapshot: { status: 'inactive' } },
  not_found: { kind: 'rejected', snapshot: { rejections: [{ code: '75', class: 'member_data' }] } },
  busy_twice: { kind: 'rejected', snapshot: { rejections: [{ code: '42', class: 'transient', level: 'payer' }] } },
  down_twice: { kind: 'unavailable', why: 'down' },
  html: { kind: 'unavailable', why: 'unreadable', detail: 'html' },
  cut_off: { kind: 'unavailable', why: 'unreadable', detail: 'cut_off' },
  wrong_trace: { kind: 'unavailable', why: 'foreign', detail: 'foreign_trace' },
  slow: { kind: 'unavailable', why: 'timeout' },
  other_person: { kind: 'unavailable', why: 'foreign', detail: 'foreign_name' },
  carve_out: {
    kind: 'benefits',
    snapshot: { carveOut: { entity: 'LANTERN BEHAVIORAL NETWORK', phone: '5550107007' } },
  },
  visit_limit: {
    kind: 'benefits',
    snapshot: {
      costShares: [{ kind: 'copay', per: 'visit', amountCents: 2_500 }],
      limits: [{ unit: 'visits', allowed: 60, remaining: 18, period: 'calendar_year' }],
    },
  },
  other_payer_first: {
    kind: 'benefits',
    snapshot: { otherPayers: [{ order: 'primary', name: 'CEDAR & VALE MUTUAL' }] },
  },
  birth_date_mismatch: { kind: 'rejected', snapshot: { rejections: [{ code: '71' }] } },
  provider_not_on_file: { kind: 'rejected', snapshot: { rejections: [{ code: '51', level: 'provider' }] } },
  name_mismatch: { kind: 'rejected', snapshot: { rejections: [{ code: '73' }] } },
  nothing_left_to_pay: {
    kind: 'benefits',
    snapshot: {
      accumulators: [
        { kind: 'deductible', level: 'individual', remainingCents: 0 },
        { kind: 'deductible', level: 'family', remainingCents: 0 },
        { kind: 'out_of_pocket', level: 'individual', remainingCents: 0 },
        { kind: 'out_of_pocket', level: 'family', remainingCents: 150_000 },
      ],
    },
  },
  high_deductible: {
    kind: 'benefits',
    snapshot: {
      accumulators: expect.arrayContaining([expect.objectContaining({ limitCents: 340_000, remainingCents: 340_000 })]),
    },
  },
  no_cost_share: { kind: 'benefits', snapshot: { costShares: [{ kind: 'copay', amountCents: 0 }] } },
  refused_syntax: { kind: 'unavailable', why: 'configuration', detail: '999_rejected_8_NM1' },
  refused_interchange: { kind: 'unavailable', why: 'configuration', detail: 'ta1_rejected_006' },
  refused_credentials: { kind: 'unavailable', why: 'configuration', detail: 'credentials_refused' },
  silent: { kind: 'unavailable', why: 'timeout' },
  reset: { kind: 'unavailable', why: 'timeout' },
  throttled: { kind: 'unavailable', why: 'throttled', retryAfterMs: 2_000 },
  twice: { kind: 'benefits', issues: [{ code: 'duplicate_answer' }] },
  deductible_unmet: {
    kind: 'benefits',
    snapshot: {
      accumulators: [
        { kind: 'deductible', level: 'individual', limitCents: 200_000, remainingCents: 200_000 },
        { kind: 'out_of_pocket', limitCents: 600_000, remainingCents: 600_000 },
      ],
      costShares: [{ percent: 20 }],
    },
  },
  family_embedded: {
    kind: 'benefits',
    snapshot: {
      accumulators: [
        { kind: 'deductible', level: 'individual', limitCents: 150_000, remainingCents: 150_000 },
        { kind: 'deductible', level: 'family', limitCents: 300_000, remainingCents: 40_000 },
        { kind: 'out_of_pocket', level: 'individual' },
        { kind: 'out_of_pocket', level: 'family' },
      ],
    },
  },
  family_aggregate: {
    kind: 'benefits',
    snapshot: {
      accumulators: [
        {
          kind: 'deductible',
          level: 'family',
          remainingCents: 260_000,
          messages: ['DEDUCTIBLE IS MET WHEN FAMILY AMOUNT IS SATISFIED'],
        },
        { kind: 'out_of_pocket', level: 'family', remainingCents: 760_000 },
      ],
    },
  },
  carve_out_with_member_id: {
    kind: 'benefits',
    snapshot: {
      carveOut: { entity: 'LANTERN BEHAVIORAL NETWORK', memberId: 'LBN0340001', phone: '5550107007' },
    },
  },
  administrator_answers: {
    kind: 'benefits',
    snapshot: { status: 'active', costShares: [{ amountCents: 3_000, per: 'day' }, { percent: 50 }] },
  },
  carve_out_in_a_circle: { kind: 'benefits' },
  carve_out_by_message: {
    kind: 'benefits',
    snapshot: { carveOut: { entity: 'LANTERN BEHAVIORAL NETWORK', phone: '555-010-7007' } },
  },
  other_payer_with_member_id: {
    kind: 'benefits',
    snapshot: { otherPayers: [{ order: 'primary', name: 'CEDAR & VALE MUTUAL', memberId: 'CVM0020001' }] },
  },
  birth_date_on_file: { kind: 'rejected', snapshot: { rejections: [{ code: '71' }] } },
  name_on_file: { kind: 'rejected', snapshot: { rejections: [{ code: '73' }] } },
  enrollment_missing: {
    kind: 'rejected',
    snapshot: { rejections: [{ code: '41', level: 'provider', class: 'configuration' }] },
  },
  other_npi_on_file: {
    kind: 'rejected',
    snapshot: { rejections: [{ code: '50', level: 'provider', class: 'provider_enrollment' }] },
  },
  day_limit: {
    kind: 'benefits',
    snapshot: { limits: [{ unit: 'days', allowed: 30, remaining: 12, period: 'calendar_year' }] },
  },
  day_limit_used_up: { kind: 'benefits', snapshot: { limits: [{ unit: 'days', allowed: 30, remaining: 0 }] } },
  tiers_by_message: {
    kind: 'benefits',
    snapshot: {
      costShares: [
        { amountCents: 2_000, messages: ['TIER 1 PROVIDERS'] },
        { amountCents: 6_000, messages: ['TIER 2 PROVIDERS'] },
      ],
    },
  },
  no_future_dates: { kind: 'benefits' },
  busy: { kind: 'rejected', snapshot: { rejections: [{ code: '42', class: 'transient' }] } },
  provider_id_invalid: { kind: 'rejected', snapshot: { rejections: [{ code: '43', level: 'provider' }] } },
  starts_later: { kind: 'benefits', snapshot: { status: 'inactive' } },
  ends_soon: { kind: 'benefits', snapshot: { status: 'active' } },
  carved_out_to_driftmere: {
    kind: 'benefits',
    issues: [],
    snapshot: { carveOut: { entity: 'DRIFTMERE BEHAVIORAL ADMINISTRATORS', memberId: 'DMB1020001' } },
  },
  administrator_with_amounts: {
    kind: 'benefits',
    issues: [],
    snapshot: {
      accumulators: [
        { kind: 'deductible', limitCents: 100_000, remainingCents: 25_000 },
        { kind: 'out_of_pocket', limitCents: 450_000, remainingCents: 300_000 },
      ],
      costShares: [{ percent: 20 }],
      limits: [{ unit: 'days', allowed: 40, remaining: 31 }],
      authorizations: expect.arrayContaining([expect.objectContaining({ required: 'yes' })]),
    },
  },
  carved_out_to_willowfen: {
    kind: 'benefits',
    snapshot: { carveOut: { entity: 'WILLOWFEN BEHAVIORAL PARTNERS', memberId: 'WFB1040001' } },
  },
  sent_back_to_copperbrook: {
    kind: 'benefits',
    snapshot: { carveOut: { entity: 'COPPERBROOK HEALTH', memberId: 'CBH1030001' } },
  },
  medicaid_managed_care: {
    kind: 'benefits',
    snapshot: {
      status: 'active',
      costShares: [{ kind: 'copay', amountCents: 0 }],
    },
  },
  plain_names_alone: { kind: 'benefits' },
  members_are_subscribers: { kind: 'benefits' },
  id_and_birth_date_alone: { kind: 'rejected', snapshot: { rejections: [{ code: '75' }] } },
  not_found_at_first: { kind: 'rejected', snapshot: { rejections: [{ code: '75', followUp: 'N' }] } },
  not_found_for_good: { kind: 'rejected', snapshot: { rejections: [{ code: '75', followUp: 'N' }] } },
  not_found_for_ten_days: { kind: 'rejected', snapshot: { rejections: [{ code: '75', followUp: 'X' }] } },
  amounts_by_service_type: { kind: 'benefits', snapshot: { status: 'active', costShares: [] } },
  one_service_type_rejected: { kind: 'benefits', snapshot: { status: 'active', costShares: [] } },
  down_for_service_types: { kind: 'benefits', snapshot: { status: 'active', costShares: [] } },
  medicare_with_secondary: {
    kind: 'benefits',
    snapshot: {
      accumulators: [{ kind: 'deductible', limitCents: 25_700, remainingCents: 12_000 }],
      costShares: [{ percent: 20 }],
      otherPayers: [{ order: 'secondary', name: 'GRANITE PEAK BENEFIT ADMINISTRATORS', memberId: 'GPA0010001' }],
    },
  },
  uniformed_services: {
    kind: 'benefits',
    snapshot: {
      accumulators: [
        { kind: 'deductible', level: 'family', limitCents: 30_000, remainingCents: 0 },
        { kind: 'out_of_pocket', level: 'family', limitCents: 100_000, remainingCents: 64_000 },
      ],
      costShares: [{ kind: 'copay', per: 'visit', amountCents: 3_300 }],
    },
  },
};

describe('a scenario, asked through the adapter', () => {
  let simulator: RunningSimulator;
  let http: HttpClient;

  beforeAll(async () => {
    simulator = await startSimulator({ port: 0, host: '127.0.0.1' });
    http = createHttp();
  });

  afterAll(async () => {
    http.close();
    await simulator.close();
  });

  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

  const overX12 = (): Connection => ({
    id: 'con_1',
    adapter: 'x12',
    endpointUrl: `${simulator.url}/x12`,
    settings: { senderId: 'HARBORHOUSE', receiverId: 'SIMULATOR', usageIndicator: 'T' },
    credentials: { username: 'harbor-house', password: 'demo' },
    timeoutMs: 500,
  });

  const overStedi = (endpoint: string): Connection => ({
    id: 'con_2',
    adapter: 'stedi',
    endpointUrl: `${simulator.url}/stedi`,
    settings: { endpoint },
    credentials: { apiKey: 'demo-key' },
    timeoutMs: 500,
  });

  async function ask(memberId: string, connection: Connection = overX12(), changes: Changes = {}): Promise<Answer> {
    const inquiry: Inquiry = {
      id: 'inq_1',
      trace: 'SCENARIO1',
      payer: changes.payer ?? { name: 'Northwind', id: 'NW001' },
      provider: { name: 'Harbor House', npi: '1999999984', ...changes.provider },
      subscriber: {
        firstName: 'Imogen',
        lastName: 'Marlowe',
        birthDate: '1988-04-12',
        memberId,
        ...changes.subscriber,
      },
      serviceTypes: ['30'],
      serviceDate: changes.serviceDate ?? '2026-03-02',
    };
    const adapter = adapters.get(connection.adapter);
    if (adapter === undefined) throw new Error(`no adapter ${connection.adapter}`);
    return adapter.verify(inquiry, connection, {
      signal: new AbortController().signal,
      clock: systemClock,
      http,
      log,
    });
  }

  it.each(scenarios.map((scenario) => [scenario.number, scenario.id, scenario] as const))(
    '%s %s means what the table says',
    async (_number, id, scenario) => {
      const expectation = expected[id];
      if (expectation === undefined) throw new Error(`say what ${id} means`);
      expect(await ask(memberIdFor(northwind, scenario, 901))).toMatchObject(expectation);
    },
  );

  it.each([
    ['birth_date_on_file', { subscriber: { birthDate: '1990-05-17' } }],
    ['name_on_file', { subscriber: { lastName: 'Halloway' } }],
    ['other_npi_on_file', { provider: { npi: '1999999976' } }],
  ])('%s ends in benefits when the inquiry says what is on file', async (id, changes: Changes) => {
    const scenario = scenarios.find((each) => each.id === id);
    if (scenario === undefined) throw new Error(`no scenario ${id}`);
    expect(await ask(memberIdFor(northwind, scenario), overX12(), changes)).toMatchObject({ kind: 'benefits' });
  });

  it.each([
    ['plain_names_alone', { subscriber: { middleName: 'Quinn' } }],
    ['plain_names_alone', { subscriber: { lastName: 'Marlowe Jr' } }],
  ])('%s ends in a rejection when the names are not plain: %j', async (id, changes: Changes) => {
    const scenario = scenarios.find((each) => each.id === id);
    if (scenario === undefined) throw new Error(`no scenario ${id}`);
    expect(await ask(memberIdFor(northwind, scenario), overX12(), changes)).toMatchObject({ kind: 'rejected' });
  });

  it('no_future_dates ends in a rejection when the date is one', async () => {
    const scenario = scenarios.find((each) => each.id === 'no_future_dates');
    if (scenario === undefined) throw new Error('no such scenario');
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    expect(await ask(memberIdFor(northwind, scenario), overX12(), { serviceDate: tomorrow })).toMatchObject({
      kind: 'rejected',
      snapshot: { rejections: [{ code: '63', class: 'date' }] },
    });
  });

  it('carve_out_in_a_circle leads from Lantern back to Northwind', async () => {
    const asked = { payer: { name: 'Lantern', id: 'LB007' } };
    expect(await ask('LBN0350001', overX12(), asked)).toMatchObject({
      kind: 'benefits',
      snapshot: { carveOut: { entity: 'NORTHWIND HEALTH PLAN', memberId: 'NWH0140001' } },
    });
  });

  it.each(['busy_twice', 'down_twice'])('%s ends in benefits at the third try', async (id) => {
    const scenario = scenarios.find((each) => each.id === id);
    if (scenario === undefined) throw new Error(`no scenario ${id}`);
    const kinds: string[] = [];
    for (let call = 0; call < 3; call++) kinds.push((await ask(memberIdFor(northwind, scenario, 902))).kind);
    expect(kinds.at(-1)).toBe('benefits');
    expect(new Set(kinds.slice(0, 2)).size).toBe(1);
    expect(kinds[0]).not.toBe('benefits');
  });

  it.each(
    peculiarPayers.flatMap((payer) => (payer.usual === undefined || payer.fault ? [] : [[payer.name, payer] as const])),
  )('%s shows what it is there for', async (_name, payer) => {
    const usual = scenarios.find(({ number }) => number === payer.usual);
    const answer = await ask(usualMemberId(payer), overX12(), { payer: { name: payer.name, id: payer.payerId } });
    const same = await ask(memberIdFor(payer, usual ?? northwindUsual, 5), overX12(), {
      payer: { name: payer.name, id: payer.payerId },
    });
    expect(answer).toMatchObject(expected[usual?.id ?? ''] ?? { kind: 'nothing expected' });
    expect(gist(answer)).toEqual(gist(same));
  });

  it('a payer that is slow is slow for everybody', async () => {
    const slow = peculiarPayers.find(({ fault }) => fault?.kind === 'latency');
    if (slow === undefined) throw new Error('no slow payer');
    const asked = { payer: { name: slow.name, id: slow.payerId } };
    expect(await ask(memberIdFor(slow, northwindUsual), overX12(), asked)).toMatchObject({ why: 'timeout' });
  });

  /** What a clearinghouse in between makes of a payer that it cannot read. */
  const elsewise: Readonly<Record<string, string>> = {
    cut_off: 'unavailable timeout',
    refused_interchange: 'unavailable timeout',
  };

  it.each(
    scenarios.flatMap((scenario) => ['v3', '2026-06-01'].map((endpoint) => [scenario.id, endpoint, scenario] as const)),
  )('%s means the same over Stedi, %s', async (id, endpoint, scenario) => {
    const overJson = gist(
      await ask(memberIdFor(northwind, scenario, endpoint === 'v3' ? 903 : 904), overStedi(endpoint)),
    );
    const expected = gist(await ask(memberIdFor(northwind, scenario, endpoint === 'v3' ? 905 : 906)));
    expect(overJson).toEqual(elsewise[id] ?? expected);
  });
});

/** What a test asks otherwise. */
interface Changes {
  readonly payer?: Inquiry['payer'];
  readonly provider?: { readonly npi: string };
  readonly subscriber?: Partial<Inquiry['subscriber']>;
  readonly serviceDate?: string;
}

/** What an answer comes to, whatever it was written in. */
function gist(answer: Answer): unknown {
  if (answer.kind === 'unavailable') return `unavailable ${answer.why}`;
  if (answer.kind !== 'benefits' && answer.kind !== 'rejected') return answer.kind;
  const { snapshot } = answer;
  return {
    kind: answer.kind,
    status: snapshot.status,
    rejections: snapshot.rejections.map(({ code, level }) => [code, level]),
    accumulators: snapshot.accumulators
      .map(({ kind, level, network, period, limitCents, remainingCents }) =>
        JSON.stringify([kind, level, network, period, limitCents, remainingCents]),
      )
      .sort(),
    costShares: each(snapshot.costShares, ({ kind, network, per, amountCents, percent, messages }) => [
      kind,
      network,
      per,
      amountCents,
      percent,
      messages,
    ]),
    limits: each(snapshot.limits, ({ unit, period, allowed, remaining }) => [unit, period, allowed, remaining]),
    authorizations: each(snapshot.authorizations, ({ network, required }) => [network, required]),
    plans: snapshot.plans.map(({ name, group, product }) => [name, group, product]),
    carveOut: snapshot.carveOut?.entity,
    carveOutMemberId: snapshot.carveOut?.memberId,
    otherPayers: snapshot.otherPayers.map(({ order, name, memberId }) => [order, name, memberId]),
  };
}

/** Rows about several service types come apart in some formats: each service type with what is said of it, in order. */
function each<T extends { readonly serviceTypes: readonly string[] }>(
  rows: readonly T[],
  facts: (row: T) => unknown,
): string[] {
  const told = rows.flatMap((row) =>
    (row.serviceTypes.length > 0 ? row.serviceTypes : ['']).map((type) => JSON.stringify([type, facts(row)])),
  );
  return [...new Set(told)].sort();
}
