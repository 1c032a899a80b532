import type { CoverageOutcome } from './further-coverages';
import { draw, type Ground } from './ground';
import { aGround, answered, aSnapshot, payers, recorded, settling, today, waiting } from './ground.fixture';
import type { Transition } from './ports';
import { nothingRecorded } from './recorded';

describe('further coverages behind one that has to be called', () => {
  const toCall: CoverageOutcome = { kind: 'by_phone', payer: { id: 'pay_a', name: 'Payer A' }, position: 0 };
  const call: Transition = {
    event: 'no_electronic_way',
    to: 'needs_call',
    reason: 'no_electronic_way',
    needs: [{ kind: 'call', message: 'Call Payer A.' }],
  };
  const behind = (second: CoverageOutcome): Ground => aGround({ payers, outcomes: [toCall, second], unanswered: call });
  const unknownMember = {
    level: 'subscriber',
    code: '75',
    class: 'member_data',
    advice: 'Check the id.',
    source: { segment: 1 },
  } as const;
  const second = { payer: { id: 'pay_b', name: 'Payer B' }, position: 1 };

  it.each<[string, CoverageOutcome, string, string, string[]]>([
    ['answered', answered(aSnapshot(), 1), 'needs_call', 'no_electronic_way', ['Call Payer A.']],
    [
      'turned away',
      answered(aSnapshot({ outcome: 'rejected', status: 'unknown', rejections: [unknownMember] }), 1),
      'needs_information',
      'further_coverage_member_not_found',
      ['Call Payer A.', 'Payer B: Check the id.'],
    ],
    ['down', { kind: 'held_up', ...second, transition: waiting }, 'waiting_for_payer', 'payer_down', ['Call Payer A.']],
    [
      'to call too',
      { kind: 'by_phone', ...second },
      'needs_call',
      'no_electronic_way',
      ['Call Payer A.', 'This payer has to be asked by phone: call Payer B at the number on the card.'],
    ],
  ])('stand for themselves: one that is %s', (_is, outcome, to, reason, messages) => {
    const drawn = draw(behind(outcome), nothingRecorded, today);
    expect([drawn.to, drawn.reason]).toEqual([to, reason]);
    expect(drawn.needs.map(({ message }) => message)).toEqual(messages);
  });

  it('leave the call to the first with the questions to the first', () => {
    for (const outcome of [answered(aSnapshot(), 1), { kind: 'by_phone' as const, ...second }]) {
      const [first] = draw(behind(outcome), nothingRecorded, today).needs;
      const coverages = new Set((first?.questions ?? []).map(({ id }) => id.split(':')[1]));
      expect([...coverages]).toEqual(['0']);
    }
  });

  it('that answered complete what a call to the first says', () => {
    const drawn = draw(behind(answered(aSnapshot(), 1)), recorded(...settling()), today);
    expect(drawn.to).toBe('verified');
    expect(drawn.conclusion?.estimateCase?.coverages).toHaveLength(2);
  });
});
