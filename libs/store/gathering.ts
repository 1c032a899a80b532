/** How much is done together. */
export interface GatheringLimits {
  /** Groups under way at once; what is wanted meanwhile gathers for the next one. */
  readonly atOnce: number;
  /** Things in a group. */
  readonly most: number;
  /** A further group is begun beside one that is under way only after so long: few large ones cost less than many small ones. */
  readonly besideAfterMs?: number;
}

/** Which things go into the next group. */
export interface GatheringOrder<Wanted> {
  /** Things that are not to be in one group bear the same name. */
  readonly apart?: (one: Wanted) => unknown;
  /** What is lower when a group is made goes first; among equals who came first. */
  readonly rank?: (one: Wanted) => number;
}

/**
 * Does together what is wanted at the same time: what comes while as many groups as may be are under way gathers for the next one, so that groups grow with
 * the load and nobody waits while there is none.
 */
export class Gathering<Wanted> {
  private waiting: Wanted[] = [];
  private running = 0;
  private isDue = false;
  private begunAt = 0;
  private later: NodeJS.Timeout | undefined;

  constructor(
    private readonly limits: GatheringLimits,
    private readonly work: (group: readonly Wanted[]) => Promise<unknown>,
    private readonly order: GatheringOrder<Wanted> = {},
  ) {}

  /** Does it in one of the next groups; `work` tells whoever wanted it. */
  add(one: Wanted): void {
    this.waiting.push(one);
    this.arrange();
  }

  /** Everything that is wanted in the same turn of the event loop goes into the same group. */
  private arrange(): void {
    if (this.isDue || this.waiting.length === 0 || this.running >= this.limits.atOnce) return;
    const waitMs = this.running === 0 ? 0 : this.begunAt + (this.limits.besideAfterMs ?? 0) - performance.now();
    if (waitMs > 0) {
      this.arrangeAfter(waitMs);
      return;
    }
    this.isDue = true;
    setImmediate(() => {
      this.isDue = false;
      this.begin(this.next());
      this.arrange();
    });
  }

  private arrangeAfter(waitMs: number): void {
    this.later ??= setTimeout(() => {
      this.later = undefined;
      this.arrange();
    }, waitMs);
  }

  private begin(group: readonly Wanted[]): void {
    this.running += 1;
    this.begunAt = performance.now();
    const end = (): void => {
      this.running -= 1;
      this.arrange();
    };
    this.work(group).then(end, end);
  }

  private next(): Wanted[] {
    const group: Wanted[] = [];
    const left: Wanted[] = [];
    const names = new Set<unknown>();
    for (const one of this.inOrder()) {
      const name = this.order.apart?.(one);
      const mayJoin = group.length < this.limits.most && (name === undefined || !names.has(name));
      if (mayJoin) names.add(name);
      (mayJoin ? group : left).push(one);
    }
    this.waiting = left;
    return group;
  }

  private inOrder(): readonly Wanted[] {
    const { rank } = this.order;
    if (!rank || this.waiting.length <= this.limits.most) return this.waiting;
    const ranked = this.waiting.map((one) => ({ one, at: rank(one) }));
    return ranked.sort((a, b) => a.at - b.at).map(({ one }) => one);
  }
}

/**
 * Asks the same of the database for many by one statement. Where the server refuses it, each is asked by itself, so that a failure stays with whom it
 * belongs to: for statements that do all or nothing. Where the connection is lost it may have been done, and nothing is asked again.
 *
 * `among`: only what is of one name goes together.
 */
export class Together<Wanted, Result> {
  private readonly gatherings = new Map<string, Gathering<Settling<Wanted, Result>>>();

  constructor(
    private readonly limits: GatheringLimits,
    private readonly ask: (group: readonly Wanted[]) => Promise<readonly Result[]>,
    private readonly among: (one: Wanted) => string = () => '',
  ) {}

  of(wanted: Wanted): Promise<Result> {
    const name = this.among(wanted);
    const gathering = this.gatherings.get(name) ?? new Gathering(this.limits, (group) => this.run(group));
    this.gatherings.set(name, gathering);
    return new Promise((resolve, reject) => gathering.add({ wanted, resolve, reject }));
  }

  private async run(group: readonly Settling<Wanted, Result>[]): Promise<void> {
    try {
      const results = await this.ask(group.map(({ wanted }) => wanted));
      for (const [index, { resolve }] of group.entries()) resolve(results[index] as Result);
    } catch (error) {
      if (group.length > 1 && isRefusal(error)) await Promise.all(group.map((each) => this.run([each])));
      else for (const { reject } of group) reject(error);
    }
  }
}

/** True of an error with an SQLSTATE: five characters, as EPIPE has, which says the contrary. */
function isRefusal(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && code.length === 5 && code !== 'EPIPE';
}

interface Settling<Wanted, Result> {
  readonly wanted: Wanted;
  resolve(result: Result): void;
  reject(reason: unknown): void;
}

/** What is wanted in the same turn of the event loop is asked for together. */
export class PerTurn<Wanted, Result> {
  private waiting: Settling<Wanted, Result>[] = [];

  constructor(private readonly ask: (wanted: readonly Wanted[]) => Promise<readonly Result[]>) {}

  of(wanted: Wanted): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.waiting.push({ wanted, resolve, reject }) === 1) atEndOfTurn(() => this.run());
    });
  }

  private run(): void {
    const group = this.waiting;
    this.waiting = [];
    this.ask(group.map(({ wanted }) => wanted)).then(
      (results) => {
        for (const [index, { resolve }] of group.entries()) resolve(results[index] as Result);
      },
      (error: unknown) => {
        for (const { reject } of group) reject(error);
      },
    );
  }
}

/** What is wanted in one turn, by its kind. */
export class Turns {
  private readonly kinds = new Map<unknown, PerTurn<unknown, unknown>>();

  /** Kinds that are equal are asked for by the `ask` of the first. */
  together<Wanted, Result>(
    kind: unknown,
    wanted: Wanted,
    ask: (wanted: readonly Wanted[]) => Promise<readonly Result[]>,
  ): Promise<Result> {
    const turn = (this.kinds.get(kind) ?? new PerTurn(ask)) as PerTurn<Wanted, Result>;
    this.kinds.set(kind, turn as PerTurn<unknown, unknown>);
    return turn.of(wanted);
  }
}

/** When everything has been done that needs to wait for nothing from outside: the queue of ticks comes after that of promises. */
function atEndOfTurn(work: () => void): void {
  queueMicrotask(() => process.nextTick(work));
}
