import { fetched } from './fetched';

/** Fails so many times before it answers. */
function failing(times: number): jest.Mock<Promise<string>> {
  const load = jest.fn(async () => 'code');
  for (let time = 0; time < times; time += 1) load.mockRejectedValueOnce(new TypeError('Failed to fetch'));
  return load;
}

describe('fetched', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test.each([
    [0, 1],
    [1, 2],
    [3, 4],
  ])('code that fails %i times is asked for %i times, and had', async (failures, asked) => {
    const load = failing(failures);
    const code = fetched(load);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(await code).toBe('code');
    expect(load).toHaveBeenCalledTimes(asked);
  });

  test('code that can never be had ends with its failure', async () => {
    const load = failing(9);
    const end = fetched(load).catch((error: unknown) => error);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(await end).toEqual(new TypeError('Failed to fetch'));
    expect(load).toHaveBeenCalledTimes(4);
  });

  test('asks again only after a while', async () => {
    const load = failing(1);
    void fetched(load);
    await jest.advanceTimersByTimeAsync(299);
    expect(load).toHaveBeenCalledTimes(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(load).toHaveBeenCalledTimes(2);
  });
});
