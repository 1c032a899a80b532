import type { RowChange, RowFault } from '@openvob/payers/directory';

/** What an import came to. */
export interface ImportReport {
  rows: number;
  added: number;
  changed: number;
  unchanged: number;
  connectionsAdded: number;
  connectionsChanged: number;
  /** Rows that were left out. */
  faultyRows: number;
  /** The first of their faults. */
  faults: RowFault[];
  dryRun: boolean;
}

const mostFaultsTold = 1_000;
/** Rows that name a payer which has not come yet wait for the end of the file. */
const mostWaiting = 50_000;

/** What came of some rows, to be counted once they are kept. */
export class Findings {
  connectionsAdded = 0;
  connectionsChanged = 0;
  readonly added = new Set<string>();
  readonly changed = new Set<string>();
  readonly seen = new Set<string>();
  readonly refused: (readonly RowFault[])[] = [];
  readonly waiting: RowChange[] = [];

  constructor(private readonly before: Pick<Tally, 'hasAdded' | 'mayWait'>) {}

  hasAdded(payer: string): boolean {
    return this.added.has(payer) || this.before.hasAdded(payer);
  }

  refuse(faults: readonly RowFault[]): void {
    this.refused.push(faults);
  }

  /** @returns false when there is no waiting any more */
  wait(change: RowChange): boolean {
    if (!this.before.mayWait(this.waiting.length)) return false;
    this.waiting.push(change);
    return true;
  }
}

/** What was counted and found over all batches. */
export class Tally {
  rows = 0;
  private connectionsAdded = 0;
  private connectionsChanged = 0;
  private readonly added = new Set<string>();
  private readonly changed = new Set<string>();
  private readonly seen = new Set<string>();
  private faultyRows = 0;
  private readonly faults: RowFault[] = [];
  private readonly waiting: RowChange[] = [];
  private isEnding = false;

  constructor(private readonly dryRun: boolean) {}

  hasAdded(payer: string): boolean {
    return this.added.has(payer);
  }

  mayWait(besides: number): boolean {
    return !this.isEnding && this.waiting.length + besides < mostWaiting;
  }

  refuse(faults: readonly RowFault[]): void {
    this.faultyRows += 1;
    this.faults.push(...faults.slice(0, mostFaultsTold - this.faults.length));
  }

  take(found: Findings): void {
    this.connectionsAdded += found.connectionsAdded;
    this.connectionsChanged += found.connectionsChanged;
    for (const id of found.added) this.added.add(id);
    for (const id of found.changed) this.changed.add(id);
    for (const id of found.seen) this.seen.add(id);
    for (const faults of found.refused) this.refuse(faults);
    this.waiting.push(...found.waiting);
  }

  endWaiting(): readonly RowChange[] {
    this.isEnding = true;
    return this.waiting;
  }

  report(): ImportReport {
    const changed = [...this.changed].filter((id) => !this.added.has(id)).length;
    return {
      rows: this.rows,
      added: this.added.size,
      changed,
      unchanged: this.seen.size - this.added.size - changed,
      connectionsAdded: this.connectionsAdded,
      connectionsChanged: this.connectionsChanged,
      faultyRows: this.faultyRows,
      faults: [...this.faults].sort((a, b) => a.line - b.line),
      dryRun: this.dryRun,
    };
  }
}
