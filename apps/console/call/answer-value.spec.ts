import { apiValue, asSpoken, centsOf, isUnfolded, typedValue } from './answer-value';

const kind = (value: object): Parameters<typeof apiValue>[0] =>
  ({ description: '', ...value }) as Parameters<typeof apiValue>[0];

const question = (part: object): Parameters<typeof asSpoken>[0] => part as Parameters<typeof asSpoken>[0];

describe('an answer by phone', () => {
  test.each([
    ['money', '$1,200.50', 120_050],
    ['money', '40', 4000],
    ['money', 'forty', undefined],
    ['percent', '20 %', 20],
    ['percent', '120', undefined],
    ['number', '30', 30],
    ['days', '18', 18],
    ['date', '2026-12-31', '2026-12-31'],
    ['date', 'soon', undefined],
    ['text', '  Carelon ', 'Carelon'],
    ['yes_no', 'yes', 'yes'],
    ['money', 'unknown', 'unknown'],
    ['money', '', undefined],
  ])('%s: %s', (name, typed, value) => {
    expect(apiValue(kind({ kind: name }), typed)).toEqual(value);
  });

  test('a limit in dollars is typed in dollars and told in cents', () => {
    const used = question({
      id: 'limit_used:0',
      value: { kind: 'number', of: 'the unit' },
      onlyIf: { id: 'limit_kind:0', is: ['dollars', 'days'] },
    });
    expect(apiValue(asSpoken(used, { 'limit_kind:0': 'dollars' }).value, '$2,500')).toBe(250_000);
    expect(apiValue(asSpoken(used, { 'limit_kind:0': 'days' }).value, '30')).toBe(30);
    const limit = question({
      value: { kind: 'choice', options: [{ value: 'dollars', text: 'on dollars (answered in cents)' }] },
    });
    expect(asSpoken(limit, {}).value).toMatchObject({ options: [{ value: 'dollars', text: 'on dollars' }] });
  });

  test('amounts are what was said of limit, used and left; zero is said, empty is not', () => {
    expect(apiValue(kind({ kind: 'amounts' }), { limit: '1500', used: '', left: '0' })).toEqual({
      limitCents: 150_000,
      remainingCents: 0,
    });
    expect(apiValue(kind({ kind: 'amounts' }), { limit: '', used: '', left: '' })).toBeUndefined();
    expect(apiValue(kind({ kind: 'amounts' }), 'none')).toBe('none');
  });

  test('a share is one of those asked about, a copay, or a percentage after the deductible', () => {
    const share = kind({
      kind: 'share',
      options: [
        { value: 'a', text: 'a' },
        { value: 'b', text: 'b' },
      ],
    });
    expect(apiValue(share, 'option 1')).toBe(1);
    expect(apiValue(share, 'option 2')).toBeUndefined();
    expect(apiValue(share, '40')).toEqual({ order: 'copay', copayCents: 4000 });
    expect(apiValue(share, '20%')).toEqual({ order: 'deductible_then_coinsurance', coinsurancePercent: 20 });
    expect(apiValue(share, 'not_covered')).toBe('not_covered');
  });

  test('a follow-up unfolds by the answer above it', () => {
    const question = { onlyIf: { id: 'share_kind:0', is: ['copay'] } } as unknown as Parameters<typeof isUnfolded>[0];
    expect(isUnfolded(question, {})).toBe(false);
    expect(isUnfolded(question, { 'share_kind:0': 'copay' })).toBe(true);
    expect(isUnfolded(question, { 'share_kind:0': 'unknown' })).toBe(false);
  });

  test.each([
    ['money', 4000],
    ['money', 1999],
    ['money', 'none'],
    ['percent', 12.5],
    ['days', 'all'],
    ['number', 0],
    ['date', '2026-12-31'],
    ['yes_no', 'no'],
    ['text', 'Carelon'],
    ['share', 1],
    ['share', { order: 'copay', copayCents: 4050 }],
    ['share', { order: 'deductible_then_coinsurance', coinsurancePercent: 20 }],
    ['amounts', { limitCents: 150_000, remainingCents: 0 }],
    ['amounts', 'unknown'],
  ])('a recorded %s of %j is typed so that it comes to the same', (name, value) => {
    const asked = kind({ kind: name, options: [{}, {}] });
    expect(apiValue(asked, typedValue(asked, value))).toEqual(value);
  });

  test('a share that cannot be typed is not', () => {
    const share = kind({ kind: 'share' });
    expect(typedValue(share, { order: 'copay', copayCents: 4000, copayPer: 'week' })).toBeUndefined();
    expect(typedValue(share, null)).toBeUndefined();
  });

  test('cents are exact', () => {
    expect(centsOf('19.99')).toBe(1999);
    expect(centsOf('0')).toBe(0);
  });
});
