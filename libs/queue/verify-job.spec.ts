import fc from 'fast-check';
import { jobPriority } from './verify-job';

const at = (minutes: number): Date => new Date(Date.UTC(2026, 10, 20, 15, minutes));

describe('the turn of a job in its lane', () => {
  test('is earlier the sooner the answer is needed, whenever it was asked for', () => {
    const late = jobPriority({ lane: 'today', createdAt: at(0), neededBy: at(120) });
    const soon = jobPriority({ lane: 'today', createdAt: at(60), neededBy: at(90) });
    expect(soon).toBeLessThan(late);
  });

  test('of who named no time is by the usual patience of the lane', () => {
    const named = jobPriority({ lane: 'caller_waiting', createdAt: at(0), neededBy: at(30) });
    expect(jobPriority({ lane: 'caller_waiting', createdAt: at(0) })).toBeLessThan(named);
    expect(jobPriority({ lane: 'caller_waiting', createdAt: at(26) })).toBeGreaterThan(named);
  });

  test('is among those that the queue knows, for centuries', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('2400-01-01'), noInvalidDate: true }), (neededBy) => {
        const priority = jobPriority({ lane: 'bulk', createdAt: at(0), neededBy });
        return Number.isInteger(priority) && priority >= 1 && priority <= 2 ** 21;
      }),
    );
  });
});
