import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Measurement } from '../setup/measure';

const SLOWEST_MS = 100;
const HEAP_MB = 256;
/** How often the heap is looked at: every so many texts. */
const HEAP_EVERY = 256;

/**
 * Tries a reader on texts: nothing may be thrown, nothing may take longer than 100 ms of processor time. A text that breaks
 * this is kept in a folder under the system's temporary folder, which is printed.
 */
export class Trial {
  private tried = 0;
  private crashes = 0;
  private accepted = 0;
  private slowest = 0;
  private heap = 0;
  private folder: string | undefined;

  /** @param read throws on a fault; false when the text was refused. */
  constructor(
    private readonly name: string,
    private readonly read: (text: string) => boolean,
  ) {}

  try(text: string): void {
    let ms = this.timed(text);
    // once more before a text is blamed for a compilation or a garbage collection
    if (ms > SLOWEST_MS) ms = Math.min(ms, this.timed(text));
    if (ms > SLOWEST_MS) this.keep(text, `${ms} ms`);
    this.slowest = Math.max(this.slowest, ms);
    if (this.tried++ % HEAP_EVERY === 0) this.heap = Math.max(this.heap, process.memoryUsage().heapUsed / 2 ** 20);
  }

  rows(): Measurement[] {
    return [
      { what: 'messages spoilt', value: this.tried, unit: 'cases' },
      { what: 'of them read', value: this.accepted, unit: 'cases' },
      { what: 'crashes', value: this.crashes, unit: 'cases', goal: 'none', pass: this.crashes === 0 },
      {
        what: 'slowest, of processor time',
        value: this.slowest,
        unit: 'ms',
        goal: `at most ${SLOWEST_MS}`,
        pass: this.slowest <= SLOWEST_MS,
      },
      { what: 'heap', value: this.heap, unit: 'MB', goal: `at most ${HEAP_MB}`, pass: this.heap <= HEAP_MB },
    ];
  }

  /** Processor time: what else the machine does in the meantime is not the text's fault. */
  private timed(text: string): number {
    const started = process.cpuUsage();
    try {
      if (this.read(text)) this.accepted++;
    } catch (error) {
      this.crashes++;
      this.keep(text, error);
    }
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1000;
  }

  private keep(text: string, why: unknown): void {
    this.folder ??= mkdtempSync(join(tmpdir(), `${this.name}-fuzz-`));
    const file = join(this.folder, `${readdirSync(this.folder).length}.x12`);
    writeFileSync(file, text);
    console.error(file, why);
  }
}
