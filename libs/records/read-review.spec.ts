import type { ReviewedCall } from '@openvob/store';
import { readReview, readReviewBody } from './read-review';

const call = (id: string, more: Partial<ReviewedCall> = {}): ReviewedCall => ({
  id,
  recordedAt: new Date(0),
  recordedBy: 'person:per_1',
  review: { state: 'awaiting' },
  content: { representative: 'T', referenceNumber: '1', startedAt: '', endedAt: '', answers: [], meanings: [] },
  ...more,
});
const review = (callId: string, calls: ReviewedCall[], by = 'person:per_2') =>
  readReview({ verdict: 'approved' }, { callId, by }, { calls });

describe('the review of a call', () => {
  it('is of a call that waits for it', () => {
    expect(review('cal_1', [call('cal_1')])).toEqual({
      content: { verdict: 'approved' },
      reviews: { callId: 'cal_1', verdict: 'approved' },
    });
  });

  it.each<[string, string, ReviewedCall[], string | undefined, string]>([
    ['a call that is not there', 'cal_9', [call('cal_1')], undefined, 'not_found'],
    [
      'a call that needs none',
      'cal_1',
      [{ ...call('cal_1'), review: undefined } as unknown as ReviewedCall],
      undefined,
      'wrong_state',
    ],
    ['a call that was approved', 'cal_1', [call('cal_1', { review: { state: 'approved' } })], undefined, 'wrong_state'],
    ['a call that was amended', 'cal_1', [call('cal_1'), call('cal_2', { amends: 'cal_1' })], undefined, 'wrong_state'],
    ['one’s own call', 'cal_1', [call('cal_1')], 'person:per_1', 'wrong_state'],
  ])('of %s is refused', (_name, id, calls, by, code) => {
    expect(() => review(id, calls, by)).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    [{ verdict: 'approved' }, { verdict: 'approved' }],
    [
      { verdict: 'approved', reason: 'Well done' },
      { verdict: 'approved', reason: 'Well done' },
    ],
    [
      { verdict: 'sent_back', reason: ' Whose network? ' },
      { verdict: 'sent_back', reason: 'Whose network?' },
    ],
  ])('reads %j', (body, read) => {
    expect(readReviewBody(body)).toEqual(read);
  });

  it.each([
    [{}, '/verdict'],
    [{ verdict: 'maybe' }, '/verdict'],
    [{ verdict: 'sent_back' }, '/reason'],
    [{ verdict: 'sent_back', reason: ' ' }, '/reason'],
    [{ verdict: 'approved', by: 'me' }, '/by'],
  ])('refuses %j at %s', (body, pointer) => {
    const fields = [expect.objectContaining({ pointer })];
    expect(() => readReviewBody(body)).toThrow(
      expect.objectContaining({ options: expect.objectContaining({ fields }) }),
    );
  });
});
