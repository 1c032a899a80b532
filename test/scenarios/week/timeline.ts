import type { Need } from '@openvob/verification';

/** Waits are spread at random a little: what comes of them is told to ten minutes. */
const toTenMinutes = 600_000;

export interface State {
  round: number;
  status: string;
  reason: string | null;
  needs: readonly Need[];
}

/** What only says that work is under way. */
const passing: ReadonlySet<string> = new Set(['received', 'queued', 'asking_payer']);

const { compare: byNumber } = new Intl.Collator('en', { numeric: true });

/** What happened when, in a facility's local time; only what has changed is noted. */
export class Timeline {
  private readonly blocks: string[][] = [[]];
  private lastAt: string | undefined;
  private readonly last = new Map<string, { stands: string; offered: Set<string> }>();
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

  state(at: number, name: string, { round, status, reason, needs }: State): void {
    if (passing.has(status)) return;
    const stands = [
      `${name}:`,
      status,
      ...(reason ? [`(${reason})`] : []),
      ...(round > 1 ? [`round ${round}`] : []),
    ].join(' ');
    const offer = offerOf({ status, needs });
    const last = this.last.get(name);
    // A payer that is down is tried and left alone by turns: what is offered meanwhile is told once.
    if (last?.stands === stands && last.offered.has(offer)) return;
    this.last.set(name, { stands, offered: new Set([...(last?.stands === stands ? last.offered : []), offer]) });
    const local = this.local(at - (at % toTenMinutes));
    if (local !== this.lastAt) this.blocks.push([]);
    this.lastAt = local;
    this.blocks.at(-1)?.push(`${local}    ${stands}${offer}`);
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

/** What a person is offered to do: to call with so many questions, to mend these fields, to get a consent. */
function offerOf({ status, needs }: Pick<State, 'status' | 'needs'>): string {
  // While it waits, the script is made and dropped by turns of the payer.
  const words = status === 'waiting_for_payer' ? needs.map(({ kind }) => kind) : needs.map(inShort);
  return words.length === 0 ? '' : ` -> ${words.join(', ')}`;
}

/** More questions than that are the script of a whole call. */
const mostCounted = 9;

function inShort({ kind, fields = [], questions = [] }: Need): string {
  if (questions.length > mostCounted) return `${kind} with the whole script`;
  if (questions.length > 0) return `${kind} with ${questions.length} question${questions.length === 1 ? '' : 's'}`;
  return fields.length > 0 ? `${kind} on ${fields.map((field) => field.split('/').at(-1)).join(', ')}` : kind;
}
