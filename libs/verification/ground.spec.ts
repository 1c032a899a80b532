import { askedOf, callScript, draw, type Ground, plannedEstimate } from './ground';
import { aGround, answered, aSnapshot, payers, plan, recorded, say, settling, today, waiting } from './ground.fixture';
import type { Transition } from './ports';
import { nothingRecorded, type Recorded } from './recorded';

describe('a conclusion', () => {
  it('is drawn from the answers alone where nothing was recorded', () => {
    const drawn = draw(aGround(), nothingRecorded, today);
    expect(drawn).toMatchObject({ event: 'benefits_complete', to: 'verified' });
    expect(drawn.conclusion?.estimate?.total.likelyCents).toBe(6 * 4000);
    expect(drawn.conclusion?.basis).not.toHaveProperty('conflicts');
  });

  it('is the same from the same, byte for byte', () => {
    const records = recorded(...settling(), say('copay', 2500));
    const [one, other] = [
      draw(aGround(), records, today),
      draw(structuredClone(aGround()), structuredClone(records), today),
    ];
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
  });

  it('covers both figures of a conflict until it is settled', () => {
    const drawn = draw(aGround(), recorded(say('copay', 2500), say('deductible_applies', 'no')), today);
    expect(drawn).toMatchObject({
      to: 'needs_call',
      conclusion: { estimate: { total: { lowCents: 15_000, likelyCents: 15_000, highCents: 24_000 } } },
    });
    expect(drawn.needs[0]?.questions?.[0]).toMatchObject({ code: 'conflict', id: 'share_kind:0', swingCents: 9000 });
    const settled = draw(
      aGround(),
      recorded(say('copay', 2500, { settles: true }), say('deductible_applies', 'no')),
      today,
    );
    expect(settled).toMatchObject({ to: 'verified', conclusion: { estimate: { total: { highCents: 15_000 } } } });
  });

  it('hears no call about a payer that is no longer the coverage’s', () => {
    const other = settling({ payer: 'pay_before' });
    expect(draw(aGround(), recorded(...other, say('copay', 2500, { payer: 'pay_before' })), today)).toEqual(
      draw(aGround(), nothingRecorded, today),
    );
  });
});

describe('an authorization', () => {
  const approval = {
    id: 'aut_1',
    coverage: 0,
    status: 'approved',
    approved: 2,
    unit: 'days',
    recordedOn: today,
  } as const;
  const authorized = (payer?: string): Recorded => ({
    ...nothingRecorded,
    version: 1,
    authorizations: [{ ...approval, number: 'N-1', ...(payer ? { payer } : {}) }],
  });
  const told = (records: Recorded) => draw(aGround(), records, today).conclusion?.basis?.flags ?? [];

  it.each([undefined, 'pay_a'])('counts for the payer that it was recorded under (%s)', (payer) => {
    const { conclusion } = draw(aGround(), authorized(payer), today);
    expect(conclusion?.basis?.authorization).toMatchObject({ approvedDays: 2, number: 'N-1' });
    expect(told(authorized(payer)).map(({ code }) => code)).not.toContain('authorization_of_other_payer');
  });

  it('of a payer that no longer has the coverage moves nothing, and is told', () => {
    const flag = told(authorized('pay_before')).find(({ code }) => code === 'authorization_of_other_payer');
    expect(flag).toMatchObject({ coverage: 0, text: expect.stringContaining('N-1') });
    const plain = draw(aGround(), nothingRecorded, today).conclusion;
    const { basis, ...drawn } = draw(aGround(), authorized('pay_before'), today).conclusion ?? {};
    expect(drawn).toEqual({ ...plain, basis: undefined });
    expect({ ...basis, flags: [] }).toEqual({ ...plain?.basis, flags: [] });
  });
});

describe('how long an answer stays good', () => {
  const answeredInMarch = aGround({ answeredOn: '2026-03-10' });
  const said = (on: string) => ({
    said: { call: 'cal_2', at: `${on}T15:00:00.000Z`, on, representative: 'Odile Finch', referenceNumber: 'R-2' },
  });
  const attended: Recorded = { ...nothingRecorded, version: 1, attendance: [{ date: today, attended: true }] };

  it.each<[string, Recorded, string]>([
    ['what was attended', attended, '2026-03-13'],
    ['a call about where claims go', recorded(say('claims_address', 'A box.', said('2026-04-03'))), '2026-03-13'],
  ])('is not made longer by %s, written down when it has ended', (_name, records, date) => {
    expect(draw(answeredInMarch, records, '2026-04-03').goodUntil).toEqual({ date, because: 'program_end' });
  });

  it('goes by the last call in which the benefit was spoken of', () => {
    const long = {
      ...answeredInMarch,
      plan: { ...plan, phases: [{ weeks: 12, weekdays: ['mon'] as const }] },
    } as Ground;
    const until = (records: Recorded) => draw(long, records, '2026-05-05').goodUntil?.date;
    expect(until(attended)).toBe('2026-03-31');
    expect(until(recorded(say('coverage_active', 'yes', said('2026-04-03'))))).toBe('2026-04-30');
    const phoned = aGround({
      ...long,
      outcomes: [{ kind: 'by_phone', payer: { id: 'pay_a', name: 'Payer A' }, position: 0 }],
      unanswered: { event: 'no_electronic_way', to: 'needs_call', needs: [] },
    });
    const records = { ...attended, answers: settling(said('2026-04-03')) };
    expect(draw(phoned, records, '2026-05-05').goodUntil).toEqual({ date: '2026-04-30', because: 'end_of_month' });
  });
});

describe('a coverage that was not answered', () => {
  const byPhone = aGround({
    outcomes: [{ kind: 'by_phone', payer: { id: 'pay_a', name: 'Payer A' }, position: 0 }],
    unanswered: {
      event: 'no_electronic_way',
      to: 'needs_call',
      reason: 'no_electronic_way',
      needs: [{ kind: 'call', message: 'Call it.' }],
    },
  });
  const held = aGround({
    outcomes: [{ kind: 'held_up', payer: { id: 'pay_a', name: 'Payer A' }, position: 0, transition: waiting }],
    unanswered: waiting,
  });

  it('comes with everything that is to ask', () => {
    const { needs, reason } = draw(byPhone, nothingRecorded, today);
    expect([reason, needs.length, (needs[0]?.questions?.length ?? 0) > 30]).toEqual(['no_electronic_way', 1, true]);
    expect(needs[0]?.questions?.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['share_kind:0', 'anything_else:0']),
    );
  });

  it('is concluded from a call, and asked further by what is left', () => {
    expect(draw(byPhone, recorded(...settling()), today)).toMatchObject({ to: 'verified' });
    const half = draw(byPhone, recorded(say('iop_covered', 'yes')), today);
    expect(half).toMatchObject({ to: 'needs_call', conclusion: { decision: { decision: 'covered' } } });
    expect(half.conclusion?.estimate?.total.likelyCents).toBeUndefined();
    const ids = half.needs.flatMap(({ questions }) => questions ?? []).map(({ id }) => id);
    expect(ids).not.toContain('iop_covered:0');
    expect(ids).toContain('cost_share:0:0');
  });

  it('goes on waiting until calls leave nothing open', () => {
    expect(draw(held, nothingRecorded, today)).toEqual(waiting);
    const half = draw(held, recorded(say('copay', 4000)), today);
    expect(half).toMatchObject({
      to: 'waiting_for_payer',
      reason: 'payer_down',
      lookAgainAfterMs: 1000,
      unavailable: 'tried',
    });
    expect(half.conclusion?.estimate).toBeDefined();
    expect(draw(held, recorded(...settling()), today)).toMatchObject({ to: 'verified' });
    expect(draw(held, recorded(say('coverage_active', 'no')), today)).toMatchObject({ to: 'inactive' });
  });

  it('is not concluded, where it is asked again, from a call that has lapsed, and is to be asked everything anew', () => {
    const before = settling({ said: { ...say('copay', 0).said, on: '2026-02-27' } });
    for (const first of [byPhone, held]) {
      const again = { ...first, heardSince: '2026-03-01' };
      const drawn = draw(again, recorded(...before), today);
      expect(drawn).toEqual(draw(again, nothingRecorded, today));
      expect(draw(again, recorded(...before, ...settling()), today).to).toBe('verified');
      expect(draw(first, recorded(...before), today).to).toBe('verified');
    }
  });

  it('keeps its planned estimate from a call that has lapsed', () => {
    const before = settling({ said: { ...say('copay', 0).said, on: '2026-02-27' } });
    const planned = plannedEstimate({ ...byPhone, heardSince: '2026-03-01' }, recorded(...before), today);
    expect(planned?.total.likelyCents).toBe(6 * 4000);
  });

  it('stays closed to calls while a consent is missing', () => {
    const rests: Transition = { event: 'consent_missing', to: 'needs_consent', reason: 'no_live_consent', needs: [] };
    const closed = aGround({
      outcomes: [{ kind: 'no_consent', payer: { id: 'pay_a', name: 'Payer A' }, position: 0 }],
      unanswered: rests,
    });
    expect(draw(closed, recorded(...settling()), today)).toEqual(rests);
  });

  it('that was turned away is concluded from a call', () => {
    const rejection = {
      level: 'subscriber',
      code: '75',
      class: 'member_data',
      advice: 'Check the id.',
      source: { segment: 1 },
    } as const;
    const rejected = aGround({
      outcomes: [answered(aSnapshot({ outcome: 'rejected', status: 'unknown', rejections: [rejection] }))],
    });
    expect(draw(rejected, nothingRecorded, today).to).toBe('not_found');
    expect(draw(rejected, recorded(...settling()), today).to).toBe('verified');
  });

  it('behind one that was settled by phone still has to be asked', () => {
    const two = { ...held, payers };
    const drawn = draw(two, recorded(...settling()), today);
    expect(drawn.to).toBe('waiting_for_payer');
    const both = draw(two, recorded(...settling(), ...settling({ coverage: 1 })), today);
    expect(both.to).toBe('verified');
    const second = aGround({
      payers,
      outcomes: [answered(aSnapshot()), { kind: 'by_phone', payer: { id: 'pay_b', name: 'Payer B' }, position: 1 }],
    });
    expect(draw(second, nothingRecorded, today)).toMatchObject({
      to: 'needs_call',
      reason: 'further_coverage_by_phone',
    });
    const heard = draw(second, recorded(...settling({ coverage: 1 })), today);
    expect(heard).toMatchObject({ to: 'verified' });
    expect(heard.conclusion?.estimateCase?.coverages).toHaveLength(2);
  });
});

describe('a first coverage that has ended by phone', () => {
  it('gives way to the second', () => {
    const ground = aGround({ payers, outcomes: [answered(aSnapshot()), answered(aSnapshot(), 1)] });
    const drawn = draw(ground, recorded(say('coverage_active', 'no', { settles: true })), today);
    expect(drawn.conclusion?.basis?.assumptions.map(({ code }) => code)).toContain('first_coverage_inactive');
    expect(drawn.conclusion?.estimateCase?.coverages).toHaveLength(1);
  });
});

describe('what is read and asked against a ground', () => {
  it('is the case as it stands and as it was before', () => {
    const open = aGround({ outcomes: [answered(aSnapshot({ costShares: [] }))] });
    const { cases, positions } = askedOf(open, recorded(say('copay', 4000), say('deductible_applies', 'no')), today);
    expect(cases.map((one) => one.coverages[0]?.costShares[0])).toEqual([
      expect.objectContaining({ order: 'copay', copayCents: 4000 }),
      { appliesTo: 'any', unknown: true },
    ]);
    expect(positions).toEqual([0]);
  });

  it('is a script of what is still open', () => {
    const ids = callScript(aGround(), recorded(say('anything_else', 'No.')), today).map(({ id }) => id);
    expect(ids).toContain('end_date:0');
    expect(ids).not.toContain('anything_else:0');
    expect(ids).not.toContain('copay:0');
  });

  it('is the estimate as planned, whatever was attended', () => {
    const attendance = [{ date: today, attended: false }];
    const planned = plannedEstimate(aGround(), { ...nothingRecorded, attendance }, today);
    expect(planned?.total.likelyCents).toBe(6 * 4000);
    expect(draw(aGround(), { ...nothingRecorded, attendance }, today).conclusion?.estimate?.total.likelyCents).toBe(
      5 * 4000,
    );
    const unanswered = {
      ...aGround(),
      outcomes: [{ kind: 'by_phone', payer: payers[0], position: 0 }],
    } as unknown as Ground;
    expect(plannedEstimate(unanswered, nothingRecorded, today)).toBeUndefined();
  });
});
