import { money } from '../words/format';

const names: Readonly<Record<string, string>> = {
  amountCents: 'amount',
  limitCents: 'limit',
  remainingCents: 'left',
  usedCents: 'used',
  percent: 'percent',
  per: 'per',
};

/** A value of any shape as people read it. */
export function valueText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([key, one]) => {
      const text =
        key.endsWith('Cents') && typeof one === 'number' ? money(one) : key === 'percent' ? `${one} %` : String(one);
      return `${names[key] ?? key.replace(/([A-Z])/g, ' $1').toLowerCase()} ${text}`;
    })
    .join(', ');
}
