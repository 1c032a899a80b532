import { Problem } from '@openvob/platform';
import type { RateStore } from './links';
import { RateLimits } from './rate-limits';

/** A table of windows, as the database keeps it, asked by several processes. */
class FakeWindows implements RateStore {
  asked = 0;
  private readonly windows = new Map<string, { beganAt: number; used: number }>();

  async take({ key, wanted, limit, windowMs }: Parameters<RateStore['take']>[0], now: Date) {
    this.asked += 1;
    await Promise.resolve();
    const known = this.windows.get(key);
    const at = now.getTime();
    const runs = known && known.beganAt + windowMs > at && known.beganAt <= at + windowMs;
    const window = runs ? known : { beganAt: at, used: 0 };
    const given = Math.max(0, Math.min(wanted, limit - window.used));
    window.used += given;
    this.windows.set(key, window);
    return { given, endsAt: new Date(window.beganAt + windowMs) };
  }
}

describe('an allowance', () => {
  const settings = { key: 1000, person: 20, source: 7, entry: 3 };
  const clock = { at: 0, now: () => new Date(clock.at) };
  let windows: FakeWindows;
  let processes: RateLimits[];
  beforeEach(() => {
    clock.at = Date.parse('2026-11-20T15:00:00Z');
    windows = new FakeWindows();
    processes = [1, 2, 3].map(() => new RateLimits(windows, clock, settings));
  });

  const passed = async (kind: keyof typeof settings, count: number, caller = 'x'): Promise<number> => {
    const tries = Array.from({ length: count }, (_, n) => processes[n % 3]?.take(kind, caller));
    return (await Promise.allSettled(tries)).filter(({ status }) => status === 'fulfilled').length;
  };

  test.each([
    ['person', 20],
    ['source', 7],
    ['entry', 3],
  ] as const)('of a %s: of 300 at the same moment by three processes %i pass', async (kind, limit) => {
    expect(await passed(kind, 300)).toBe(limit);
  });

  test('of a key is taken in parts: never more than the limit, and the database is asked seldom', async () => {
    expect(await passed('key', 3000)).toBeLessThanOrEqual(1000);
    expect(windows.asked).toBeLessThan(70);
  });

  test('once used up is refused without asking again, until the window ends', async () => {
    await passed('entry', 30);
    const asked = windows.asked;
    clock.at += 59_000;
    const refusal = await processes[0]?.take('entry', 'x').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Problem);
    expect(refusal).toMatchObject({ code: 'too_many_requests', options: { retryAfterSeconds: 1 } });
    expect(windows.asked).toBe(asked);
    clock.at += 1_000;
    expect(await passed('entry', 30)).toBe(3);
  });

  test('of another caller is another one', async () => {
    expect([await passed('entry', 9, 'x'), await passed('entry', 9, 'y')]).toEqual([3, 3]);
  });

  test('is not lost for good when the clock jumps back', async () => {
    await passed('entry', 9);
    clock.at -= 3_600_000;
    expect(await passed('entry', 9)).toBe(3);
  });

  test('that cannot be asked for lets nobody through, and is asked for again', async () => {
    let isDown = true;
    const limits = new RateLimits(
      { take: (request, now) => (isDown ? Promise.reject(new Error('down')) : windows.take(request, now)) },
      clock,
      settings,
    );
    await expect(limits.take('entry', 'x')).rejects.toThrow('down');
    isDown = false;
    await expect(limits.take('entry', 'x')).resolves.toBeUndefined();
  });
});
