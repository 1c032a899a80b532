import type { CallJson } from '@openvob/results';
import { money } from '../words/format';

const names: Readonly<Record<string, string>> = {
  limitCents: 'in all',
  usedCents: 'met',
  remainingCents: 'left',
  copayCents: 'copay',
  coinsurancePercent: 'coinsurance',
};

/** What was said to a question, as people read it. */
export function answerText({ value, kind }: Pick<CallJson['answers'][number], 'value' | 'kind'>): string {
  if (value === 'unknown') return 'would not say';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number')
    return kind === 'money' ? money(value) : kind === 'percent' ? `${value} %` : String(value);
  if (typeof value !== 'object' || value === null) return String(value).replaceAll('_', ' ');
  return Object.entries(value)
    .filter(([key]) => key !== 'order')
    .map(([key, one]) => (key.endsWith('Per') ? `per ${one}` : `${partText(key, one)} ${nameOf(key)}`))
    .join(', ');
}

function nameOf(key: string): string {
  return names[key] ?? key.replace(/([A-Z])/g, ' $1').toLowerCase();
}

function partText(key: string, value: unknown): string {
  if (typeof value !== 'number') return String(value).replaceAll('_', ' ');
  if (key.endsWith('Cents')) return money(value);
  return key.endsWith('Percent') ? `${value} %` : String(value);
}
