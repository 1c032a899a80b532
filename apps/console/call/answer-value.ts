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

/** Whether a question is to be asked, given what was answered: follow-ups unfold by the answer above them. */
export function isUnfolded({ onlyIf }: ScriptQuestion, typed: Readonly<Record<string, Typed>>): boolean {
  if (!onlyIf) return true;
  const above = typed[onlyIf.id];
  return typeof above === 'string' && onlyIf.is.includes(above);
}
