import { anAccumulator } from '../case-from-benefits/answer.fixture';
import { estimate } from '../estimate';
import { unansweredSnapshot } from './heard-snapshot';
import { type HeardYears, saidIn, withoutFormer } from './heard-years';
import { anAnswer, answer, heardOf, said } from './phone.fixture';
import type { PhoneAnswer } from './phone-answer';

const years: HeardYears = [
  { from: '2026-07-01', to: '2027-06-30' },
  { from: '2027-07-01', to: '2028-06-30' },
];
const december = { said: said('2025-12-20') };
const left = (remainingCents: number, limitCents = 150_000, change: Partial<PhoneAnswer> = december) =>
  answer('deductible_individual', { limitCents, remainingCents }, { settles: true, ...change });
const firstPeriod = (answers: PhoneAnswer[], change = {}) =>
  heardOf(answers, change).built.case.coverages[0]?.periods[0];

describe('the benefit year in which something was said', () => {
  it.each([
    ['2026-06-30', 'former'],
    ['2026-07-01', 'first'],
    ['2027-06-30', 'first'],
    ['2027-07-01', 'later'],
    ['2028-07-01', 'first'],
  ])('on %s is the %s one', (on, is) => {
    expect(saidIn(years, on)).toBe(is);
  });

  it('is the first where nothing is known of years', () => {
    expect(saidIn(undefined, '2020-01-01')).toBe('first');
  });

  it('overtakes what stands on use, and no term of the plan', () => {
    const old = { said: said('2026-06-01') };
    const answers = [answer('deductible_individual', 'none', old), answer('copay', 4000, old), answer('limit_used', 3)];
    expect(withoutFormer(answers, () => [{ from: '2026-01-01', to: '2026-12-31' }])).toEqual(answers);
    expect(withoutFormer(answers, () => years)).toEqual([answers[1]]);
    expect(withoutFormer(answers, () => undefined)).toEqual(answers);
  });
});

describe('amounts that were said in the year before the answer', () => {
  it.each([
    ['less left', left(0)],
    ['another limit', left(0, 100_000)],
    ['more left', left(150_000)],
    ['none', answer('deductible_individual', 'none', { ...december, settles: true })],
    ['not settled', left(0, 100_000, { ...december, settles: false })],
  ])('(%s) are neither used nor a conflict', (_name, one) => {
    const heard = heardOf([one]);
    expect(heard.conflicts).toEqual([]);
    expect(firstPeriod([one])).toEqual(firstPeriod([answer('anything_else', 'No.')]));
    const { source } =
      heard.built.sources.find(({ path }) => path === '/coverages/0/periods/0/deductible/individual/limitCents') ?? {};
    expect(source).toEqual(anAccumulator(11, {}).source);
  });

  it('leave what is left unknown where the answer does not state it', () => {
    const silent = anAnswer({
      accumulators: [
        anAccumulator(11, { limitCents: 200_000 }),
        anAccumulator(12, { kind: 'out_of_pocket', limitCents: 500_000, remainingCents: 200_000 }),
      ],
    });
    const { built } = heardOf([left(0)], { snapshot: silent });
    expect(built.case.coverages[0]?.periods[0]?.deductible?.individual).toEqual({ limitCents: 200_000 });
    expect(built.unknowns).toContain('deductible_remaining');
  });

  it('leave their limit, as one of the year before, where nothing is answered electronically', () => {
    const { built } = heardOf([left(0)], { snapshot: unansweredSnapshot('Payer') });
    expect(built.case.coverages[0]?.periods[0]?.deductible?.individual).toEqual({ limitCents: 150_000 });
    expect(built.unknowns).toContain('deductible_remaining');
    const at = '/coverages/0/periods/0/deductible/individual/limitCents';
    expect(built.assumptions.filter(({ path }) => path === at).map(({ code }) => code)).toEqual([
      'same_limit_next_period',
    ]);
  });

  it('give way to what is said in the new year, which is not settled by having been asked in the old one', () => {
    const now = left(70_000, 150_000, { said: said('2026-01-04') });
    const heard = heardOf([left(0), { ...now, settles: false }]);
    expect(heard.conflicts).toMatchObject([{ phone: 70_000, used: 'phone', isSettled: false }]);
  });

  it('are of the plan’s own year where it is another', () => {
    const year = [answer('plan_year', 'plan_year'), answer('plan_year_start', '2025-07-01')];
    const heard = heardOf([...year, left(50_000)], { answeredOn: '2025-12-22' });
    expect(heard.conflicts).toMatchObject([{ phone: 50_000, isSettled: true }]);
    expect(firstPeriod([...year, left(0)])?.deductible?.individual?.remainingCents).toBe(0);
  });
});

describe('amounts that were said after a reset that lies within the program', () => {
  const answeredOn = '2025-12-22';
  const january = { said: said('2026-01-06') };

  it('are of the new year, and the answer’s of the old', () => {
    const { built, conflicts } = heardOf([left(100_000, 150_000, january)], { answeredOn });
    const [old, now] = built.case.coverages[0]?.periods ?? [];
    expect(old).toMatchObject({ to: '2025-12-31', deductible: { individual: { remainingCents: 60_000 } } });
    expect(now).toMatchObject({
      from: '2026-01-01',
      deductible: { individual: { limitCents: 150_000, remainingCents: 100_000 } },
    });
    expect(conflicts).toEqual([]);
    const at = '/coverages/0/periods/1/deductible/individual';
    expect(built.sources.filter(({ path }) => path.startsWith(at)).flatMap(({ source }) => source)).toEqual([
      { call: expect.objectContaining({ date: '2026-01-06' }) },
    ]);
    expect(estimate(built.case).total.likelyCents).toBeGreaterThan(0);
  });

  it('are there where the answer stated none', () => {
    const bare = anAnswer({ accumulators: [] });
    const family = answer('deductible_family', { limitCents: 300_000, usedCents: 100_000 }, january);
    const { built } = heardOf([family], { answeredOn, snapshot: bare });
    expect(built.case.coverages[0]?.periods[1]?.deductible).toEqual({
      structure: 'aggregate',
      family: { limitCents: 300_000, usedCents: 100_000 },
    });
  });
});

describe('days that were used in the year before the answer', () => {
  const limit = [
    answer('limit_kind', 'days', december),
    answer('limit_total', 30, december),
    answer('limit_used', 28, december),
  ];
  const stated = (remaining: number) =>
    anAnswer({
      limits: [
        {
          unit: 'days',
          allowed: 30,
          remaining,
          period: 'calendar_year',
          network: 'in',
          serviceTypes: ['MH'],
          source: [{ segment: 21 }],
        },
      ],
    });

  it('are not used: what the answer states is left, or the whole limit', () => {
    const remaining = (change = {}) => heardOf(limit, change).built.case.coverages[0]?.limits?.[0]?.remaining;
    expect([remaining({ snapshot: stated(25) }), remaining()]).toEqual([25, 30]);
    expect(heardOf(limit, { snapshot: stated(25) }).conflicts).toEqual([]);
  });
});

describe('claims that were on their way in the year before', () => {
  it('are not pending in this one', () => {
    const pending = (on: string) => [
      answer('claims_not_posted', 'yes', { said: said(on) }),
      answer('pending_deductible', 40_000, { said: said(on) }),
    ];
    expect(heardOf(pending('2025-12-20')).built.case.pendingClaims).toBeUndefined();
    expect(heardOf(pending('2026-01-04')).built.case.pendingClaims).toEqual({ deductibleCents: 40_000 });
  });
});

describe('a term of the plan that was settled in the year before the answer', () => {
  it('stays in use, and is asked about again where the answer of the new year differs', () => {
    const copay = (change: Partial<PhoneAnswer>) => [
      answer('copay', 2500, change),
      answer('copay_per', 'day', change),
      answer('deductible_applies', 'no', change),
    ];
    const heard = heardOf(copay({ ...december, settles: true }));
    expect(heard.built.case.coverages[0]?.costShares[0]).toMatchObject({ order: 'copay', copayCents: 2500 });
    expect(heard.conflicts).toMatchObject([{ used: 'phone', isSettled: false }]);
    expect(heardOf(copay({ settles: true })).conflicts).toMatchObject([{ used: 'phone', isSettled: true }]);
  });
});
