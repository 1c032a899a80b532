import { type OpeningHours, type Weekday, weekdays } from '../payer-record';

/** Cells that a spreadsheet would work out as a formula begin with one of these. */
const formula = /^'*[=+\-@\t\r]/;

/** A cell as it is written: one that a spreadsheet would take for a formula gets an apostrophe in front, which it does not show. */
export function guarded(cell: string): string {
  return formula.test(cell) ? `'${cell}` : cell;
}

/** A cell as it was meant: without the apostrophe that `guarded` put there. */
export function unguarded(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}

/** Several texts in one cell: `one | two`; a bar or backslash of their own is escaped. */
export function joinCell(items: readonly string[]): string {
  return items.map((item) => item.replace(/[\\|]/g, '\\$&')).join(' | ');
}

export function splitCell(cell: string): string[] {
  const items = cell.match(/(?:\\.|[^\\|])+/gs) ?? [];
  return items.map((item) => item.trim().replace(/\\(.)/gs, '$1')).filter((item) => item !== '');
}

/** Settings in one cell: `senderId=TESTS | receiverId=NW001`. */
export function joinSettings(settings: Readonly<Record<string, string>>): string {
  return joinCell(Object.entries(settings).map(([name, value]) => `${name}=${value}`));
}

/** Undefined for an item without an equals sign. */
export function splitSettings(cell: string): Record<string, string> | undefined {
  const pairs = splitCell(cell).map((item) => /^([^=]+)=(.*)$/s.exec(item));
  if (pairs.some((pair) => pair === null)) return undefined;
  return Object.fromEntries(pairs.flatMap((pair) => (pair ? [[pair[1]?.trim() ?? '', pair[2] ?? '']] : [])));
}

/** Opening hours in one cell: `mon-fri 08:00-18:00; sat 09:00-13:00`. */
export function joinHours(open: OpeningHours['open']): string {
  return open.map(({ days, from, to }) => `${joinDays(days)} ${from}-${to}`).join('; ');
}

/** Undefined for what cannot be read so. */
export function splitHours(cell: string): OpeningHours['open'] | undefined {
  const spans = cell
    .split(';')
    .map((part) => /^([a-z, -]{1,80}) (\d\d:\d\d) ?- ?(\d\d:\d\d)$/i.exec(part.trim().replace(/\s+/g, ' ')));
  const read = spans.map((span) => {
    const days = splitDays(span?.[1]?.toLowerCase() ?? '');
    return span && days ? { days, from: span[2] ?? '', to: span[3] ?? '' } : undefined;
  });
  return read.every((span) => span !== undefined) ? read : undefined;
}

function joinDays(days: readonly Weekday[]): string {
  const at = days.map((day) => weekdays.indexOf(day)).sort((a, b) => a - b);
  const first = at[0] ?? 0;
  const isRun = at.length > 2 && at.every((day, index) => day === first + index);
  if (isRun) return `${weekdays[first]}-${weekdays[at.at(-1) ?? 0]}`;
  return at.map((day) => weekdays[day]).join(',');
}

function splitDays(text: string): Weekday[] | undefined {
  const found = new Set<number>();
  for (const part of text.split(',')) {
    const [from = '', to = from] = part.split('-').map((day) => day.trim());
    const [first, last] = [weekdays.indexOf(from as Weekday), weekdays.indexOf(to as Weekday)];
    if (first < 0 || last < first) return undefined;
    for (let day = first; day <= last; day += 1) found.add(day);
  }
  return weekdays.filter((_, day) => found.has(day));
}
