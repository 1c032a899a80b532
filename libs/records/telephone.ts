const written = /^(?:(?:tel|phone)\s*[.:]?\s*)?(\+?[0-9(][0-9() ./-]{5,28}[0-9])(?:\s*(?:x|ext\.?)\s*([0-9]{1,6}))?$/i;

/**
 * The number in a text that somebody else wrote, such as a payer's answer: digits and what stands between them, an extension as `x12`. Whatever
 * says more than a number, or spells one by letters, is none: half of it would be a wrong one.
 *
 * @example
 * telephone('555-010-7007 ext. 12') // '555-010-7007 x12'
 */
export function telephone(text: string): string | undefined {
  const [, number, extension] = written.exec(text.trim()) ?? [];
  if (!number) return undefined;
  const digits = number.replace(/[^0-9]/g, '').length;
  if (digits < 7 || digits > 15) return undefined;
  return extension ? `${number} x${extension}` : number;
}

/** Whether two ways of writing reach the same line; one may leave out the country or the area. */
export function isSameLine(one: string, other: string): boolean {
  const [a, b] = [partsOf(one), partsOf(other)];
  if (a.extension !== b.extension) return false;
  const [longer, shorter] = a.digits.length >= b.digits.length ? [a.digits, b.digits] : [b.digits, a.digits];
  return shorter.length >= 7 ? longer.endsWith(shorter) : longer === shorter;
}

function partsOf(number: string): { digits: string; extension: string } {
  const [digits = '', extension = ''] = number.toLowerCase().split('x');
  return { digits: digits.replace(/[^0-9]/g, ''), extension: extension.replace(/[^0-9]/g, '') };
}
