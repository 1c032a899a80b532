import { aCase, aCoverage } from '../case.fixture';
import type { ValueKind } from './bank-question';
import { said } from './phone.fixture';
import { type AskedOf, readAnswer } from './read-answer';
import { describeValue, readValue } from './read-value';

const choice: ValueKind = {
  kind: 'choice',
  options: [
    { value: 'day', text: 'a day' },
    { value: 'week', text: 'a week' },
  ],
};
const share: ValueKind = {
  kind: 'share',
  options: [
    { value: '0', text: 'a' },
    { value: '1', text: 'b' },
  ],
};
const days: ValueKind = { kind: 'days', options: [{ value: 'extended', text: 'all' }] };

describe('an answer by its kind', () => {
  it.each<[ValueKind, unknown, unknown]>([
    [{ kind: 'yes_no' }, 'yes', 'yes'],
    [{ kind: 'yes_no' }, false, 'no'],
    [{ kind: 'money' }, 0, 0],
    [{ kind: 'money', orNone: true }, 'none', 'none'],
    [{ kind: 'percent' }, 12.5, 12.5],
    [{ kind: 'date' }, '2026-02-28', '2026-02-28'],
    [{ kind: 'date', orNone: true }, 'none', 'none'],
    [{ kind: 'number', of: 'days' }, 20, 20],
    [choice, 'week', 'week'],
    [{ kind: 'text' }, '  as said ', 'as said'],
    [{ kind: 'amounts' }, { limitCents: 5, usedCents: 1 }, { limitCents: 5, usedCents: 1 }],
    [{ kind: 'amounts' }, 'none', 'none'],
    [share, 1, 1],
    [share, 'not_covered', 'not_covered'],
    [share, { order: 'copay', copayCents: 5, note: 1 }, { order: 'copay', copayCents: 5 }],
    [days, 'extended', 'extended'],
    [days, 30, 30],
  ])('%j takes %j', (kind, value, read) => {
    expect(readValue(kind, value, '')).toEqual(read);
  });

  it.each<[ValueKind, unknown, string, string]>([
    [{ kind: 'yes_no' }, 'maybe', '', 'unknown_value'],
    [{ kind: 'yes_no' }, 1, '', 'wrong_type'],
    [{ kind: 'money' }, '40', '', 'wrong_type'],
    [{ kind: 'money' }, 'none', '', 'wrong_type'],
    [{ kind: 'money' }, 100_000_001, '', 'out_of_range'],
    [{ kind: 'percent' }, 20.123456, '', 'out_of_range'],
    [{ kind: 'date' }, 'none', '', 'no_such_date'],
    [{ kind: 'number', of: 'days' }, -1, '', 'out_of_range'],
    [choice, 'month', '', 'unknown_value'],
    [choice, null, '', 'wrong_type'],
    [{ kind: 'text' }, ' ', '', 'out_of_range'],
    [{ kind: 'text' }, 'x'.repeat(2001), '', 'out_of_range'],
    [{ kind: 'amounts' }, {}, '', 'missing'],
    [{ kind: 'amounts' }, { limitCents: 1.5 }, '/limitCents', 'wrong_type'],
    [{ kind: 'amounts' }, { limitCents: 1, remainingCents: 2 }, '/remainingCents', 'out_of_range'],
    [{ kind: 'amounts' }, { limitCents: 100_000_001 }, '/limitCents', 'out_of_range'],
    [share, 2, '', 'out_of_range'],
    [{ kind: 'share', options: [] }, 0, '', 'out_of_range'],
    [share, { order: 'copay' }, '/copayCents', 'missing'],
    [days, 1.5, '', 'wrong_type'],
    [days, 'never', '', 'unknown_value'],
  ])('%j does not take %j', (kind, value, path, code) => {
    expect(() => readValue(kind, value, '')).toThrow(
      expect.objectContaining({ fault: expect.objectContaining({ path, code }) }),
    );
    expect(describeValue(kind)).toContain('unknown');
  });
});

describe('an answer of a call', () => {
  const oneOf = [
    { order: 'copay', copayCents: 4000 },
    { order: 'deductible_then_copay', copayCents: 4000 },
  ] as const;
  const open = aCase({
    coverages: [
      aCoverage({
        network: 'unknown',
        costShares: [
          { appliesTo: 'any', setting: 'virtual', unknown: true },
          { appliesTo: ['iop_day'], oneOf },
          { appliesTo: 'any', unknown: true },
        ],
        authorization: { required: 'yes', approvedDays: 2 },
        outOfNetwork: {
          periods: [{ from: '2026-01-01', to: '2026-12-31' }],
          costShares: [{ appliesTo: 'any', unknown: true }],
        },
      }),
    ],
  });
  const asked: AskedOf = { cases: [open], positions: [1] };
  const read = (questionId: string, value: unknown, of = asked) => readAnswer({ questionId, value }, of, said());

  it.each([
    ['copay:0', 4000, { code: 'copay', coverage: 0, side: 'own', value: 4000 }],
    ['copay:1:o:mh', 4000, { code: 'copay', coverage: 1, side: 'out_of_network', part: 'mh', value: 4000 }],
    ['network:0', 'out', { code: 'facility_network', coverage: 1, side: 'own', value: 'out' }],
    ['cost_share:0:1', 1, { code: 'cost_share', coverage: 1, side: 'own', scope: 'program', value: oneOf[1] }],
    [
      'cost_share:0:0',
      'not_covered',
      { code: 'cost_share', coverage: 1, side: 'own', scope: 'virtual', value: 'not_covered' },
    ],
    ['cost_share:0:2', oneOf[0], { code: 'cost_share', coverage: 1, side: 'own', scope: 'others', value: oneOf[0] }],
    [
      'cost_share:0:o0',
      1,
      {
        code: 'cost_share',
        coverage: 1,
        side: 'out_of_network',
        scope: 'program',
        value: { order: 'copay', copayCents: 0 },
      },
    ],
    ['authorization:0', 30, { code: 'authorization', coverage: 1, side: 'own', value: 30 }],
    ['accumulator_conflict', 'smaller', { code: 'accumulator_conflict', coverage: 0, side: 'own', value: 'smaller' }],
    ['pending_claims', 'posted', { code: 'pending_claims', coverage: 0, side: 'own', value: 'posted' }],
  ])('to %s by %j is put into what it means', (questionId, value, meaning) => {
    expect(read(questionId, value)).toEqual({ ok: true, answer: { ...meaning, said: said() } });
  });

  it.each(['unknown', 'would_not_say', { unknown: true }])('of %j leaves the value out', (value) => {
    for (const id of ['copay:0', 'cost_share:0:1', 'network:0']) {
      const result = read(id, value);
      expect(result.ok && 'value' in result.answer).toBe(false);
    }
  });

  it('can state a share before there is an estimate, but not choose one of its shares', () => {
    const nothing: AskedOf = { cases: [], positions: [] };
    expect(read('cost_share:0:0', oneOf[0], nothing)).toMatchObject({
      ok: true,
      answer: { scope: 'program', coverage: 0 },
    });
    expect(read('cost_share:0:0', 0, nothing)).toMatchObject({
      ok: false,
      error: { path: '/value', code: 'out_of_range' },
    });
    expect(read('cost_share:0:1', oneOf[0], nothing)).toMatchObject({ ok: false, error: { path: '/questionId' } });
  });

  it.each([
    ['nonsense', 1, '/questionId', 'unknown_value'],
    ['cost_share:0:1', 2, '/value', 'out_of_range'],
    ['network:0', 'both', '/value', 'unknown_value'],
    ['copay:0', '4000', '/value', 'wrong_type'],
  ])('to %s by %j is refused at %s', (questionId, value, path, code) => {
    expect(read(questionId, value)).toMatchObject({
      ok: false,
      error: { path, code, message: expect.stringMatching(/expected/) },
    });
  });
});
