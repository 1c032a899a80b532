import { aCase, aCoverage } from '../case.fixture';
import { estimate } from '../estimate';
import { anAnswer, answer, heardOf, PROGRAM, said } from './phone.fixture';
import type { PhoneConflict } from './referee';
import { type ScriptCoverage, type ScriptInputs, type ScriptQuestion, script } from './script';

const unasked: ScriptCoverage = {
  position: 0,
  network: 'in',
  own: { assumptions: [] },
  outOfNetwork: { assumptions: [] },
};
const inputs = (change: Partial<ScriptInputs> = {}): ScriptInputs => ({
  plan: PROGRAM,
  startDate: '2026-01-05',
  coverages: [unasked],
  answers: [],
  conflicts: [],
  questions: [],
  ...change,
});
const idsOf = (questions: readonly ScriptQuestion[]): string[] => questions.map(({ id }) => id);

/** A coverage as it was answered electronically. */
function answered(): ScriptCoverage {
  const { answered: of } = heardOf([]);
  const { iopOut } = of;
  return {
    ...unasked,
    own: { snapshot: of.snapshot, iop: of.iop, assumptions: ['deductible_first'] },
    outOfNetwork: { snapshot: of.snapshot, ...(iopOut ? { iop: iopOut } : {}), assumptions: [] },
  };
}

describe('the script of a call', () => {
  it('asks everything that holds of the program where nothing is known, in the order of a call', () => {
    const ids = idsOf(script(inputs()));
    expect(ids[0]).toBe('line_holds_benefit:0');
    expect(ids.at(-1)).toBe('anything_else:0');
    expect(ids).toEqual([...new Set(ids)]);
    expect(ids.filter((id) => /virtual|out_of_network|:o/.test(id))).toEqual([]);
  });

  it('says what each question takes, in words too', () => {
    for (const { value, ask } of script(inputs())) {
      expect(value.description).toMatch(/unknown/);
      expect(ask).not.toContain('{');
    }
    const [covered] = script(inputs()).filter(({ code }) => code === 'iop_covered');
    expect(covered?.ask).toContain('substance use (H0015, revenue code 0906)');
    const inForce = script(inputs()).find(({ code }) => code === 'coverage_active');
    expect(inForce?.ask).toBe('Is the coverage in force on 2026-01-05?');
  });

  it('asks of substance use and of mental health apart where the program treats both', () => {
    const questions = script(inputs({ plan: { ...PROGRAM, track: 'dual' } }));
    const covered = questions.filter(({ code }) => code === 'iop_covered');
    expect(covered.map(({ id, ask }) => [id, ask.includes('S9480')])).toEqual([
      ['iop_covered:0:sud', false],
      ['iop_covered:0:mh', true],
    ]);
    expect(questions.filter(({ code }) => code === 'coverage_active')).toHaveLength(1);
    expect(questions.find(({ id }) => id === 'copay:0:mh')?.onlyIf).toEqual({
      id: 'share_kind:0:mh',
      is: ['copay', 'copay_and_coinsurance'],
    });
  });

  it('asks both sides where the network is not known, and about virtual days where there are any', () => {
    const plan = { ...PROGRAM, phases: [{ weeks: 1, weekdays: ['mon'], virtualOn: ['mon'] }] } as typeof PROGRAM;
    const ids = idsOf(script(inputs({ plan, coverages: [{ ...unasked, network: 'unknown' }] })));
    expect(ids).toEqual(
      expect.arrayContaining(['copay:0', 'copay:0:o', 'out_of_network_benefit:0', 'virtual_covered:0']),
    );
    const out = idsOf(script(inputs({ coverages: [{ ...unasked, network: 'out' }] })));
    expect(out).toContain('copay:0:o');
    expect(out).not.toContain('copay:0');
  });

  it('leaves out what was answered electronically, and what that does not unfold', () => {
    const ids = idsOf(script(inputs({ coverages: [answered()] })));
    for (const told of [
      'coverage_active',
      'iop_covered',
      'share_kind',
      'coinsurance',
      'deductible_individual',
      'out_of_pocket_individual',
      'authorization_required',
    ])
      expect(ids).not.toContain(`${told}:0`);
    for (const below of ['copay', 'copay_per', 'first_approval', 'without_authorization', 'carve_out_name'])
      expect(ids).not.toContain(`${below}:0`);
    expect(ids).toEqual(
      expect.arrayContaining(['deductible_applies:0', 'coinsurance_cap:0', 'limit_kind:0', 'deductible_family:0']),
    );
  });

  it('leaves out what was said in earlier calls, and unfolds by it', () => {
    const ids = idsOf(script(inputs({ answers: [answer('share_kind', 'coinsurance'), answer('limit_kind', 'days')] })));
    expect(ids).not.toContain('share_kind:0');
    expect(ids).not.toContain('copay:0');
    const questions = script(inputs({ answers: [answer('limit_kind', 'days')] }));
    expect(questions.find(({ code }) => code === 'limit_total')?.onlyIf).toBeUndefined();
    const whole = [answer('cost_share', { order: 'copay', copayCents: 1 }, { scope: 'program' })];
    expect(idsOf(script(inputs({ answers: whole })))).not.toContain('share_kind:0');
  });

  it('asks again what the payer would not say, and says when it was asked', () => {
    const [copay] = script(inputs({ answers: [answer('copay')] })).filter(({ code }) => code === 'copay');
    expect(copay?.notSaid).toEqual([said()]);
  });

  it('begins with what narrows the estimate most, and stands what it unfolds behind it', () => {
    const open = aCase({
      coverages: [aCoverage({ network: 'unknown', costShares: [{ appliesTo: 'any', unknown: true }] })],
      rates: [
        { code: 'H0015', network: 'in', allowedCents: 30_000 },
        { code: 'H0015', network: 'out', allowedCents: 40_000, chargeCents: 50_000 },
      ],
    });
    const { questions } = estimate(open);
    const asked = script(inputs({ questions, estimateCase: open, coverages: [{ ...unasked, network: 'unknown' }] }));
    const worth = asked.filter(({ swingCents }) => swingCents !== undefined);
    expect(worth.map(({ code }) => code).sort()).toEqual(['facility_network', 'share_kind']);
    const swings = worth.map(({ swingCents = 0 }) => swingCents);
    expect(swings).toEqual([...swings].sort((a, b) => b - a));
    const kind = asked.findIndex(({ id }) => id === 'share_kind:0');
    expect(asked[kind + 1]?.onlyIf?.id).toBe('share_kind:0');
    expect(idsOf(asked.slice(0, 2)).some((id) => worth.some((one) => one.id === id))).toBe(true);
  });

  it('asks which of several shares by their numbers', () => {
    const oneOf = [
      { order: 'copay', copayCents: 4000 },
      { order: 'copay', copayCents: 2500 },
    ] as const;
    const open = aCase({ coverages: [aCoverage({ costShares: [{ appliesTo: 'any', oneOf }] })] });
    const [first] = script(
      inputs({ questions: estimate(open).questions, estimateCase: open, coverages: [answered()] }),
    );
    expect(first).toMatchObject({
      id: 'cost_share:0:0',
      value: {
        kind: 'share',
        options: [
          { value: '0', text: 'a $40.00 copay a day' },
          { value: '1', text: 'a $25.00 copay a day' },
        ],
      },
    });
  });

  it('puts a conflict to the payer again, until it is settled', () => {
    const conflict: PhoneConflict = {
      path: '/coverages/0/periods/0/deductible/individual/remainingCents',
      electronic: 60_000,
      phone: 30_000,
      used: 'phone',
      because: 'The call is the newer of the two.',
      isSettled: false,
      coverage: 0,
      question: 'deductible_individual:0',
      said: said(),
    };
    const answers = [answer('deductible_individual', { remainingCents: 30_000 })];
    const of = (isSettled: boolean) =>
      script(inputs({ coverages: [answered()], answers, conflicts: [{ ...conflict, isSettled }] }));
    const [first] = of(false).filter(({ code }) => code === 'conflict');
    expect(first).toMatchObject({ id: 'deductible_individual:0', value: { kind: 'amounts' } });
    expect(first?.ask).toContain('reference R-1');
    expect(idsOf(of(true))).not.toContain('deductible_individual:0');
  });

  it('names the coverage where there are two', () => {
    const second = { ...unasked, position: 1 };
    const questions = script(inputs({ coverages: [unasked, second] }));
    expect(questions.find(({ id }) => id === 'copay:1')?.ask).toBe('Coverage 2: How much is the copay?');
  });

  it('of an answer that tells everything has nothing of the plan’s dates to ask', () => {
    const whole = anAnswer({ spans: [{ from: '2026-01-01', to: '2026-12-31', what: 'eligibility', source: {} }] });
    const own = { snapshot: whole, iop: heardOf([], { snapshot: whole }).answered.iop, assumptions: [] };
    const ids = idsOf(script(inputs({ coverages: [{ ...unasked, own }] })));
    expect(ids.filter((id) => /^(effective_date|end_date|deductible_applies)/.test(id))).toEqual([]);
  });
});
