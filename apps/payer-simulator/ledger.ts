import { type FileHandle, open } from 'node:fs/promises';

/** One inquiry as it was received, with what was then done about it. */
export interface LedgerEntry {
  readonly number: number;
  readonly at: string;
  readonly protocol: string;
  readonly trace?: string;
  readonly payerId?: string;
  readonly memberId?: string;
  readonly serviceTypes: readonly string[];
  /** Inquiries of this payer that were not answered yet when it came, itself included. */
  readonly inFlight: number;
  /** Scenario, file or refusal, and the faults on top of it. */
  readonly answered: string;
}

/**
 * Every inquiry received, written before it is answered. With a file, each entry is a line of JSON on the disk
 * (fsync) before the answer leaves; entries that come together share one fsync.
 */
export class Ledger {
  private readonly entries: LedgerEntry[] = [];
  private pending: string[] = [];
  private flushing: Promise<void> | undefined;

  private constructor(private readonly file: FileHandle | undefined) {}

  static async open(path: string | undefined): Promise<Ledger> {
    return new Ledger(path === undefined ? undefined : await open(path, 'a'));
  }

  async record(entry: Omit<LedgerEntry, 'number'>): Promise<LedgerEntry> {
    const numbered = { number: this.entries.length + 1, ...entry };
    this.entries.push(numbered);
    if (this.file !== undefined) {
      this.pending.push(`${JSON.stringify(numbered)}\n`);
      await this.flush(this.file);
    }
    return numbered;
  }

  /** Entries behind a number, all by default. */
  since(number = 0): readonly LedgerEntry[] {
    return this.entries.slice(number);
  }

  async close(): Promise<void> {
    await this.flushing;
    await this.file?.close();
  }

  /** Resolves when everything that is pending now is on the disk. */
  private async flush(file: FileHandle): Promise<void> {
    const before = this.flushing;
    if (before !== undefined) {
      await before;
      if (this.pending.length === 0) return this.flushing;
    }
    this.flushing ??= this.write(file);
    return this.flushing;
  }

  private async write(file: FileHandle): Promise<void> {
    const lines = this.pending.join('');
    this.pending = [];
    try {
      await file.appendFile(lines);
      await file.datasync();
    } finally {
      this.flushing = undefined;
    }
  }
}
