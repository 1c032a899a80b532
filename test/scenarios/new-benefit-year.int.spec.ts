import { type Body, requestFor } from '../setup/spine';
import { Week } from './week/week';

const start = '2026-12-10T15:00:00Z';
const begun = new Date(start);

/** A program from the 14th of December on, over the reset of New Year. */
describe('a benefit year that ends within a program', () => {
  let week: Week;
  const names = { settled: 'NWH0010901', unsettled: 'NWH0010902', silent: 'NWH0010903', meanwhile: 'NWH0010904' };
  beforeAll(async () => {
    week = await Week.begin(start, 'America/New_York');
    for (const [name, memberId] of Object.entries(names))
      await week.ask(name, requestFor(memberId, { admission: { network: 'in', startDate: '2026-12-14' } }, begun));
    await week.skipTo('2026-12-10T10:30');
  });
  afterAll(() => week.end());

  const call = (settles: boolean) => ({
    representative: 'Tamsin Oakhurst',
    referenceNumber: 'REF-4711',
    startedAt: '2026-12-11T15:00:00Z',
    endedAt: '2026-12-11T15:20:00Z',
    answers: [{ questionId: 'deductible_individual:0', value: { limitCents: 150_000, remainingCents: 0 }, settles }],
  });
  const deductibles = ({ estimate }: Body): number[] =>
    estimate.perPeriod.map(({ deductibleCents }: Body) => deductibleCents);

  test('keeps what was said of it in a call to itself', async () => {
    await week.skipTo('2026-12-11T10:30');
    await week.act('settled', 'calls', call(true));
    await week.act('unsettled', 'calls', call(false));
    expect(deductibles(await week.read('settled'))[0]).toBe(0);
    await week.skipTo('2027-01-01T07:30');
    const plain = await week.read('silent');
    expect(plain).toMatchObject({ round: 2, status: 'verified' });
    for (const name of ['settled', 'unsettled']) {
      const shown = await week.read(name);
      expect(shown).toMatchObject({ round: 2, status: 'verified' });
      expect(shown).not.toHaveProperty('conflicts');
      expect(shown.decision.deductibleIndividual).toEqual({
        ...plain.decision.deductibleIndividual,
        source: expect.anything(),
      });
      expect(deductibles(shown)).toEqual([0, deductibles(plain)[1]]);
    }
  });

  test('is asked about without success, and what was recorded meanwhile counts', async () => {
    const before = await week.read('meanwhile');
    await week.payers.playFault({ kind: 'html', memberId: names.meanwhile });
    await week.act('meanwhile', 'reverify');
    await week.act('meanwhile', 'attendance', { days: [{ date: '2026-12-14', attended: false }] });
    expect((await week.read('meanwhile')).estimate).toEqual(before.estimate);
    await week.skipTo('2027-01-01T08:30');
    const waiting = { round: before.round + 1, status: 'waiting_for_payer', resultOf: before.resultOf };
    const shown = await week.read('meanwhile');
    expect(shown).toMatchObject({ ...waiting, attendance: { missed: 1 }, goodUntil: before.goodUntil });
    expect(shown.estimate.days).toHaveLength(before.estimate.days.length - 1);
    await week.act('meanwhile', 'authorizations', { status: 'approved', unit: 'days', approved: 20, number: 'N-1' });
    const authorized = await week.read('meanwhile');
    expect(authorized).toMatchObject({ ...waiting, authorization: { number: 'N-1', lastApprovedDay: '2027-01-29' } });
    expect(authorized.goodUntil).toEqual({ date: '2027-01-29', because: 'authorization_end' });
    expect(authorized.reason).toBe(shown.reason);
  });
});
