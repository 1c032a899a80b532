/** Integer cents. `undefined` means nobody said, `0` means said to be zero. */
export type Cents = number & { readonly __unit?: 'cents' };

/** All whole numbers of so many digits are exact. */
const EXACT_DIGITS = 15;
const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?$/;

/**
 * Exact cents of a decimal string of dollars: `1294.84` is 129484, `.5` is 50, `-3` is -300. A third decimal rounds half up
 * (away from zero). `undefined` for what is no plain decimal, or is past the range of exact integers.
 */
export function parseCents(text: string | undefined): Cents | undefined {
  return scaledDecimal(text, 2);
}

/** A decimal string as an integer of `10 ** -decimals`, half away from zero; `scaledDecimal('.2', 4)` is 2000. */
export function scaledDecimal(text: string | undefined, decimals: number): number | undefined {
  if (text === undefined) return undefined;
  return plainDecimal(text, decimals) ?? anyDecimal(text, decimals);
}

const POINT = 0x2e;
const ZERO = 0x30;

/** As `scaledDecimal`, of digits with a point among them and nothing to round, as nearly all are. In one pass: there are many. */
function plainDecimal(text: string, decimals: number): number | undefined {
  if (text === '' || text === '.' || text.length + decimals >= EXACT_DIGITS) return undefined;
  let number = 0;
  let missing = decimals;
  let isFraction = false;
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit >= 0 && digit <= 9) {
      if (isFraction && missing-- === 0) return undefined;
      number = number * 10 + digit;
    } else if (isFraction || digit !== POINT - ZERO) return undefined;
    else isFraction = true;
  }
  for (; missing > 0; missing--) number *= 10;
  return number;
}

function anyDecimal(text: string, decimals: number): number | undefined {
  const parts = DECIMAL.exec(text.trim());
  const whole = parts?.[2] ?? '';
  const fraction = parts?.[3] ?? '';
  if (!parts || whole + fraction === '') return undefined;
  if (whole.length + decimals < EXACT_DIGITS) return smallDecimal(parts[1] === '-', whole, fraction, decimals);
  const kept = BigInt(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
  const rounded = kept + (Number(fraction[decimals] ?? '0') >= 5 ? 1n : 0n);
  const signed = Number(parts[1] === '-' ? -rounded : rounded);
  if (!Number.isSafeInteger(signed)) return undefined;
  return signed === 0 ? 0 : signed;
}

/** As `scaledDecimal`, of numbers whose digits a number holds exactly. */
function smallDecimal(negative: boolean, whole: string, fraction: string, decimals: number): number {
  const kept = Number(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
  const rounded = kept + (Number(fraction[decimals] ?? '0') >= 5 ? 1 : 0);
  return negative && rounded !== 0 ? -rounded : rounded;
}

/** Integer division rounded half up (half away from zero for negative numerators); the denominator is positive. */
export function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  const magnitude = numerator < 0n ? -numerator : numerator;
  const quotient = (2n * magnitude + denominator) / (2n * denominator);
  return numerator < 0n ? -quotient : quotient;
}

/**
 * A percentage of an amount, rounded half up to the cent in exact decimals: `percentOf(1005, 50)` is 503.
 * The percent has at most four decimals (more are rounded half up to four).
 */
export function percentOf(cents: Cents, percent: number): Cents {
  const tenThousandths = BigInt(Math.round(percent * 10_000));
  return Number(divideHalfUp(BigInt(cents) * tenThousandths, 1_000_000n));
}

/** `$1,234.50`; a negative amount is `-$1,234.50`. */
export function formatUsd(cents: Cents): string {
  const magnitude = Math.abs(cents);
  const rest = magnitude % 100;
  return `${cents < 0 ? '-' : ''}$${grouped((magnitude - rest) / 100)}.${rest < 10 ? '0' : ''}${rest}`;
}

function grouped(dollars: number): string {
  if (dollars < 1000) return String(dollars);
  return `${grouped(Math.floor(dollars / 1000))},${String(dollars % 1000).padStart(3, '0')}`;
}
