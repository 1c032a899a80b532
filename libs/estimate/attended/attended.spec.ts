import { expandSchedule, type ProgramPlan } from '@openvob/programs';
import fc from 'fast-check';
import { aCase, aCoverage, aPeriod, aProgram, aService, left, START } from '../case.fixture';
import { anIopBenefit } from '../case-from-benefits/answer.fixture';
import { estimate } from '../estimate';
import { type AttendanceDay, asAttended, attendanceSummary, programDaysOf } from './attendance';
import type { AuthorizationRecord } from './authorization-record';
import { attendanceFlags, authorizationFlags, authorizationTimeline } from './authorization-timeline';
import { authorizedCase, authorizedIop } from './authorized-case';
import { authorizedDays } from './authorized-days';

/** Two weeks of Monday, Wednesday and Friday from 5 January, a hour with a therapist on Tuesdays. */
const plan: ProgramPlan = aProgram({
  phases: [{ weeks: 2, weekdays: ['mon', 'wed', 'fri'] }],
  services: [{ code: 'H0015', kind: 'iop_day', on: { every: 'program_day' } }, aService('90837', { weekly: 'tue' })],
});
const DAYS = ['2026-01-05', '2026-01-07', '2026-01-09', '2026-01-12', '2026-01-14', '2026-01-16'];
const datesOf = (attended: ProgramPlan, code: string): string[] =>
  expandSchedule(attended, START).days.flatMap(({ date, services }) =>
    services.some((one) => one.code === code) ? [date] : [],
  );

describe('a program as it was attended', () => {
  it('is the planned one where nothing was recorded, and where all was attended as planned', () => {
    expect(asAttended(plan, START, [])).toBe(plan);
    const asPlanned = DAYS.map((date) => ({ date, attended: true }));
    expect(expandSchedule(asAttended(plan, START, asPlanned), START)).toEqual(expandSchedule(plan, START));
  });

  it('has no day on which the patient was absent', () => {
    const attended = asAttended(plan, START, [
      { date: '2026-01-07', attended: false },
      { date: '2026-01-06', attended: false },
    ]);
    expect(programDaysOf(attended, START)).toEqual(DAYS.filter((date) => date !== '2026-01-07'));
    expect(datesOf(attended, '90837')).toEqual(['2026-01-13']);
  });

  it('has a day that was planned as closed or missed and was attended', () => {
    const closed = { ...plan, closedOn: ['2026-01-07'], missedOn: ['2026-01-09'] };
    const attended = asAttended(closed, START, [
      { date: '2026-01-07', attended: true },
      { date: '2026-01-09', attended: true },
    ]);
    expect(programDaysOf(attended, START)).toEqual(DAYS);
  });

  it.each<[string, AttendanceDay, string[], string[]]>([
    [
      'a day that was not planned',
      { date: '2026-01-08', attended: true },
      [...DAYS, '2026-01-08'].sort(),
      ['2026-01-06', '2026-01-13'],
    ],
    [
      'another service than planned',
      { date: '2026-01-07', attended: true, services: ['90837'] },
      DAYS.filter((date) => date !== '2026-01-07'),
      ['2026-01-06', '2026-01-07', '2026-01-13'],
    ],
    [
      'both on a day',
      { date: '2026-01-06', attended: true, services: ['H0015', '90837'] },
      [...DAYS, '2026-01-06'].sort(),
      ['2026-01-06', '2026-01-13'],
    ],
    ['nothing that is billed', { date: '2026-01-06', attended: true, services: [] }, DAYS, ['2026-01-13']],
  ])('bills %s', (_name, day, programDays, hours) => {
    const attended = asAttended(plan, START, [day]);
    expect([datesOf(attended, 'H0015'), datesOf(attended, '90837')]).toEqual([programDays, hours]);
  });

  it('comes to the same in whichever order its days were recorded', () => {
    const day = fc.record({
      date: fc.constantFrom(...DAYS, '2026-01-06', '2026-01-08', '2026-01-17'),
      attended: fc.boolean(),
    });
    const days = fc.uniqueArray(day, { selector: ({ date }) => date, maxLength: 6 });
    fc.assert(
      fc.property(days, (recorded) => {
        const [one, other] = [recorded, [...recorded].reverse()].map((some) =>
          expandSchedule(asAttended(plan, START, some), START),
        );
        expect(one).toEqual(other);
        for (const { date, attended } of recorded)
          if (!attended) expect(one?.days.some((at) => at.date === date)).toBe(false);
      }),
    );
  });

  it('is counted up to yesterday', () => {
    const days = [
      { date: '2026-01-05', attended: true },
      { date: '2026-01-07', attended: false },
    ];
    const summary = attendanceSummary(plan, START, days, '2026-01-14');
    expect(summary).toEqual({ planned: 4, attended: 1, missed: 1, notRecorded: ['2026-01-09', '2026-01-12'] });
    expect(attendanceFlags(summary)).toMatchObject([
      { code: 'attendance_not_recorded', text: expect.stringContaining('2026-01-09') },
    ]);
    expect(attendanceFlags(attendanceSummary(plan, START, [], '2026-01-14'))).toEqual([]);
  });
});

const record = (change: Partial<AuthorizationRecord> = {}): AuthorizationRecord => ({
  id: 'aut_1',
  coverage: 0,
  status: 'approved',
  recordedOn: '2026-01-02',
  ...change,
});

describe('approvals over the days of a program', () => {
  it.each<[string, Partial<AuthorizationRecord>[], number | undefined, string | undefined]>([
    ['nothing but a request', [{ status: 'requested' }], undefined, undefined],
    ['so many days', [{ approved: 2, unit: 'days' }], 2, '2026-01-07'],
    [
      'visits and units are days',
      [
        { approved: 1, unit: 'visits' },
        { approved: 2, unit: 'units', id: 'aut_2' },
      ],
      3,
      '2026-01-09',
    ],
    ['hours are days of three', [{ approved: 10, unit: 'hours' }], 3, '2026-01-09'],
    ['a span without a number', [{ from: '2026-01-05', to: '2026-01-12' }], 4, '2026-01-12'],
    ['a number within a span', [{ approved: 5, unit: 'days', from: '2026-01-05', to: '2026-01-08' }], 2, '2026-01-07'],
    ['nothing said but yes', [{}], 6, '2026-01-16'],
    ['one that begins later', [{ approved: 2, unit: 'days', from: '2026-01-12' }], 5, '2026-01-14'],
    ['a refusal', [{ status: 'denied' }], 0, undefined],
    [
      'nothing left after a refusal',
      [
        { approved: 2, unit: 'days' },
        { status: 'denied', id: 'aut_2' },
      ],
      2,
      '2026-01-07',
    ],
    ['more than there is', [{ approved: 99, unit: 'days' }], 6, '2026-01-16'],
    ['none at all', [{ approved: 0, unit: 'days' }], 0, undefined],
  ])('%s', (_name, records, approvedDays, last) => {
    const authorized = authorizedDays(records.map(record), DAYS);
    expect([authorized?.approvedDays, authorized?.covered.at(-1)]).toEqual([approvedDays, last]);
  });

  it('are none where none was recorded, and end where none is required', () => {
    expect(authorizedDays([], DAYS)).toBeUndefined();
    expect(authorizedDays([record(), record({ id: 'aut_2', status: 'not_required' })], DAYS)).toMatchObject({
      required: 'no',
    });
  });

  it('hear the payer’s last word, by the day of the decision', () => {
    const denied = record({ id: 'aut_1', status: 'denied', decidedOn: '2026-01-10' });
    const approved = record({
      id: 'aut_2',
      approved: 2,
      unit: 'days',
      decidedOn: '2026-01-04',
      recordedOn: '2026-01-12',
    });
    expect(authorizedDays([denied, approved], DAYS)).toMatchObject({
      status: 'denied',
      isRefused: true,
      approvedDays: 2,
    });
    const appealed = record({ id: 'aut_3', approved: 1, unit: 'days', decidedOn: '2026-01-11' });
    expect(authorizedDays([denied, approved, appealed], DAYS)).toMatchObject({ isRefused: false, approvedDays: 3 });
  });

  it('are used up by no absence', () => {
    const attended = programDaysOf(asAttended(plan, START, [{ date: '2026-01-05', attended: false }]), START);
    expect(authorizedDays([record({ approved: 2, unit: 'days' })], attended)?.covered).toEqual([
      '2026-01-07',
      '2026-01-09',
    ]);
  });

  const two = authorizedDays([record({ approved: 2, unit: 'days', number: 'A-1' })], DAYS);
  if (!two) throw new Error('two days are approved');

  it('say what is used, what is left and when the packet is due', () => {
    const timeline = authorizationTimeline(two, { programDays: DAYS, today: '2026-01-06' });
    expect(timeline).toEqual({
      required: 'yes',
      status: 'approved',
      number: 'A-1',
      programDays: 6,
      approvedDays: 2,
      usedDays: 1,
      leftDays: 1,
      lastApprovedDay: '2026-01-07',
      packetDueOn: '2026-01-02',
    });
    const wanted = authorizationTimeline(
      { ...two, nextReviewOn: '2026-01-06' },
      { programDays: DAYS, today: '2026-01-06' },
    );
    expect(wanted.packetDueOn).toBe('2026-01-06');
    expect(authorizationTimeline(two, { programDays: DAYS, today: '2026-01-06', leadDays: 3 }).packetDueOn).toBe(
      '2026-01-04',
    );
    const whole = authorizedDays([record()], DAYS);
    expect(
      whole && authorizationTimeline(whole, { programDays: DAYS, today: '2026-01-06' }).packetDueOn,
    ).toBeUndefined();
  });

  it('tell who has to act', () => {
    const timeline = authorizationTimeline(two, { programDays: DAYS, today: '2026-01-06' });
    const attendance = [
      { date: '2026-01-05', attended: true },
      { date: '2026-01-09', attended: true },
    ];
    const flags = authorizationFlags(timeline, two, { attendance, coverage: 0 });
    expect(flags.map(({ code }) => code)).toEqual([
      'authorization_runs_out',
      'review_packet_due',
      'attended_without_authorization',
    ]);
    expect(flags.at(-1)?.text).toContain('2026-01-09');
    expect(flags.at(-1)?.text).not.toContain('2026-01-05');
  });

  it('move the estimate: days past them are at risk, and lost when no extension comes', () => {
    const given = aCase({
      program: plan,
      coverages: [aCoverage({ periods: [aPeriod({ outOfPocket: left(900_000) })] })],
      rates: [
        { code: 'H0015', network: 'in', allowedCents: 30_000 },
        { code: '90837', network: 'in', allowedCents: 10_000 },
      ],
    });
    const built = { case: given, assumptions: [], sources: [], unknowns: ['authorization'], flags: [] };
    const source = { authorization: { ids: ['aut_1'] } };
    const open = authorizedCase(built, [{ authorized: two, source }]);
    expect(open.unknowns).toEqual([]);
    expect(open.case.coverages[0]?.authorization).toEqual({ required: 'yes', approvedDays: 2 });
    expect(open.sources.map(({ path }) => path)).toEqual([
      '/coverages/0/authorization/required',
      '/coverages/0/authorization/approvedDays',
    ]);
    // four program days and the second Tuesday
    expect(estimate(open.case).atRiskCents).toBe(4 * 30_000 + 10_000);
    const refused = authorizedCase(built, [{ authorized: { ...two, isRefused: true }, source }]);
    const { total } = estimate(refused.case);
    expect(total).toEqual({ lowCents: 3 * 4000, likelyCents: 3 * 4000, highCents: 3 * 4000 });
    expect(authorizedCase(built, [undefined])).toBe(built);
  });

  it('leave days before the first date of an approval, and between two, without one', () => {
    const given = aCase({
      program: plan,
      coverages: [aCoverage({ periods: [aPeriod({ outOfPocket: left(900_000) })] })],
      rates: [
        { code: 'H0015', network: 'in', allowedCents: 30_000 },
        { code: '90837', network: 'in', allowedCents: 10_000 },
      ],
    });
    const built = { case: given, assumptions: [], sources: [], unknowns: [], flags: [] };
    const source = { authorization: { ids: ['aut_1'] } };
    const estimateOf = (records: Partial<AuthorizationRecord>[], change = {}) => {
      const authorized = authorizedDays(records.map(record), DAYS);
      if (!authorized) throw new Error('Nothing was authorized');
      return estimate(authorizedCase(built, [{ authorized: { ...authorized, ...change }, source }]).case);
    };
    const late = { approved: 2, unit: 'days', from: '2026-01-12' } as const;
    // Monday to Friday of the first week with their Tuesday, and the last Friday
    expect(estimateOf([late]).atRiskCents).toBe(4 * 30_000 + 10_000);
    const [first, , , , ofApproval] = estimateOf([late]).days;
    expect(first?.lines[0]?.why[0]).toBe('No approval covers this day so far: it counts on one.');
    expect(ofApproval?.lines[0]?.why[0]).not.toContain('approval');
    const two = [
      { approved: 1, unit: 'days', from: '2026-01-05', to: '2026-01-05' },
      { ...late, id: 'aut_2' },
    ] as const;
    expect(estimateOf([...two]).atRiskCents).toBe(3 * 30_000 + 10_000);
    expect(estimateOf([{ from: '2026-01-05' }]).atRiskCents).toBe(0);
    const refused = estimateOf([late], { isRefused: true });
    expect(refused.total.likelyCents).toBe(2 * 4000 + 4000);
    expect(refused.days[0]?.lines[0]?.why).toEqual([
      'No approval covers this day and none came: nothing is asked of you.',
    ]);
  });

  it('are a condition of the decision, or take it away', () => {
    const source = { authorization: { ids: ['aut_1'] } };
    const open = anIopBenefit({ authorization: 'unknown', unknowns: ['authorization', 'limits'] });
    expect(authorizedIop(open, { authorized: two, source })).toMatchObject({
      decision: 'covered_with_conditions',
      conditions: ['authorization_required'],
      unknowns: ['limits'],
    });
    const none = authorizedDays([record({ status: 'not_required' })], DAYS);
    const required = anIopBenefit({
      decision: 'covered_with_conditions',
      conditions: ['authorization_required'],
      authorization: 'yes',
    });
    expect(none && authorizedIop(required, { authorized: none, source })).toMatchObject({
      decision: 'covered',
      conditions: [],
    });
    const carved = anIopBenefit({ decision: 'carved_out' });
    expect(authorizedIop(carved, { authorized: two, source })).toBe(carved);
  });
});
