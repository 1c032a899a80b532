import { callDraftOf, isHeard } from './call-draft';

const now = new Date('2026-11-22T15:00:00Z');

describe('a call that was begun', () => {
  test('comes back as it was heard', () => {
    const heard = {
      representative: 'Tamsin Oakhurst',
      reference: 'REF-1',
      typed: { 'copay:0': '$40', 'deductible_individual:0': { limit: '1500', used: '', left: '300' } },
      words: { 'copay:0': 'Forty dollars a day.' },
      startedAt: '2026-11-22T14:40:00.000Z',
      called: 'pay_administrator',
    };
    expect(callDraftOf(JSON.parse(JSON.stringify(heard)), now)).toEqual(heard);
    expect(isHeard(heard)).toBe(true);
  });

  test('is empty where what was kept is something else', () => {
    const empty = { representative: '', reference: '', typed: {}, words: {}, startedAt: now.toISOString() };
    for (const content of [
      undefined,
      null,
      'text',
      [1],
      { representative: 7, typed: { a: 1, b: { limit: 2 } }, words: [] },
    ])
      expect(callDraftOf(content, now)).toEqual(empty);
    expect(isHeard(empty)).toBe(false);
  });
});
