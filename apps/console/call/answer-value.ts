import type { ScriptQuestion } from '@openvob/results';

/** An answer as it is typed; `unknown` once the payer would not say. */
export type Typed = string | { readonly limit: string; readonly used: string; readonly left: string };

export const wouldNotSay = 'unknown';

/** A dollar amount as people type it, in cents: `40`, `$1,200.50`. */
export function centsOf(text: string): number | undefined {
  const plain = text.replaceAll(/[$,\s]/g, '');
  return /^\d{1,7}(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : undefined;
}

/** The value that the API takes; undefined while it is not complete. */
export function apiValue({ kind, ...value }: ScriptQuestion['value'], typed: Typed | undefined): unknown {
  if (typed === undefined || typed === '') return undefined;
  if (typed === wouldNotSay) return wouldNotSay;
  if (typeof typed !== 'string') return amountsOf(typed);
  switch (kind) {
    case 'money':
      return typed === 'none' ? typed : centsOf(typed);
    case 'percent':
      return numberWithin(typed, 100);
    case 'number':
      return wholeOf(typed);
    case 'days':
      return wholeOf(typed) ?? typed;
    case 'date':
      return typed === 'none' || /^\d{4}-\d{2}-\d{2}$/.test(typed) ? typed : undefined;
    case 'share':
      return shareOf(typed, 'options' in value ? value.options.length : 0);
    case 'amounts':
      return typed === 'none' ? typed : undefined;
    default:
      return typed.trim() === '' ? undefined : typed.trim();
  }
}

/** A recorded value as it was typed; undefined for one that cannot be typed. */
export function typedValue({ kind }: ScriptQuestion['value'], value: unknown): Typed | undefined {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') {
    if (kind === 'share') return `option ${value}`;
    return kind === 'money' ? dollarsOf(value) : String(value);
  }
  if (typeof value !== 'object' || value === null) return undefined;
  return kind === 'amounts' ? typedAmounts(value) : kind === 'share' ? typedShare(value) : undefined;
}

function typedAmounts(value: object): Typed {
  const { limitCents, usedCents, remainingCents } = value as Readonly<Record<string, number | undefined>>;
  return { limit: dollarsOf(limitCents), used: dollarsOf(usedCents), left: dollarsOf(remainingCents) };
}

/** Only what can be typed: a copay alone, or a percentage after the deductible. */
function typedShare(value: object): Typed | undefined {
  const { order, copayCents, coinsurancePercent, ...more } = value as Readonly<Record<string, unknown>>;
  if (Object.keys(more).length > 0) return undefined;
  if (order === 'copay' && typeof copayCents === 'number') return dollarsOf(copayCents);
  return order === 'deductible_then_coinsurance' && typeof coinsurancePercent === 'number'
    ? `${coinsurancePercent}%`
    : undefined;
}

function dollarsOf(cents: number | undefined): string {
  if (cents === undefined) return '';
  return cents % 100 === 0 ? String(cents / 100) : (cents / 100).toFixed(2);
}

function amountsOf({ limit, used, left }: Exclude<Typed, string>): object | undefined {
  const read = { limitCents: centsOf(limit), usedCents: centsOf(used), remainingCents: centsOf(left) };
  const said = Object.entries(read).filter(([, cents]) => cents !== undefined);
  return said.length > 0 ? Object.fromEntries(said) : undefined;
}

function numberWithin(text: string, most: number): number | undefined {
  const plain = text.replace('%', '').trim();
  const value = Number(plain);
  return plain !== '' && Number.isFinite(value) && value >= 0 && value <= most ? value : undefined;
}

function wholeOf(text: string): number | undefined {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text) : undefined;
}

/** One of those asked about, by its number, or `copay 40`, `20%`, `not_covered`. */
function shareOf(text: string, options: number): unknown {
  if (text === 'not_covered') return text;
  const index = /^option (\d+)$/.exec(text)?.[1];
  if (index !== undefined && Number(index) < options) return Number(index);
  if (text.includes('%')) {
    const coinsurancePercent = numberWithin(text, 100);
    return coinsurancePercent === undefined ? undefined : { order: 'deductible_then_coinsurance', coinsurancePercent };
  }
  const copayCents = centsOf(text);
  return copayCents === undefined ? undefined : { order: 'copay', copayCents };
}

/** A question in the words and unit that people use: a limit in dollars is asked for in dollars, whatever the API counts in. */
export function asSpoken(question: ScriptQuestion, typed: Readonly<Record<string, Typed>>): ScriptQuestion {
  const { value, onlyIf } = question;
  if (value.kind === 'choice') {
    const options = value.options.map((one) => ({ ...one, text: one.text.replace(' (answered in cents)', '') }));
    return { ...question, value: { ...value, options } };
  }
  if (value.kind !== 'number' || !onlyIf || typed[onlyIf.id] !== 'dollars') return question;
  return { ...question, value: { ...value, kind: 'money' } };
}

/** Whether a question is to be asked, given what was answered: follow-ups unfold by the answer above them. */
export function isUnfolded({ onlyIf }: ScriptQuestion, typed: Readonly<Record<string, Typed>>): boolean {
  if (!onlyIf) return true;
  const above = typed[onlyIf.id];
  return typeof above === 'string' && onlyIf.is.includes(above);
}
