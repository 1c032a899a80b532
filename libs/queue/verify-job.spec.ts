import fc from 'fast-check';
import { jobIdOf, jobPriority } from './verify-job';

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

describe('the id of a job', () => {
  const job = { facilityId: 'fac_1', verificationId: 'ver_1', round: 2 };

  test('is the same for the same round, so that a second enqueueing makes no second run', () => {
    expect(jobIdOf(job, at(0))).toBe('ver_1-2');
    expect(jobIdOf(job, at(9))).toBe('ver_1-2');
  });

  test('is another one where the job of a dead run would swallow it, and the same however often that is noticed', () => {
    const lapsed = { ...job, lapsedAt: at(3) };
    expect(jobIdOf(lapsed, at(4))).not.toBe(jobIdOf(job, at(4)));
    expect(jobIdOf(lapsed, at(4))).toBe(jobIdOf(lapsed, at(5)));
    expect(jobIdOf({ ...job, lapsedAt: at(7) }, at(8))).not.toBe(jobIdOf(lapsed, at(8)));
  });

  test('is another one where priority or deadline was changed, since the job of before lies there by the old ones', () => {
    expect(jobIdOf({ ...job, changedAt: at(3) }, at(3))).not.toBe(jobIdOf(job, at(3)));
  });

  test('is a new one each time for who is woken', () => {
    expect(jobIdOf({ ...job, goesFirst: true }, at(4))).not.toBe(jobIdOf({ ...job, goesFirst: true }, at(5)));
  });
});
