import {
  type Arbitrary,
  anything,
  array,
  assert,
  constantFrom,
  integer,
  jsonValue,
  option,
  property,
  record,
} from 'fast-check';
import { snapshotsOfJson } from '../json/json-formats';
import type { Snapshot } from '../snapshot';
import { readLevels, subscriberLevel } from '../x12-271.fixture';
import { answer } from './answer.fixture';

/** One statement, said in a 271 and in the list of a plan. */
interface Said {
  readonly segments: readonly string[];
  readonly list: string;
  readonly entry: object;
}

/** What one element says in a 271 and in JSON. */
type Spelled = readonly [code: string, name: string | undefined];

const PLAN = 'EXAMPLE PPO';
const NETWORKS: readonly Spelled[] = [
  ['Y', 'IN_NETWORK'],
  ['N', 'OUT_OF_NETWORK'],
  ['W', 'IN_AND_OUT_OF_NETWORK'],
  ['', undefined],
];
const LEVELS: readonly Spelled[] = [
  ['IND', 'INDIVIDUAL'],
  ['FAM', 'FAMILY'],
  ['SPO', 'SPOUSE_ONLY'],
];
const PERIODS: readonly Spelled[] = [
  ['22', 'SERVICE_YEAR'],
  ['23', 'CALENDAR_YEAR'],
  ['24', 'YEAR_TO_DATE'],
  ['27', 'VISIT'],
  ['29', 'REMAINING'],
  ['32', 'LIFETIME'],
  ['', undefined],
];
const AUTHORIZATIONS: readonly Spelled[] = [
  ['Y', 'REQUIRED'],
  ['N', 'NOT_REQUIRED'],
  ['', undefined],
];
const STATUSES: readonly Spelled[] = [
  ['1', 'ACTIVE_COVERAGE'],
  ['5', 'ACTIVE_PENDING_INVESTIGATION'],
  ['6', 'INACTIVE'],
];
const MONEY: readonly Spelled[] = [
  ['B', 'coPayment'],
  ['C', 'deductible'],
  ['F', 'limitations'],
  ['G', 'outOfPocket'],
];
const OTHERS: readonly Spelled[] = [
  ['D', 'benefitDescription'],
  ['I', 'nonCovered'],
  ['E', 'exclusions'],
  ['N', 'servicesRestrictedToFollowingProvider'],
];

const head = record({
  type: constantFrom('30', 'MH', 'CJ', 'A6', '98', '35'),
  level: constantFrom(...LEVELS),
  period: constantFrom(...PERIODS),
  authorization: constantFrom(...AUTHORIZATIONS),
  network: constantFrom(...NETWORKS),
  message: option(constantFrom('PER VISIT', 'PRIOR AUTHORIZATION REQUIRED', 'TIER 1'), { nil: undefined }),
  until: option(constantFrom('2026-06-30', '2026-02-28'), { nil: undefined }),
});
type Head = typeof head extends Arbitrary<infer T> ? T : never;

const money = record({ head, kind: constantFrom(...MONEY), cents: integer({ min: 0, max: 90_000_00 }) }).map(
  ({ head: common, kind, cents }) =>
    said(kind, common, { amount: cents / 100 }, { amount: String(cents / 100), timePeriod: common.period[1] }),
);
const coinsurance = record({ head, percent: integer({ min: 0, max: 100 }) }).map(({ head: common, percent }) =>
  said(
    ['A', 'coInsurance'],
    common,
    { percent: percent / 100 },
    { percent: String(percent / 100), timePeriod: common.period[1] },
  ),
);
const visits = record({ head, count: integer({ min: 0, max: 99 }) }).map(({ head: common, count }) =>
  said(
    ['F', 'limitations'],
    common,
    { quantity: count },
    { quantity: { value: String(count), qualifier: 'VISITS' }, timePeriod: common.period[1] },
  ),
);
const status = record({ head, status: constantFrom(...STATUSES) }).map(({ head: common, status: [code, name] }) =>
  said([code, 'statuses'], { ...common, period: ['', undefined] }, {}, { status: name }),
);
const other = record({ head, kind: constantFrom(...OTHERS) }).map(({ head: common, kind }) =>
  said(kind, { ...common, period: ['', undefined] }, {}, {}),
);

/** The EB of a statement with what stands under it, and the entry that says the same. */
function said(
  [code, list]: Spelled,
  { type, level, period, authorization, network, message, until }: Head,
  figures: { amount?: number; percent?: number; quantity?: number },
  own: object,
): Said {
  const unit = figures.quantity === undefined ? '' : 'VS';
  const plan = list === 'statuses' ? PLAN : '';
  const elements = [code, level[0], type, '', plan, period[0], figures.amount, figures.percent, unit, figures.quantity];
  return {
    segments: [
      ['EB', ...elements.map((each) => each ?? ''), authorization[0], network[0]].join('*'),
      ...(until === undefined ? [] : [`DTP*292*RD8*20260101-${until.replaceAll('-', '')}`]),
      ...(message === undefined ? [] : [`MSG*${message}`]),
    ],
    list: list ?? '',
    entry: {
      coverageLevel: level[1],
      service: { system: 'STC', value: type },
      priorAuthIndicator: authorization[1],
      ...(network[1] === undefined ? {} : { network: { indicator: network[1] } }),
      ...(until === undefined ? {} : { dates: { benefit: { start: '2026-01-01', end: until } } }),
      ...(message === undefined ? {} : { messages: [message] }),
      ...own,
    },
  };
}

const statement: Arbitrary<Said> = constantFrom(money, coinsurance, visits, status, other).chain((each) => each);

/** The statements by list, which is the order in which the 271 has to say them to say the same. */
function grouped(statements: readonly Said[]): Map<string, Said[]> {
  const lists = new Map<string, Said[]>();
  for (const each of statements) lists.set(each.list, [...(lists.get(each.list) ?? []), each]);
  return lists;
}

/** A snapshot without places in the document; of the rows for others than the patient their number. */
function comparable(snapshot: Snapshot | undefined): unknown {
  const basis = { ...snapshot?.basis, forOthers: snapshot?.basis?.forOthers.length };
  return JSON.parse(JSON.stringify({ ...snapshot, basis }, (key, value) => (key === 'source' ? undefined : value)));
}

describe('an answer grouped by plan and a 271 that say the same', () => {
  it('give the same snapshot', () => {
    assert(
      property(array(statement, { maxLength: 8 }), (statements) => {
        const lists = grouped(statements);
        const benefits = Object.fromEntries([...lists].map(([list, each]) => [list, each.map(({ entry }) => entry)]));
        const segments = [...lists.values()].flat().flatMap((each) => each.segments);
        const subscriber = ['REF*6P*GRP7', 'DMG*D8*19900101', 'DTP*291*RD8*20260101-20261231', 'DTP*472*D8*20260310'];
        const meta = { subscriberTraceNumbers: [{ referenceIdentification: 'T1' }] };
        const [x12] = readLevels(subscriberLevel(...subscriber, ...segments)).snapshots;
        const [json] = snapshotsOfJson(answer(benefits, { meta }), 'stedi-2026-06-01').snapshots;
        expect(comparable(json)).toEqual(comparable(x12));
      }),
    );
  });

  it('name a place in the document for everything', () => {
    assert(
      property(array(statement, { maxLength: 8 }), (statements) => {
        const lists = [...grouped(statements)].map(([list, each]) => [list, each.map(({ entry }) => entry)]);
        const document = answer(Object.fromEntries(lists));
        for (const { path } of sourcesIn(snapshotsOfJson(document, 'stedi-2026-06-01').snapshots)) {
          expect(valueAt(document, path)).toBeDefined();
        }
      }),
    );
  });
});

describe('whatever stands in the place of a member', () => {
  const entries = record(
    {
      status: jsonValue(),
      service: jsonValue(),
      network: jsonValue(),
      timePeriod: jsonValue(),
      amount: jsonValue(),
      percent: jsonValue(),
      quantity: jsonValue(),
      messages: jsonValue(),
      serviceLimits: array(record({ delivery: jsonValue() })),
      dates: jsonValue(),
      relatedEntities: array(jsonValue()),
      placesOfService: jsonValue(),
      additionalInformation: jsonValue(),
    },
    { requiredKeys: [] },
  );

  it('is read as far as it makes sense', () => {
    const lists = constantFrom('statuses', 'coPayment', 'deductible', 'limitations', 'otherOrAdditionalPayer');
    assert(
      property(lists, array(entries), jsonValue(), (list, each, any) => {
        const document = answer({ [list]: each, exclusions: any, invalidEntries: any }, { errors: any, meta: any });
        const { snapshots, issues } = snapshotsOfJson(document, 'stedi-2026-06-01');
        expect(snapshots).toHaveLength(1);
        for (const issue of issues) expect(issue.message).toMatch(/^[A-Z].*\.$/s);
      }),
    );
  });

  it('never ends the reading', () => {
    assert(
      property(anything(), anything(), anything(), (plans, subscriber, dependent) => {
        const document = { plans, subscriber, dependent, payer: plans, provider: subscriber, meta: dependent };
        expect(() => snapshotsOfJson(document, 'stedi-2026-06-01')).not.toThrow();
      }),
    );
  });
});

function sourcesIn(value: unknown, key = ''): { path?: string }[] {
  if (Array.isArray(value)) return value.flatMap((each) => sourcesIn(each, key));
  if (typeof value !== 'object' || value === null) return [];
  if (key === 'source') return [value];
  return Object.entries(value).flatMap(([name, each]) => sourcesIn(each, name));
}

function valueAt(document: unknown, pointer: string | undefined): unknown {
  const keys = (pointer ?? '/nowhere').split('/').slice(1);
  return keys.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document);
}
