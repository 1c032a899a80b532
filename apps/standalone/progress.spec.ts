import { Progress } from './progress';

describe('the lines of progress', () => {
  function record(isTTY: boolean): { written: string[]; progress: Progress } {
    const written: string[] = [];
    const write = (text: string | Uint8Array): boolean => written.push(String(text)) > 0;
    return { written, progress: new Progress({ isTTY, write }) };
  }

  test('one line a step, with its time and what came of it', async () => {
    const { written, progress } = record(false);
    expect(
      await progress.step(
        'database',
        async () => 5,
        (port) => `port ${port}`,
      ),
    ).toBe(5);
    expect(written).toEqual([expect.stringMatching(/^ {2}✓ database {17}\d\.\d s {2}port 5\n$/)]);
  });

  test('on a terminal the line stands there while the step runs', async () => {
    const { written, progress } = record(true);
    await progress.step('database', async () => 5);
    expect(written).toHaveLength(2);
    expect(written[0]).toBe('  … database');
    expect(written[1]).toMatch(/^\r/);
  });

  test('a step that fails is marked and throws', async () => {
    const { written, progress } = record(false);
    await expect(progress.step('database', () => Promise.reject(new Error('no room')))).rejects.toThrow('no room');
    expect(written).toEqual([expect.stringMatching(/✗ database/)]);
  });

  test('waits for the step that runs now, even when it fails', async () => {
    const { progress } = record(false);
    let fail: (error: Error) => void = () => undefined;
    const step = progress.step('database', () => new Promise((_, reject) => (fail = reject)));
    const settled = progress.settled();
    fail(new Error('no room'));
    await expect(step).rejects.toThrow();
    await settled;
  });
});
