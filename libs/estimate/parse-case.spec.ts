import { aCase, aCoverage, aPeriod, aProgram, aRate } from './case.fixture';
import { parseCase, parseCaseText } from './parse-case';

/** A case with one place of it set (or taken away with `undefined`), by JSON Pointer. */
function caseWith(pointer: string, value: unknown): unknown {
  const json = JSON.parse(JSON.stringify(fullCase()));
  const keys = pointer.split('/').slice(1);
  const last = keys.pop() ?? '';
  const parent = keys.reduce((node, key) => node[key], json);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return json;
}

function fullCase(): unknown {
  const period = aPeriod({
    deductible: { structure: 'embedded', individual: { limitCents: 1, usedCents: 1, remainingCents: 0 }, family: {} },
    outOfPocket: { structure: 'aggregate', family: { remainingCents: 5 } },
    selfOnlyCapRemainingCents: 9,
    deductibleCarryover: 'fourth_quarter',
  });
  const costShares = [
    { appliesTo: ['iop_day', '99214'], setting: 'virtual', order: 'copay', copayCents: 4000 },
    { appliesTo: 'any', oneOf: [{ order: 'copay_then_coinsurance', copayCents: 0, coinsurancePercent: 12.3456 }] },
    { appliesTo: 'any', unknown: true },
    { appliesTo: 'any', notCovered: true },
  ] as const;
  const services = [
    { code: 'H0015', kind: 'iop_day', on: { every: 'program_day' } },
    { code: 'H0015', kind: 'iop_day', on: { weekly: 'sat' } },
    { code: 'H0015', kind: 'iop_day', on: { dates: ['2026-01-05'] } },
    { code: 'H0015', kind: 'iop_day', on: { everyDays: 28 } },
  ] as const;
  return aCase({
    program: aProgram({ services, closedOn: ['2026-01-07'], missedOn: ['2026-01-08'] }),
    rates: [aRate(30_000, { chargeCents: 50_000, includedIn: 'S9480' })],
    coverages: [
      aCoverage({
        periods: [period, aPeriod({ from: '2027-01-01', to: '2027-12-31' })],
        costShares,
        limits: [{ kind: 'days', appliesTo: 'any', remaining: 30 }],
        authorization: {
          required: 'yes',
          approvedDays: 0,
          afterApproved: 'patient_liable',
          noAuthorizationPenaltyPercent: 25,
        },
        outOfNetwork: { periods: [aPeriod()], costShares: [] },
        coordination: 'standard',
      }),
    ],
    pendingClaims: { deductibleCents: 1 },
  });
}

function errorOf(json: unknown) {
  const parsed = parseCase(json);
  return parsed.ok ? undefined : parsed.error;
}

describe('a case', () => {
  it('is read whole', () => {
    expect(parseCase(fullCase())).toEqual({ ok: true, case: fullCase() });
  });

  it('may hold keys that nobody knows', () => {
    expect(parseCase(caseWith('/reference', 'x'))).toEqual({ ok: true, case: fullCase() });
  });

  it('may be self-pay, and may bill nothing', () => {
    const nothing = aCase({ coverages: [], rates: [], program: aProgram({ phases: [], services: [] }) });
    expect(parseCase(nothing).ok).toBe(true);
  });

  it('is refused with a message that says what would be allowed', () => {
    expect(errorOf(caseWith('/coverages/0/network', 'maybe'))).toEqual({
      code: 'unknown_value',
      path: '/coverages/0/network',
      message: 'one of in, out, unknown is expected',
    });
  });

  it.each(['', '{', 'nope', "{'a': 1}"])('that is not JSON is refused: %p', (text) => {
    expect(parseCaseText(text)).toMatchObject({ ok: false, error: { code: 'invalid_json', path: '' } });
  });

  it.each([
    ['missing', '/startDate', undefined, '/startDate'],
    ['missing', '/program/track', undefined, '/program/track'],
    ['missing', '/program/services/0/on', {}, '/program/services/0/on'],
    ['missing', '/program/services/0/on', undefined, '/program/services/0/on'],
    ['missing', '/rates/0/allowedCents', undefined, '/rates/0/allowedCents'],
    ['missing', '/coverages/0/periods', undefined, '/coverages/0/periods'],
    ['missing', '/coverages/0/costShares/0/appliesTo', undefined, '/coverages/0/costShares/0/appliesTo'],
    ['missing', '/coverages/0/costShares/0/order', undefined, '/coverages/0/costShares/0/order'],
    ['missing', '/coverages/0/costShares/0/copayCents', undefined, '/coverages/0/costShares/0/copayCents'],
    [
      'missing',
      '/coverages/0/costShares/1/oneOf/0/copayCents',
      undefined,
      '/coverages/0/costShares/1/oneOf/0/copayCents',
    ],
    [
      'missing',
      '/coverages/0/costShares/1/oneOf/0/coinsurancePercent',
      undefined,
      '/coverages/0/costShares/1/oneOf/0/coinsurancePercent',
    ],
    [
      'missing',
      '/coverages/0/periods/0/deductible/structure',
      undefined,
      '/coverages/0/periods/0/deductible/structure',
    ],
    ['missing', '/coverages/0/authorization/required', undefined, '/coverages/0/authorization/required'],
    ['missing', '/coverages/0/outOfNetwork/costShares', undefined, '/coverages/0/outOfNetwork/costShares'],
    ['wrong_type', '/startDate', 20260105, '/startDate'],
    ['wrong_type', '/startDate', null, '/startDate'],
    ['wrong_type', '/program', [], '/program'],
    ['wrong_type', '/rates', {}, '/rates'],
    ['wrong_type', '/rates/0', null, '/rates/0'],
    ['wrong_type', '/rates/0/allowedCents', '30000', '/rates/0/allowedCents'],
    ['wrong_type', '/rates/0/allowedCents', 300.5, '/rates/0/allowedCents'],
    ['wrong_type', '/program/phases/0/weeks', 1.5, '/program/phases/0/weeks'],
    ['wrong_type', '/coverages/0/costShares/2/unknown', 'true', '/coverages/0/costShares/2/unknown'],
    ['wrong_type', '/coverages/0/costShares/0/appliesTo', 5, '/coverages/0/costShares/0/appliesTo'],
    ['wrong_type', '/coverages/0/costShares/0/appliesTo', [5], '/coverages/0/costShares/0/appliesTo/0'],
    [
      'wrong_type',
      '/coverages/0/costShares/0/copayOnDayDeductibleIsMet',
      'no',
      '/coverages/0/costShares/0/copayOnDayDeductibleIsMet',
    ],
    [
      'wrong_type',
      '/coverages/0/authorization/noAuthorizationPenaltyPercent',
      '25',
      '/coverages/0/authorization/noAuthorizationPenaltyPercent',
    ],
    ['out_of_range', '/rates/0/allowedCents', -1, '/rates/0/allowedCents'],
    ['out_of_range', '/rates/0/allowedCents', 1e300, '/rates/0/allowedCents'],
    ['out_of_range', '/program/phases/0/weeks', 0, '/program/phases/0/weeks'],
    ['out_of_range', '/program/services/3/on/everyDays', 0, '/program/services/3/on/everyDays'],
    [
      'out_of_range',
      '/coverages/0/costShares/1/oneOf/0/coinsurancePercent',
      100.0001,
      '/coverages/0/costShares/1/oneOf/0/coinsurancePercent',
    ],
    [
      'out_of_range',
      '/coverages/0/costShares/1/oneOf/0/coinsurancePercent',
      12.34567,
      '/coverages/0/costShares/1/oneOf/0/coinsurancePercent',
    ],
    [
      'out_of_range',
      '/coverages/0/costShares/1/oneOf/0/coinsurancePercent',
      -0.5,
      '/coverages/0/costShares/1/oneOf/0/coinsurancePercent',
    ],
    ['out_of_range', '/coverages/0/active/0/to', '2025-12-31', '/coverages/0/active/0/to'],
    ['out_of_range', '/coverages/0/periods/1/to', '2026-12-31', '/coverages/0/periods/1/to'],
    ['out_of_range', '/coverages/0/periods', [], '/coverages/0/periods'],
    ['out_of_range', '/coverages/0/costShares/1/oneOf', [], '/coverages/0/costShares/1/oneOf'],
    ['out_of_range', '/coverages/0/limits/0/remaining', -1, '/coverages/0/limits/0/remaining'],
    ['out_of_range', '/startDate', '9999-12-27', '/startDate'],
    ['out_of_range', '/rates/0/chargeCents', Number.MAX_SAFE_INTEGER, '/rates'],
    ['unknown_value', '/program/phases/0/weekdays/0', 'Monday', '/program/phases/0/weekdays/0'],
    ['unknown_value', '/program/services/0/on', { every: 'day' }, '/program/services/0/on/every'],
    ['unknown_value', '/coverages/0/costShares/2/unknown', false, '/coverages/0/costShares/2/unknown'],
    ['unknown_value', '/coverages/0/costShares/3/notCovered', false, '/coverages/0/costShares/3/notCovered'],
    ['unknown_value', '/coverages/0/costShares/0/appliesTo', 'iop_day', '/coverages/0/costShares/0/appliesTo'],
    ['unknown_value', '/rates/0/network', 'unknown', '/rates/0/network'],
    ['overlapping_periods', '/coverages/0/periods/1/from', '2026-12-31', '/coverages/0/periods/1'],
    [
      'overlapping_periods',
      '/coverages/0/periods/1',
      aPeriod({ from: '2025-01-01', to: '2025-12-31' }),
      '/coverages/0/periods/1',
    ],
    ['no_such_date', '/startDate', '2026-02-30', '/startDate'],
    ['no_such_date', '/startDate', '', '/startDate'],
    ['no_such_date', '/program/services/2/on/dates/0', '5 January', '/program/services/2/on/dates/0'],
    ['rate_missing', '/rates/0/network', 'out', '/rates'],
    ['rate_missing', '/coverages', [], '/rates'],
    ['rate_missing', '/coverages/0/network', 'unknown', '/rates'],
    ['too_large', '/program/phases/0/weeks', 105, '/program/phases'],
    [
      'too_large',
      '/program/services',
      Array(41).fill({ code: 'H0015', kind: 'iop_day', on: { dates: [] } }),
      '/program/services',
    ],
    ['too_large', '/coverages', Array(3).fill(aCoverage()), '/coverages'],
    ['too_large', '/coverages/0/periods', sevenYears(), '/coverages/0/periods'],
    [
      'too_large',
      '/coverages/0/costShares',
      Array(61).fill({ appliesTo: 'any', unknown: true }),
      '/coverages/0/costShares',
    ],
    ['too_large', '/coverages/0/outOfNetwork/periods', sevenYears(), '/coverages/0/outOfNetwork/periods'],
  ])('with %s at %s = %j names the place', (code, pointer, value, path) => {
    expect(errorOf(caseWith(pointer, value))).toMatchObject({ code, path });
  });

  it.each([null, [], 'x', 5])('that is %p is the wrong type as a whole', (json) => {
    expect(errorOf(json)).toMatchObject({ code: 'wrong_type', path: '' });
  });

  it('needs a rate for its charge code on dates without coverage too', () => {
    const ended = aCase({ coverages: [aCoverage({ active: [{ from: '2026-01-01', to: '2026-01-07' }] })] });
    expect(errorOf(ended)).toMatchObject({ code: 'rate_missing', path: '/rates' });
  });

  it('needs no rate for a service that never falls on a date', () => {
    const services = [{ code: 'J2315', kind: 'medication', on: { dates: ['2025-12-31'] } }] as const;
    expect(errorOf(aCase({ program: aProgram({ services }), rates: [] }))).toBeUndefined();
  });
});

function sevenYears(): unknown[] {
  return Array.from({ length: 7 }, (_, year) => ({ from: `${2020 + year}-01-01`, to: `${2020 + year}-12-31` }));
}
