import { type Body, requestFor } from '../setup/spine';
import { Week } from './week/week';

const timeZone = 'America/New_York';
const start = '2026-11-16T14:00:00Z';
const begun = new Date(start);
const twoMonths = { admission: { network: 'in', startDate: '2026-11-16' } };

/** What a representative of a plan with a copay says. */
const said = [
  { questionId: 'coverage_active:0', value: 'yes' },
  { questionId: 'plan_year:0', value: 'calendar_year' },
  { questionId: 'facility_network:0', value: 'in' },
  { questionId: 'carved_out:0', value: 'no' },
  { questionId: 'iop_covered:0', value: true },
  { questionId: 'share_kind:0', value: 'copay' },
  { questionId: 'copay:0', value: 4000 },
  { questionId: 'copay_per:0', value: 'day' },
  { questionId: 'deductible_applies:0', value: 'no' },
  { questionId: 'out_of_pocket_individual:0', value: { limitCents: 500_000, remainingCents: 300_000 } },
  { questionId: 'limit_kind:0', value: 'none' },
  { questionId: 'authorization_required:0', value: 'no' },
];

/** While a program runs on, nothing that went wrong once ends the asking. */
describe('a payer is asked again by itself', () => {
  let week: Week;
  beforeAll(async () => {
    week = await Week.begin(start, timeZone);
    await week.ask('web page', requestFor('NWH0010011', twoMonths, begun));
    await week.ask('never answered', requestFor('NWH0090012', twoMonths, begun));
    const byPhone = { ...twoMonths, coverages: [{ payer: { id: 'pay_phone' }, memberId: 'P-11' }] };
    await week.ask('phoned', requestFor('x', byPhone, begun));
    await week.ask(
      'never phoned',
      requestFor('x', { ...byPhone, coverages: [{ ...byPhone.coverages[0], memberId: 'P-12' }] }, begun),
    );
    await week.skipTo('2026-11-16T10:30');
    await phone('phoned', '2026-11-16T10:20');
  });
  afterAll(() => week.end());

  const instant = (local: string): string => new Date(week.timeline.instant(local)).toISOString();
  const phone = (name: string, at: string): Promise<void> =>
    week.act(name, 'calls', {
      representative: 'Tamsin Oakhurst',
      referenceNumber: 'REF-4711',
      startedAt: instant(at),
      endedAt: instant(at),
      answers: said,
    });
  const planned = ({ nextRecheck }: Body): string | undefined => nextRecheck?.because;

  test('after a round that failed, as after any other, with the last good answer meanwhile', async () => {
    await week.payers.playFault({ kind: 'html', memberId: 'NWH0010011' });
    for (const at of ['2026-12-01T07:00', '2026-12-01T08:00', '2026-12-01T09:00']) await week.skipTo(at);
    const failed = await week.read('web page');
    expect(failed).toMatchObject({ status: 'failed', reason: 'unreadable_answer', round: 2, resultOf: { round: 1 } });
    expect(failed.nextRecheck).toMatchObject({ because: 'before_benefit_period_reset' });
    await week.payers.clearFaults();
    await week.skipTo('2026-12-27T07:00');
    expect(await week.read('web page')).toMatchObject({ status: 'verified', round: 3, resultOf: { round: 3 } });
  });

  test('not where it failed from the first on: that is a person’s to see to', async () => {
    expect(await week.read('never answered')).toMatchObject({ status: 'failed', round: 1 });
    expect(planned(await week.read('never answered'))).toBeUndefined();
  });

  test('by phone where there is no other way: whoever phones is told when what was said has lapsed', async () => {
    const shown = await week.read('phoned');
    expect(shown).toMatchObject({
      status: 'needs_call',
      reason: 'no_electronic_way',
      round: 2,
      resultOf: { round: 1 },
      goodUntil: { date: '2026-11-30' },
      decision: { decision: 'covered' },
      needs: [{ kind: 'call' }],
    });
    const asked = shown.needs[0].questions.map(({ id }: Body) => id);
    expect(asked).toEqual(expect.arrayContaining(['coverage_active:0', 'out_of_pocket_individual:0']));
    // nobody has phoned yet: it is not begun once more
    expect(planned(shown)).toBeUndefined();
    await phone('phoned', '2026-12-27T06:00');
    const again = await week.read('phoned');
    expect(again).toMatchObject({ status: 'verified', round: 2, resultOf: { round: 2 } });
    expect([again.goodUntil.date, planned(again)]).toEqual(['2026-12-31', 'benefit_period_reset']);
  });

  test('not by phone where nobody has phoned yet', async () => {
    const shown = await week.read('never phoned');
    expect([shown.status, shown.round, planned(shown)]).toEqual(['needs_call', 1, undefined]);
  });
});
