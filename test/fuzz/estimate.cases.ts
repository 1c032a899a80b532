import type { CivilDate, Weekday } from '@openvob/benefits';
import { addDays, WEEKDAYS } from '@openvob/benefits';
import type {
  Accumulator,
  Amounts,
  Authorization,
  BenefitPeriod,
  Benefits,
  CostShare,
  CostShareRule,
  Coverage,
  EstimateCase,
  Limit,
  Rate,
} from '@openvob/estimate';
import type { Cadence, Phase, ProgramPlan, ProgramService, ServiceKind } from '@openvob/programs';
import * as fc from 'fast-check';

/** What random cases may hold; without a word everything. */
export interface CaseBounds {
  /** One coverage, in network, one benefit period, nothing unknown: what the monotony invariants speak of. */
  readonly plain?: boolean;
}

const CODES: readonly { code: string; kind: ServiceKind }[] = [
  { code: 'H0015', kind: 'iop_day' },
  { code: '90837', kind: 'individual_therapy' },
  { code: '90847', kind: 'family_therapy' },
  { code: '99214', kind: 'medication_management' },
  { code: 'J2315', kind: 'medication' },
];
const KINDS = CODES.map(({ kind }) => kind);
const NEW_YEAR = '2027-01-01';

const cents = fc.oneof(
  { weight: 4, arbitrary: fc.nat(60_000) },
  { weight: 2, arbitrary: fc.constantFrom(0, 1, 3850, 4000, 30_000, 150_000) },
  { weight: 1, arbitrary: fc.nat(900) },
);
const percent = fc.oneof(
  fc.integer({ min: 0, max: 100 }),
  fc.integer({ min: 0, max: 1_000_000 }).map((n) => n / 10_000),
);
const weekdays = fc.uniqueArray(fc.constantFrom<Weekday>(...WEEKDAYS), { maxLength: 5 });

/** A random case, small enough to be read when it fails. */
export function arbitraryCase({ plain = false }: CaseBounds = {}): fc.Arbitrary<EstimateCase> {
  const startDate = (plain ? fc.integer({ min: -300, max: -60 }) : fc.integer({ min: -45, max: 10 })).map((days) =>
    addDays(NEW_YEAR, days),
  );
  const coverages = plain
    ? fc.tuple(arbitraryCoverage({ plain }))
    : fc.array(arbitraryCoverage({ plain }), { maxLength: 2 });
  return startDate.chain((start) =>
    fc.record(
      {
        startDate: fc.constant(start),
        program: arbitraryProgram(start),
        rates: arbitraryRates(),
        coverages,
        ...(plain ? {} : { pendingClaims: fc.record({ deductibleCents: cents, outOfPocketCents: cents }) }),
      },
      { requiredKeys: ['startDate', 'program', 'rates', 'coverages'] },
    ),
  );
}

function arbitraryProgram(start: CivilDate): fc.Arbitrary<ProgramPlan> {
  const date = fc.integer({ min: -3, max: 40 }).map((days) => addDays(start, days));
  const dates = fc.array(date, { maxLength: 4 });
  const phase: fc.Arbitrary<Phase> = optionally(
    { weeks: fc.integer({ min: 1, max: 2 }), weekdays, virtualOn: weekdays },
    ['weeks', 'weekdays'],
  );
  return optionally(
    {
      track: fc.constantFrom('sud', 'mh', 'dual'),
      phases: fc.array(phase, { minLength: 1, maxLength: 3 }),
      closedOn: dates,
      missedOn: dates,
      services: fc.array(arbitraryService(dates), { minLength: 1, maxLength: 4 }),
    },
    ['track', 'phases', 'services'],
  );
}

function arbitraryService(dates: fc.Arbitrary<CivilDate[]>): fc.Arbitrary<ProgramService> {
  const cadence: fc.Arbitrary<Cadence> = fc.oneof(
    { weight: 3, arbitrary: fc.constant<Cadence>({ every: 'program_day' }) },
    fc.constantFrom<Weekday>(...WEEKDAYS).map((weekly) => ({ weekly })),
    dates.map((listed) => ({ dates: listed })),
    fc.integer({ min: 1, max: 9 }).map((everyDays) => ({ everyDays })),
  );
  return fc.tuple(fc.constantFrom(...CODES), cadence).map(([service, on]) => ({ ...service, on }));
}

/** Every code has a rate in every network. */
function arbitraryRates(): fc.Arbitrary<Rate[]> {
  const networks = ['in', 'out', 'self_pay'] as const;
  const rates = CODES.flatMap(({ code }) =>
    networks.map((network) =>
      optionally<Omit<Rate, 'from' | 'to'>>(
        {
          code: fc.constant(code),
          network: fc.constant(network),
          allowedCents: cents,
          chargeCents: cents,
          includedIn: fc.oneof(
            { weight: 1, arbitrary: fc.constant('H0015') },
            { weight: 4, arbitrary: fc.constant('none') },
          ),
        },
        ['code', 'network', 'allowedCents'],
      ),
    ),
  );
  return fc.tuple(...rates);
}

function arbitraryCoverage(bounds: CaseBounds): fc.Arbitrary<Coverage> {
  const benefits = arbitraryBenefits(bounds);
  if (bounds.plain) {
    return benefits.map((own) => ({ network: 'in', active: [{ from: '2026-01-01' }], ...own }));
  }
  const active = fc.array(
    fc.tuple(fc.integer({ min: -60, max: 20 }), fc.option(fc.nat(60))).map(([days, length]) => {
      const from = addDays(NEW_YEAR, days);
      return length === null ? { from } : { from, to: addDays(from, length) };
    }),
    { minLength: 1, maxLength: 2 },
  );
  const rest = optionally<Omit<Coverage, keyof Benefits>>(
    {
      network: fc.constantFrom('in', 'in', 'out', 'unknown'),
      active: fc.oneof({ weight: 3, arbitrary: fc.constant([{ from: '2026-01-01' }]) }, active),
      outOfNetwork: benefits,
      coordination: fc.constantFrom('standard', 'maintenance_of_benefits', 'non_duplication'),
    },
    ['network', 'active'],
  );
  return fc.tuple(benefits, rest).map(([own, others]) => ({ ...others, ...own }));
}

function arbitraryBenefits(bounds: CaseBounds): fc.Arbitrary<Benefits> {
  return optionally<Benefits>(
    {
      periods: bounds.plain ? fc.tuple(arbitraryPeriod('2026-01-01', '2026-12-31', bounds)) : arbitraryPeriods(bounds),
      costShares: arbitraryRules(bounds),
      limits: fc.array(arbitraryLimit(), { maxLength: 2 }),
      authorization: arbitraryAuthorization(bounds),
    },
    ['periods', 'costShares'],
  );
}

function arbitraryPeriods(bounds: CaseBounds): fc.Arbitrary<BenefitPeriod[]> {
  return fc.oneof(
    fc.tuple(arbitraryPeriod('2026-01-01', '2026-12-31', bounds), arbitraryPeriod('2027-01-01', '2027-12-31', bounds)),
    fc.tuple(arbitraryPeriod('2026-01-01', '2026-12-20', bounds), arbitraryPeriod('2027-01-05', '2027-12-31', bounds)),
    fc.tuple(arbitraryPeriod('2026-12-10', '2027-12-09', bounds)),
  );
}

function arbitraryPeriod(from: CivilDate, to: CivilDate, bounds: CaseBounds): fc.Arbitrary<BenefitPeriod> {
  return optionally<BenefitPeriod>(
    {
      from: fc.constant(from),
      to: fc.constant(to),
      deductible: arbitraryAccumulator(bounds),
      outOfPocket: arbitraryAccumulator(bounds),
      selfOnlyCapRemainingCents: cents,
      deductibleCarryover: fc.constantFrom('fourth_quarter', 'fourth_quarter_if_unmet'),
    },
    ['from', 'to'],
  );
}

function arbitraryAccumulator({ plain }: CaseBounds): fc.Arbitrary<Accumulator> {
  const amounts = plain ? fc.record({ remainingCents: fc.nat(300_000) }) : arbitraryAmounts();
  return optionally<Accumulator>(
    { structure: fc.constantFrom('individual', 'embedded', 'aggregate'), individual: amounts, family: amounts },
    ['structure'],
  );
}

/** Mostly figures that agree. */
function arbitraryAmounts(): fc.Arbitrary<Amounts> {
  const limitCents = fc.nat(300_000);
  const usedCents = fc.nat(200_000);
  const remainingCents = fc.nat(300_000);
  return fc.oneof(
    { weight: 4, arbitrary: fc.record({ remainingCents }) },
    { weight: 3, arbitrary: fc.record({ limitCents, usedCents }) },
    { weight: 1, arbitrary: fc.record({ limitCents }) },
    { weight: 1, arbitrary: fc.record({ usedCents }) },
    { weight: 1, arbitrary: fc.record({ limitCents, usedCents, remainingCents }) },
  );
}

/** Now and then with services that no rule is about. */
function arbitraryRules(bounds: CaseBounds): fc.Arbitrary<CostShareRule[]> {
  const some = fc.array(arbitraryRule(bounds), { maxLength: 3 });
  const rest = arbitraryRule(bounds).map((rule): CostShareRule => ({ ...rule, appliesTo: 'any' }));
  return fc.oneof(
    { weight: 1, arbitrary: some },
    { weight: 5, arbitrary: fc.tuple(some, rest).map(([rules, last]) => [...rules, last]) },
  );
}

function arbitraryRule({ plain }: CaseBounds): fc.Arbitrary<CostShareRule> {
  const matcher = optionally<{ appliesTo: 'any' | string[]; setting: 'in_person' | 'virtual' }>(
    {
      appliesTo: fc.oneof(
        { weight: 1, arbitrary: fc.constant('any' as const) },
        fc.uniqueArray(fc.constantFrom<string>(...KINDS, 'H0015', '99214'), { minLength: 1, maxLength: 3 }),
      ),
      setting: fc.constantFrom('in_person', 'virtual'),
    },
    ['appliesTo'],
  );
  const share = arbitraryShare();
  const terms = plain
    ? fc.oneof({ weight: 8, arbitrary: share }, fc.constant({ notCovered: true as const }))
    : fc.oneof(
        { weight: 8, arbitrary: share },
        { weight: 2, arbitrary: fc.array(share, { minLength: 1, maxLength: 3 }).map((oneOf) => ({ oneOf })) },
        fc.constant({ unknown: true as const }),
        fc.constant({ notCovered: true as const }),
      );
  return fc.tuple(matcher, terms).map(([about, stated]) => ({ ...about, ...stated }));
}

function arbitraryShare(): fc.Arbitrary<CostShare> {
  return optionally<CostShare>(
    {
      order: fc.constantFrom('copay', 'deductible_then_coinsurance', 'deductible_then_copay', 'copay_then_coinsurance'),
      coinsurancePercent: percent,
      copayCents: cents,
      copayPer: fc.constantFrom('service', 'day', 'week', 'episode'),
      copayOnDayDeductibleIsMet: fc.boolean(),
      coinsuranceCapCents: cents,
      coinsuranceCapPer: fc.constantFrom('day', 'week'),
    },
    ['order', 'coinsurancePercent', 'copayCents'],
  );
}

function arbitraryLimit(): fc.Arbitrary<Limit> {
  return fc.record({
    kind: fc.constantFrom('days' as const, 'plan_dollars' as const),
    appliesTo: fc.oneof(fc.constant('any' as const), fc.constant(['iop_day', '90837'])),
    remaining: fc.oneof(fc.nat(15), fc.nat(200_000)),
  });
}

function arbitraryAuthorization({ plain }: CaseBounds): fc.Arbitrary<Authorization> {
  return optionally<Authorization>(
    {
      required: plain ? fc.constant('no' as const) : fc.constantFrom('yes', 'no', 'unknown'),
      approvedDays: fc.nat(20),
      afterApproved: fc.constantFrom('provider_liable', 'patient_liable'),
      noAuthorizationPenaltyPercent: percent,
    },
    ['required'],
  );
}

/** A record whose other keys may be left out. */
function optionally<T>(
  keys: { [K in keyof T]-?: fc.Arbitrary<Exclude<T[K], undefined>> },
  requiredKeys: (keyof T)[],
): fc.Arbitrary<T> {
  return fc.record(keys, { requiredKeys }) as fc.Arbitrary<T>;
}
