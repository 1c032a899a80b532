import { type Body, requestFor } from '../setup/spine';
import { Week } from './week/week';

const timeZone = 'America/New_York';
const start = '2026-10-19T14:00:00Z';
const begun = new Date(start);

/** Payers asked again by themselves, over two months and a half. */
describe('a verification is asked about again by itself', () => {
  let week: Week;
  beforeAll(async () => {
    week = await Week.begin(start, timeZone);
    await week.ask(
      'under way',
      requestFor('NWH0010001', { admission: { network: 'in', startDate: '2026-10-19' } }, begun),
    );
    await week.ask('ahead', requestFor('NWH0450002', { admission: { network: 'in', startDate: '2026-12-09' } }, begun));
    await week.ask(
      'across the year',
      requestFor('NWH0010003', { admission: { network: 'in', startDate: '2026-11-30' } }, begun),
    );
    await week.ask(
      'cancelled',
      requestFor('NWH0010004', { admission: { network: 'in', startDate: '2026-10-19' } }, begun),
    );
    await week.ask(
      'patience',
      requestFor('NWH1160005', { admission: { network: 'in', startDate: '2026-10-19' } }, begun),
    );
    await week.ask(
      'consent ends',
      requestFor(
        'NWH0010006',
        {
          admission: { network: 'in', startDate: '2026-10-19' },
          consent: {
            part2: { signedOn: '2026-10-01', expiresOn: '2026-10-25', scope: 'treatment_payment_operations' },
          },
        },
        begun,
      ),
    );
    await week.ask('phoned', requestFor('x', { coverages: [{ payer: { id: 'pay_phone' }, memberId: 'P-1' }] }, begun));
    const behindPhone = [
      { payer: { id: 'pay_phone' }, memberId: 'P-1' },
      { payer: { id: 'pay_demo_northwind' }, memberId: 'NWH0010020' },
    ];
    const today = { network: 'in', startDate: '2026-10-19' };
    await week.ask('phoned first', requestFor('x', { coverages: behindPhone, admission: today }, begun));
    await week.ask(
      'first intake',
      requestFor('NWH0010007', { admission: { network: 'in', startDate: '2026-10-19' } }, begun),
    );
    await week.ask(
      'second intake',
      requestFor('NWH0010007', { admission: { network: 'in', startDate: '2026-10-20' } }, begun),
    );
    await week.ask(
      'sibling',
      requestFor(
        'NWH0010007',
        {
          admission: { network: 'in', startDate: '2026-10-20' },
          patient: { firstName: 'Juniper', lastName: 'Quillfeather', birthDate: '2004-03-14', relationship: 'self' },
        },
        begun,
      ),
    );
    await week.quietOnTheFirst('pay_demo_summit_ridge');
    await week.ask(
      'quiet payer',
      requestFor('SRA0010009', { admission: { network: 'in', startDate: '2026-10-19' } }, begun),
    );
    await week.ask('no start', requestFor('NWH0010008', { admission: { network: 'in' } }, begun));
    await week.skipTo('2026-10-19T10:30');
    await week.act('cancelled', 'cancel');
  });
  afterAll(() => week.end());

  const local = (at: string): string =>
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(new Date(at));
  const planned = async (name: string): Promise<string | undefined> => {
    const { nextRecheck } = await week.read(name);
    return nextRecheck && `${local(nextRecheck.at).slice(0, 10)} ${nextRecheck.because}`;
  };
  const askedAbout = async (memberId: string): Promise<Body[]> =>
    (await week.payers.ledger()).filter((entry) => entry.memberId === memberId);

  test('says when and why, and only where it makes sense', async () => {
    expect(await planned('under way')).toBe('2026-11-01 first_of_month');
    expect(await planned('ahead')).toBe('2026-12-01 asked_for_today');
    expect(await planned('across the year')).toBe('2026-11-01 first_of_month');
    expect(await planned('patience')).toBe('2026-10-29 payer_asked_for_patience');
    expect([await planned('cancelled'), await planned('phoned')]).toEqual([undefined, undefined]);
    expect(await planned('phoned first')).toBe('2026-11-01 first_of_month');
  });

  test('by the facility’s own clock, spread over its hours', async () => {
    const names = ['under way', 'across the year', 'sibling'];
    const instants = await Promise.all(
      names.map(async (name): Promise<string> => (await week.read(name)).nextRecheck.at),
    );
    expect(new Set(instants).size).toBeGreaterThan(1);
    const times = instants.map(local);
    for (const time of times) expect([time >= '2026-11-01 02:00', time < '2026-11-01 07:00']).toEqual([true, true]);
  });

  test('not before its time, when the payer’s patience has passed in a round of its own', async () => {
    await week.skipTo('2026-10-29T01:59');
    expect((await week.read('patience')).round).toBe(1);
    await week.skipTo('2026-10-29T07:00');
    expect(await week.read('patience')).toMatchObject({ round: 2, status: 'not_found' });
    expect(await askedAbout('NWH1160005')).toHaveLength(2);
  });

  test('on the first of the month, once, whatever number of workers looks for it, in the bulk lane', async () => {
    const before = (await askedAbout('NWH0010001')).length;
    week.setClock('2026-11-01T07:00');
    const begunBy = await Promise.all([1, 2, 3].map(() => week.beginRechecks()));
    const ids = begunBy.flat().map(({ verificationId, round }) => `${verificationId}-${round}`);
    expect(new Set(ids).size).toBe(ids.length);
    expect(begunBy.flat().every(({ lane }) => lane === 'bulk')).toBe(true);
    // no job was made of them: the rows are found all the same
    await week.skipTo('2026-11-01T07:01');
    expect(await week.read('under way')).toMatchObject({ round: 2, status: 'verified' });
    expect(await planned('under way')).toBe('2026-12-01 first_of_month');
    expect((await askedAbout('NWH0010001')).length).toBe(2 * before);
    expect((await week.read('cancelled')).round).toBe(1);
  });

  test('later, of a payer that leaves bulk work out on the first, with the last good answer meanwhile', async () => {
    const waiting = await week.read('quiet payer');
    expect(waiting).toMatchObject({ round: 2, status: 'waiting_for_payer', reason: 'quiet_hours' });
    expect([waiting.resultOf.round, waiting.goodUntil.date]).toEqual([1, '2026-10-31']);
    await week.skipTo('2026-11-02T00:01');
    expect(await week.read('quiet payer')).toMatchObject({ round: 2, status: 'verified', resultOf: { round: 2 } });
  });

  test('of the program that was begun, also where nobody gave a start', async () => {
    const shown = await week.read('no start');
    expect([shown.round, shown.startDate, shown.estimate.days[0].date]).toEqual([2, '2026-10-19', '2026-10-19']);
    const [again] = (await askedAbout('NWH0010008')).slice(-1);
    expect(again.at >= '2026-11-01').toBe(true);
  });

  test('not of an admission that somebody asked about later, but of a sibling with the same member id', async () => {
    const rounds = await Promise.all(
      ['first intake', 'second intake', 'sibling'].map(async (name) => (await week.read(name)).round),
    );
    expect(rounds).toEqual([1, 2, 2]);
    expect(await planned('first intake')).toBeUndefined();
  });

  test('with nothing sent where no consent is live, which is said, beside the last good answer', async () => {
    const shown = await week.read('consent ends');
    expect(shown).toMatchObject({
      round: 2,
      status: 'needs_consent',
      reason: 'no_live_consent',
      resultOf: { round: 1 },
    });
    expect(shown.decision.decision).toBe('covered');
    const asked = await askedAbout('NWH0010006');
    expect(asked.every(({ at }) => at < '2026-10-20')).toBe(true);
  });

  test('not at a facility that switched it off; what was due is made up for when it is switched on', async () => {
    const admin = await week.callerOf('admin');
    const off = await admin.patch('/v1/facility/rechecks', { enabled: false });
    expect(off.body).toMatchObject({ enabled: false, daysBeforeReset: 5, from: '02:00', until: '07:00' });
    expect(await planned('across the year')).toBeUndefined();
    await week.skipTo('2026-12-01T09:00');
    expect((await week.read('ahead')).round).toBe(1);
    await admin.patch('/v1/facility/rechecks', { enabled: true });
    await week.skipTo('2026-12-01T09:01');
    expect(await week.read('ahead')).toMatchObject({ round: 2 });
  });

  test('for the admission, once the payer speaks of it', async () => {
    const shown = await week.read('ahead');
    expect(shown.startDate).toBe('2026-12-09');
    // still ahead: on the first it rejects the date once more, and is asked for today’s
    expect(shown.nextRecheck.because).toBe('asked_for_today');
    await week.skipTo('2026-12-09T08:00');
    const begins = await week.read('ahead');
    expect([begins.round, begins.status]).toEqual([3, 'verified']);
    expect(begins.basis.assumptions.map(({ code }: Body) => code)).not.toContain('asked_for_today');
  });

  test('not behind the end of the program', async () => {
    expect(await week.read('under way')).toMatchObject({ round: 3, status: 'verified' });
    expect(await planned('under way')).toBeUndefined();
  });

  test.each([
    [{ from: '07:00' }, '/until'],
    [{ until: '25:00' }, '/until'],
    [{ daysBeforeReset: 61 }, '/daysBeforeReset'],
    [{ enabled: 'no' }, '/enabled'],
    [{ mood: 1 }, '/mood'],
  ])('is not set to %j', async (change, pointer) => {
    const admin = await week.callerOf('admin');
    const refused = await admin.patch('/v1/facility/rechecks', change);
    expect([refused.status, refused.body.errors.map((one: Body) => one.pointer)]).toEqual([422, [pointer]]);
  });

  test('is nobody’s to set but supervisors and administrators', async () => {
    expect((await week.caller.patch('/v1/facility/rechecks', { enabled: false })).status).toBe(403);
    expect((await week.caller.get('/v1/facility/rechecks')).body.enabled).toBe(true);
  });
});
