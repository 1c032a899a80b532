import { calledOf, choicesOf } from './whom-called';

const plan = { payer: { id: 'pay_plan', name: 'Plan' }, phones: [], ringFor: 'the plan itself' };
const known = { payer: { id: 'pay_admin', name: 'Administrator' }, phones: [], ringFor: 'behavioral health of Plan' };
const unknown = { payer: { name: 'Somebody Behavioral' }, phones: [], ringFor: 'behavioral health of Plan' };
const second = { payer: { id: 'pay_second', name: 'Second' }, phones: [] };

describe('whom a call was to', () => {
  test('is the first of the sheet, unless another one was chosen', () => {
    expect(calledOf([known, plan], undefined)).toEqual({ payer: { id: 'pay_admin' } });
    expect(calledOf([known, plan], 'pay_plan')).toEqual({ payer: { id: 'pay_plan' } });
    expect(calledOf([known, plan], 'pay_gone')).toEqual({ payer: { id: 'pay_admin' } });
  });

  test('is a name where the directory does not know it', () => {
    expect(calledOf([unknown, plan], undefined)).toEqual({ payer: { name: 'Somebody Behavioral' } });
    expect(choicesOf([unknown, plan])).toEqual([
      { value: 'Somebody Behavioral', label: 'Somebody Behavioral' },
      { value: 'pay_plan', label: 'Plan' },
    ]);
  });

  test('follows from the coverages that were answered about where nobody holds a benefit for another', () => {
    expect(calledOf([{ payer: plan.payer, phones: [] }, second], undefined)).toEqual({});
    expect(choicesOf([{ payer: plan.payer, phones: [] }, second])).toEqual([]);
    expect(calledOf([], undefined)).toEqual({});
  });
});
