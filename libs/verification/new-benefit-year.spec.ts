import type { Accumulator, Source } from '@openvob/benefits';
import { type EstimateCase, earlierAnswer, type PhoneAnswer } from '@openvob/estimate';
import type { CoverageOutcome } from './further-coverages';
import { draw, type Ground } from './ground';
import { aGround, answered, aSnapshot, plan, recorded, say, settling } from './ground.fixture';
import type { Recorded } from './recorded';

describe('a call of the benefit year before', () => {
  const startDate = '2026-12-14';
  const accumulator: Pick<Accumulator, 'level' | 'period' | 'network' | 'serviceTypes'> = {
    level: 'individual',
    period: 'calendar_year',
    network: 'in',
    serviceTypes: ['30'],
  };
  const answeredWith = (deductible: { limitCents: number; remainingCents?: number }): CoverageOutcome =>
    answered(
      aSnapshot({
        costShares: [{ kind: 'coinsurance', percent: 20, network: 'in', serviceTypes: ['MH'], source: { segment: 3 } }],
        accumulators: [
          { ...accumulator, kind: 'deductible', ...deductible, source: [{ segment: 6 }] },
          { ...accumulator, kind: 'out_of_pocket', limitCents: 500_000, remainingCents: 500_000, source: [] },
        ],
      }),
    );
  const beginning = aGround({
    admission: { network: 'in', startDate },
    startDate,
    plan: { ...plan, phases: [{ weeks: 4, weekdays: ['mon', 'wed', 'fri'] }] },
    answeredOn: '2026-12-10',
    outcomes: [answeredWith({ limitCents: 200_000, remainingCents: 120_000 })],
  });
  const december = { call: 'cal_1', at: '2026-12-11T15:00:00.000Z', on: '2026-12-11' };
  const nothingLeft = (settles: boolean): PhoneAnswer =>
    say(
      'deductible_individual',
      { limitCents: 150_000, remainingCents: 0 },
      { settles, said: { ...december, representative: 'Odile Finch', referenceNumber: 'R-1' } },
    );
  /** The round of New Year's Day, the program under way. */
  const renewed = (records: Recorded, deductible: Parameters<typeof answeredWith>[0]): Ground => {
    const { estimateCase, estimate, basis } = draw(beginning, records, '2026-12-11').conclusion ?? {};
    if (!estimateCase || !estimate || !basis) throw new Error('Nothing was concluded in December');
    const cited = basis.sources.map(({ source, ...at }) => ({ ...at, source: [source as Source] }));
    const earlier = earlierAnswer(estimateCase, estimate, { ...basis, sources: cited }, '2027-01-01');
    const on = { answeredOn: '2027-01-01', underWayOn: '2027-01-01' };
    return { ...beginning, ...on, outcomes: [answeredWith(deductible)], earlier };
  };
  const january = (estimateCase: EstimateCase | undefined) => estimateCase?.coverages[0]?.periods[1]?.deductible;

  it.each([true, false])('(settled: %s) counts in that year alone', (settles) => {
    const records = recorded(nothingLeft(settles));
    const drawn = draw(renewed(records, { limitCents: 200_000, remainingCents: 200_000 }), records, '2027-01-01');
    expect(drawn.to).toBe('verified');
    const { estimateCase, estimate, basis } = drawn.conclusion ?? {};
    expect(estimateCase?.coverages[0]?.periods[0]).toMatchObject({
      to: '2026-12-31',
      deductible: { individual: { remainingCents: 0 } },
    });
    expect(january(estimateCase)?.individual).toEqual({ limitCents: 200_000, remainingCents: 200_000 });
    expect(basis).not.toHaveProperty('conflicts');
    const [, ofJanuary] = estimate?.perPeriod ?? [];
    expect(ofJanuary).toMatchObject({ from: '2027-01-01', deductibleCents: 4 * 30_000 });
    expect(estimate?.total.lowCents).toBe(estimate?.total.highCents);
  });

  it('leaves open what the answer of the new year does not state, and it is asked again', () => {
    const records = recorded(nothingLeft(true));
    const drawn = draw(renewed(records, { limitCents: 200_000 }), records, '2027-01-01');
    expect(drawn.to).toBe('needs_call');
    expect(january(drawn.conclusion?.estimateCase)?.individual).toEqual({ limitCents: 200_000 });
    expect(drawn.needs.flatMap(({ questions }) => questions ?? [])).toContainEqual(
      expect.objectContaining({ id: 'deductible_individual:0', code: 'deductible_remaining' }),
    );
  });

  it('is asked again of a payer that is phoned, which says it of the new year', () => {
    const byPhone = aGround({
      startDate: '2027-01-04',
      admission: { network: 'in', startDate: '2027-01-04' },
      answeredOn: '2026-12-10',
      outcomes: [{ kind: 'by_phone', payer: { id: 'pay_a', name: 'Payer A' }, position: 0 }],
      unanswered: { event: 'no_electronic_way', to: 'needs_call', needs: [] },
    });
    const on = (date: string, call: string) => ({
      said: { call, at: `${date}T15:00:00.000Z`, on: date, representative: 'O.', referenceNumber: 'R' },
    });
    const old = [
      ...settling(on('2026-12-11', 'cal_1')),
      say('share_kind', 'coinsurance', on('2026-12-11', 'cal_1')),
      say('coinsurance', 20, on('2026-12-11', 'cal_1')),
      say('deductible_applies', 'yes', on('2026-12-11', 'cal_1')),
      nothingLeft(false),
    ];
    const word = say('end_date', 'none', on('2027-01-04', 'cal_2'));
    const half = draw(byPhone, recorded(...old, word), '2027-01-04');
    expect(half.to).toBe('needs_call');
    expect(half.needs[0]?.questions?.map(({ id }) => id)).toContain('deductible_individual:0');
    const left = say(
      'deductible_individual',
      { limitCents: 200_000, remainingCents: 190_000 },
      on('2027-01-04', 'cal_2'),
    );
    const whole = draw(byPhone, recorded(...old, word, left), '2027-01-04');
    expect(whole.to).toBe('verified');
    expect(whole.conclusion?.estimateCase?.coverages[0]?.periods[0]).toMatchObject({
      from: '2027-01-01',
      deductible: { individual: { limitCents: 200_000, remainingCents: 190_000 } },
    });
  });
});
