import { parseChange } from './read-change';

const share = { order: 'copay', copayCents: 4000 };

describe('a change from JSON', () => {
  it('is read with answers by id or as a list, as those of a call', () => {
    const answers = { 'network:0': 'in', 'cost_share:0:0': share, 'authorization:0': 12 };
    const listed = Object.entries(answers).map(([questionId, value]) => ({ questionId, value, words: 'ignored' }));
    const change = { startDate: '2026-01-05', network: 'out', phases: [{ weeks: 1, weekdays: ['mon'] }], rates: [] };
    const expected = { ok: true, change: { ...change, answers } };
    expect(parseChange({ ...change, answers })).toEqual(expected);
    expect(parseChange({ ...change, answers: listed, other: 1 })).toEqual(expected);
  });

  it('may change nothing', () => {
    expect(parseChange({})).toEqual({ ok: true, change: {} });
  });

  it.each([
    [[], '', 'wrong_type'],
    [{ startDate: 5 }, '/startDate', 'wrong_type'],
    [{ startDate: '2026-13-01' }, '/startDate', 'no_such_date'],
    [{ network: 'both' }, '/network', 'unknown_value'],
    [{ phases: [{ weeks: 0, weekdays: [] }] }, '/phases/0/weeks', 'out_of_range'],
    [{ program: {} }, '/program/track', 'missing'],
    [{ rates: [{ code: 'X', network: 'in' }] }, '/rates/0/allowedCents', 'missing'],
    [{ answers: 'in' }, '/answers', 'wrong_type'],
    [{ answers: { 'network:0': 'perhaps' } }, '/answers/network:0', 'unknown_value'],
    [{ answers: { 'a/~b': true } }, '/answers/a~1~0b', 'wrong_type'],
    [{ answers: { 'cost_share:0:0': { order: 'copay' } } }, '/answers/cost_share:0:0/copayCents', 'missing'],
    [{ answers: { 'cost_share:0:0': 1.5 } }, '/answers/cost_share:0:0', 'wrong_type'],
    [{ answers: [{ value: 'in' }] }, '/answers/0/questionId', 'missing'],
  ])('%j is refused at %s', (json, path, code) => {
    expect(parseChange(json)).toMatchObject({ ok: false, error: { path, code } });
  });
});
