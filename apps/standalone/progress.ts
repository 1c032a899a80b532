/** Prints one line a step: what was done, how long it took, what came of it. */
export class Progress {
  private current: Promise<unknown> = Promise.resolve();

  constructor(private readonly out: Pick<NodeJS.WriteStream, 'write' | 'isTTY'>) {}

  /**
   * Runs one step. On a terminal its line stands there while it runs.
   *
   * @param detail what to add to the line when it is done
   */
  async step<T>(name: string, work: () => Promise<T>, detail: (result: T) => string = () => ''): Promise<T> {
    const startedAt = performance.now();
    if (this.out.isTTY) this.out.write(`  … ${name}`);
    const running = work();
    this.current = running.catch(() => undefined);
    try {
      const result = await running;
      this.finish('✓', name, startedAt, detail(result));
      return result;
    } catch (error) {
      this.finish('✗', name, startedAt, '');
      throw error;
    }
  }

  /** Waits until the step that runs now has ended, however. */
  async settled(): Promise<void> {
    await this.current;
  }

  line(text = ''): void {
    this.out.write(`${text}\n`);
  }

  private finish(mark: string, name: string, startedAt: number, detail: string): void {
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    const text = `  ${mark} ${name.padEnd(nameWidth)} ${seconds.padStart(5)} s  ${detail}`.trimEnd();
    this.out.write(this.out.isTTY ? `\r\x1b[2K${text}\n` : `${text}\n`);
  }
}

const nameWidth = 22;
