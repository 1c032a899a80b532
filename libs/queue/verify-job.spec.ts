import fc from 'fast-check';
import { jobPriority } from './verify-job';

const at = (minutes: number): Date => new Date(Date.UTC(2026, 10, 20, 15, minutes));

describe('the turn of a job in its lane', () => {
  test('is earlier the sooner the answer is needed, whenever it was asked for', () => {
    const late = jobPriority({ lane: 'today', createdAt: at(0), neededBy: at(120) }, 0);
    const soon = jobPriority({ lane: 'today', createdAt: at(60), neededBy: at(90) }, 0);
    expect(soon).toBeLessThan(late);
  });

  test('of who named no time is by the usual patience of the lane', () => {
    const named = jobPriority({ lane: 'caller_waiting', createdAt: at(0), neededBy: at(30) }, 0);
    expect(jobPriority({ lane: 'caller_waiting', createdAt: at(0) }, 0)).toBeLessThan(named);
    expect(jobPriority({ lane: 'caller_waiting', createdAt: at(26) }, 0)).toBeGreaterThan(named);
  });

  test('of a facility that brought many goes in between another one’s few, and its urgent ones before its others', () => {
    const one = { lane: 'today', createdAt: at(0) } as const;
    const ofMany = Array.from({ length: 5000 }, (_, ahead) => jobPriority(one, ahead));
    const few = Array.from({ length: 10 }, (_, ahead) => jobPriority({ ...one, createdAt: at(2) }, ahead));
    for (const [index, priority] of few.entries())
      expect(ofMany.filter((other) => other <= priority).length).toBeLessThanOrEqual(index + 3);
    expect(jobPriority({ ...one, neededBy: at(30) }, 0)).toBeLessThan(Math.min(...ofMany));
  });

  test('is among those that the queue knows, for centuries', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('2400-01-01'), noInvalidDate: true }), (neededBy) => {
        const priority = jobPriority({ lane: 'bulk', createdAt: at(0), neededBy }, 0);
        return Number.isInteger(priority) && priority >= 1 && priority <= 2 ** 21;
      }),
    );
  });
});
