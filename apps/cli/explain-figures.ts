import { type Accumulator, type CostShare, formatUsd, type Limit } from '@openvob/benefits';
import type { Chosen } from '@openvob/coverage';
import { PER_WORDS } from './explain-words';

/** `$40.00 a visit, at most $200.00`; `20%`. */
export function costShareText(share: CostShare): string {
  const most = share.maxCents === undefined ? '' : `at most ${formatUsd(share.maxCents)}`;
  const per = share.per === undefined ? '' : ` ${PER_WORDS[share.per]}`;
  const days = share.days === undefined ? '' : `for ${share.days} days`;
  const figures = [
    share.amountCents === undefined ? '' : formatUsd(share.amountCents) + per,
    share.percent === undefined ? '' : percentText(share.percent),
  ];
  const text = [...figures, most, days].filter((part) => part !== '').join(', ');
  return text === '' ? 'not said' : text;
}

/** Base, used and left, as far as said, each with its label. */
export function accumulatorLines(accumulator: Accumulator): { readonly label: string; readonly value: string }[] {
  const { limitCents, usedCents, remainingCents } = accumulator;
  return [
    { label: '', value: limitCents === undefined ? 'not said' : formatUsd(limitCents) },
    ...(usedCents === undefined ? [] : [{ label: 'used', value: formatUsd(usedCents) }]),
    ...(remainingCents === undefined ? [] : [{ label: 'left', value: formatUsd(remainingCents) }]),
  ];
}

/** `30 allowed, 18 used, 12 left`, as far as said. */
export function limitText({ unit, allowed, used, remaining }: Limit): string {
  const count = (value: number) => (unit === 'dollars' ? formatUsd(value) : String(value));
  const parts = [
    ...(allowed === undefined ? [] : [`${count(allowed)} allowed`]),
    ...(used === undefined ? [] : [`${count(used)} used`]),
    ...(remaining === undefined ? [] : [`${count(remaining)} left`]),
  ];
  return parts.length === 0 ? 'not said' : parts.join(', ');
}

/** A chosen figure: `$40.00 a visit`, `20%`, `$749.50 left of $1,500.00`. */
export function chosenText(value: Chosen['value']): string {
  const { amountCents, percent, limitCents, remainingCents, per } = value;
  if (amountCents !== undefined) return `${formatUsd(amountCents)}${perText(per)}`;
  if (percent !== undefined) return percentText(percent);
  if (remainingCents !== undefined && limitCents !== undefined) {
    return `${formatUsd(remainingCents)} left of ${formatUsd(limitCents)}`;
  }
  if (remainingCents !== undefined) return `${formatUsd(remainingCents)} left`;
  return limitCents === undefined ? 'not said' : formatUsd(limitCents);
}

function perText(per: string | undefined): string {
  if (per === undefined) return '';
  const words: Readonly<Record<string, string>> = PER_WORDS;
  return ` ${words[per] ?? `a ${per}`}`;
}

function percentText(percent: number): string {
  return `${percent}%`;
}
