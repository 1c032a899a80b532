import type { Snapshot } from '@openvob/benefits';
import fc from 'fast-check';
import { aRate, START } from '../case.fixture';
import { aCostShareRow, anAccumulator, segment } from '../case-from-benefits/answer.fixture';
import { buildEstimateCase } from '../case-from-benefits/build-estimate-case';
import { estimate } from '../estimate';
import type { Amounts, CostShareRule } from '../estimate-case';
import { parseCase } from '../parse-case';
import { bank } from './bank';
import { heardCase } from './heard-case';
import { unansweredSnapshot } from './heard-snapshot';
import { ANSWERED, anAnswer, answer, heardOf, PROGRAM, said } from './phone.fixture';
import type { PhoneAnswer } from './phone-answer';

const silent = (): Snapshot => anAnswer({ costShares: [], accumulators: [], authorizations: [] });
const ruleOf = (answers: PhoneAnswer[], snapshot: Snapshot = anAnswer()): CostShareRule | undefined =>
  heardOf(answers, { snapshot }).built.case.coverages[0]?.costShares[0];
const copay40 = [answer('share_kind', 'copay'), answer('copay', 4000), answer('copay_per', 'day')];
const amounts = (value: Amounts | 'none', change: Partial<PhoneAnswer> = {}) =>
  answer('deductible_individual', value, change);

describe('a coverage of which nothing was said by phone', () => {
  it('is decided and built as it was answered', () => {
    for (const answers of [[], [answer('copay')], [answer('copay', 4000, { coverage: 1 })]]) {
      const heard = heardOf(answers);
      expect([heard.conflicts, heard.heard]).toEqual([[], undefined]);
      const plain = buildEstimateCase({
        startDate: START,
        program: PROGRAM,
        rates: heard.built.case.rates,
        coverages: [heard.answered],
        answeredOn: ANSWERED,
      });
      expect(heard.built).toEqual(plain);
      expect(heardCase(plain, [heard])).toBe(plain);
    }
  });
});

describe('a share that was stated by phone', () => {
  const deductible = (word: string) => answer('deductible_applies', word);

  it.each<[string, PhoneAnswer[], object]>([
    ['a copay, no deductible', [...copay40, deductible('no')], { order: 'copay', copayCents: 4000, copayPer: 'day' }],
    [
      'a copay after it',
      [...copay40, deductible('yes')],
      { order: 'deductible_then_copay', copayCents: 4000, copayPer: 'day' },
    ],
    [
      'a copay that is not taken on the day it is met',
      [...copay40, deductible('yes'), answer('copay_on_day_deductible_is_met', 'no')],
      { order: 'deductible_then_copay', copayCents: 4000, copayPer: 'day', copayOnDayDeductibleIsMet: false },
    ],
    [
      'a visit, which is a day',
      [answer('copay', 4000), answer('copay_per', 'visit'), deductible('no')],
      { order: 'copay', copayCents: 4000, copayPer: 'day' },
    ],
    ['nothing', [answer('share_kind', 'nothing')], { order: 'copay', copayCents: 0 }],
    [
      'coinsurance alone',
      [answer('coinsurance', 10), deductible('no')],
      { order: 'copay_then_coinsurance', copayCents: 0, coinsurancePercent: 10 },
    ],
    [
      'coinsurance with a cap a week',
      [
        answer('coinsurance', 10),
        deductible('no'),
        answer('coinsurance_cap', 9000),
        answer('coinsurance_cap_per', 'week'),
      ],
      {
        order: 'copay_then_coinsurance',
        copayCents: 0,
        coinsurancePercent: 10,
        coinsuranceCapCents: 9000,
        coinsuranceCapPer: 'week',
      },
    ],
    [
      'both',
      [
        answer('share_kind', 'copay_and_coinsurance'),
        answer('copay', 2000),
        answer('coinsurance', 10),
        deductible('no'),
      ],
      { order: 'copay_then_coinsurance', copayCents: 2000, coinsurancePercent: 10 },
    ],
    ['only its kind', [answer('share_kind', 'copay')], { unknown: true }],
    [
      'a whole share',
      [answer('cost_share', { order: 'copay', copayCents: 100 }, { scope: 'program' })],
      { order: 'copay', copayCents: 100 },
    ],
    ['not covered', [answer('cost_share', 'not_covered', { scope: 'program' })], { notCovered: true }],
  ])('%s: is the rule where the answer said none', (_name, answers, rule) => {
    expect(ruleOf(answers, anAnswer({ costShares: [] }))).toEqual({ appliesTo: 'any', ...rule });
  });

  it('stays open where something of it was not said', () => {
    expect(ruleOf(copay40)).toEqual({
      appliesTo: 'any',
      oneOf: [
        { order: 'copay', copayCents: 4000, copayPer: 'day' },
        { order: 'deductible_then_copay', copayCents: 4000, copayPer: 'day' },
      ],
    });
    const open = heardOf([answer('coinsurance', 10)], { snapshot: silent() }).built;
    expect(open.unknowns).toContain('deductible');
    expect(open.case.coverages[0]?.costShares[0]).toMatchObject({
      oneOf: [{ coinsurancePercent: 10 }, { coinsurancePercent: 100 }],
    });
    const both = [answer('copay', 2000), answer('coinsurance', 10), deductible('yes')];
    expect(ruleOf(both)).toMatchObject({
      oneOf: [{ order: 'deductible_then_coinsurance' }, { order: 'copay_then_coinsurance' }],
    });
  });

  it('says what was left open of an answered one: deductible and unit', () => {
    expect(ruleOf([deductible('no')])).toEqual({
      appliesTo: 'any',
      order: 'copay_then_coinsurance',
      copayCents: 0,
      coinsurancePercent: 20,
    });
    const copay = anAnswer({ costShares: [aCostShareRow(10, { kind: 'copay', amountCents: 3000 })] });
    expect(ruleOf([deductible('yes'), answer('copay_per', 'week')], copay)).toEqual({
      appliesTo: 'any',
      order: 'deductible_then_copay',
      copayCents: 3000,
      copayPer: 'week',
    });
    const { built } = heardOf([answer('copay_per', 'week')], { snapshot: copay });
    expect(built.unknowns).not.toContain('copay_unit');
  });

  it('that chooses among those answered is no conflict', () => {
    const both = anAnswer({
      costShares: [
        aCostShareRow(10, { percent: 20 }),
        aCostShareRow(14, { kind: 'copay', amountCents: 4000, per: 'day' }),
      ],
    });
    const heard = heardOf([...copay40, deductible('no')], { snapshot: both });
    expect(heard.conflicts).toEqual([]);
    expect(heard.built.case.coverages[0]?.costShares[0]).toMatchObject({ order: 'copay', copayCents: 4000 });
  });

  it('that differs from the answered one is a conflict, and the newer of two about the program is used', () => {
    const newer = heardOf([...copay40, deductible('no')]);
    expect(newer.conflicts).toMatchObject([
      { path: '/coverages/0/costShares/0', used: 'phone', question: 'share_kind:0' },
    ]);
    const older = [...copay40, deductible('no')].map((one) => ({ ...one, said: said('2025-12-20') }));
    const heard = heardOf(older);
    expect(heard.conflicts).toMatchObject([{ used: 'electronic' }]);
    expect(heard.answered.iop.coinsurance?.value.percent).toBe(20);
    expect(heard.built.case.coverages[0]?.costShares[0]).toMatchObject({ coinsurancePercent: 20 });
  });

  it('about the program is used before an answer about the plan as a whole, however old', () => {
    const plan = anAnswer({ costShares: [aCostShareRow(10, { percent: 20, serviceTypes: ['30'] })] });
    const older = copay40.map((one) => ({ ...one, said: said('2025-12-20') }));
    expect(heardOf(older, { snapshot: plan }).conflicts).toMatchObject([{ used: 'phone' }]);
  });

  it('of virtual days and of other services stands beside the program’s', () => {
    const program = {
      ...PROGRAM,
      phases: [{ weeks: 2, weekdays: ['mon', 'wed', 'fri'], virtualOn: ['wed'] }],
    } as typeof PROGRAM;
    const rules = (answers: PhoneAnswer[]) =>
      heardOf([...copay40, deductible('no'), ...answers], { program }).built.case.coverages[0]?.costShares;
    const own = { order: 'copay', copayCents: 4000, copayPer: 'day' };
    expect(rules([answer('virtual_covered', 'no')])).toEqual([
      { appliesTo: 'any', setting: 'virtual', notCovered: true },
      { appliesTo: 'any', ...own },
    ]);
    expect(rules([answer('virtual_same_share', 'no')])?.[0]).toEqual({
      appliesTo: 'any',
      setting: 'virtual',
      unknown: true,
    });
    const virtual = answer('cost_share', { order: 'copay', copayCents: 2500 }, { scope: 'virtual' });
    expect(rules([answer('virtual_same_share', 'no'), virtual])?.[0]).toEqual({
      appliesTo: 'any',
      setting: 'virtual',
      order: 'copay',
      copayCents: 2500,
    });
    expect(rules([answer('other_services_same_share', 'no')])).toEqual([
      { appliesTo: ['iop_day'], ...own },
      { appliesTo: 'any', unknown: true },
    ]);
    const others = answer('cost_share', { order: 'copay', copayCents: 1000 }, { scope: 'others' });
    expect(rules([answer('other_services_same_share', 'no'), others])?.[1]).toEqual({
      appliesTo: 'any',
      order: 'copay',
      copayCents: 1000,
    });
  });

  it('that differs by track is either of the two', () => {
    const program = { ...PROGRAM, track: 'dual' } as typeof PROGRAM;
    const answers = [
      answer('copay', 4000, { part: 'sud' }),
      answer('copay', 2500, { part: 'mh' }),
      answer('deductible_applies', 'no'),
    ];
    const { built } = heardOf(answers, { program, snapshot: silent() });
    expect(built.case.coverages[0]?.costShares[0]).toMatchObject({
      oneOf: [{ copayCents: 4000 }, { copayCents: 2500 }],
    });
    const same = answers.map((one) => (one.part === 'mh' ? { ...one, value: 4000 } : one));
    expect(heardOf(same, { program, snapshot: silent() }).built.case.coverages[0]?.costShares[0]).toMatchObject({
      copayCents: 4000,
    });
  });
});

describe('amounts that were stated by phone', () => {
  const left = (answers: PhoneAnswer[], change = {}) =>
    heardOf(answers, change).built.case.coverages[0]?.periods[0]?.deductible?.individual;
  const path = '/coverages/0/periods/0/deductible/individual/remainingCents';

  it('fill what the answer left out', () => {
    const bare = anAnswer({ accumulators: [] });
    expect(left([amounts({ limitCents: 150_000, usedCents: 50_000 })], { snapshot: bare })).toEqual({
      limitCents: 150_000,
      remainingCents: 100_000,
    });
    expect(left([amounts('none')], { snapshot: bare })).toEqual({ limitCents: 0, remainingCents: 0 });
    const { built } = heardOf([amounts('none'), answer('out_of_pocket_individual', 'none')], { snapshot: bare });
    expect(built.unknowns.filter((code) => /deductible|out_of_pocket/.test(code))).toEqual([]);
    expect(built.assumptions.map(({ code }) => code)).not.toContain('out_of_pocket_not_stated');
  });

  it('that differ are a conflict: the newer is used', () => {
    const heard = heardOf([amounts({ remainingCents: 30_000 })]);
    expect(heard.conflicts).toMatchObject([
      { path, electronic: 60_000, phone: 30_000, used: 'phone', isSettled: false },
    ]);
    expect(left([amounts({ remainingCents: 30_000 })])).toEqual({ limitCents: 150_000, remainingCents: 30_000 });
    const instead = new Map([[path, 'electronic' as const]]);
    expect(left([amounts({ remainingCents: 30_000 })], { instead })).toEqual({
      limitCents: 150_000,
      remainingCents: 60_000,
    });
  });

  it.each([
    ['2026-01-20', 30_000, 30_000, 0, 'claims were posted since the answer'],
    ['2026-01-20', 90_000, 90_000, 1, 'more cannot be left later'],
    ['2025-12-20', 90_000, 60_000, 0, 'claims were posted since the call'],
    ['2026-01-06', 30_000, 30_000, 1, 'days apart'],
  ])('said on %s, %i left: %i is used, with %i conflicts, since %s', (on, remainingCents, used, conflicts) => {
    const answers = [amounts({ remainingCents }, { said: said(on) })];
    expect(left(answers)?.remainingCents).toBe(used);
    expect(heardOf(answers).conflicts).toHaveLength(conflicts);
  });

  it('that were less in an earlier call of the year are a conflict, since more cannot be left later', () => {
    const answers = [amounts({ remainingCents: 30_000 }, { said: said('2026-02-02') })];
    const heard = heardOf(answers, { answeredOn: '2026-03-02' });
    expect(heard.conflicts).toMatchObject([{ path, electronic: 60_000, phone: 30_000, used: 'electronic' }]);
  });

  it('that were asked again, or put to the representative, are settled', () => {
    const first = amounts({ remainingCents: 30_000 });
    const again = amounts({ remainingCents: 40_000 }, { said: said('2026-01-05') });
    expect(heardOf([first, again]).conflicts).toMatchObject([{ phone: 40_000, isSettled: true, used: 'phone' }]);
    expect(heardOf([{ ...first, settles: true }]).conflicts).toMatchObject([{ isSettled: true }]);
    const old = { ...first, settles: true, said: said('2026-01-02') };
    expect(heardOf([old]).conflicts).toMatchObject([{ used: 'phone', isSettled: true }]);
  });

  it('of a family are shared as it was said', () => {
    const family = anAnswer({
      accumulators: [
        anAccumulator(11, { limitCents: 150_000, remainingCents: 60_000 }),
        anAccumulator(15, { level: 'family', limitCents: 300_000, remainingCents: 200_000 }),
      ],
    });
    const structure = (word: string) =>
      heardOf([answer('accumulator_structure', word)], { snapshot: family }).built.case.coverages[0]?.periods[0]
        ?.deductible?.structure;
    expect([structure('embedded'), structure('aggregate')]).toEqual(['embedded', 'aggregate']);
  });

  it('are counted from the day that was said, and carried over as it was said', () => {
    const answers = [
      answer('plan_year', 'plan_year'),
      answer('plan_year_start', '2025-01-10'),
      answer('fourth_quarter_carryover', 'fourth_quarter'),
    ];
    const { built } = heardOf(answers);
    const [first, second] = built.case.coverages[0]?.periods ?? [];
    expect(first).toMatchObject({ from: '2025-01-10', to: '2026-01-09' });
    expect(second).toMatchObject({ from: '2026-01-10', deductibleCarryover: 'fourth_quarter' });
    expect(built.unknowns).not.toContain('plan_year');
  });

  it('say of each figure whether it is from the call or from the answer', () => {
    const { built } = heardOf([amounts({ remainingCents: 30_000 })]);
    const sourceOf = (key: string) =>
      built.sources
        .filter((one) => one.path === `/coverages/0/periods/0/deductible/individual/${key}`)
        .flatMap(({ source }) => source);
    expect(sourceOf('remainingCents')).toEqual([
      { call: expect.objectContaining({ id: 'cal_2026-01-04', reference: 'R-1' }) },
    ]);
    expect(sourceOf('limitCents')).toEqual([segment(11)]);
  });
});

describe('what was said of the coverage', () => {
  const decisionOf = (answers: PhoneAnswer[], snapshot: Snapshot = anAnswer()) =>
    heardOf(answers, { snapshot }).answered.iop.decision;
  const nothing = unansweredSnapshot('Paper Assurance');

  it('decides where nothing was answered', () => {
    expect(decisionOf([answer('coverage_active', 'yes')], nothing)).toBe('unknown');
    expect(decisionOf([answer('iop_covered', 'yes')], nothing)).toBe('covered');
    expect(decisionOf([answer('iop_covered', 'no')], nothing)).toBe('not_covered');
    expect(decisionOf([answer('coverage_active', 'no')], nothing)).toBe('not_covered');
    expect(decisionOf([answer('iop_covered', 'yes'), answer('authorization_required', 'yes')], nothing)).toBe(
      'covered_with_conditions',
    );
    expect(decisionOf([answer('carved_out', 'yes'), answer('carve_out_name', 'Lantern')], nothing)).toBe('carved_out');
  });

  it('is a conflict where it was answered otherwise', () => {
    const ended = anAnswer({ status: 'inactive' });
    const back = heardOf([answer('coverage_active', 'yes')], { snapshot: ended });
    expect([back.answered.iop.decision, back.conflicts]).toMatchObject([
      'covered',
      [{ path: '/coverages/0/active', used: 'phone' }],
    ]);
    const over = heardOf([answer('coverage_active', 'no')]);
    expect([over.answered.snapshot.status, over.conflicts.length]).toEqual(['inactive', 1]);
    const excluded = heardOf([answer('exclusion_applies', 'yes')]);
    expect([excluded.answered.iop.decision, excluded.conflicts]).toMatchObject([
      'not_covered',
      [{ path: '/coverages/0/decision' }],
    ]);
    const carved = anAnswer({ carveOut: { entity: 'Lantern', source: segment(9) } });
    const here = heardOf([answer('carved_out', 'no')], { snapshot: carved });
    expect([here.answered.iop.decision, here.conflicts.length]).toEqual(['covered', 1]);
  });

  it('that an accreditation is not met is not covered', () => {
    expect(decisionOf([answer('accreditation_met', 'no')], silent())).toBe('not_covered');
    expect(decisionOf([answer('accreditation_met', 'yes')])).toBe('covered');
  });

  it('of one track alone settles nothing for both', () => {
    const program = { ...PROGRAM, track: 'dual' } as typeof PROGRAM;
    const answers = [answer('iop_covered', 'yes', { part: 'sud' }), answer('iop_covered', 'no', { part: 'mh' })];
    expect(heardOf(answers, { program, snapshot: nothing }).answered.iop.decision).toBe('unknown');
  });

  it('bounds when it is active', () => {
    const { built } = heardOf([answer('effective_date', '2025-06-01'), answer('end_date', '2026-01-12')]);
    expect(built.case.coverages[0]?.active).toEqual([{ from: '2025-06-01', to: '2026-01-12' }]);
    const open = heardOf([answer('end_date', 'none')], {
      snapshot: anAnswer({ spans: [{ from: '2026-01-01', to: '2026-02-28', what: 'plan', source: segment(1) }] }),
    });
    expect(open.conflicts).toMatchObject([
      { path: '/coverages/0/active/0/to', electronic: '2026-02-28', phone: 'none' },
    ]);
    expect(open.built.case.coverages[0]?.active).toEqual([{ from: '2026-01-01' }]);
  });

  it('puts the facility into the network that the payer names', () => {
    const { built } = heardOf([answer('facility_network', 'out')], { network: 'unknown' });
    expect(built.case.coverages[0]?.network).toBe('out');
    expect(built.sources.find(({ path }) => path === '/coverages/0/network')?.source).toEqual([
      { call: expect.anything() },
    ]);
  });

  it('fills the side out of network by its own answers', () => {
    const out = (code: PhoneAnswer['code'], value: PhoneAnswer['value']) =>
      answer(code, value, { side: 'out_of_network' });
    const answers = [out('coinsurance', 40), out('deductible_applies', 'no'), out('iop_covered', 'yes')];
    const { built } = heardOf(answers, { network: 'unknown' });
    expect(built.case.coverages[0]?.outOfNetwork?.costShares[0]).toMatchObject({ coinsurancePercent: 40 });
    expect(built.case.coverages[0]?.costShares[0]).toMatchObject({ coinsurancePercent: 20 });
  });
});

describe('what else was said', () => {
  it.each<[string, PhoneAnswer[], object]>([
    ['none is needed', [answer('authorization_required', 'no')], { required: 'no' }],
    ['a notice is no authorization', [answer('authorization_required', 'notice_only')], { required: 'no' }],
    [
      'who owes the day without one',
      [answer('authorization_required', 'yes'), answer('without_authorization', 'patient_liable')],
      { required: 'yes', afterApproved: 'patient_liable' },
    ],
    [
      'a penalty',
      [
        answer('authorization_required', 'yes'),
        answer('without_authorization', 'penalty'),
        answer('penalty_percent', 50),
      ],
      { required: 'yes', noAuthorizationPenaltyPercent: 50 },
    ],
  ])('of an authorization: %s', (_name, answers, authorization) => {
    const heard = heardOf(answers, { snapshot: silent() });
    expect(heard.built.case.coverages[0]?.authorization).toEqual(authorization);
    expect(heard.built.unknowns).not.toContain('authorization');
  });

  it('of a limit: how much of it is left, or that there is none', () => {
    const limits = (answers: PhoneAnswer[], snapshot = anAnswer()) => heardOf(answers, { snapshot });
    const stated = limits([answer('limit_kind', 'visits'), answer('limit_total', 30), answer('limit_used', 12)]);
    expect(stated.built.case.coverages[0]?.limits).toMatchObject([{ kind: 'days', remaining: 18 }]);
    expect(stated.answered.iop.conditions).toEqual(['visit_limit']);
    const limited = anAnswer({
      limits: [
        {
          unit: 'visits',
          period: 'service_year',
          network: 'in',
          serviceTypes: ['MH'],
          allowed: 20,
          remaining: 5,
          source: [segment(16)],
        },
      ],
    });
    const none = limits([answer('limit_kind', 'none')], limited);
    expect([none.built.case.coverages[0]?.limits, none.conflicts.length]).toEqual([undefined, 1]);
    const open = limits([answer('limit_kind', 'days')]);
    expect(open.built.unknowns).toContain('limits');
  });

  it('of claims that are not posted, and of services that are included', () => {
    const pending = [answer('claims_not_posted', 'yes'), answer('pending_deductible', 5000)];
    expect(heardOf(pending).built.case.pendingClaims).toEqual({ deductibleCents: 5000 });
    expect(heardOf([answer('claims_not_posted', 'no')]).built.case.pendingClaims).toBeUndefined();
    const included = heardOf([answer('therapy_included', 'yes')]).built.case.rates;
    expect(included).toContainEqual(aRate(14_000, { code: '90837', includedIn: 'H0015' }));
  });

  it('of what no figure can hold is told beside the figures', () => {
    const answers = [
      answer('networks_count_for_each_other', 'yes'),
      answer('grace_period', 'yes'),
      answer('anything_else', 'Claims need the referring physician.'),
      answer('authorization_required', 'notice_only'),
    ];
    const { flags } = heardOf(answers).built;
    expect(flags.map(({ code }) => code)).toEqual(
      expect.arrayContaining([
        'networks_count_for_each_other',
        'premium_unpaid',
        'would_stop_payment',
        'notice_of_admission',
      ]),
    );
    expect(flags.find(({ code }) => code === 'would_stop_payment')?.text).toContain('referring physician');
  });

  it('answers what the estimate asks beside shares, and nothing that it does not ask', () => {
    const disagreeing = anAnswer({
      accumulators: [anAccumulator(11, { limitCents: 150_000, usedCents: 50_000, remainingCents: 60_000 })],
    });
    const heard = heardOf([answer('accumulator_conflict', 'smaller')], { snapshot: disagreeing });
    expect(heard.built.case.coverages[0]?.periods[0]?.deductible?.individual).toEqual({
      limitCents: 150_000,
      remainingCents: 60_000,
    });
    expect(heardOf([answer('authorization', 'extended'), answer('pending_claims', 'posted')]).built.case).toEqual(
      heardOf([answer('cobra', 'no')]).built.case,
    );
  });
});

describe('calls as a whole', () => {
  /** One value of every question, all of one call: none takes anything from another. */
  const independent: PhoneAnswer[] = [
    ...copay40,
    answer('deductible_applies', 'no'),
    amounts({ limitCents: 150_000, remainingCents: 30_000 }),
    answer('out_of_pocket_individual', { limitCents: 400_000 }),
    answer('limit_kind', 'days'),
    answer('limit_total', 20),
    answer('limit_used', 2),
    answer('authorization_required', 'yes'),
    answer('without_authorization', 'penalty'),
    answer('penalty_percent', 20),
    answer('facility_network', 'in'),
    answer('end_date', '2026-03-31'),
    answer('claims_not_posted', 'yes'),
    answer('pending_out_of_pocket', 10_000),
    answer('therapy_included', 'yes'),
    answer('anything_else', 'Nothing.'),
    answer('coinsurance', 40, { side: 'out_of_network' }),
  ];
  const someInAnyOrder = fc.shuffledSubarray(independent);

  it('come to the same in whichever order their answers stand', () => {
    fc.assert(
      fc.property(someInAnyOrder, (answers) => {
        const inOrder = independent.filter((one) => answers.includes(one));
        const { built, conflicts, answered } = heardOf(answers);
        const other = heardOf(inOrder);
        expect([built.case, conflicts, answered.iop]).toEqual([other.built.case, other.conflicts, other.answered.iop]);
      }),
      { numRuns: 200 },
    );
  });

  it('always make a case that can be estimated, with every path of its sources in it', () => {
    fc.assert(
      fc.property(
        someInAnyOrder,
        fc.constantFrom('in' as const, 'unknown' as const),
        fc.boolean(),
        (answers, network, isAnswered) => {
          const { built } = heardOf(answers, { network, ...(isAnswered ? {} : { snapshot: unansweredSnapshot('P') }) });
          expect(parseCase(built.case)).toMatchObject({ ok: true });
          const { total } = estimate(built.case);
          expect(total.lowCents).toBeLessThanOrEqual(total.highCents);
          for (const { path, source } of built.sources) {
            expect([path, source.length > 0]).toEqual([path, true]);
            const stated = path
              .split('/')
              .slice(1)
              .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], built.case);
            if (path !== '/coverages/0/periods/0/outOfPocket')
              expect([path, stated === undefined]).toEqual([path, false]);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('take nothing away when a later one would not say', () => {
    fc.assert(
      fc.property(someInAnyOrder, fc.constantFrom(...bank.map(({ code }) => code)), (answers, code) => {
        const later = answer(code, undefined, { said: said('2026-01-09') });
        expect(heardOf([...answers, later]).built.case).toEqual(heardOf(answers).built.case);
      }),
      { numRuns: 100 },
    );
  });
});
