/** Waits are spread at random a little: what comes of them is told to ten minutes. */
const toTenMinutes = 600_000;

interface State {
  round: number;
  status: string;
  reason: string | null;
}

/** What only says that work is under way. */
const passing: ReadonlySet<string> = new Set(['received', 'queued', 'asking_payer']);

const { compare: byNumber } = new Intl.Collator('en', { numeric: true });

/** What happened when, in a facility's local time; only what has changed is noted. */
export class Timeline {
  private readonly blocks: string[][] = [[]];
  private lastAt: string | undefined;
  private readonly last = new Map<string, string>();
  private readonly format: Intl.DateTimeFormat;

  constructor(private readonly timeZone: string) {
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      weekday: 'short',
      month: 'short',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  }

  note(at: number, text: string): void {
    this.blocks.push([`${this.local(at)}  * ${text}`], []);
  }

  state(at: number, name: string, { round, status, reason }: State): void {
    if (passing.has(status)) return;
    const text = [
      `${name}:`,
      status,
      ...(reason ? [`(${reason})`] : []),
      ...(round > 1 ? [`round ${round}`] : []),
    ].join(' ');
    if (this.last.get(name) === text) return;
    this.last.set(name, text);
    const local = this.local(at - (at % toTenMinutes));
    if (local !== this.lastAt) this.blocks.push([]);
    this.lastAt = local;
    this.blocks.at(-1)?.push(`${local}    ${text}`);
  }

  /** What happens within a minute has no order: it stands by name. */
  text(): string {
    return `${this.blocks.flatMap((block) => block.sort(byNumber)).join('\n')}\n`;
  }

  /** The instant of a local time `2026-12-28T09:00`, milliseconds. */
  instant(local: string): number {
    const asUtc = Date.parse(`${local}:00Z`);
    const shown = new Date(new Date(asUtc).toLocaleString('en-US', { timeZone: this.timeZone }) + ' UTC').getTime();
    return asUtc + (asUtc - shown);
  }

  private local(at: number): string {
    const part = Object.fromEntries(this.format.formatToParts(at).map(({ type, value }) => [type, value]));
    return `${part.weekday} ${part.month} ${part.day} ${part.hour}:${part.minute}`;
  }
}
