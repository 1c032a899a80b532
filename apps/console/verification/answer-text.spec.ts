import { answerText } from './answer-text';

describe('an answer of a call in words', () => {
  it.each([
    [{ value: 4000, kind: 'money' }, '$40'],
    [{ value: 20, kind: 'percent' }, '20 %'],
    [{ value: 30, kind: 'number' }, '30'],
    [{ value: true }, 'yes'],
    [{ value: 'calendar_year', kind: 'choice' }, 'calendar year'],
    [{ value: 'unknown', kind: 'money' }, 'would not say'],
    [{ value: { limitCents: 150_000, remainingCents: 0 }, kind: 'amounts' }, '$1,500 in all, $0 left'],
    [{ value: { order: 'copay', copayCents: 4050, copayPer: 'day' } }, '$40.50 copay, per day'],
    [{ value: { order: 'deductible_then_coinsurance', coinsurancePercent: 20 } }, '20 % coinsurance'],
  ])('%j', (answer, text) => {
    expect(answerText(answer)).toBe(text);
  });
});
